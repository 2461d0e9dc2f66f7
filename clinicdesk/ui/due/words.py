"""What the due list says of a row: pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from clinicdesk.domain import languages
from clinicdesk.domain.dates import day_short, day_words, weekday_short
from clinicdesk.domain.headings import begun
from clinicdesk.domain.people import age, display_name
from clinicdesk.domain.rows.due import (
    CONTACT_WORDS,
    LETTER_MADE,
    LETTER_PRINTED,
    LETTER_SAVED,
    ContactRow,
    DueGroup,
    DueReason,
    DueRow,
)
from clinicdesk.domain.translation import _
from clinicdesk.ui.local import day_near, time_text
from clinicdesk.ui.patients.fields import LANGUAGES

STILL_READING = _("The list is still being read. Try again in a moment.")
"""Where what was asked for needs the whole list."""

_LONG = timedelta(days=91)
_LANGUAGES = dict(LANGUAGES)
REASONS = {
    DueReason.NEXT_STEP: _("Next step possible"),
    DueReason.SECOND_BLOCK: _("Second block due"),
    DueReason.WORN_OFF: _("Relief worn off"),
    DueReason.REVIEW: _("Physician review first"),
    DueReason.FAILED: _("Physician review first"),
    DueReason.SCORE_MISSING: _("Ask for the score"),
    DueReason.REPEAT: _("Repeat possible"),
}
REASON_CHOICES = REASONS | {
    DueReason.REVIEW: _("Review after a block"),
    DueReason.FAILED: _("Too little relief"),
    DueReason.SCORE_MISSING: _("Score missing"),
}
"""As a filter, where each reason has a name of its own."""


def who(row: DueRow) -> str:
    """``Arredondo, Silvia``."""
    return display_name(row.family_name, row.given_name)


def person_facts(row: DueRow, on: date) -> str:
    """``54 F · 001877 · 555 0117``."""
    sex = {"female": "F", "male": "M", "other": "X"}.get(row.sex, "")
    years = f"{age(row.birth_date, on)} {sex}".strip()
    return " · ".join(part for part in (years, row.mrn, row.phone) if part)


def fewer_facts(row: DueRow, on: date) -> str:
    """The same without the record number, where there is little room."""
    return person_facts(replace(row, mrn=""), on)


def near_day(day: date, on: date) -> str:
    """``Mon 9 Nov``; with the year instead of the weekday where it is another one."""
    return weekday_short(day) if abs((day - on).days) < 183 else day_words(day)


def due_words(row: DueRow, on: date) -> str:
    """The day the row is sorted by."""
    return near_day(row.due_on, on)


def worst(row: DueRow, on: date) -> bool:
    """Whether the day is shown in red: of many that are overdue, those that wait longest."""
    late = row.group in (DueGroup.OVERDUE, DueGroup.LAPSED)
    return late and on - row.due_on > _LONG


def closes_words(row: DueRow, on: date, *, short: bool = False) -> str:
    """What ends, or begins, and when: the small line under the date, also in fewer letters."""
    hand = row.hand_date
    if hand is not None and not hand.stale:
        return _("by hand, {author}").format(author=hand.author.split()[-1])
    if row.due_on == row.allowed_from and row.allowed_from > max(on, row.relief_ends):
        return _("first day allowed")
    if row.relief_basis == "worn":
        return _("is over") if short else _("relief is over")
    when = _month_near(row.relief_latest, on)
    if row.relief_latest < on:
        said = _("ended {when}") if short else _("relief ended {when}")
    else:
        said = _("to {when}") if short else _("relief to {when}")
    return said.format(when=when)


def _month_near(day: date, on: date) -> str:
    """``7 Dec``; ``Jul 2025`` where it is long ago."""
    return day_short(day) if abs((day - on).days) < 183 else day_words(day).partition(" ")[2]


def last_words(row: DueRow) -> str:
    """``RFA, L4-L5 left``; a place that the name says already is not said twice."""
    first, __, rest = row.site.partition(" ")
    site = rest if rest and first.casefold() in row.last_name.casefold().split() else row.site
    return f"{row.last_name}, {site}" if site else row.last_name


def place_words(row: DueRow) -> str:
    """``Greater occipital left``: where the name of the procedure has no room."""
    return begun(row.site)


def relief_words(row: DueRow) -> str:
    """``27 wk``: how long after the procedure the score was taken."""
    if row.relief_percent is None or row.relief_days is None:
        return ""
    if row.relief_days == 0:
        return _("same day")
    if row.relief_days < 14:
        return _("{relief_days} d").format(relief_days=row.relief_days)
    return _("{relief_days} wk").format(relief_days=row.relief_days // 7)


def poor(row: DueRow) -> bool:
    """Whether the last score says that less than half of the pain was gone."""
    return row.relief_percent is not None and row.relief_percent < row.good_percent


def booked_when(row: DueRow) -> str:
    """``1 Dec, 09:30``; empty where nothing is booked."""
    at = row.booked_for
    return f"{day_near(at)}, {time_text(at)}" if at else ""


def booked_words(row: DueRow) -> str:
    """``Booked 1 Dec, 09:30``."""
    when = booked_when(row)
    return _("Booked {when}").format(when=when) if when else ""


def next_words(row: DueRow, on: date) -> str:
    """What to do next with the row."""
    if row.taken_by and not row.taken_by_me:
        return _("{taken_by} is calling").format(taken_by=row.taken_by)
    if row.booked_for is not None:
        return booked_words(row)
    if row.snooze is not None and (row.snooze.until is None or row.snooze.until > on):
        until = row.snooze.until
        return (
            _("Put aside until {until}").format(until=near_day(until, on))
            if until
            else _("Put aside for good")
        )
    if row.next_contact is not None and row.next_contact > on:
        return _("Try again {next_contact}").format(next_contact=near_day(row.next_contact, on))
    if row.reason in (DueReason.FAILED, DueReason.REVIEW, DueReason.SCORE_MISSING):
        return REASONS[row.reason]
    possible = row.possible_from
    if possible is not None and possible > on and row.group is DueGroup.HOLDING:
        return _("Not before {allowed_from}").format(allowed_from=day_near(possible))
    return _call_words(row, on)


_LETTERS = {
    LETTER_PRINTED: _("Letter printed {day}"),
    LETTER_SAVED: _("Letter saved {day}"),
}


def _call_words(row: DueRow, on: date) -> str:
    if row.last_contact is not None and row.letter_until is not None and on < row.letter_until:
        said = _LETTERS.get(row.last_contact_outcome, _("Letter sent {day}"))
        return said.format(day=day_near(row.last_contact))
    if row.last_contact_outcome == LETTER_MADE:
        return CONTACT_WORDS[LETTER_MADE]
    if not row.phone:
        return _("No telephone: letter")
    if row.contacts:
        count = row.contacts + 1
        if count == 2:
            return _("Call, 2nd try")
        return _("Call, 3rd try") if count == 3 else _("Call, {count}th try").format(count=count)
    if row.reason is DueReason.NEXT_STEP:
        return _("{next_name} possible").format(next_name=row.next_name)
    if row.reason is DueReason.SECOND_BLOCK:
        return REASONS[row.reason]
    return _("Call")


def contact_words(row: DueRow) -> str:
    """The last attempt: ``No answer, 17 Nov``."""
    if row.last_contact is None:
        return _("none yet")
    outcome = CONTACT_WORDS.get(row.last_contact_outcome, row.last_contact_outcome)
    return f"{outcome}, {day_near(row.last_contact)}"


def language_name(code: str) -> str:
    """``Spanish``."""
    return _LANGUAGES.get(code) or languages.language_name(code)


class Flag(NamedTuple):
    """One mark at the end of a row; ``short``: in fewer letters, where there is little room."""

    words: str
    tone: str
    icon: str
    short: str = ""


def flags(row: DueRow, language: str) -> tuple[Flag, ...]:
    """The marks of a row, the most important first; ``language`` is the clinic's own."""
    found: list[Flag] = []
    if row.taken_by and not row.taken_by_me:
        found.append(
            Flag(_("With {taken_by}").format(taken_by=row.taken_by.split()[0]), "info", "phone")
        )
    if row.booked_for is not None:
        found.append(Flag(_("Booked"), "ok", "check"))
    if row.anticoagulant:
        found.append(Flag(row.anticoagulant.capitalize(), "warn", "drop"))
    if poor(row):
        found.append(
            Flag(
                _("Relief under {good_percent}%").format(good_percent=row.good_percent),
                "warn",
                "alert",
                _("Under {good_percent}%").format(good_percent=row.good_percent),
            )
        )
    if row.reason is DueReason.SCORE_MISSING:
        found.append(Flag(_("Score missing"), "neutral", "alert", _("No score")))
    if row.hand_date is not None:
        stale = row.hand_date.stale
        found.append(Flag(_("Date out of date"), "warn", "flag", _("Old date")) if stale
                     else Flag(_("Date by hand"), "neutral", "pen", _("By hand")))  # fmt: skip
    if row.language and row.language != language:
        found.append(Flag(language_name(row.language), "neutral", "globe"))
    return tuple(found)


