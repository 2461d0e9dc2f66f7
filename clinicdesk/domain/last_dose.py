"""Whether a stated last dose can be right: the year is the easiest part of a date to mistype."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.translation import _, _n

_YEAR, _MONTH = 365, 30
_NEARLY = 20
"""Days by which less than a year is still said as one."""


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
