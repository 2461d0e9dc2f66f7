"""The lines of the list, made of what the services say: pure, tested without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.people import display_name
from clinicdesk.domain.procedures import Procedure, Purpose
from clinicdesk.domain.rows.calls import PromisedCall
from clinicdesk.domain.rows.deaths import AheadOfDeath
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.rows.reviews import ReviewRow, SafetyReason
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui.local import time_text, weekday_near
from clinicdesk.ui.safety.follow_words import (
    act_words,
    answer_words,
    due_words,
    hold_line,
    last_dose_words,
    raised_words,
    steps_words,
)

Source = ReviewRow | HoldTrack | PromisedCall | AheadOfDeath


class Group(StrEnum):
    """For whom it waits, in the order of the list."""

    REVIEW = "review"
    REFUSED = "refused"
    DEATH = "death"
    HOLD = "hold"
    CALL = "call"

    @property
    def label(self) -> str:
        """The heading."""
        return _LABELS[self]


_LABELS = {
    Group.REVIEW: _("Waits for a physician"),
    Group.REFUSED: _("Refused: change or cancel"),
    Group.DEATH: _("Died: cancel what lies ahead"),
    Group.HOLD: _("Blood thinners"),
    Group.CALL: _("Calls promised by today"),
}


@dataclass(frozen=True)
class Waiting:
    """Everything that waits, as the services say."""

    reviews: tuple[ReviewRow, ...] = ()
    holds: tuple[HoldTrack, ...] = ()
    deaths: tuple[AheadOfDeath, ...] = ()
    calls: tuple[PromisedCall, ...] = ()

    @property
    def some(self) -> bool:
        """Whether anything is there."""
        return bool(self.reviews or self.holds or self.deaths or self.calls)


@dataclass(frozen=True)
class Line:
    """One thing that waits.

    Attributes:
        key: what stays the same when the list is asked again.
        day, hour: of the appointment, or the day promised; ``hour`` may be empty.
        what: procedure and side, in words.
        about, note: the thing itself, and who raised it or how far it is.
        act: the next act on its button; empty where this role has none.
        late: whether it should have been done before today.
    """

    group: Group
    key: tuple[object, ...]
    source: Source
    patient_id: int
    patient: str
    day: date
    hour: str
    what: str
    about: str
    note: str
    act: str
    late: bool = False
    appointment_id: int | None = None

    @property
    def opens(self) -> bool:
        """Whether its act is done at the appointment itself."""
        begun = isinstance(self.source, AheadOfDeath) and not self.source.to_cancel
        return self.group is Group.REFUSED or begun

    def spoken(self) -> str:
        """The line for a screen reader."""
        when = f"{weekday_near(self.day)} {self.hour}".strip()
        return ". ".join(
            part.removesuffix(".")
            for part in (when, self.patient, self.what, self.about, self.note)
            if part
        )


@dataclass(frozen=True)
class Heading:
    """The line over a group."""

    group: Group
    count: int


@dataclass(frozen=True)
class Writer:
    """Makes lines: what it needs of the clinic, and whether the person answers dangers."""

    procedures: Mapping[str, Procedure]
    reasons: Mapping[str, SafetyReason]
    today: date
    may_answer: bool

    def lines(self, waiting: Waiting) -> tuple[Line, ...]:
        """Every line, group by group."""
        found = [self._review(row) for row in waiting.reviews]
        found += [self._hold(track) for track in waiting.holds]
        found += [_death(each) for each in waiting.deaths]
        found += [self._call(call) for call in waiting.calls]
        order = list(Group)
        return tuple(sorted(found, key=lambda line: order.index(line.group)))

    def _what(self, procedure: str, sites: Iterable[str]) -> str:
        known = self.procedures.get(procedure)
        return ", ".join((known.name if known else procedure, *sites))

    def _review(self, row: ReviewRow) -> Line:
        waits = _("Answer") if self.may_answer else ""
        return Line(
            group=Group.REVIEW if row.open else Group.REFUSED,
            key=("review", row.id),
            source=row,
            patient_id=row.patient_id,
            patient=row.patient,
            day=row.day,
            hour=time_text(row.start),
            what=self._what(row.procedure, row.sites),
            about=row.sentence,
            note=raised_words(row) if row.open else answer_words(row, self.reasons),
            act=waits if row.open else _("Open appointment"),
            appointment_id=row.appointment_id,
        )

    def _hold(self, track: HoldTrack) -> Line:
        late = track.overdue(self.today)
        note = ", ".join(filter(None, (due_words(track, self.today), steps_words(track))))
        return Line(
            group=Group.REFUSED if track.refused else Group.HOLD,
            key=("hold", track.appointment_id, track.hold.drug),
            source=track,
            patient_id=track.patient_id,
            patient=track.patient,
            day=track.start.date(),
            hour=time_text(track.start),
            what=", ".join((track.procedure, *track.sites)),
            about=last_dose_words(track),
            note=note,
            act=_("Open appointment") if track.refused else act_words(track),
            late=late,
            appointment_id=track.appointment_id,
        )

    def _call(self, call: PromisedCall) -> Line:
        about = _("Promised for {due}: ask for the pain scores since {done}.")
        if call.purpose == Purpose.SAFETY.value:
            about = _("Due on {due}: ask how it went after {done}.")
        return Line(
            group=Group.CALL,
            key=("call", call.id),
            source=call,
            patient_id=call.patient_id,
            patient=display_name(call.family_name, call.given_name),
            day=call.due_on,
            hour="",
            what=self._what(call.procedure, call.sites),
            about=about.format(due=day_words(call.due_on), done=day_words(call.done_on)),
            note=call.phone or _("No telephone"),
            act=_("Call made"),
            late=call.due_on < self.today,
        )


def _death(each: AheadOfDeath) -> Line:
    first = each.booked[0]
    return Line(
        group=Group.DEATH,
        key=("death", each.patient_id),
        source=each,
        patient_id=each.patient_id,
        patient=each.patient,
        day=first.start.date(),
        hour=time_text(first.start),
        what=_("Died on {day}").format(day=day_words(each.deceased_on)),
        about=still_booked(each),
        note="",
        act=_death_act(each),
        appointment_id=first.appointment_id,
    )


def _death_act(each: AheadOfDeath) -> str:
    if not each.to_cancel:
        return _("Open appointment")
    return _("Cancel all") if len(each.to_cancel) > 1 else _("Cancel it")


def still_booked(each: AheadOfDeath) -> str:
    """Where a visit has begun, and how much is booked on which days."""
    begun = [
        _("In the house: {status}. End the visit in the schedule.").format(
            status=booked.status.label.lower()
        )
        for booked in each.in_the_house
    ]
    count = len(each.to_cancel)
    days = ", ".join(weekday_near(booked.start.date()) for booked in each.to_cancel)
    ahead = _n(
        "{count} appointment lies ahead: {days}", "{count} appointments lie ahead: {days}", count
    ).format(count=count, days=days)
    return " ".join((*begun, ahead) if count else begun)


def cancel_words(each: AheadOfDeath) -> str:
    """``Cancel the 2 appointments ahead``."""
    count = len(each.to_cancel)
    return _n(
        "Cancel the appointment ahead", "Cancel the {count} appointments ahead", count
    ).format(count=count)


def grouped(lines: Iterable[Line]) -> tuple[Heading | Line, ...]:
    """The lines with a heading over each group."""
    every = tuple(lines)
    found: list[Heading | Line] = []
    for group in Group:
        mine = [line for line in every if line.group is group]
        if mine:
            found += [Heading(group, len(mine)), *mine]
    return tuple(found)


def waits_for(lines: Iterable[Line], *, physician: bool) -> int:
    """How much waits for this person: dangers for a physician, the rest for everybody else.

    Of blood thinners only what is late; a step that has time waits for nobody yet.
    """
    mine: Callable[[Line], bool] = _for_physician if physician else _for_desk
    return sum(1 for line in lines if mine(line))


def _for_physician(line: Line) -> bool:
    return line.group is Group.REVIEW


def _for_desk(line: Line) -> bool:
    if line.group is Group.HOLD:
        return line.late
    return line.group is not Group.REVIEW


def told_whole(line: Line) -> str:
    """What the panel says of a line, in full."""
    source = line.source
    if isinstance(source, HoldTrack):
        return f"{source.hold.sentence}\n{hold_line(source)}"
    return line.about


def when_of(line: Line) -> datetime | None:
    """When the appointment begins; None of a call."""
    source = line.source
    if isinstance(source, ReviewRow | HoldTrack):
        return source.start
    return source.booked[0].start if isinstance(source, AheadOfDeath) else None
