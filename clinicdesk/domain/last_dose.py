"""Whether a stated last dose can be right, and whether it kept the time of the guideline.

The year is the easiest part of a date to mistype.
"""

from __future__ import annotations

import re
from datetime import date

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.holds import HoldStepRow
from clinicdesk.domain.rows.safety import SafetyHold
from clinicdesk.domain.translation import _, _n

_YEAR, _MONTH = 365, 30
_NEARLY = 20
"""Days by which less than a year is still said as one."""
_WRITTEN = re.compile(
    r"\b((?:19|20)\d\d)\b(?!\s*h)"  # 2026, but not 2000 h
    r"|\b\d{1,2}([/.-])\d{1,2}\2(\d\d)\b"  # 11/20/26
)


def doubted(day: date, plausible_from: date, today: date) -> str:
    """The sentence that asks back; empty where the day is plausible."""
    if day >= plausible_from:
        return ""
    said = _("{day} is {ago}: is the year right?")
    if day.year == today.year:
        said = _("{day} is {ago}: is the day right?")
    return said.format(day=day_words(day), ago=_ago((today - day).days))


def _ago(days: int) -> str:
    years, months = (days + _NEARLY) // _YEAR, days // _MONTH
    if years == 1:
        return _("a year ago")
    if years > 1:
        return _n("{n} year ago", "{n} years ago", years).format(n=years)
    if days < 2 * _MONTH:
        return _n("{n} day ago", "{n} days ago", days).format(n=days)
    return _n("{n} month ago", "{n} months ago", months).format(n=months)


def years_in(words: str) -> tuple[int, ...]:
    """The years that free words name."""
    found = _WRITTEN.finditer(words)
    return tuple(int(each[1]) if each[1] else 2000 + int(each[3]) for each in found)


def due_day(hold: SafetyHold) -> date | None:
    """The day of the last dose by the guideline; None where it names none."""
    before = hold.last_dose_before
    return hold.last_dose_on or (before.date() if before is not None else None)


def speaks(stated: HoldStepRow, hold: SafetyHold) -> bool:
    """Whether a statement says anything of this hold: not what was said before the last dose."""
    due = due_day(hold)
    return due is None or stated.at.date() >= due


def kept(stated: HoldStepRow, hold: SafetyHold) -> bool | None:
    """Whether a stated last dose kept the time of the guideline; None: it names none, or who knows.

    A day alone says too little for a hold of hours where it is the day on which it was due.
    """
    if hold.last_dose_on is not None and stated.last_dose_on is not None:
        return stated.last_dose_on <= hold.last_dose_on
    if hold.last_dose_before is not None:
        if stated.last_dose_at is not None:
            return stated.last_dose_at <= hold.last_dose_before
        if stated.last_dose_on is not None:
            due = hold.last_dose_before.date()
            return None if stated.last_dose_on == due else stated.last_dose_on < due
    return None
