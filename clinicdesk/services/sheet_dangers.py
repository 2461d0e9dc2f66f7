"""What the safety checks say of a sheet's procedure, and what a physician has answered to it.

The card is the one of the checks (``services/safety.py``), the answers are those of the reviews:
a sheet knows no danger, and settles none, by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.procedures import Guidance, Intent
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.states import LogState
from clinicdesk.services import day_dangers, reviews, safety
from clinicdesk.services.context import Work

PREGNANT = "pregnancy.present"
PROSTHESIS = "joint.prosthesis"
_TOLD = {
    "allergy.contrast": "contrast",
    "allergy.anaesthetic": "anaesthetic",
    "allergy.steroid": "steroid",
    PREGNANT: "pregnant",
    PROSTHESIS: "prosthesis",
}
"""Checks that a sheet has its own words for."""


@dataclass(frozen=True)
class Dangers:
    """The dangers of one procedure.

    Attributes:
        waits: what staff are told of each that no physician has let pass.
        agreed: what was let pass with a reason: ``contrast``, ``anaesthetic``, ``steroid``,
            ``pregnant``, ``prosthesis``.
        pregnant: whether the checks take the patient for pregnant.
        prosthesis: whether they find an artificial joint where it is planned.
    """

    waits: tuple[str, ...] = ()
    agreed: frozenset[str] = frozenset()
    pregnant: bool = False
    prosthesis: bool = False


def card_of(work: Work, subject: Subject, records: PatientFacts) -> SafetyCard | None:
    """What the checks say of it; None where the sites cannot be read."""
    plan = PlanRequest(
        patient_id=subject.patient_id,
        procedure=subject.procedure,
        sites=subject.sites,
        on=subject.day,
        intent=Intent(subject.intent) if subject.intent else None,
        guidance=Guidance(subject.guidance) if subject.guidance else None,
        contrast=subject.contrast,
        steroids=subject.steroids,
    )
    try:
        return safety.safety_from(work, records, plan)
    except Invalid:
        return None


def dangers_of(work: Work, subject: Subject, card: SafetyCard | None) -> Dangers:
    """What waits for a physician and what does not; of a signed record nothing waits."""
    if card is None:
        return Dangers()
    found = reviews.dangers(card)
    signed = subject.state == LogState.SIGNED
    told = _with_the_day(work, subject, card)
    waits = () if signed else reviews.undecided(work, subject.appointment_id, told)
    open_checks = {finding.check for finding in waits}
    agreed = {_TOLD[each.check] for each in found if each.check in _TOLD.keys() - open_checks}
    checks = {each.check for each in card.findings}
    return Dangers(
        waits=tuple(each.sentence for each in waits),
        agreed=frozenset(agreed),
        pregnant=PREGNANT in checks,
        prosthesis=PROSTHESIS in checks,
    )


def _with_the_day(work: Work, subject: Subject, card: SafetyCard) -> SafetyCard:
    """The card with what was stated or measured at check-in against it."""
    number = subject.appointment_id
    if number is None:
        return card
    day = day_dangers.of_appointment(work, subject.patient_id, number, subject.day, (card,))
    return replace(card, findings=(*card.findings, *day))
