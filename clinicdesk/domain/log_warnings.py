"""What should be looked at before a procedure log is signed; none of it blocks.

Each warning names a safeguard and its source: a clinician decides. Fields are
those of ``LogForm``; lines of the table are ``medications.0.product``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from clinicdesk.domain.anatomy import CERVICAL_THORACIC, region, site_for
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.procedures import Procedure, Product
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.rows.people import AllergyRow
from clinicdesk.domain.translation import _


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
    procedure: Procedure | None,
    products: Mapping[str, Product],
    limits: Mapping[str, Limit],
    *,
    weight_kg: Decimal | None = None,
    allergies: tuple[AllergyRow, ...] = (),
) -> tuple[LogWarning, ...]:
    """Safeguards that this log touches; none of them blocks signing."""
    found = _anaesthetic_warnings(form, products, limits, weight_kg)
    for index, entry in enumerate(form.medications):
        product = products.get(entry.product)
        if product is None:
            continue
        field = f"medications.{index}.product"
        if procedure is not None:
            found += _contrast_warning(field, product, procedure)
            found += _particulate_warning(field, product, procedure, form.sites)
        found += _allergy_warnings(field, product, allergies)
    return tuple(found)


def _anaesthetic_warnings(
    form: LogForm,
    products: Mapping[str, Product],
    limits: Mapping[str, Limit],
    weight_kg: Decimal | None,
) -> list[LogWarning]:
    load = anaesthetic_load(form.medications, products, limits, weight_kg)
    used = [limits[drug] for drug, __, ___ in load.parts]
    source = "; ".join(dict.fromkeys(limit.source for limit in used))
    found: list[LogWarning] = []
    if load.share > 1:
        doses = " + ".join(
            _("{drug} {mg} of {most} mg").format(
                drug=drug, mg=amount_text(mg), most=amount_text(most)
            )
            for drug, mg, most in load.parts
        )
        found.append(
            LogWarning(
                "medications",
                _("Local anaesthetic is {share}% of the most for this patient ({doses}).").format(
                    share=int(load.share * 100), doses=doses
                ),
                source,
                verify=any(limit.verify for limit in used),
            )
        )
    if load.parts and not load.weighed:
        found.append(
            LogWarning(
                "medications",
                _(
                    "No weight on record: local anaesthetic is checked against its fixed maximum "
                    "only."
                ),
                source,
            )
        )
    return found


def _contrast_warning(field: str, product: Product, procedure: Procedure) -> list[LogWarning]:
    if "intrathecal_contrast" not in procedure.cautions:
        return []
    if product.kind != "contrast" or product.intrathecal is True:
        return []
    return [
        LogWarning(
            field,
            _("{product_name} is not labelled for intrathecal use.").format(
                product_name=product.name
            ),
            product.source,
        )
    ]


def _particulate_warning(
    field: str, product: Product, procedure: Procedure, sites: tuple[str, ...]
) -> list[LogWarning]:
    caution = procedure.cautions.get("particulate_cervical")
    if caution is None or not product.particulate:
        return []
    if not any(_high(text, procedure) for text in sites):
        return []
    return [
        LogWarning(
            field,
            _(
                "{product_name} is particulate: advised against at cervical and thoracic levels "
                "({procedure_name})."
            ).format(product_name=product.name, procedure_name=procedure.name),
            caution.source,
            verify=caution.verify,
        )
    ]


def _high(text: str, procedure: Procedure) -> bool:
    try:
        return region(site_for(text, procedure)) == CERVICAL_THORACIC
    except ValueError:
        return False


def _allergy_warnings(
    field: str, product: Product, allergies: tuple[AllergyRow, ...]
) -> list[LogWarning]:
    found = []
    for allergy in allergies:
        substance = allergy.substance.casefold().strip()
        named = bool(substance) and (
            substance in product.drug.casefold() or product.drug.casefold() in substance
        )
        if named or (allergy.contrast and product.kind == "contrast"):
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
