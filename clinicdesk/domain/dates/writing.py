"""The one writer of dates: names in the language in force, digits as the country has them."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.dates import patterns
from clinicdesk.domain.dates.names import date_names
from clinicdesk.domain.translation import _, _n


def day_words(day: date) -> str:
    """``1 Dec 2026``."""
    name = date_names().months[day.month - 1]
    return patterns.day().format(day=day.day, month=name, year=day.year)


def day_short(day: date) -> str:
    """``1 Dec``."""
    return patterns.day_short().format(day=day.day, month=month_short(day))


def month_short(day: date) -> str:
    """``Dec``."""
    return date_names().months[day.month - 1]


def weekday_words(day: date) -> str:
    """``Tue 12 Jan 2027``."""
    names = date_names()
    return patterns.weekday().format(
        weekday=names.weekdays[day.weekday()],
        day=day.day,
        month=names.months[day.month - 1],
        year=day.year,
    )


def weekday_short(day: date) -> str:
    """``Tue 12 Jan``."""
    names = date_names()
    return patterns.weekday_short().format(
        weekday=names.weekdays[day.weekday()], day=day.day, month=names.months[day.month - 1]
    )


def day_long(day: date) -> str:
    """``Tuesday 24 November 2026``."""
    return _in_full(day, date_names().long_weekdays[day.weekday()])


def weekday_name(number: int) -> str:
    """``Monday`` of 0."""
    return date_names().long_weekdays[number]


def weekday_heads(first: int) -> tuple[str, ...]:
    """``Mo`` to ``Su``, from the weekday ``first``, Monday 0."""
    heads = date_names().heads
    return (*heads[first:], *heads[:first])


def month_words(year: int, month: int) -> str:
    """``November 2026``."""
    return patterns.month().format(month=date_names().alone[month - 1], year=year)


def understood(day: date) -> str:
    """``= Sat 7 June 1958``: what was read, shown beside what was typed."""
    return f"= {_in_full(day, date_names().weekdays[day.weekday()])}"


def _in_full(day: date, weekday: str) -> str:
    month = date_names().long_months[day.month - 1]
    return patterns.day_long().format(weekday=weekday, day=day.day, month=month, year=day.year)


def day_digits(day: date, customs: Customs) -> str:
    """In digits as the country writes them: ``14/03/1958``, ``3/14/1958``, ``14.03.1958``."""
    width = 2 if customs.padded else 1
    parts = {"d": f"{day.day:0{width}d}", "m": f"{day.month:0{width}d}", "y": f"{day.year:04d}"}
    return customs.date_sign.join(parts[part] for part in customs.date_order)


def far_words(day: date, today: date) -> str:
    """How far off a day is: ``today``, ``tomorrow``, ``in 4 days``, ``in 4 weeks``."""
    days = (day - today).days
    if days < 0:
        return _("in the past")
    if days <= 1:
        return (_("today"), _("tomorrow"))[days]
    if days < 14:
        return _n("in {count} day", "in {count} days", days).format(count=days)
    if days < 61:
        weeks = days // 7
        return _n("in {count} week", "in {count} weeks", weeks).format(count=weeks)
    months = round(days / 30.44)
    return _n("in {count} month", "in {count} months", months).format(count=months)
