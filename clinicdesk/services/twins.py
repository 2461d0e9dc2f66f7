"""The same procedure twice on one day for one patient: a booking typed again, or meant.

No rule of a payer speaks of it; booking and moving ask for a reason, as for a rule of the house.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from clinicdesk.data.queries import facts, sessions
from clinicdesk.data.queries.schedule import open_hours
from clinicdesk.domain.anatomy import Spot, site_for
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.cases import BookedRow, DoneRow
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.hours import open_stretches
from clinicdesk.scheduling.search import DAYS_SOUGHT
from clinicdesk.services import verdicts
from clinicdesk.services.context import Work, ask

RULE = "house.same-day"


@ask(Permission.SEE_SCHEDULE)
def assess_booking(work: Work, plan: PlanRequest, physician_id: int | None = None) -> VerdictCard:
    """The verdict while choosing what to book, with what stands on that day already.

    Args:
        plan: what is to be booked.
        physician_id: the resource whose hours count, too, for the first open day.

    Raises:
        Invalid, NotFound: as ``verdicts.assess``.
    """
    card = with_twin(work, verdicts.assess_in(work, plan), plan)
    return _with_open_day(work, card, physician_id)


@ask(Permission.SEE_SCHEDULE)
def assess_moving(
    work: Work, appointment_id: int, on: date, physician_id: int | None = None
) -> tuple[VerdictCard, ...]:
    """As ``assess_booking``, while choosing a day to move an appointment to."""
    cards = assess_moved(work, appointment_id, on)
    return tuple(_with_open_day(work, card, physician_id) for card in cards)


def _with_open_day(work: Work, card: VerdictCard, physician_id: int | None) -> VerdictCard:
    """Of a *not before* the first day that is allowed, and on which somebody is there."""
    if card.status != VerdictStatus.NOT_BEFORE:
        return card
    days = (card.earliest + timedelta(days=ahead) for ahead in range(DAYS_SOUGHT))
    for day in days:
        if open_stretches(open_hours(work.tx, day), physician_id):
            return replace(card, open_on=day)
    return card


def assess_moved(work: Work, appointment_id: int, on: date) -> tuple[VerdictCard, ...]:
    """As ``assess_moving``, inside a transaction that goes on to act upon it."""
    plans = sessions.planned_requests(work.tx, appointment_id, on)
    return tuple(with_twin(work, verdicts.assess_in(work, plan), plan) for plan in plans)


def with_twin(work: Work, card: VerdictCard, plan: PlanRequest) -> VerdictCard:
    """The verdict; needing a reason, too, where the same stands on that day already."""
    found = _finding(work, plan)
    if found is None:
        return card
    weaker = card.status in (VerdictStatus.OK, VerdictStatus.CANNOT_DETERMINE)
    status = VerdictStatus.NEEDS_REASON.value if weaker else card.status
    return replace(card, status=status, findings=(found, *card.findings))


def rules_only(card: VerdictCard) -> VerdictCard:
    """What the interval rules said: as it is kept."""
    left = tuple(row for row in card.findings if row.rule != RULE)
    if len(left) == len(card.findings):
        return card
    found = {row.status for row in left}
    status = next((one.value for one in VerdictStatus if one in found), VerdictStatus.OK.value)
    return replace(card, findings=left, status=status)


def _finding(work: Work, plan: PlanRequest) -> FindingRow | None:
    records = facts.facts_of(work.tx, plan.patient_id, plan.on, work.newest_names()).without(
        appointment_id=plan.appointment_id, procedure_id=plan.procedure_id
    )
    spots = _spots(work, plan.procedure, plan.sites)
    rows: tuple[BookedRow | DoneRow, ...] = (*records.booked, *records.done)
    for row in rows:
        if row.day == plan.on and _same_kind(work, row, plan) and spots & _spots_of(work, row):
            said = _(
                "{procedure} at {sites} stands on this day already: booked twice? "
                "If both are meant, say why."
            )
            return FindingRow(
                rule=RULE,
                title=_("The same on one day"),
                status=VerdictStatus.NEEDS_REASON.value,
                earliest=None,
                counted=(plan.on,),
                message=said.format(
                    procedure=work.catalogue.procedure(row.procedure).name,
                    sites=", ".join(row.sites),
                ),
                source=_("A question of the house, no payer's rule"),
                verified=True,
            )
    return None


def _same_kind(work: Work, row: BookedRow | DoneRow, plan: PlanRequest) -> bool:
    known = work.catalogue.procedures
    if row.procedure not in known or plan.procedure not in known:
        return False
    return known[row.procedure].group == known[plan.procedure].group


def _spots_of(work: Work, row: BookedRow | DoneRow) -> frozenset[Spot]:
    return _spots(work, row.procedure, row.sites)


def _spots(work: Work, procedure: str, sites: tuple[str, ...]) -> frozenset[Spot]:
    """The places of the sites; what cannot be read is left out."""
    kind = work.catalogue.procedures.get(procedure)
    found: set[Spot] = set()
    for text in sites:
        if kind is None:
            break
        try:
            found |= site_for(text, kind).spots
        except ValueError:
            continue
    return frozenset(found)
