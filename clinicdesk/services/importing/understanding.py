"""How a whole file is to be read: its table, its columns, its dates; and what must be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from clinicdesk.domain.dates import ColumnDates
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.lists import either
from clinicdesk.domain.translation import _
from clinicdesk.services.importing import mapping as columns
from clinicdesk.services.importing import values
from clinicdesk.services.importing.reader import Table, read_table
from clinicdesk.services.importing.rows import Candidate, How, Refusal, RowReader

_ASK_EVERY = 500
"""Lines after which is asked whether to go on."""
Progress = Callable[[int, int], None]


class Stopped(ClinicError):
    """The import was cancelled; the sentence says what was written."""


@dataclass(frozen=True)
class Wishes:
    """What a person has said about a file; None and empty: as it is found to be."""

    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: str | None = None
    weight_unit: str = ""


@dataclass(frozen=True)
class Understood:
    """A file as understood.

    Attributes:
        mapping: column to field; empty where the column is not taken over.
        possible: orders of dates; ``how.order`` is empty while it holds several.
        trouble: what must be settled before an import, in a sentence; empty if nothing.
        count: rows.
    """

    table: Table
    mapping: Mapping[str, str]
    how: How
    possible: tuple[str, ...]
    trouble: str
    count: int

    def reader(self, today: date, region: str) -> RowReader:
        """A reader of its rows."""
        headers = enumerate(self.table.headers)
        places = {name: (i, h) for i, h in headers if (name := self.mapping[h])}
        return RowReader(self.table.path.name, places, self.how, today, region)

    def rows(self, reader: RowReader) -> Iterator[Candidate | Refusal]:
        """Every row, taken or refused."""
        width = len(self.table.headers)
        for line in self.table.lines():
            yield reader.read(line, width)


def understand(
    path: Path,
    wishes: Wishes,
    today: date,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Understood:
    """Reads the whole file once, line by line.

    Raises:
        Malformed: it cannot be read as a table, or a wish names what is not there.
        Stopped: it was cancelled.
    """
    table = read_table(path, encoding=wishes.encoding, delimiter=wishes.delimiter)
    chosen = columns.mapped(table, wishes.mapping)
    dates, count = _scan(table, chosen, today, progress, cancelled)
    possible = dates.possible()
    order = wishes.date_order or (possible[0] if len(possible) == 1 else "")
    weight = next((h for h, f in chosen.items() if f == "weight_kg"), "")
    how = How(
        order,
        wishes.weight_unit or values.unit_in_name(columns.plain(weight)),
        columns.is_open_dental(table.headers),
        encoding_question(table),
    )
    trouble = _trouble(table, chosen)
    if not trouble and not order:
        trouble = _which_order(dates, possible)
    return Understood(table, chosen, how, possible, trouble, count)


def _scan(
    table: Table,
    chosen: Mapping[str, str],
    today: date,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[ColumnDates, int]:
    places = [i for i, h in enumerate(table.headers) if chosen[h] in ("birth_date", "deceased_on")]
    dates, count = ColumnDates(today), 0
    for count, line in enumerate(table.lines(), 1):
        for place in places:
            if place < len(line.cells):
                dates.see(line.cells[place], line.number)
        if count % _ASK_EVERY == 0:
            if progress is not None:
                progress(0, count)
            if cancelled is not None and cancelled():
                raise Stopped(_("The import was cancelled. Nothing was written."))
    return dates, count


def encoding_question(table: Table) -> str:
    """Asks which encoding it is, where letters come out that are none; else empty."""
    if not table.encoding.doubtful:
        return ""
    ways = either(f"{name} ({word})" for name, word in table.encoding.sample)
    if not ways:
        return _("The letters of this file cannot be read. Say which encoding it is in.")
    return _(
        "Letters in this file can be read in several ways. Say which encoding: {ways}."
    ).format(ways=ways)


def _trouble(table: Table, chosen: Mapping[str, str]) -> str:
    fields = set(chosen.values())
    if asked := columns.undecided(table, chosen):
        return asked
    if not fields & {"family", "given", "full_name"}:
        return _(
            "No column holds the names. Say which column is the surname and which the first name."
        )
    if "birth_date" not in fields:
        return _("No column holds the date of birth. Say which one it is.")
    return ""


def _which_order(dates: ColumnDates, possible: tuple[str, ...]) -> str:
    if dates.contradictory:
        (one, line), (other, other_line) = dates.examples["mdy"], dates.examples["dmy"]
        return _(
            "The dates are written in two orders: “{one}” in line {line} has the month first, "
            "“{other}” in line {other_line} the day. Say which is right; rows of the other are "
            "refused."
        ).format(one=one, line=line, other=other, other_line=other_line)
    words = either(
        {"ymd": _("year first"), "mdy": _("month first"), "dmy": _("day first")}[o]
        for o in possible
    )
    return _("The dates can be read {words}. Say which is right.").format(words=words)


def asking(understood: Understood) -> Understood:
    """As a person sees it who can answer: a doubtful encoding is settled first, too."""
    return replace(understood, trouble=understood.trouble or understood.how.doubtful)
