"""Times of day and lengths: reading them as people type them, writing them by country.

Every reader raises ValueError with the sentence for the field.
"""

from __future__ import annotations

import re
from datetime import datetime, time

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.translation import _

_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))? ?(am?|pm?)?(?:\.?m\.?)?")
_LENGTH = re.compile(r"(?:(\d{1,2}) ?(?:h|hours?|hrs?))? ?(?:(\d{1,3}) ?(?:m|min|minutes?)?)?")
_TRAILING_TIME = re.compile(
    r"(?:\bat )? ?\b(\d{1,2}:\d{2}(?: ?[ap]\.?m?\.?)?|\d{1,2} ?[ap]m)$", re.IGNORECASE
)
_HELP = _("Type a time such as 14:30 or 2 pm.")
_AFTERNOON = range(1, 7)
_LONGEST = 480


def read_time(text: str) -> time:
    """The time meant; 1 to 6 without am or pm are afternoon, since no clinic is open at night."""
    typed = " ".join(text.casefold().split())
    if typed in ("noon", "midday"):
        return time(12)
    found = _TIME.fullmatch(typed)
    if not found:
        raise ValueError(
            _("“{text}” is not a time. {help}").format(text=text.strip(), help=_HELP)
            if typed
            else _HELP
        )
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    leading_zero = found[1].startswith("0")
    if half and not 1 <= hour <= 12:
        raise ValueError(_("“{text}” is not a time. {help}").format(text=text.strip(), help=_HELP))
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif hour in _AFTERNOON and not leading_zero:
        hour += 12
    if hour > 23 or minute > 59:
        raise ValueError(_("“{text}” is not a time. {help}").format(text=text.strip(), help=_HELP))
    return time(hour, minute)


def split_when(text: str) -> tuple[str, str]:
    """``12 jan 14:30`` → (``12 jan``, ``14:30``); the time is empty when none was typed."""
    typed = " ".join(text.split())
    found = _TRAILING_TIME.search(typed)
    if not found:
        return typed, ""
    return typed[: found.start()].strip(), found[1]


def read_minutes(text: str) -> int:
    """The length in minutes: ``45``, ``45 min``, ``1 h 15``."""
    typed = " ".join(text.casefold().split())
    found = _LENGTH.fullmatch(typed)
    if not typed or not found or not (found[1] or found[2]):
        raise ValueError(_("Type a length such as 30 or 1 h 15."))
    whole = int(found[1] or 0) * 60 + int(found[2] or 0)
    if not 5 <= whole <= _LONGEST:
        raise ValueError(_("An appointment lasts from 5 minutes to 8 hours."))
    return whole


def minute_words(minute: int, customs: Customs) -> str:
    """A minute of the day as a time; the day ends at ``24:00``."""
    if minute == 24 * 60 and not customs.twelve_hours:
        return "24:00"
    return time_words(time(minute // 60 % 24, minute % 60), customs)


def time_words(at: time | datetime, customs: Customs, *, seconds: bool = False) -> str:
    """``14:30`` or ``2:30 PM``, as the country counts the hours."""
    tail = f"{at:%M:%S}" if seconds else f"{at:%M}"
    if not customs.twelve_hours:
        return f"{at.hour:02d}:{tail}"
    return f"{at.hour % 12 or 12}:{tail} {'AM' if at.hour < 12 else 'PM'}"
