"""The due list as a table of text, for a spreadsheet or another program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import DueFilter, DueRow
from clinicdesk.domain.spreadsheets import harmless
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, look
from clinicdesk.services.due.listing import overview_in, rows_in

_PAGE = 500
HEADER = (
    _("Group"),
    _("Due on"),
    _("Family name"),
    _("Given name"),
    "MRN",
    _("Born"),
    _("Phone"),
    _("Language"),
    _("Family"),
    _("Site"),
    _("Why"),
    _("What to do"),
    _("Last done"),
    _("Last procedure"),
    _("Last score"),
    _("Possible from"),
    _("Relief ends"),
    _("Last contact"),
    _("Outcome"),
    _("Contact again"),
    _("Next appointment"),
    _("Blood thinner"),
    _("Physician"),
)


@look("due.export", Permission.WORK_DUE_LIST)
def export_csv(work: Work, wanted: DueFilter, on: date) -> str:
    """The list as CSV with a header; cells that a spreadsheet would run are made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    count = 0
    for row in every_row(work, wanted, on):
        writer.writerow([harmless(cell) for cell in _cells(row)])
        count += 1
    work.tx.note("due.export", rows=count, on=on.isoformat())
    return out.getvalue()


@look("due.list", Permission.WORK_DUE_LIST)
def listed(work: Work, wanted: DueFilter, on: date) -> tuple[DueRow, ...]:
    """The whole list with its rows, for the command line; kept in the audit as a look."""
    found = tuple(every_row(work, wanted, on))
    work.tx.note("due.list", rows=len(found), on=on.isoformat())
    return found


def every_row(work: Work, wanted: DueFilter, on: date) -> Iterator[DueRow]:
    """All rows of the list in its order, read in pages."""
    ids = overview_in(work, wanted, on).ids
    for start in range(0, len(ids), _PAGE):
        yield from rows_in(work, ids[start : start + _PAGE], on)


def _cells(row: DueRow) -> tuple[str, ...]:
    return (
        row.group.value, row.due_on.isoformat(), row.family_name, row.given_name, row.mrn,
        row.birth_date.isoformat(), row.phone, row.language, row.family, row.site,
        row.reason.value, row.detail, row.last_done.isoformat(), row.last_name, row.last_score,
        _day(row.possible_from), row.relief_ends.isoformat(), _day(row.last_contact),
        row.last_contact_outcome, _day(row.next_contact),
        row.next_appointment.isoformat(timespec="minutes") if row.next_appointment else "",
        row.anticoagulant, row.physician,
    )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
