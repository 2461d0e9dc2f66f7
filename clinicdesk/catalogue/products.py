"""Reads medications as they stand on the tray, and the greatest doses of local anaesthetics."""

from __future__ import annotations

from clinicdesk.catalogue.model import AnaestheticLimit
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _

_KINDS = ("steroid", "local_anaesthetic", "contrast", "diluent", "other")
_UNITS = ("mg", "mgI", "mL")


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
        table.fail(None, _("a steroid must say whether it is particulate."))
    if product.kind == "contrast" and product.intrathecal is None:
        table.fail(None, _("a contrast must say whether its label allows intrathecal use."))
    units = {"contrast": "mgI", "diluent": "mL", "steroid": "mg", "local_anaesthetic": "mg"}
    expected = units.get(product.kind, product.unit)
    if product.unit != expected:
        table.fail(
            "unit",
            _("a {kind} is counted in {expected}.").format(kind=product.kind, expected=expected),
        )
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
