"""Reads the tables of ``resources/safety``: allergens, conditions, implants, limits, words."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from clinicdesk.catalogue.procedure_parts import span
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.anatomy import SEGMENTS
from clinicdesk.domain.spans import Span
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.domain.translation import _
from clinicdesk.safety.knowledge import (
    ANY_CLASS,
    DIABETES,
    INFECTION,
    MAY_BE_PREGNANT,
    PREDIABETES,
    PREGNANCY,
    Allergen,
    Basis,
    Ceiling,
    Condition,
    Device,
    Equivalent,
    Joint,
    WeightLimits,
)
from clinicdesk.safety.recognise import Negation, Terms

_ALLERGEN_KINDS = (
    *("contrast", "iodine", "anaesthetic", "steroid", "excipient"),
    *("latex", "antiseptic", "other"),
)
_CATEGORIES = ("drug", "latex", "contrast", "food", "environment", "other")
_ANAESTHETICS = ("amide", "ester", ANY_CLASS)
_CONDITION_KINDS = (DIABETES, PREDIABETES, INFECTION, PREGNANCY, MAY_BE_PREGNANT, "none")
_DEVICE_LEVELS = (SafetyLevel.REASON.value, SafetyLevel.NOTE.value)
_JOINT_SIDES = ("left", "right", "both")
_OLDEST = 120


def read_allergens(table: Table) -> dict[str, Allergen]:
    """``[allergens]`` by key."""
    return {key: _allergen(key, part) for key, part in table.each()}


def _allergen(key: str, table: Table) -> Allergen:
    kind = table.choice("kind", _ALLERGEN_KINDS)
    anaesthetic = kind == "anaesthetic"
    drug_class = table.choice("class", _ANAESTHETICS) if anaesthetic else ""
    allergen = Allergen(
        key=key,
        kind=kind,
        category=table.choice("category", _CATEGORIES),
        drug_class=drug_class,
        within=table.texts("within") if kind == "excipient" else (),
        terms=_terms(table),
    )
    _sourced(table)
    return allergen


def read_conditions(table: Table) -> dict[str, Condition]:
    """``[conditions]`` by key."""
    found = {}
    for key, part in table.each():
        kind = part.choice("kind", _CONDITION_KINDS)
        found[key] = Condition(key, kind, _terms(part))
        _sourced(part)
    return found


def read_names(table: Table) -> dict[str, Terms]:
    """Entries of names alone, by key."""
    found = {}
    for key, part in table.each():
        found[key] = _terms(part)
        _sourced(part)
    return found


def read_devices(table: Table) -> dict[str, Device]:
    """``[devices]`` by key."""
    found = {}
    for key, part in table.each():
        level = part.choice("level", _DEVICE_LEVELS)
        found[key] = Device(key, level, _terms(part))
        _sourced(part)
    return found


def read_joints(table: Table) -> dict[str, Joint]:
    """``[joints]`` by key."""
    found = {}
    for key, part in table.each():
        replaced = {side: part.texts(f"replaced_{side}", ()) for side in _JOINT_SIDES}
        found[key] = Joint(
            key=key,
            names=part.texts("names"),
            bursae=part.texts("bursae", ()),
            replaced={"": part.texts("replaced", ()), **replaced},
        )
        _sourced(part)
    return found


def read_plain_words(table: Table) -> dict[str, tuple[str, ...]]:
    """``[words]``: what words mean beside a joint."""
    found = {}
    for key, part in table.each():
        found[key] = part.texts("names")
        part.done()
    return found


def check_keys(table: Table, known: tuple[str, ...]) -> None:
    """Nothing stands in a table but what the program asks for."""
    for key in table.keys():  # noqa: SIM118 - no mapping
        if key not in known:
            table.fail(
                key, _("is unknown; expected one of {known}.").format(known=", ".join(known))
            )


def read_negation(table: Table) -> dict[str, Negation]:
    """``[negation]`` by what it is about, ``all`` first."""
    found = {}
    for key, part in table.each():
        found[key] = Negation(
            before=part.texts("before", ()),
            between=part.texts("between", ()),
            joined=part.texts("joined", ()),
            after=part.texts("after", ()),
            loose=part.texts("loose", ()),
            firm=part.texts("firm", ()),
            dated=part.texts("dated", ()),
        )
        part.done()
    return found


def read_ceilings(table: Table) -> dict[str, Ceiling]:
    """``[ceilings]`` by drug."""
    found = {}
    for drug, part in table.each():
        mg, source = part.number("mg"), part.text("source")
        found[drug] = Ceiling(drug, mg, source, part.flag("verify", default=False))
        part.done()
    return found


def read_equivalents(table: Table) -> dict[str, Equivalent]:
    """``[equivalents]`` by drug."""
    found = {}
    for drug, part in table.each():
        mg, source = part.number("mg"), part.text("source")
        reference, verify = part.number("reference_mg"), part.flag("verify", default=False)
        found[drug] = Equivalent(drug, mg, reference, source, verify)
        part.done()
    return found


def read_checks(table: Table) -> dict[str, Basis]:
    """``[checks]`` by the contract's names."""
    found = {}
    for check, part in table.each():
        found[check] = Basis(part.text("source"), part.flag("verify", default=False))
        part.done()
    return found


class LimitPart(NamedTuple):
    """One entry of ``[limits]``; which of the values it has depends on its key."""

    ages: tuple[int, int] | None = None
    spans: tuple[Span, Span] | None = None
    lasts: Span | None = None
    highest: str = ""
    sites: tuple[str, ...] = ()
    radiation: tuple[Decimal, Decimal] | None = None
    weight: WeightLimits | None = None


def read_limits(table: Table) -> dict[str, LimitPart]:
    """``[limits]`` by key, each with the values that it has."""
    found = {}
    for key, part in table.each():
        if key == "pregnancy":
            found[key] = LimitPart(ages=_ages(part))
        elif key in ("pregnancy_on_record", "pregnancy_denied"):
            found[key] = LimitPart(lasts=span(part, "lasts"))
        elif key == "surgery":
            found[key] = LimitPart(spans=(span(part, "before"), span(part, "after")))
        elif key == "interlaminar":
            found[key] = LimitPart(highest=part.choice("highest", SEGMENTS))
        elif key in ("one_side", "bleeding_intermediate"):
            found[key] = LimitPart(sites=part.texts("sites"))
        elif key == "radiation":
            found[key] = LimitPart(radiation=(part.number("seconds"), part.number("kerma_mgy")))
        elif key == "weight":
            found[key] = LimitPart(weight=_weights(part))
        else:
            part.fail(None, _("this limit is unknown."))
        _sourced(part)
    return found


def _weights(table: Table) -> WeightLimits:
    adult, least, most = (
        table.whole("adult_from"),
        table.number("least_kg"),
        table.number("most_kg"),
    )
    if not 0 < least < most:
        table.fail("most_kg", _("expected more than least_kg."))
    return WeightLimits(adult, least, most)


def _ages(table: Table) -> tuple[int, int]:
    first, last = table.whole("from_age"), table.whole("to_age")
    if not 0 <= first <= last <= _OLDEST:
        table.fail("to_age", _("expected an age from from_age on."))
    return first, last


def _terms(table: Table) -> Terms:
    return Terms(
        names=table.texts("names"),
        alone=table.texts("alone", ()),
        unless=table.texts("unless", ()),
    )


def _sourced(table: Table) -> None:
    """Every entry says where it comes from; nothing else may stand in it."""
    table.text("source")
    table.flag("verify", default=False)
    table.done()