def hand_words(row: DueRow) -> str:
    """Who set the date by hand, when and why; and whether it still holds."""
    hand = row.hand_date
    if hand is None:
        return ""
    head = _("{author} set {day} on {set_on}: {reason}").format(
        author=hand.author,
        day=day_words(hand.day),
        set_on=day_near(hand.set_on),
        reason=hand.reason,
    )
    if hand.stale:
        return _("{head}. This site was done since: the date no longer holds.").format(head=head)
    return head


def spoken(row: DueRow, on: date, language: str, *, chosen: bool) -> str:
    """A row for a screen reader."""
    relief = (
        _("not scored")
        if row.relief_percent is None
        else _("{relief_percent} percent relief").format(relief_percent=row.relief_percent)
    )
    parts = [
        _("selected") if chosen else "",
        who(row),
        person_facts(row, on),
        _("due {due_words}, {closes_words}").format(
            due_words=due_words(row, on), closes_words=closes_words(row, on)
        ),
        _("last {last_words} on {last_done}").format(
            last_words=last_words(row), last_done=day_words(row.last_done)
        ),
        relief,
        _("contacts {contacts}, {contact_words}").format(
            contacts=row.contacts, contact_words=contact_words(row)
        ),
        next_words(row, on),
        *(flag.words for flag in flags(row, language)),
    ]
    return ". ".join(part for part in parts if part)


