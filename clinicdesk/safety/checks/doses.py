"""The session's doses against their ceilings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from clinicdesk.domain.lists import listed
from clinicdesk.domain.log_warnings import anaesthetic_load
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.log import MedicationEntry
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import ASK, REASON, Found
from clinicdesk.safety.session import ANAESTHETIC, Session


def checks(session: Session) -> Iterator[Found]:
    """Steroids by drug, together and for this joint, local anaesthetics for this weight."""
    yield from _undosed(session)
    # Above the ceiling of a session it is too much for any joint: one line says so.
    yield from tuple(_steroids(session)) or _for_the_site(session)
    yield from _anaesthetics(session)


def _undosed(session: Session) -> Iterator[Found]:
    """Nothing was said, and nothing is usual at these sites."""
    plan = session.case.plan
    drugs = [product.drug for product, ml in session.given if ml is None]
    if plan.medications is not None or not drugs:
        return
    names = tuple(dict.fromkeys(site.name for site in session.sites))
    said = _("No usual dose of {drugs} is known for this site ({sites}): say what will be given.")
    sentence = said.format(drugs=listed(drugs), sites=", ".join(names))
    yield Found("dose.not_known", ASK, names, sentence)


def _for_the_site(session: Session) -> Iterator[Found]:
    """A thumb base is no knee: more than is usual for joints of this size is asked back."""
    doses = session.procedure.doses_at(site.name for site in session.sites)
    if doses is None:
        return
    much = {drug: session.steroids.get(drug, Decimal(0)) for drug in doses.drugs}
    much = {drug: mg for drug, mg in much.items() if mg > doses.most_mg}
    if not much:
        return
    because = tuple(
        _("{drug} {mg} mg").format(drug=drug, mg=amount_text(mg)) for drug, mg in much.items()
    )
    said = _("More than is usual for this site ({sites}), {least} to {most} mg: {doses}.")
    sentence = said.format(
        doses=", ".join(because),
        sites=", ".join(dict.fromkeys(site.name for site in session.sites)),
        least=amount_text(doses.least_mg),
        most=amount_text(doses.most_mg),
    )
    yield Found("steroid.joint", ASK, because, sentence, verify=doses.verify)


def _steroids(session: Session) -> Iterator[Found]:
    ceilings = session.knowledge.ceilings
    known = {drug: mg for drug, mg in session.steroids.items() if drug in ceilings and mg}
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
        for product, ml in session.dosed
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
