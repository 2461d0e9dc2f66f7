"""Every figure that stands in ``resources``: the numbers and times by which a clinic decides.

``python tests/support/figures.py`` writes ``tests/catalogue/figures.csv`` anew. A figure whose row
still says the same keeps its review; one that is new or has changed stands there without, and the
test fails until somebody has compared it with the reference and written down with which line.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2] / "resources"
LIST = Path(__file__).parents[1] / "catalogue" / "figures.csv"
COLUMNS = ("file", "entry", "figures", "source", "verify", "reference", "review")

_FOLDERS = ("rules", "safety", "catalogue", "documents")
_DRAWN = ("documents/places.toml", "documents/words/")
"""Positions on drawings, and how a language writes dates: nothing that is known from elsewhere."""
_NOT = frozenset({
    "id", "version", "effective", "effective_from", "effective_to", "source", "source_date",
    "verify_why", "bleeding_source", "product", "guideline", "colours",
})  # fmt: skip
"""Keys that tell about the entry."""
_ALWAYS = frozenset({"low", "intermediate", "high", "restart", "bleeding", "bleeding_cervical"})
"""Keys whose words are an answer of a table, as a number is: ``none``, ``shared``."""
_UNIT = r"(minutes?|hours?|days?|nights?|weeks?|months?|years?|times|people|levels?|in)"
_SAID = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|half)\b (an? )?" + _UNIT
)


@dataclass(frozen=True)
class Row:
    """The figures of one entry of one file, as text; ``reference`` and ``review`` by hand."""

    file: str
    entry: str
    figures: str
    source: str
    verify: str
    reference: str = ""
    review: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """All that is read from the file."""
        return (self.file, self.entry, self.figures, self.source, self.verify)


def found() -> list[Row]:
    """The rows of all files, in their order."""
    rows: list[Row] = []
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.toml")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(_DRAWN):
                continue
            rows += _rows(name, tomllib.loads(path.read_text(encoding="utf-8")), "", {})
    return rows


def reviewed() -> list[Row]:
    """The rows of the list."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return [Row(*(row[column] for column in COLUMNS)) for row in csv.DictReader(file)]


def _rows(file: str, table: dict[str, Any], entry: str, above: dict[str, Any]) -> Iterator[Row]:
    """``above``: source and mark of the table around, which speak for what has none of its own."""
    own = {key: table[key] for key in ("source", "source_date", "verify") if key in table}
    if table.get("reviewer") == "needs clinic approval":
        own["verify"] = True
    told = own if "source" in own else {**above, **own}
    figures = [said for key, value in table.items() for said in _figures(key, value)]
    if figures:
        source = "; ".join(str(told[key]) for key in ("source", "source_date") if key in told)
        verify = "verify" if told.get("verify") else ""
        yield Row(file, entry, "; ".join(figures), source, verify)
    for key, value in table.items():
        if key in _NOT:
            continue
        below = f"{entry}.{key}" if entry else key
        if isinstance(value, dict) and not _all_numbers(value):
            yield from _rows(file, value, below, told)
        if isinstance(value, list):
            for position, each in enumerate(value):
                if isinstance(each, dict):
                    yield from _rows(file, each, f"{below}.{_name(each, position)}", told)


def _name(table: dict[str, Any], position: int) -> str:
    """By what an entry of a list is known when others are put before it."""
    for key in ("id", "product", "for", "text"):
        if key in table:
            text = str(table[key])
            return text if key != "text" else " ".join(text.split()[:6])
    return str(position)


def _figures(key: str, value: Any) -> Iterator[str]:
    if key in _NOT or isinstance(value, bool):
        return
    if isinstance(value, int | float) or (key in _ALWAYS and isinstance(value, str)):
        yield f"{key} {value}"
    elif isinstance(value, str) and _SAID.search(value):
        yield f"{key}: {value}"
    elif isinstance(value, dict) and _all_numbers(value):
        yield f"{key}: " + ", ".join(f"{name} {each}" for name, each in value.items())


def _all_numbers(value: dict[str, Any]) -> bool:
    return bool(value) and all(
        isinstance(each, int | float) and not isinstance(each, bool) for each in value.values()
    )


def main() -> None:
    known = {row.said: row for row in reviewed()} if LIST.exists() else {}
    rows = [known.get(row.said, row) for row in found()]
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*row.said, row.reference, row.review) for row in rows)
    print(f"{len(rows)} rows, {sum(not row.review for row in rows)} not reviewed")


if __name__ == "__main__":
    main()
