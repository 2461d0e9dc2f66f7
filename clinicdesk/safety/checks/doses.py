"""The session's doses against their ceilings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from clinicdesk.domain.log_warnings import anaesthetic_load
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.log import MedicationEntry
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import ASK, REASON, Found
from clinicdesk.safety.session import ANAESTHETIC, Session


def checks(session: Session) -> Iterator[Found]:
    """Steroids by drug and together, local anaesthetics for this weight."""
    yield from _steroids(session)
    yield from _anaesthetics(session)


def _steroids(session: Session) -> Iterator[Found]:
    ceilings = session.knowledge.ceilings
    known = {drug: mg for drug, mg in session.steroids.items() if drug in ceilings}
    share = sum(
        (Fraction(mg) / Fraction(ceilings[drug].mg) for drug, mg in known.items()), Fraction(0)
    )
    if share <= 1:
        return
    because = tuple(
        _("{drug} {mg} mg").format(drug=drug, mg=amount_text(mg)) for drug, mg in known.items()
    )
    doses = ", ".join(
        _("{drug} {mg} mg of at most {most} mg").format(
            drug=drug, mg=amount_text(mg), most=amount_text(ceilings[drug].mg)
        )
        for drug, mg in known.items()
    )
    said = _("Too much steroid for one session: {doses}.")
    if len(known) > 1:
        said = _("Too much steroid for one session, taken together: {doses}.")
    yield Found(
        "steroid.session",
        REASON,
        because,
        said.format(doses=doses),
        verify=any(ceilings[drug].verify for drug in known),
    )


def _anaesthetics(session: Session) -> Iterator[Found]:
    if not session.products(ANAESTHETIC):
        return
    weight = session.patient.weight_kg
    if weight is None:
        sentence = _("The weight is not known: the local anaesthetic cannot be checked against it.")
        yield Found("weight.not_known", ASK, (), sentence)
    limits = session.knowledge.anaesthetics
    entries = tuple(
        MedicationEntry(product=product.key, volume_ml=ml, dose=product.per_ml * ml)
        for product, ml in session.given
    )
    load = anaesthetic_load(entries, session.knowledge.products, limits, weight)
    if load.share <= 1:
        return
    because = tuple(
        _("{drug} {mg} mg").format(drug=drug, mg=amount_text(mg)) for drug, mg, __ in load.parts
    )
    doses = ", ".join(
        _("{drug} {mg} mg of at most {most} mg").format(
            drug=drug, mg=amount_text(mg), most=amount_text(most)
        )
        for drug, mg, most in load.parts
    )
    if weight is None:
        said = _("Too much local anaesthetic for anybody: {doses}.")
    elif len(load.parts) > 1:
        said = _("Too much local anaesthetic for this weight, taken together: {doses}.")
    else:
        said = _("Too much local anaesthetic for this weight: {doses}.")
    yield Found(
        "anaesthetic.session",
        REASON,
        because,
        said.format(doses=doses),
        verify=any(limits[drug].verify for drug, __, ___ in load.parts),
    )
