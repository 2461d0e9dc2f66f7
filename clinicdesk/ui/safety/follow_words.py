"""What became of a danger and of a held drug, in words: pure, tested without a window."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from clinicdesk.domain.dates import weekday_short, weekday_words
from clinicdesk.domain.rows.holds import HoldStepRow, HoldTrack
from clinicdesk.domain.rows.reviews import ReviewRow, SafetyReason
from clinicdesk.domain.states import HoldStepKind, RaisedIn, ReviewOutcome
from clinicdesk.domain.translation import _
from clinicdesk.ui.local import day_near, time_text, weekday_near

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?$")
TELL_AGAIN = _("told another day: tell again")


def when_words(at: datetime, start: datetime) -> str:
    """``Tue 1 Dec 09:00``; with its year where that is not the appointment's."""
    return f"{day_beside(at.date(), start)} {time_text(at)}"


# -- dangers ----------------------------------------------------------------------------------


def raised_words(row: ReviewRow) -> str:
    """Who raised it, when and at what: a fact that came later was not known at booking."""
    day = day_near(row.raised_at.date())
    if not row.raised_by:
        return _("Raised {day}").format(day=day)
    sentence = {
        RaisedIn.BOOKING: _("Raised at booking by {who}, {day}"),
        RaisedIn.MOVE: _("Raised when moved by {who}, {day}"),
        RaisedIn.FACT: _("Learned later, entered by {who}, {day}"),
    }[row.raised_in]
    return sentence.format(who=row.raised_by, day=day)


def because_words(row: ReviewRow) -> str:
    """The record's own words, without the hour of a statement: its sentence has that."""
    return ", ".join(word for word in row.because if not _MOMENT.match(word))


def reason_words(row: ReviewRow, reasons: Mapping[str, SafetyReason]) -> str:
    """The reason that was chosen, with the words beside it."""
    known = reasons.get(row.code)
    return ": ".join(filter(None, (known.text if known else row.code, row.words)))


def answer_words(row: ReviewRow, reasons: Mapping[str, SafetyReason]) -> str:
    """How it was answered, by whom and why; or that it still waits."""
    if row.outcome is None:
        return _("Waits for a physician")
    if row.outcome is ReviewOutcome.FELL_AWAY:
        return row.outcome.label
    day = day_near(row.answered_at.date()) if row.answered_at else ""
    return _("{outcome}: {reason} ({who}, {day})").format(
        outcome=row.outcome.label, reason=reason_words(row, reasons), who=row.answered_by, day=day
    )


# -- held drugs -------------------------------------------------------------------------------


def last_dose_words(track: HoldTrack) -> str:
    """``Apixaban: last dose Thu 26 Nov``; of hours, before which time."""
    hold = track.hold
    if hold.last_dose_on is not None:
        return _("{drug}: last dose {day}").format(
            drug=hold.name, day=day_beside(hold.last_dose_on, track.start)
        )
    if hold.last_dose_before is not None:
        return _("{drug}: last dose before {when}").format(
            drug=hold.name, when=when_words(hold.last_dose_before, track.start)
        )
    if hold.action == "none":
        return _("{drug}: keeps being taken").format(drug=hold.name)
    return _("{drug}: to be decided with the prescriber").format(drug=hold.name)


def steps_words(track: HoldTrack) -> str:
    """``asked 12 Nov, agreed (Dr. Hale), told 13 Nov``."""
    parts = []
    if track.asked is not None and track.answered is None:
        parts.append(_dated(_("asked {day} ({who})"), track.asked))
    elif track.asked is not None:
        parts.append(_dated(_("asked {day}"), track.asked))
    if track.answered is not None:
        sentence = _("refused ({who})") if track.refused else _("agreed ({who})")
        parts.append(sentence.format(who=track.answered.who))
    if track.moved:
        parts.append(TELL_AGAIN)
    elif track.told is not None:
        parts.append(_dated(_("told {day}"), track.told))
    if track.stated is not None:
        parts.append(_("stated: {when}").format(when=dose_words(track.stated, track.start)))
    if not parts and track.hold.action != "none":
        parts.append(_("prescriber not asked yet"))
    return ", ".join(parts)


def hold_line(track: HoldTrack) -> str:
    """One line: the last dose, and how far it is settled."""
    return " · ".join(filter(None, (last_dose_words(track), steps_words(track))))


def act_words(track: HoldTrack) -> str:
    """What is to be done next, on a row."""
    step = track.next_step
    if step is HoldStepKind.ASKED:
        return _("Ask prescriber")
    if step is HoldStepKind.ANSWERED:
        return _("Enter answer")
    if step is HoldStepKind.TOLD:
        return _("Tell again") if track.moved else _("Tell patient")
    return ""


def step_words(track: HoldTrack) -> str:
    """What the next step is called once it is taken, on the button that keeps it."""
    if track.refused:
        return _("Ask again")
    step = track.next_step
    if step is HoldStepKind.ASKED:
        return _("Prescriber asked")
    if step is HoldStepKind.ANSWERED:
        return _("Prescriber answered")
    if step is HoldStepKind.TOLD:
        return _("Patient told again") if track.moved else _("Patient told")
    return ""


def due_words(track: HoldTrack, today: date) -> str:
    """By when the next step is to be taken."""
    by = track.tell_by if track.next_step is HoldStepKind.TOLD else track.ask_by
    if by is None or track.next_step is None:
        return ""
    if track.overdue(today):
        return _("late since {day}").format(day=day_near(by))
    return _("by {day}").format(day=weekday_near(by))


def _dated(sentence: str, step: HoldStepRow) -> str:
    return sentence.format(day=day_near(step.at.date()), who=step.who)


def day_beside(day: date, start: datetime) -> str:
    """``Fri 20 Nov``; with its year where that is not the appointment's."""
    return weekday_short(day) if day.year == start.year else weekday_words(day)


def dose_words(step: HoldStepRow, start: datetime) -> str:
    """The last dose of a step: ``Fri 20 Nov``, ``Fri 20 Nov 20:00``.

    With its year where that is not the appointment's.
    """
    day = step.last_dose_at.date() if step.last_dose_at else step.last_dose_on
    if day is None:
        return ""
    said = day_beside(day, start)
    if step.last_dose_at is None:
        return said
    return _("{day} {time}").format(day=said, time=time_text(step.last_dose_at))
