"""Puts together what the safety checks know: ``safety/*.toml`` and the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clinicdesk.catalogue import anticoagulants as thinners
from clinicdesk.catalogue import safety_tables as tables
from clinicdesk.catalogue.files import Files
from clinicdesk.catalogue.model import AnaestheticLimit
from clinicdesk.catalogue.safety_tables import LimitPart
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.safety.answer import CHECKS, OWN
from clinicdesk.safety.joints import ELSEWHERE, JOINT, PLANNED, PROSTHESIS, SIDES
from clinicdesk.safety.knowledge import (
    INFECTION,
    MAY_BE_PREGNANT,
    PREGNANCY,
    Anticoagulant,
    Condition,
    Joint,
    Knowledge,
    Limits,
)
from clinicdesk.safety.recognise import Recogniser, Terms

_MEANINGS = {"prosthesis": PROSTHESIS, "planned": PLANNED, "joint": JOINT, "elsewhere": ELSEWHERE,
             **SIDES}  # fmt: skip
"""What the words beside a joint's name say."""
_DENIED = ("all", "infection", "pregnancy", "long_ago", "removed", "stopped")
_BY_THEMSELVES = (INFECTION, PREGNANCY, MAY_BE_PREGNANT)
"""Kinds of conditions that have words of their own for what is over."""


def load_knowledge(
    files: Files,
    vocabulary: Vocabulary,
    products: Mapping[str, Product],
    anaesthetics: Mapping[str, AnaestheticLimit],
) -> Knowledge:
    """Everything the checks know, read strictly; raises Malformed with file and line."""
    drugs = files.merged("anticoagulants", "drugs", thinners.read_anticoagulants)
    combined = files.merged("anticoagulants", "combined", thinners.read_combined)
    files.each("anticoagulants", "combined", lambda part: thinners.check_combined(part, drugs))
    allergens = files.merged("allergens", "allergens", tables.read_allergens)
    conditions = files.merged("conditions", "conditions", tables.read_conditions)
    diabetes = files.merged("conditions", "diabetes_drugs", tables.read_names)
    devices = files.merged("implants", "devices", tables.read_devices)
    joints = files.merged("implants", "joints", tables.read_joints)
    beside = files.merged("implants", "words", tables.read_plain_words)
    files.each("implants", "words", lambda part: tables.check_keys(part, tuple(_MEANINGS)))
    negations = files.merged("words", "negation", tables.read_negation)
    files.each("words", "negation", lambda part: tables.check_keys(part, _DENIED))
    ceilings = files.merged("limits", "ceilings", tables.read_ceilings)
    equivalents = files.merged("limits", "equivalents", tables.read_equivalents)
    limits = files.merged("limits", "limits", tables.read_limits)
    checks = files.merged("checks", "checks", tables.read_checks)
    files.each("checks", "checks", lambda part: tables.check_keys(part, (*CHECKS, *OWN)))
    denied = negations["all"]
    over = denied.with_more(negations["infection"])
    past = denied.with_more(negations["pregnancy"])
    long_ago = over.with_more(negations["long_ago"])
    removed = denied.with_more(negations["removed"])
    return Knowledge(
        vocabulary=vocabulary,
        products=MappingProxyType(dict(products)),
        anaesthetics=MappingProxyType(dict(anaesthetics)),
        anticoagulants=MappingProxyType(drugs),
        allergens=MappingProxyType(allergens),
        conditions=MappingProxyType(conditions),
        devices=MappingProxyType(devices),
        joints=MappingProxyType(joints),
        ceilings=MappingProxyType(ceilings),
        equivalents=MappingProxyType(equivalents),
        limits=_limits(limits),
        checks=MappingProxyType(checks),
        guideline=files.last("anticoagulants", thinners.read_guideline),
        allergy_words=Recogniser({key: each.terms for key, each in allergens.items()}, denied),
        thinner_words=Recogniser(_thinner_terms(drugs, combined), denied),
        condition_words=Recogniser(
            _condition_terms(conditions, _BY_THEMSELVES, without=True), denied
        ),
        infection_words=Recogniser(_condition_terms(conditions, (INFECTION,)), over),
        present_infection_words=Recogniser(_condition_terms(conditions, (INFECTION,)), long_ago),
        pregnancy_words=Recogniser(
            _condition_terms(conditions, (PREGNANCY, MAY_BE_PREGNANT)), past
        ),
        diabetes_drug_words=Recogniser(diabetes, denied),
        device_words=Recogniser({key: each.terms for key, each in devices.items()}, denied),
        present_device_words=Recogniser(
            {key: each.terms for key, each in devices.items()}, removed
        ),
        stopped_words=Recogniser({"stopped": Terms(negations["stopped"].before)}),
        joint_words=Recogniser(_joint_terms(joints, beside), denied),
        bursa_words=Recogniser({key: Terms(joint.bursae) for key, joint in joints.items()}),
        bleeding_words=Recogniser({"intermediate": Terms(limits["bleeding_intermediate"].sites)}),
        one_side_words=Recogniser({"one_side": Terms(limits["one_side"].sites)}),
    )


def _limits(parts: Mapping[str, LimitPart]) -> Limits:
    ages, spans = parts["pregnancy"].ages, parts["surgery"].spans
    lasts, denied = parts["pregnancy_on_record"].lasts, parts["pregnancy_denied"].lasts
    radiation, weight = parts["radiation"].radiation, parts["weight"].weight
    assert ages is not None
    assert lasts is not None
    assert denied is not None
    assert spans is not None
    assert radiation is not None
    assert weight is not None
    return Limits(
        pregnancy_ages=ages,
        pregnancy_lasts=lasts,
        pregnancy_denied=denied,
        before_surgery=spans[0],
        after_surgery=spans[1],
        highest_interlaminar=parts["interlaminar"].highest,
        weight=weight,
        most_seconds=radiation[0],
        most_mgy=radiation[1],
    )


def _thinner_terms(
    drugs: Mapping[str, Anticoagulant], combined: Mapping[str, tuple[str, ...]]
) -> dict[str, Terms]:
    """The drugs by key, and products of several by name."""
    several = {f"+{name}": Terms((name,), means=keys) for name, keys in combined.items()}
    return {key: drug.terms for key, drug in drugs.items()} | several


def _condition_terms(
    conditions: Mapping[str, Condition], kinds: tuple[str, ...], *, without: bool = False
) -> dict[str, Terms]:
    """Those of the kinds, or without them; names that only look like one are in both."""
    return {
        key: each.terms
        for key, each in conditions.items()
        if each.kind == "none" or (each.kind in kinds) is not without
    }


def _joint_terms(
    joints: Mapping[str, Joint], beside: Mapping[str, tuple[str, ...]]
) -> dict[str, Terms]:
    """Joints by name, words that say of themselves that one was replaced, words beside both."""
    found = {_MEANINGS[key]: Terms(names) for key, names in beside.items()}
    for key, joint in joints.items():
        found[key] = Terms((*joint.names, *joint.bursae))
        for side, names in joint.replaced.items():
            means = (key, PROSTHESIS, *((SIDES[side],) if side else ()))
            found[f"{key} {side or PROSTHESIS}"] = Terms(names, means=means)
    return found
