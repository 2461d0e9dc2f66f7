"""How the window writes and reads dates and times: as the open clinic's country does.

Set when a clinic is opened, as the theme is; until then, and in a demo, as in the United States.
"""

from __future__ import annotations

from datetime import date, datetime, time

from clinicdesk.domain import dates
from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates import Sort


class _Current:
    customs = customs_of("US")


def use(customs: Customs) -> None:
    """What is written from now on."""
    _Current.customs = customs


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


def week_start(day: date) -> date:
    """The day on which the week of ``day`` begins here."""
    return dates.week_start(day, _Current.customs.first_weekday)
