"""What the caller should know, in lines of a name and a value: pure."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.dates import day_words, far_words, weekday_words
from clinicdesk.domain.people import age
from clinicdesk.domain.rows.due import DueRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.due import words
from clinicdesk.ui.local import time_text
from clinicdesk.ui.verdict.words import NEEDS_REASON

_SEX = {"female": _("Female"), "male": _("Male")}


def about(row: DueRow, on: date) -> str:
    """``Female · 54 y · born 3 May 1972 · MRN 001877``."""
    parts = (
        _SEX.get(row.sex, ""),
        _("{age} y").format(age=age(row.birth_date, on)),
        _("born {birth_date}").format(birth_date=day_words(row.birth_date)),
        _("MRN {mrn}").format(mrn=row.mrn) if row.mrn else "",
    )
    return " · ".join(part for part in parts if part)


def allowed_words(row: DueRow, on: date) -> str:
    """The first allowed day, and what the rules still ask for."""
    possible = row.possible_from
    if possible is None:
        # As on paper: no day is told that the rules cannot tell.
        return _("Not known yet")
    said = f"{weekday_words(possible)}, {far_words(possible, on)}"
    if possible <= on:
        said = _("Now (since {day})").format(day=day_words(possible))
    if row.status == NEEDS_REASON:
        return _("{said}, needs a reason").format(said=said)
    return said


def lines(row: DueRow, on: date) -> tuple[tuple[str, str], ...]:
    """(name, value) of what is worth knowing on the telephone."""
    relief = (
        _("not scored")
        if row.relief_percent is None
        else _("{relief_percent}% relief").format(relief_percent=row.relief_percent)
    )
    after = words.relief_words(row)
    score = _("{relief} after {after}").format(relief=relief, after=after) if after else relief
    found = [
        (_("Allowed"), allowed_words(row, on)),
        (_("Rules"), row.assumed),
        (_("Relief ends"), words.relief_span(row)),
        (_("Last done"), f"{words.last_words(row)}, {day_words(row.last_done)}"),
        (_("Last score"), ", ".join(part for part in (score, row.last_score) if part)),
        (_("Physician"), row.physician),
    ]
    if row.hand_date is not None:
        found.append((_("Date by hand"), words.hand_words(row)))
    if row.booked_for is not None:
        found.append(
            (_("Booked"), f"{weekday_words(row.booked_for.date())}, {time_text(row.booked_for)}")
        )
    elif row.next_appointment is not None:
        at = row.next_appointment
        found.append((_("Next visit"), f"{weekday_words(at.date())}, {time_text(at)}"))
    return tuple((name, value) for name, value in found if value)
