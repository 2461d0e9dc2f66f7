"""A new log, filled with what was planned and is usual; never lots, scores, complications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from clinicdesk.data.queries.log import Planned
from clinicdesk.domain.anatomy import site_for, usual_plan
from clinicdesk.domain.medications import dose, volume_for
from clinicdesk.domain.procedures import Procedure, Product, UsualPlan
from clinicdesk.domain.rows.log import LogForm, MedicationEntry


def blank_form(
    plan: Planned, procedure: Procedure | None, products: Mapping[str, Product], scale: str
) -> LogForm:
    """The form for ``plan``, scored on ``scale``; what nobody planned is that of the usual plan."""
    form = LogForm(
        patient_id=plan.patient_id,
        appointment_id=plan.appointment_id,
        planned_id=plan.planned_id,
        procedure=plan.procedure,
        sites=plan.sites,
        intent=plan.intent or "",
        performed_on=plan.local_date,
        physician_id=plan.physician_id,
        room_id=plan.room_id,
        scale=scale,
    )
    if procedure is None:
        return form
    usual = usual_plan(procedure, plan.sites)
    contrast = plan.contrast if plan.contrast is not None else usual.contrast
    return replace(
        form,
        intent=plan.intent or usual.intent.value,
        guidance=plan.guidance or (usual.guidance.value if usual.guidance else ""),
        contrast=contrast,
        medications=_medications(plan, usual, products, contrast=contrast),
    )


def for_another_procedure(
    form: LogForm,
    procedure: Procedure,
    products: Mapping[str, Product],
    before: Procedure | None = None,
) -> LogForm:
    """``form`` after another procedure was chosen: its usual plan, sites only where they fit.

    ``before``: the procedure chosen until now. What stands there untouched as usual for that one
    becomes what is usual now; a line in which somebody has typed a lot or a dose stays, and the
    others with it.
    """
    sites = tuple(text for text in form.sites if _fits(text, procedure))
    usual = usual_plan(procedure, sites)
    untouched = before is None or form.medications == _entries(
        usual_plan(before, form.sites), products
    )
    return replace(
        form,
        procedure=procedure.id,
        sites=sites,
        intent=usual.intent.value,
        guidance=usual.guidance.value if usual.guidance else "",
        contrast=usual.contrast,
        medications=_entries(usual, products) if untouched else form.medications,
    )


def unusual_in(form: LogForm, procedure: Procedure, products: Mapping[str, Product]) -> list[str]:
    """Names of the products of the form that the procedure's usual plan does not have."""
    usual = {key for key, __ in usual_plan(procedure, form.sites).medications}
    found = (entry.product for entry in form.medications if entry.product)
    return [products[key].name for key in found if key not in usual and key in products]


def for_other_sites(
    form: LogForm, before: tuple[str, ...], procedure: Procedure, products: Mapping[str, Product]
) -> tuple[MedicationEntry, ...]:
    """The medications after the sites ``before`` were changed to those of the form.

    Only what stands there untouched as usual for the sites before is replaced by what is usual
    now: a volume or lot that somebody typed stays.
    """
    if form.medications != _entries(usual_plan(procedure, before), products):
        return form.medications
    return _entries(usual_plan(procedure, form.sites), products)


def _fits(text: str, procedure: Procedure) -> bool:
    try:
        site_for(text, procedure)
    except ValueError:
        return False
    return True


def _medications(
    plan: Planned,
    plan_as_usual: UsualPlan,
    products: Mapping[str, Product],
    *,
    contrast: bool | None,
) -> tuple[MedicationEntry, ...]:
    """The usual products and volumes, steroids and contrast as planned."""
    usual = _usual(plan_as_usual, products)
    if contrast is False:
        usual = [(item, volume) for item, volume in usual if item.kind != "contrast"]
    if plan.steroids is not None:
        planned = _planned_steroids(plan.steroids, [item for item, _ in usual], products)
        usual = [*planned, *((item, volume) for item, volume in usual if item.kind != "steroid")]
    return tuple(entry(item, volume) for item, volume in usual)


def _usual(
    plan: UsualPlan, products: Mapping[str, Product]
) -> list[tuple[Product, Decimal | None]]:
    return [(products[key], volume) for key, volume in plan.medications if key in products]


def _entries(plan: UsualPlan, products: Mapping[str, Product]) -> tuple[MedicationEntry, ...]:
    return tuple(entry(item, volume) for item, volume in _usual(plan, products))


def _planned_steroids(
    steroids: tuple[tuple[str, Decimal], ...],
    usual: list[Product],
    products: Mapping[str, Product],
) -> list[tuple[Product, Decimal]]:
    """A product and a volume for each planned steroid, the usual product first."""
    found = []
    for drug, mg in steroids:
        offered = [item for item in (*usual, *products.values()) if item.drug == drug]
        for item in offered:
            volume = volume_for(item, mg)
            if volume is not None:
                found.append((item, volume))
                break
    return found


def entry(product: Product, volume_ml: Decimal | None) -> MedicationEntry:
    """A line of the table without lot; one without a volume has no dose either: it is asked."""
    return MedicationEntry(
        product=product.key,
        volume_ml=volume_ml,
        dose=None if volume_ml is None else dose(product, volume_ml),
        unit=product.unit,
    )
