"""The one writer of dates: words that are the same in every locale, digits by country."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.translation import _, _n

# Not through gettext: the reader takes what stands here, a language brings its own with Babel.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date) -> str:
    """``1 Dec 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_short(day: date) -> str:
    """``1 Dec``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def weekday_words(day: date) -> str:
    """``Tue 12 Jan 2027``."""
    return f"{WEEKDAYS[day.weekday()]} {day_words(day)}"


def weekday_short(day: date) -> str:
    """``Tue 12 Jan``."""
    return f"{WEEKDAYS[day.weekday()]} {day_short(day)}"


def day_long(day: date) -> str:
    """``Tuesday 24 November 2026``."""
    return f"{LONG_WEEKDAYS[day.weekday()]} {day.day} {month_words(day.year, day.month)}"


def month_words(year: int, month: int) -> str:
    """``November 2026``."""
    return f"{LONG_MONTHS[month - 1]} {year}"


def understood(day: date) -> str:
    """``= Sat 7 June 1958``: what was read, shown beside what was typed."""
    return f"= {WEEKDAYS[day.weekday()]} {day.day} {month_words(day.year, day.month)}"


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
