"""Reading dates, times and lengths as people type them: pure.

``12 jan``, ``tomorrow``, ``tue``, ``in 3 weeks``, ``14:30``, ``2 pm``, ``45 min``.
Every reader raises ValueError with the sentence for the field.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from clinicdesk.domain.dates import add_months

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORD_DAYS = {"today": 0, "tod": 0, "now": 0, "tomorrow": 1, "tom": 1, "tmr": 1}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]*([a-z]{3,9})\.?(?:[ ,.-]+(\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?[ -]*(\d{1,2})(?:st|nd|rd|th)?(?:[ ,]+(\d{4}))?")
_AHEAD = re.compile(r"(?:in|\+) ?(\d{1,3}) ?(d|days?|w|weeks?|m|months?)")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))? ?(am?|pm?)?(?:\.?m\.?)?")
_LENGTH = re.compile(r"(?:(\d{1,2}) ?(?:h|hours?|hrs?))? ?(?:(\d{1,3}) ?(?:m|min|minutes?)?)?")
_TRAILING_TIME = re.compile(
    r"(?:\bat )? ?\b(\d{1,2}:\d{2}(?: ?[ap]\.?m?\.?)?|\d{1,2} ?[ap]m)$", re.IGNORECASE
)

_DATE_HELP = "Type a date such as 12 jan, tomorrow, tue or in 3 weeks."
_TIME_HELP = "Type a time such as 14:30 or 2 pm."
_AFTERNOON = range(1, 7)
_LONGEST = 480


def parse_day(text: str, today: date) -> date:
    """The day meant by ``text``; a date without a year is the next such day from today on."""
    typed = " ".join(text.casefold().replace(",", " ").split())
    # The field shows "Tue 12 Jan 2027": a weekday before a date is only decoration.
    bare = re.sub(rf"^(?:{'|'.join(_DAYS)})[a-z]*\.? +(?=\S)", "", typed)
    if not bare:
        raise ValueError(_DATE_HELP)
    if bare in _WORD_DAYS:
        return today + timedelta(days=_WORD_DAYS[bare])
    return _weekday(bare, today) or _ahead(bare, today) or _written(bare, today)


def _weekday(text: str, today: date) -> date | None:
    """The next such weekday after today."""
    word = text.removeprefix("next ")
    hits = [n for n, day in enumerate(_DAYS) if len(word) >= 3 and word[:3] == day]
    if not hits or not word.isalpha():
        return None
    return today + timedelta(days=(hits[0] - today.weekday() - 1) % 7 + 1)


def _ahead(text: str, today: date) -> date | None:
    found = _AHEAD.fullmatch(text)
    if not found:
        return None
    count, unit = int(found[1]), found[2][0]
    if unit == "m":
        return add_months(today, count)
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _written(text: str, today: date) -> date:
    if found := _ISO.fullmatch(text):
        return _real(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _SLASHED.fullmatch(text):
        return _with_year(found[3], int(found[1]), int(found[2]), today, text)
    if found := _DAY_MONTH.fullmatch(text):
        return _with_year(found[3], _month(found[2], text), int(found[1]), today, text)
    if found := _MONTH_DAY.fullmatch(text):
        return _with_year(found[3], _month(found[1], text), int(found[2]), today, text)
    raise ValueError(f"“{text}” is not a date. {_DATE_HELP}")


def _month(word: str, text: str) -> int:
    if word[:3] not in _MONTHS:
        raise ValueError(f"“{text}” is not a date. {_DATE_HELP}")
    return _MONTHS.index(word[:3]) + 1


def _with_year(year: str | None, month: int, day: int, today: date, text: str) -> date:
    if year:
        return _real(int(year) + (2000 if len(year) == 2 else 0), month, day, text)
    for candidate in range(today.year, today.year + 9):
        # 29 February waits for its year.
        if (month, day) == (2, 29) and candidate % 4:
            continue
        found = _real(candidate, month, day, text)
        if found >= today:
            return found
    raise ValueError(f"“{text}” is not a date. {_DATE_HELP}")


def _real(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day as “{text}”.") from None


def parse_time(text: str) -> time:
    """The time meant; 1 to 6 without am or pm are afternoon, since no clinic is open at night."""
    typed = " ".join(text.casefold().split())
    if typed in ("noon", "midday"):
        return time(12)
    found = _TIME.fullmatch(typed)
    if not found:
        raise ValueError(f"“{text.strip()}” is not a time. {_TIME_HELP}" if typed else _TIME_HELP)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    leading_zero = found[1].startswith("0")
    if half and not 1 <= hour <= 12:
        raise ValueError(f"“{text.strip()}” is not a time. {_TIME_HELP}")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif hour in _AFTERNOON and not leading_zero:
        hour += 12
    if hour > 23 or minute > 59:
        raise ValueError(f"“{text.strip()}” is not a time. {_TIME_HELP}")
    return time(hour, minute)


def split_when(text: str) -> tuple[str, str]:
    """``12 jan 14:30`` → (``12 jan``, ``14:30``); the time is empty when none was typed."""
    typed = " ".join(text.split())
    found = _TRAILING_TIME.search(typed)
    if not found:
        return typed, ""
    return typed[: found.start()].strip(), found[1]


def parse_minutes(text: str) -> int:
    """The length in minutes: ``45``, ``45 min``, ``1 h 15``."""
    typed = " ".join(text.casefold().split())
    found = _LENGTH.fullmatch(typed)
    if not typed or not found or not (found[1] or found[2]):
        raise ValueError("Type a length such as 30 or 1 h 15.")
    whole = int(found[1] or 0) * 60 + int(found[2] or 0)
    if not 5 <= whole <= _LONGEST:
        raise ValueError("An appointment lasts from 5 minutes to 8 hours.")
    return whole


def time_text(at: time) -> str:
    """``14:30``."""
    return f"{at:%H:%M}"


def far_text(day: date, today: date) -> str:
    """How far off a day is: ``today``, ``tomorrow``, ``in 4 days``, ``in 4 weeks``."""
    days = (day - today).days
    if days < 0:
        return "in the past"
    if days <= 1:
        return ("today", "tomorrow")[days]
    if days < 14:
        return f"in {days} days"
    if days < 61:
        return f"in {days // 7} weeks"
    return f"in {round(days / 30.44)} months"
