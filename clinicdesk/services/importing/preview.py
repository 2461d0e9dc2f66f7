"""What a file would bring, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinicdesk.domain.dates import possible_orders
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.lists import either
from clinicdesk.domain.translation import _
from clinicdesk.services.importing import mapping as columns
from clinicdesk.services.importing.reader import Table, read_table
from clinicdesk.services.importing.rows import Candidate, Oddity, Refusal, RowReader

SHOWN = 20
_FAR = date(2199, 12, 31)


@dataclass(frozen=True)
class ImportPreview:
    """A file as understood.

    Attributes:
        mapping: column to field; empty where the column is not taken over.
        date_order: ``ymd``, ``mdy`` or ``dmy``; empty while ``possible`` holds several.
        rows: the first rows as written.
        trouble: what must be settled before an import, in a sentence; empty if nothing.
        refused, oddities: of the whole file, as far as it can be told without the database.
        withheld: columns with identity documents, never taken over.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    possible: tuple[str, ...]
    date_order: str
    rows: tuple[tuple[str, ...], ...]
    count: int
    trouble: str
    refused: tuple[Refusal, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    withheld: tuple[str, ...] = ()


def preview(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    mapping: Mapping[str, str] | None = None,
    date_order: str | None = None,
    today: date = _FAR,
    region: str = "US",
) -> ImportPreview:
    """Reads the file and says how it was understood; touches no database.

    Args:
        path: the file.
        encoding, delimiter, date_order: where the user has corrected them.
        mapping: columns whose field the user has set, over the guess.
        today: birth dates after it are refused.
        region: for phone numbers without a country code.

    Raises:
        Malformed: the file cannot be read as a table, or the mapping names what is not there.
    """
    table = read_table(path, encoding=encoding, delimiter=delimiter)
    chosen = apply_mapping(table, mapping or {})
    possible = _orders(table, chosen)
    order = date_order or (possible[0] if len(possible) == 1 else "")
    trouble = _trouble(chosen, order, possible)
    refused: list[Refusal] = []
    oddities: list[Oddity] = []
    if not trouble:
        for read in read_rows(table, chosen, order, today, region):
            if isinstance(read, Refusal):
                refused.append(read)
            else:
                oddities += read.oddities
    return ImportPreview(
        path, table.encoding, table.delimiter, table.headers, chosen, possible, order,
        tuple(line.cells for line in table.lines[:SHOWN]), len(table.lines), trouble,
        tuple(refused), tuple(oddities), columns.withheld(table.headers),
    )  # fmt: skip


def apply_mapping(table: Table, wishes: Mapping[str, str]) -> dict[str, str]:
    """The guess with the user's corrections; raises Malformed for what is not there."""
    chosen = columns.guess(table.headers)
    for column, field in wishes.items():
        if column not in chosen:
            known = ", ".join(table.headers)
            raise Malformed(
                _("{path_name} has no column “{column}”. It has: {known}.").format(
                    path_name=table.path.name, column=column, known=known
                )
            )
        if field and field not in columns.FIELDS:
            known = ", ".join(columns.FIELDS)
            raise Malformed(
                _("There is no field “{field}”. Use one of: {known}.").format(
                    field=field, known=known
                )
            )
        # A field is filled by one column: the user's.
        chosen = {c: columns.IGNORE if f == field else f for c, f in chosen.items()}
        chosen[column] = field
    return chosen


def _orders(table: Table, chosen: Mapping[str, str]) -> tuple[str, ...]:
    places = [i for i, h in enumerate(table.headers) if chosen[h] in ("birth_date", "deceased_on")]
    return possible_orders(
        line.cells[i] for line in table.lines for i in places if i < len(line.cells)
    )


def _trouble(chosen: Mapping[str, str], order: str, possible: tuple[str, ...]) -> str:
    fields = set(chosen.values())
    if not fields & {"family", "given"}:
        return _(
            "No column holds the names. Say which column is the surname and which the first name."
        )
    if "birth_date" not in fields:
        return _("No column holds the date of birth. Say which one it is.")
    if not order:
        words = either(
            {"ymd": _("year first"), "mdy": _("month first"), "dmy": _("day first")}[o]
            for o in possible
        )
        return _("The dates can be read {words}. Say which is right.").format(words=words)
    return ""


def read_rows(
    table: Table, chosen: Mapping[str, str], order: str, today: date, region: str
) -> list[Candidate | Refusal]:
    """Every row, taken or refused."""
    places = {field: (i, h) for i, h in enumerate(table.headers) if (field := chosen[h])}
    reader = RowReader(table.path.name, places, order, today, region)
    return [reader.read(line, len(table.headers)) for line in table.lines]
