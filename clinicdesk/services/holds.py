"""Blood thinners from booking to the needle: prescriber asked, answered, patient told, last dose.

Dates come from the checks for the day and hour as it is booked now, so that an appointment that
moves has other dates at once; the steps keep the dates they were about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from clinicdesk.data.queries import holds as queries
from clinicdesk.data.queries import sessions
from clinicdesk.data.tables import Patient
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Doubtful, Invalid, NotFound
from clinicdesk.domain.last_dose import doubted, due_day, kept, speaks
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.holds import AGREED, REFUSED, HoldStepRow, HoldTerms, HoldTrack
from clinicdesk.domain.rows.safety import SafetyHold
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.states import HoldStepKind
from clinicdesk.domain.translation import _
from clinicdesk.safety.holds import recognised
from clinicdesk.services import reviews, safety
from clinicdesk.services.context import Work, act, ask

_DAYS_AHEAD = 28
"""Longer than any hold with the time to ask before it: nothing is late beyond that."""


@ask(Permission.SEE_SCHEDULE)
def of_appointment(work: Work, appointment_id: int) -> tuple[HoldTrack, ...]:
    """The recognised drugs of an appointment's patient, each with its steps."""
    return _of(work, appointment_id)


@ask(Permission.SEE_SCHEDULE)
def worklist(work: Work) -> tuple[HoldTrack, ...]:
    """Drugs of the coming weeks with a step to take, overdue ones first, then by start.

    What a prescriber refused is among them: the appointment cannot stay as it is.
    """
    until = work.today + timedelta(days=_DAYS_AHEAD)
    booked = queries.booked(work.tx, work.zone, work.today, until)
    # The checks read a patient's whole record: they are asked only where a drug is a thinner.
    drugs = queries.drugs_of(work.tx, sorted({one.patient_id for one in booked}))
    known = work.catalogue.safety
    thinned = [one for one in booked if recognised(drugs.get(one.patient_id, ()), known)]
    steps = queries.steps(work.tx, [one.appointment_id for one in thinned], work.zone)
    tracks = [
        track for one in thinned for track in _tracks(work, one, steps.get(one.appointment_id, ()))
    ]
    waiting = [track for track in tracks if track.next_step is not None or track.refused]
    today = work.today
    return tuple(sorted(waiting, key=lambda t: (not t.overdue(today), t.start, t.hold.drug)))


@act("hold.ask", Permission.BOOK)
def asked(work: Work, appointment_id: int, drug: str, who: str, note: str = "") -> int:
    """The prescriber was asked; returns the appointment's id.

    Raises:
        Invalid: on ``who``: nobody was named.
    """
    if not who.strip():
        raise Invalid({"who": _("Say who was asked.")})
    return _step(work, appointment_id, drug, HoldStepKind.ASKED, who=who, note=note)


@act("hold.answer", Permission.BOOK)
def answered(
    work: Work, appointment_id: int, drug: str, answer: str, who: str, note: str = ""
) -> int:
    """The prescriber agreed to the hold or refused it.

    Raises:
        Invalid: on ``answer``, or on ``who``: nobody was named.
    """
    if answer not in (AGREED, REFUSED):
        raise Invalid({"answer": _("Say whether the prescriber agreed.")})
    if not who.strip():
        raise Invalid({"who": _("Say who answered.")})
    return _step(
        work, appointment_id, drug, HoldStepKind.ANSWERED, answer=answer, who=who, note=note
    )


@act("hold.tell", Permission.BOOK)
def told(work: Work, appointment_id: int, drug: str, note: str = "") -> int:
    """The patient was told the last dose as it stands now.

    Raises:
        Invalid: on ``told``: the prescriber said no.
    """
    track = _known(work, appointment_id, drug)
    if track.refused:
        raise Invalid(
            {"told": _("The prescriber did not agree. Ask a physician before the patient is told.")}
        )
    return _step(work, appointment_id, drug, HoldStepKind.TOLD, note=note)


@act("hold.state", Permission.CHECK_IN)
def stated(
    work: Work,
    appointment_id: int,
    drug: str,
    last: date | datetime,
    note: str = "",
    *,
    sure: bool = False,
) -> int:
    """The patient says when the last dose was taken: a day, or an aware moment.

    Args:
        work: a write.
        appointment_id, drug: whose, and which.
        last: the last dose.
        note: free words beside it.
        sure: it was asked back, and is meant so.

    Raises:
        Doubtful: on ``last_dose``: so long ago that the year may be wrong, and nobody is sure.
        Invalid: on ``last_dose``: it lies after now, or before the patient was born.
    """
    moment = last if isinstance(last, datetime) else None
    day = moment.astimezone(work.zone).date() if moment else last
    if day > work.today or (moment is not None and moment > work.now):
        raise Invalid({"last_dose": _("That is still to come. When was the last dose taken?")})
    track = _known(work, appointment_id, drug)
    born = work.tx.get(Patient, track.patient_id).birth_date
    if day < born:
        said = _("{day} is before the patient was born. When was the last dose taken?")
        raise Invalid({"last_dose": said.format(day=day_words(day))})
    doubt = doubted(day, plausible_from(track, work.catalogue.hold_terms), work.today)
    if doubt and not sure:
        asked_back = _("{doubt} If it is, type it again.").format(doubt=doubt)
        raise Doubtful({"last_dose": asked_back})
    _step(work, appointment_id, drug, HoldStepKind.STATED, on=day, moment=moment, note=note)
    # Too late is for a physician, at once.
    reviews.refresh(work, track.patient_id)
    return appointment_id


