"""Reads procedures, products and families."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from clinicdesk.catalogue.model import AnaestheticLimit, FamilyName
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.anatomy import Side, site_for
from clinicdesk.domain.procedures import (
    Guidance,
    Intent,
    Procedure,
    Product,
    Steroid,
    UsualPlan,
)
from clinicdesk.rules.case import PROCEDURES

_SIDES = tuple(side.value for side in Side)
_INTENTS = tuple(intent.value for intent in Intent)
_GUIDANCE = tuple(guidance.value for guidance in Guidance)
_BLEEDING = ("low", "intermediate", "high")
_NEEDS = ("fluoroscopy", "ultrasound", "ct")
_KINDS = ("steroid", "local_anaesthetic", "contrast", "diluent", "other")
_UNITS = ("mg", "mgI", "mL")
_LONGEST_RELIEF = 60


def read_families(table: Table) -> dict[str, FamilyName]:
    """``[families]`` by code."""
    families = {}
    for code, part in table.each():
        families[code] = _family(code, part)
        part.done()
    return families


def _family(code: str, table: Table) -> FamilyName:
    relief = table.maybe_table("relief")
    if relief is None:
        return FamilyName(code, table.text("name"))
    least, most = relief.whole("least_months"), relief.whole("most_months")
    if not 1 <= least <= most <= _LONGEST_RELIEF:
        relief.fail("most_months", f"expected 1 to {_LONGEST_RELIEF}, least_months or more.")
    source = relief.text("source")
    relief.done()
    return FamilyName(code, table.text("name"), (least, most), source)


def read_products(table: Table) -> dict[str, Product]:
    """``[products]`` by key."""
    return {key: _product(key, part) for key, part in table.each()}


def _product(key: str, table: Table) -> Product:
    product = Product(
        key=key,
        drug=table.text("drug"),
        name=table.text("name"),
        kind=table.choice("kind", _KINDS),
        per_ml=table.number("per_ml"),
        unit=table.choice("unit", _UNITS),
        particulate=table.maybe_flag("particulate"),
        intrathecal=table.maybe_flag("intrathecal"),
        source=table.text("source"),
        verify=table.flag("verify", default=False),
    )
    if product.kind == "steroid" and product.particulate is None:
        table.fail(None, "a steroid must say whether it is particulate.")
    if product.kind == "contrast" and product.intrathecal is None:
        table.fail(None, "a contrast must say whether its label allows intrathecal use.")
    units = {"contrast": "mgI", "diluent": "mL", "steroid": "mg", "local_anaesthetic": "mg"}
    expected = units.get(product.kind, product.unit)
    if product.unit != expected:
        table.fail("unit", f"a {product.kind} is counted in {expected}.")
    table.done()
    return product


def read_limits(table: Table) -> dict[str, AnaestheticLimit]:
    """``[limits]`` by drug."""
    limits = {}
    for drug, part in table.each():
        limits[drug] = AnaestheticLimit(
            drug=drug,
            mg_per_kg=part.number("mg_per_kg"),
            cap_mg=part.number("cap_mg"),
            mg_per_kg_with_epinephrine=part.number("mg_per_kg_with_epinephrine"),
            cap_mg_with_epinephrine=part.number("cap_mg_with_epinephrine"),
            source=part.text("source"),
            verify=part.flag("verify", default=False),
        )
        part.done()
    return limits


def read_procedures(
    table: Table, families: Mapping[str, FamilyName], products: Mapping[str, Product]
) -> dict[str, Procedure]:
    """``[procedures]`` by id, checked against the rules' vocabulary."""
    return {key: _procedure(key, part, table, families, products) for key, part in table.each()}


def _procedure(
    key: str,
    table: Table,
    parent: Table,
    families: Mapping[str, FamilyName],
    products: Mapping[str, Product],
) -> Procedure:
    if key not in PROCEDURES:
        parent.fail(key, f"unknown procedure; expected one of {', '.join(PROCEDURES)}.")
    kind = PROCEDURES[key]
    procedure = Procedure(
        id=key,
        group=table.choice("group", (kind.group,)),
        family=table.choice("family", tuple(families)),
        name=table.text("name"),
        short=table.text("short"),
        plain=table.text("plain"),
        site_sort=table.choice("site_sort", (kind.sort.value,)),
        sites=table.texts("sites"),
        sides=table.choices("sides", _SIDES),
        bleeding=table.choice("bleeding", _BLEEDING),
        bleeding_source=table.text("bleeding_source"),
        minutes=table.whole("minutes"),
        needs=table.choices("needs", _NEEDS),
        intents=tuple(Intent(word) for word in table.choices("intents", _INTENTS)),
        usual=_usual(table.table("usual"), products),
        verify=table.flag("verify", default=False),
        words=table.texts("words", ()),
        bleeding_cervical=table.choice("bleeding_cervical", _BLEEDING, ""),
    )
    _check(procedure, table)
    table.done()
    return procedure


def _check(procedure: Procedure, table: Table) -> None:
    if not 5 <= procedure.minutes <= 480:
        table.fail("minutes", "expected 5 to 480.")
    if procedure.usual.intent not in procedure.intents:
        table.fail("intents", "must hold the usual plan's intent.")
    if not procedure.sides:
        table.fail("sides", "must offer at least one side.")
    for name in procedure.sites:
        for side in procedure.sides:
            try:
                site_for(f"{name} {side}", procedure)
            except ValueError as error:
                table.fail("sites", str(error))


def _usual(table: Table, products: Mapping[str, Product]) -> UsualPlan:
    medications = tuple(_medication(part, products) for part in table.tables("medications"))
    guidance = table.choice("guidance", _GUIDANCE, "")
    plan = UsualPlan(
        intent=Intent(table.choice("intent", _INTENTS)),
        guidance=Guidance(guidance) if guidance else None,
        contrast=table.maybe_flag("contrast"),
        steroids=_steroids(medications, products),
        medications=medications,
    )
    table.done()
    return plan


def _medication(table: Table, products: Mapping[str, Product]) -> tuple[str, Decimal]:
    medication = (table.choice("product", tuple(products)), table.number("ml"))
    table.done()
    return medication


def _steroids(
    medications: tuple[tuple[str, Decimal], ...], products: Mapping[str, Product]
) -> tuple[Steroid, ...]:
    """The steroids among the usual medications: written once, counted here."""
    return tuple(
        Steroid(products[key].drug, products[key].per_ml * volume)
        for key, volume in medications
        if products[key].kind == "steroid"
    )
