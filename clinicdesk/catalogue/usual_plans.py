"""The usual plan of a procedure: its products and volumes, by class of site where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.anatomy import fold
from clinicdesk.domain.medications import dose
from clinicdesk.domain.procedures import (
    Guidance,
    Intent,
    Product,
    SiteDoses,
    Steroid,
    UsualPlan,
)
from clinicdesk.domain.translation import _

_INTENTS = tuple(intent.value for intent in Intent)
_GUIDANCE = tuple(guidance.value for guidance in Guidance)

Medications = tuple[tuple[str, Decimal | None], ...]


def read_usual(table: Table, products: Mapping[str, Product], *, by_site: bool) -> UsualPlan:
    """``usual``; with ``by_site`` its medications are without a volume: the classes have them."""
    medications = tuple(
        _medication(part, products, volume=not by_site) for part in table.tables("medications")
    )
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


def read_doses(table: Table, products: Mapping[str, Product]) -> tuple[SiteDoses, ...]:
    """``usual.at``: a plan for each class of site; none where it is left out."""
    found: list[SiteDoses] = []
    for part in table.tables("at", optional=True):
        doses = _doses(part, products)
        for earlier in found:
            if twice := sorted(earlier.sites & doses.sites):
                part.fail("sites", _("“{name}” stands in two classes.").format(name=twice[0]))
        found.append(doses)
    return tuple(found)


def _doses(table: Table, products: Mapping[str, Product]) -> SiteDoses:
    medications = tuple(
        _medication(part, products, volume=True) for part in table.tables("medications")
    )
    steroids = _steroids(medications, products)
    drugs = {product.drug for product in products.values() if product.kind == "steroid"}
    known = table.choices("range_of", tuple(sorted(drugs)))
    least, most = table.number("least_mg"), table.number("most_mg")
    if least > most:
        table.fail("most_mg", _("is less than “least_mg”."))
    for steroid in steroids:
        outside = steroid.mg is not None and not least <= steroid.mg <= most
        if steroid.drug in known and outside:
            table.fail("medications", _("the usual steroid lies outside its own range."))
    doses = SiteDoses(
        name=table.text("class"),
        sites=frozenset(fold(name) for name in table.texts("sites")),
        medications=medications,
        steroids=steroids,
        least_mg=least,
        most_mg=most,
        drugs=known,
        source=table.text("source"),
        verify=table.flag("verify", default=False),
    )
    table.done()
    return doses


def _medication(
    table: Table, products: Mapping[str, Product], *, volume: bool
) -> tuple[str, Decimal | None]:
    key = table.choice("product", tuple(products))
    if not volume and table.holds("ml"):
        table.fail("ml", _("the volume goes by class of site here: it stands there only."))
    medication = (key, table.number("ml") if volume else None)
    table.done()
    return medication


def _steroids(medications: Medications, products: Mapping[str, Product]) -> tuple[Steroid, ...]:
    """The steroids among the usual medications: written once, counted here."""
    return tuple(
        Steroid(products[key].drug, None if volume is None else dose(products[key], volume))
        for key, volume in medications
        if products[key].kind == "steroid"
    )
