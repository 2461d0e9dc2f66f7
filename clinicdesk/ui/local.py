"""How the window writes and reads dates and times: as the open clinic's country does.

Set when a clinic is opened, as the theme is; until then, and in a demo, as in the United States.
A day is named with its year where that is not the year of the clinic's today.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from clinicdesk.domain import dates
from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates import Sort


class _Current:
    customs = customs_of("US")
    today: Callable[[], date] | None = None


def use(customs: Customs, today: Callable[[], date] | None = None) -> None:
    """What is written from now on; ``today``: the open clinic's, asked each time."""
    _Current.customs = customs
    _Current.today = today


def customs() -> Customs:
    """Those of the open clinic's country."""
    return _Current.customs


def time_text(at: time | datetime, *, seconds: bool = False) -> str:
    """``14:30`` or ``2:30 PM``."""
    return dates.time_words(at, _Current.customs, seconds=seconds)


def minute_text(minute: int) -> str:
    """A minute of the day: ``14:30`` or ``2:30 PM``."""
    return time_text(time(minute // 60 % 24, minute % 60))


def hour_text(hour: int) -> str:
    """A full hour where there is little room: ``14:00`` or ``2 PM``."""
    return minute_text(hour * 60).replace(":00 ", " ")


def span_text(start: datetime, end: datetime) -> str:
    """``13:00–14:30``."""
    return f"{time_text(start)}–{time_text(end)}"


def read_day(text: str, today: date, sort: Sort = Sort.COMING) -> date:
    """The day meant by ``text``; raises ValueError with the sentence for the field."""
    return dates.read_day(text, today, _Current.customs, sort)


def understood(text: str, today: date, sort: Sort = Sort.COMING) -> str:
    """``= Sat 7 June 1958``, for beside the field; empty while ``text`` is no date yet."""
    try:
        return dates.understood(read_day(text, today, sort))
    except ValueError:
        return ""


def day_digits(day: date) -> str:
    """``14/03/1958``: an example as people here write it."""
    return dates.day_digits(day, _Current.customs)


def in_this_year(day: date) -> bool:
    """Whether a day is said well enough without its year."""
    return _Current.today is None or day.year == _Current.today().year


def day_near(day: date) -> str:
    """``1 Dec``; with its year where it is another one."""
    return dates.day_short(day) if in_this_year(day) else dates.day_words(day)


def weekday_near(day: date) -> str:
    """``Tue 12 Jan``; with its year where it is another one."""
    return dates.weekday_short(day) if in_this_year(day) else dates.weekday_words(day)


def weekday_or_year(day: date) -> str:
    """``Tue 12 Jan``; where there is little room, the year instead of the weekday."""
    return dates.weekday_short(day) if in_this_year(day) else dates.day_words(day)


def week_start(day: date) -> date:
    """The day on which the week of ``day`` begins here."""
    return dates.week_start(day, _Current.customs.first_weekday)