def plausible_from(track: HoldTrack, terms: HoldTerms) -> date:
    """The earliest last dose that is taken without asking back."""
    hold, told = track.hold, track.told
    days = [due_day(hold) or track.start.date()]
    if told is not None and told.last_dose_on is not None:
        days.append(told.last_dose_on)
    return min(days) - timedelta(days=terms.doubt_days)


def enough(track: HoldTrack) -> bool | None:
    """Whether the stated last dose kept the time of the guideline; None: not stated, or no time."""
    return kept(track.stated, track.hold) if track.stated is not None else None


# -- parts ------------------------------------------------------------------------------------


def _step(
    work: Work,
    appointment_id: int,
    drug: str,
    kind: HoldStepKind,
    *,
    on: date | None = None,
    moment: datetime | None = None,
    answer: str = "",
    who: str = "",
    note: str = "",
) -> int:
    track = _known(work, appointment_id, drug)
    hold = track.hold
    if kind is not HoldStepKind.STATED:
        on, moment = hold.last_dose_on, hold.last_dose_before
    step = HoldStepRow(
        drug=drug,
        step=kind,
        at=work.now,
        by="",
        last_dose_on=on,
        last_dose_at=moment.astimezone(UTC) if moment else None,
        answer=answer,
        who=who.strip(),
        note=note.strip(),
    )
    queries.add_step(work.tx, track.patient_id, appointment_id, step)
    work.tx.changed("appointment", track.patient_id, track.start.date())
    return appointment_id


def _known(work: Work, appointment_id: int, drug: str) -> HoldTrack:
    for track in _of(work, appointment_id):
        if track.hold.drug == drug:
            return track
    raise NotFound(_("This drug is no longer on the patient's list. Refresh, then look again."))


def _of(work: Work, appointment_id: int) -> tuple[HoldTrack, ...]:
    booked = queries.booked(work.tx, work.zone, work.today, work.today, appointment_id)
    steps = queries.steps(work.tx, [appointment_id], work.zone)
    return _tracks(work, booked[0], steps.get(appointment_id, ())) if booked else ()


def _tracks(
    work: Work, booked: queries.Booked, taken: Sequence[HoldStepRow]
) -> tuple[HoldTrack, ...]:
    plans = sessions.planned_requests(work.tx, booked.appointment_id, booked.day)
    found: dict[str, HoldTrack] = {}
    for plan in plans:
        card = safety.safety_in(work, plan, start=booked.start)
        for hold in card.holds:
            track = _track(work, booked, plan, hold, taken)
            found[hold.drug] = _stricter(found.get(hold.drug), track)
    return tuple(found.values())


def _stricter(one: HoldTrack | None, other: HoldTrack) -> HoldTrack:
    """Of two procedures of one visit, what the stricter one asks of a drug."""
    if one is None:
        return other
    order = ("none", "shared", "hold")
    rank = order.index(other.hold.action) - order.index(one.hold.action)
    if rank == 0 and other.hold.last_dose_on and one.hold.last_dose_on:
        return other if other.hold.last_dose_on < one.hold.last_dose_on else one
    return other if rank > 0 else one


def _newest(steps: Iterable[HoldStepRow]) -> dict[HoldStepKind, HoldStepRow]:
    """Of each kind the newest; who asked again waits for another answer."""
    newest: dict[HoldStepKind, HoldStepRow] = {}
    for step in steps:
        newest[step.step] = step
        if step.step is HoldStepKind.ASKED:
            newest.pop(HoldStepKind.ANSWERED, None)
    return newest


def _track(
    work: Work,
    booked: queries.Booked,
    plan: PlanRequest,
    hold: SafetyHold,
    steps: Iterable[HoldStepRow],
) -> HoldTrack:
    newest = _newest(step for step in steps if step.drug == hold.drug)
    told = newest.get(HoldStepKind.TOLD)
    known = work.catalogue.procedures.get(plan.procedure)
    last = due_day(hold)
    stated = newest.get(HoldStepKind.STATED)
    terms = work.catalogue.hold_terms
    return HoldTrack(
        appointment_id=booked.appointment_id,
        patient_id=booked.patient_id,
        patient=booked.patient,
        start=booked.start,
        procedure=known.name if known else plan.procedure,
        sites=plan.sites,
        hold=hold,
        asked=newest.get(HoldStepKind.ASKED),
        answered=newest.get(HoldStepKind.ANSWERED),
        told=told,
        stated=stated if stated and speaks(stated, hold) else None,
        moved=told is not None
        and (told.last_dose_on, told.last_dose_at) != (hold.last_dose_on, hold.last_dose_before),
        ask_by=(last or booked.day) - timedelta(days=terms.ask_days),
        tell_by=last - timedelta(days=terms.tell_days) if last else None,
    )
