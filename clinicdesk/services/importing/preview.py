"""What a file would bring, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from clinicdesk.domain.translation import _
from clinicdesk.services.importing import mapping as columns
from clinicdesk.services.importing.report import ImportReport
from clinicdesk.services.importing.rows import Candidate, Oddity, Refusal
from clinicdesk.services.importing.understanding import (
    Progress,
    Stopped,
    Wishes,
    asking,
    understand,
)

SHOWN = 20
_FAR = date(2199, 12, 31)


@dataclass(frozen=True)
class ImportPreview:
    """A file as understood.

    Attributes:
        mapping: column to field; empty where the column is not taken over.
        date_order: ``ymd``, ``mdy``, ``dmy`` or ``serial``; empty while ``possible`` holds several.
        rows: the first rows as written; ``taken`` the first that can be taken, as they will stand.
        trouble: what must be settled before an import, in a sentence; empty if nothing.
        refused, oddities: of the whole file, as far as it can be told without the database;
            ``refused_count`` and ``kinds`` count those that are not listed, too.
        withheld: columns with identity documents, never taken over.
        guessed: whether nothing in the file says its encoding.
        weight_unit: of weights without one; empty where nobody has said.
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
    guessed: bool = False
    taken: tuple[Candidate, ...] = ()
    refused_count: int = 0
    kinds: Mapping[tuple[str, str], int] = field(default_factory=dict)
    empties: Mapping[str, int] = field(default_factory=Counter)
    weight_unit: str = ""

    @property
    def weight_column(self) -> str:
        """The column of the weights; empty where there is none."""
        return next((h for h, f in self.mapping.items() if f == "weight_kg"), "")


def preview(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    mapping: Mapping[str, str] | None = None,
    date_order: str | None = None,
    weight_unit: str = "",
    today: date = _FAR,
    region: str = "US",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPreview:
    """Reads the file and says how it was understood; touches no database.

    Args:
        path: the file.
        encoding, delimiter, date_order, weight_unit: where the user has corrected them.
        mapping: columns whose field the user has set, over the guess.
        today: birth dates after it are refused.
        region: for phone numbers without a country code.
        progress: told how many of how many rows are done.
        cancelled: asked now and then.

    Raises:
        Malformed: the file cannot be read as a table, or the mapping names what is not there.
        Stopped: it was cancelled.
    """
    wishes = Wishes(encoding, delimiter, mapping or {}, date_order, weight_unit)
    seen = asking(understand(path, wishes, today, progress, cancelled))
    found = ImportReport()
    taken: list[Candidate] = []
    if not seen.trouble:
        reader = seen.reader(today, region)
        for count, row in enumerate(seen.rows(reader), 1):
            if isinstance(row, Refusal):
                found.refuse(row, row=True)
            else:
                taken += [row] if len(taken) < SHOWN else []
                for oddity in row.oddities:
                    found.odd(oddity)
            if count % 500 == 0 and cancelled is not None and cancelled():
                raise Stopped(_("The import was cancelled. Nothing was written."))
            if count % 500 == 0 and progress is not None:
                progress(count, seen.count)
        found.empties.update(reader.empties)
    table = seen.table
    return ImportPreview(
        path, table.encoding.name, table.delimiter, table.headers, seen.mapping, seen.possible,
        seen.how.order, tuple(line.cells for line in islice(table.lines(), SHOWN)), seen.count,
        seen.trouble, tuple(found.refused), tuple(found.oddities), columns.withheld(table.headers),
        table.encoding.guessed, tuple(taken), found.refused_count, found.kinds, found.empties,
        seen.how.weight_unit,
    )  # fmt: skip