def tip(row: DueRow, on: date, language: str) -> str:
    """What the pointer says: what has no room on the line."""
    marks = ", ".join(flag.words for flag in flags(row, language))
    possible = row.possible_from
    again = _("From when on it may be repeated is not known yet.")
    if possible is not None:
        again = _("May be repeated from {allowed_from}.").format(allowed_from=day_words(possible))
    lines = [
        row.detail,
        marks,
        again,
        _relief_tip(row),
    ]
    if row.last_score:
        lines.append(_("Last score: {last_score}.").format(last_score=row.last_score))
    if row.contacts:
        lines.append(_("Last contact: {contact_words}.").format(contact_words=contact_words(row)))
    if row.hand_date is not None:
        lines.append(hand_words(row))
    if row.snooze is not None:
        lines.append(
            _("Put aside by {author}: {reason}").format(
                author=row.snooze.author, reason=row.snooze.reason
            )
        )
    if row.next_appointment is not None and row.booked_for is None:
        day = row.next_appointment
        lines.append(
            _("Next appointment {day}, {day_2}.").format(
                day=near_day(day.date(), on), day_2=time_text(day)
            )
        )
    return "\n".join(line for line in lines if line)


_BASIS = {
    "own": _("from this patient’s earlier times"),
    "usual": _("as usual for this treatment"),
}


def relief_span(row: DueRow) -> str:
    """``12 Nov to 10 Feb 2027, as usual for this treatment``; ``over by 19 Nov 2026``."""
    if row.relief_basis == "worn":
        return _("over by {relief_latest}").format(relief_latest=day_words(row.relief_latest))
    basis = _BASIS.get(row.relief_basis, "")
    if row.relief_ends == row.relief_latest:
        return f"{day_words(row.relief_ends)}, {basis}"
    first = day_short(row.relief_ends)
    if row.relief_ends.year != row.relief_latest.year:
        first = day_words(row.relief_ends)
    return _("{first} to {relief_latest}, {basis}").format(
        first=first, relief_latest=day_words(row.relief_latest), basis=basis
    )


def _relief_tip(row: DueRow) -> str:
    if row.relief_basis == "worn":
        return _("Relief was over by {relief_latest}.").format(
            relief_latest=day_words(row.relief_latest)
        )
    return _("Relief expected to end: {relief_span}.").format(relief_span=relief_span(row))


def attempt_words(contact: ContactRow) -> str:
    """``17 Nov 10:12, Joelle Marsh: No answer``."""
    outcome = CONTACT_WORDS.get(contact.outcome, contact.outcome)
    return f"{day_near(contact.at.date())} {time_text(contact.at)}, {contact.author}: {outcome}"


def language_counts(languages: dict[str, int]) -> str:
    """``4 English, 1 Spanish``."""
    return ", ".join(f"{count} {language_name(code)}" for code, count in sorted(languages.items()))
