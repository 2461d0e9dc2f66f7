"""Reads finished sheets back: their words, and where they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

# A line of a path: four in five lines of a page with a figure, and none has a word.
_PATH = re.compile(rb"(?m)^(?:-?[\d.]+ )+(?:[mlcvh]|re)\b[^\n]*$")

GOLDEN = Path(__file__).parent.parent / "documents" / "golden"


def words_of(pdf: bytes) -> str:
    """The text of all pages, spaces evened out."""
    return " ".join(" ".join(page.extract_text() for page in pages_of(pdf)).split())


def pages_of(pdf: bytes) -> Iterator[PageObject]:
    """The pages with what is written on them, and without what is drawn."""
    for page in PdfReader(BytesIO(pdf)).pages:
        if (contents := page.get_contents()) is not None:
            written = DecodedStreamObject()
            written.set_data(_PATH.sub(b"", contents.get_data()))
            page[NameObject("/Contents")] = written
        yield page


def in_order(text: str, *parts: str) -> None:
    """Each part after the one before."""
    start = 0
    for part in parts:
        found = text.find(part, start)
        assert found >= 0, f"{part!r} not after {text[max(0, start - 40) : start]!r}"
        start = found + len(part)


def blocks_of(pdf: bytes) -> list[list[object]]:
    """Page, place rounded to points, size and words of every stretch of text."""
    found: list[list[object]] = []
    for number, page in enumerate(pages_of(pdf), 1):

        def visit(
            text: str,
            cm: list[float],
            tm: list[float],
            _font: object,
            size: float,
            at: int = number,
        ) -> None:
            if text.strip():
                x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
                y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
                found.append([at, round(x), round(y), round(size, 1), " ".join(text.split())])

        page.extract_text(visitor_text=visit)
    return found


def stands_as_stored(name: str, pdf: bytes) -> None:
    """The blocks stand where they stood.

    After a wanted change: delete tests/documents/golden/*.json, run twice, look at the pages.
    """
    blocks = blocks_of(pdf)
    path = GOLDEN / f"{name}.json"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        lines = ",\n".join(json.dumps(block, ensure_ascii=False) for block in blocks)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        pytest.fail(f"{path.name} was written; look at it and run again.")
    known = json.loads(path.read_text(encoding="utf-8"))
    assert [block[4] for block in blocks] == [block[4] for block in known]
    for now, then in zip(blocks, known, strict=True):
        assert now[0] == then[0]
        assert abs(now[1] - then[1]) <= 2, (now, then)
        assert abs(now[2] - then[2]) <= 2, (now, then)
        assert now[3] == then[3]
