"""From when an appointment was moved: kept as a moment, told on the clinic's clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.dates import time_words, weekday_words
from clinicdesk.domain.translation import _

_STAMP = "%Y-%m-%dT%H:%MZ"
_KEPT_AS = "moved from"
# The words before the moment were once kept in the window's language.
_KEPT = re.compile(r"[^\d]{1,40}(\d{4}-\d\d-\d\dT\d\d:\d\dZ)\.\s*(.*)", re.DOTALL)


def moved_note(start: datetime) -> str:
    """The note that is kept, the same in every language; ``start`` aware."""
    return f"{_KEPT_AS} {start.astimezone(UTC):{_STAMP}}."


def moved_words(note: str, zone: ZoneInfo, customs: Customs) -> str:
    """A kept note as it is shown; one that tells of no move stays as it is."""
    kept = _KEPT.fullmatch(note)
    if kept is None:
        return note
    start = datetime.strptime(kept[1], _STAMP).replace(tzinfo=UTC).astimezone(zone)
    day, time = weekday_words(start.date()), time_words(start, customs)
    if not kept[2]:
        return _("moved from {day} {time}").format(day=day, time=time)
    return _("moved from {day} {time}. {why}").format(day=day, time=time, why=kept[2])
