"""What an import did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from clinicdesk.services.importing.rows import Oddity, Refusal

MOST = 20_000
"""How many refusals, and how many oddities, are listed; all of them are counted."""


@dataclass
class ImportReport:
    """What an import did. ``read`` counts patients; refused rows name file, line and column.

    ``none`` counts the lists that were answered with "none". ``not_taken`` are columns of which
    nothing was taken over, ``withheld`` those that hold identity documents. ``refused_rows`` are
    the rows of patients of which nothing was taken; ``refused`` lists what else was refused, too.
    ``empties``: of a column, how many cells held a word for "empty". ``kinds``: how often each
    oddity was met, by column and remark. ``encoding`` is what was used, ``guessed`` where nothing
    in the file says so. ``columns``: what each column that is taken becomes.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused_rows: int = 0
    allergies: int = 0
    conditions: int = 0
    drugs: int = 0
    implants: int = 0
    pregnancy: int = 0
    none: int = 0
    refused: list[Refusal] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    withheld: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    refused_count: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    empties: Counter[str] = field(default_factory=Counter)
    encoding: str = ""
    guessed: bool = False
    date_order: str = ""
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def accounted(self) -> int:
        """Rows that ended as something; all that were read, or something is wrong."""
        return self.added + self.updated + self.unchanged + self.refused_rows

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.accounted == self.read

    def refuse(self, refusal: Refusal, *, row: bool = False) -> None:
        """Notes what was not taken; ``row``: nothing of a patient's row was."""
        self.refused_count += 1
        self.refused_rows += int(row)
        if len(self.refused) < MOST:
            self.refused.append(refusal)

    def odd(self, oddity: Oddity) -> None:
        """Notes what was taken as written, or without something."""
        self.kinds[oddity.column, oddity.remark] += 1
        if len(self.oddities) < MOST:
            self.oddities.append(oddity)

    def join(self, part: ImportReport) -> None:
        """Adds what a part of the import did."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(part, name))
        self.refused += part.refused[: MOST - len(self.refused)]
        self.oddities += part.oddities[: MOST - len(self.oddities)]
        self.kinds.update(part.kinds)
        self.empties.update(part.empties)


_COUNTS = (
    "added", "updated", "unchanged", "refused_rows", "allergies", "conditions", "drugs",
    "implants", "pregnancy", "none", "refused_count",
)  # fmt: skip
