"""What is said beside a sheet: what is missing in it, and why."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.documents import StoredSheet
from clinicdesk.domain.sheet_standing import lacking_words, waits_words
from clinicdesk.domain.translation import _
from clinicdesk.ui import local

_STORED = _("A stored sheet, as it was made.")
_NO_RESTART = _(
    "No restart date of the blood thinner is confirmed. The sheet says "
    "“We will tell you before you leave.”"
)


def notice(
    sheet: StoredSheet | None,
    kind: str,
    *,
    fresh: bool,
    zone: ZoneInfo,
) -> tuple[str, str]:
    """The sentences and their tone; empty where there is nothing to say.

    ``fresh``: the sheet is made for what is chosen, and not one from the store.
    """
    if sheet is not None and not fresh:
        return _STORED, "neutral"
    said, tone = [], "info"
    if kind == "aftercare" and sheet is not None and sheet.untold:
        said.append(_NO_RESTART)
        tone = "warn"
    lapsed = sheet.lapsed if kind == "aftercare" and sheet is not None else ()
    for gone in lapsed:
        if gone.restart is None:
            continue
        at = gone.restart.astimezone(zone)
        said.append(
            _(
                "{by} had said {day} at {time}. The time of the procedure or the blood thinner "
                "has changed since, so this is not on the sheet."
            ).format(by=gone.by, day=day_words(at.date()), time=local.time_text(at.timetz()))
        )
        tone = "warn"
    if sheet is not None and sheet.unsettled:
        said.append(waits_words(sheet.waits, kind))
        tone = "warn"
    if sheet is not None and sheet.lacks:
        said.append(lacking_words(sheet.lacks, sheet.row.language))
    return " ".join(said), tone
