"""What should be looked at before a procedure log is signed; none of it blocks.

Each warning names a safeguard and its source: a clinician decides. Fields are
those of ``LogForm``; lines of the table are ``medications.0.product``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Protocol

from clinicdesk.domain.procedures import Product
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.rows.people import AllergyRow
from clinicdesk.domain.translation import _

CHECKED_KINDS = frozenset({"steroid", "local_anaesthetic", "contrast"})
"""Kinds of product about which the safety checks know all classes and names."""


@dataclass(frozen=True)
class LogWarning:
    """One thing to look at: the field concerned, a sentence and where it comes from."""

    field: str
    message: str
    source: str
    verify: bool = False


class Limit(Protocol):
    """Greatest single dose of a local anaesthetic: the lesser of mg/kg × weight and the cap."""

    @property
    def mg_per_kg(self) -> Decimal: ...
    @property
    def cap_mg(self) -> Decimal: ...
    @property
    def source(self) -> str: ...
    @property
    def verify(self) -> bool: ...


@dataclass(frozen=True)
class AnaestheticLoad:
    """Local anaesthetic given, measured against the label.

    Attributes:
        share: sum over the drugs of dose ÷ maximum; above 1 is over the limit.
        parts: drug, milligrams given and the maximum in milligrams for this patient.
        weighed: whether the patient's weight was known (else only the fixed caps count).
        unknown: drugs without a known maximum.
    """

    share: Fraction
    parts: tuple[tuple[str, Decimal, Decimal], ...]
    weighed: bool
    unknown: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The share in whole percent; 101 as soon as it is above the most."""
        return ceil(self.share * 100) if self.share > 1 else int(self.share * 100)


def anaesthetic_load(
    medications: tuple[MedicationEntry, ...],
    products: Mapping[str, Product],
    limits: Mapping[str, Limit],
    weight_kg: Decimal | None,
) -> AnaestheticLoad:
    """Sum of dose ÷ maximum over the local anaesthetics; mixtures are additive.

    The maximum of a drug is the lesser of its mg/kg times the weight and its fixed cap.
    """
    given: dict[str, Decimal] = {}
    most: dict[str, Decimal] = {}
    unknown: dict[str, None] = {}
    for entry in medications:
        product = products.get(entry.product)
        if product is None or product.kind != "local_anaesthetic" or entry.dose is None:
            continue
        limit = limits.get(product.drug)
        if limit is None:
            unknown[product.drug] = None
            continue
        given[product.drug] = given.get(product.drug, Decimal(0)) + entry.dose
        most[product.drug] = _most(limit, weight_kg)
    share = sum((Fraction(mg) / Fraction(most[drug]) for drug, mg in given.items()), Fraction(0))
    parts = tuple((drug, mg, most[drug]) for drug, mg in given.items())
    return AnaestheticLoad(share, parts, bool(weight_kg), tuple(unknown))


def _most(limit: Limit, weight_kg: Decimal | None) -> Decimal:
    return limit.cap_mg if not weight_kg else min(limit.mg_per_kg * weight_kg, limit.cap_mg)


def warnings(
    form: LogForm,
    products: Mapping[str, Product],
    *,
    names: Callable[[str, str], bool],
    allergies: tuple[AllergyRow, ...] = (),
) -> tuple[LogWarning, ...]:
    """Allergies to products that no safety check knows; none of them blocks signing.

    ``names``: whether a text names a drug, as the safety checks read it. Steroids, local
    anaesthetics and contrast are the safety checks' own: one fact, one line.
    """
    found: list[LogWarning] = []
    for index, entry in enumerate(form.medications):
        product = products.get(entry.product)
        if product is not None and product.kind not in CHECKED_KINDS:
            found += _allergy_warnings(f"medications.{index}.product", product, allergies, names)
    return tuple(found)


def _allergy_warnings(
    field: str,
    product: Product,
    allergies: tuple[AllergyRow, ...],
    names: Callable[[str, str], bool],
) -> list[LogWarning]:
    found = []
    for allergy in allergies:
        if names(allergy.substance, product.drug):
            reaction = f" ({allergy.reaction})" if allergy.reaction else ""
            found.append(
                LogWarning(
                    field,
                    _("Allergy on record: {substance}{reaction}.").format(
                        substance=allergy.substance, reaction=reaction
                    ),
                    _("Patient record"),
                )
            )
    return found
