"""Several finished sheets as one file for the printer, page for page the very bytes they hold.

Only for files that ReportLab wrote here: one table of objects, nothing packed into
streams, no encryption. Fonts that several sheets share are written once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise

from clinicdesk.domain.translation import _

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_PARENT = re.compile(rb"/Parent \d+ 0 R")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s*?\n")
_KIDS = re.compile(rb"/Kids \[([^\]]*)\]")
_STREAM = b"stream\r\n", b"stream\n"
_FOREIGN = _("this file's table of objects is not one that we wrote")
_PAGES, _INFO, _CATALOG, _OUTLINE = 1, 2, 3, 4


def bundle(
    sheets: Sequence[bytes], *, title: str, author: str, language: str, names: Sequence[str]
) -> bytes:
    """All pages of ``sheets`` in order, one line of the outline for each.

    Args:
        names: of each sheet in the outline, as many as there are sheets.

    Raises:
        ValueError: no sheets, another number of names, or a stranger's file.
    """
    if not sheets:
        raise ValueError(_("there is nothing to put together"))
    made = _Bundle()
    for sheet, name in zip(sheets, names, strict=True):
        made.take(_objects(sheet), name)
    return made.bytes(title, author, language)


class _Bundle:
    """The objects of the new file by number; the first four are written last."""

    def __init__(self) -> None:
        self._bodies: dict[int, bytes] = {}
        self._known: dict[bytes, int] = {}
        self._pages: list[int] = []
        self._marks: list[tuple[str, int]] = []

    def take(self, objects: dict[int, bytes], name: str) -> None:
        """Adds the pages of one file and all that they need, under a name in the outline."""
        self._marks.append((name, len(self._pages)))
        tree = next((body for body in objects.values() if b"/Type /Pages" in body), b"")
        kids = _KIDS.search(tree)
        if kids is None:
            raise ValueError(_("this file has no pages"))
        placed: dict[int, int] = {}
        for number in _REFERENCE.findall(kids[1]):
            page = _PARENT.sub(b"", objects[int(number)])
            body = self._renumbered(page, objects, placed)
            body = body.replace(b"/Type /Page", b"/Parent %d 0 R /Type /Page" % _PAGES, 1)
            self._pages.append(self._write(body))

    def _place(self, number: int, objects: dict[int, bytes], placed: dict[int, int]) -> int:
        """The new number of an object; one that is here already, byte for byte, is shared."""
        if number not in placed:
            body = self._renumbered(objects[number], objects, placed)
            digest = hashlib.sha256(body).digest()
            if digest not in self._known:
                self._known[digest] = self._write(body)
            placed[number] = self._known[digest]
        return placed[number]

    def _renumbered(self, body: bytes, objects: dict[int, bytes], placed: dict[int, int]) -> bytes:
        """The body with its references followed and renumbered; a stream's content is not read."""
        end = min((at for at in map(body.find, _STREAM) if at >= 0), default=len(body))
        head = _REFERENCE.sub(
            lambda found: b"%d 0 R" % self._place(int(found[1]), objects, placed), body[:end]
        )
        return head + body[end:]

    def _write(self, body: bytes) -> int:
        number = len(self._bodies) + _OUTLINE + 1
        self._bodies[number] = body
        return number

    def _outline(self) -> bytes:
        """Writes a line for the first page of each sheet; the body of their parent."""
        first, last = len(self._bodies) + _OUTLINE + 1, len(self._bodies) + _OUTLINE
        last += len(self._marks)
        for name, place in self._marks:
            number = len(self._bodies) + _OUTLINE + 1
            before = b" /Prev %d 0 R" % (number - 1) if number > first else b""
            after = b" /Next %d 0 R" % (number + 1) if number < last else b""
            self._write(
                b"<< /Dest [ %d 0 R /Fit ] /Parent %d 0 R%s%s /Title %s >>"
                % (self._pages[place], _OUTLINE, before, after, _text(name))
            )
        return b"<< /Count %d /First %d 0 R /Last %d 0 R /Type /Outlines >>" % (
            len(self._marks), first, last,
        )  # fmt: skip

    def bytes(self, title: str, author: str, language: str) -> bytes:
        """The whole file."""
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        head = {
            _PAGES: b"<< /Count %d /Kids [ %s ] /Type /Pages >>" % (len(self._pages), kids),
            _INFO: b"<< /Author %s /Creator (ClinicDesk) /Title %s >>"
            % (_text(author), _text(title)),
            _CATALOG: b"<< /Lang %s /Outlines %d 0 R /PageMode /UseOutlines /Pages %d 0 R"
            b" /Type /Catalog >>" % (_text(language), _OUTLINE, _PAGES),
            _OUTLINE: self._outline(),
        }
        parts, places, at = [b"%PDF-1.4\n%\x93\x8c\x8b\x9e\n"], [], 0
        for number, body in sorted((head | self._bodies).items()):
            at += len(parts[-1])
            places.append(at)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        size = len(places) + 1
        parts.append(
            b"xref\n0 %d\n0000000000 65535 f \n%s"
            b"trailer\n<< /Info %d 0 R /Root %d 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (size, table, _INFO, _CATALOG, size, at)
        )
        return b"".join(parts)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Object number to its body, by the file's own table."""
    start = _START.search(pdf)
    if start is None:
        raise ValueError(_("this is not a whole PDF file"))
    at = int(start[1])
    table = _TABLE.match(pdf, at)
    if table is None:
        raise ValueError(_FOREIGN)
    entries = pdf[table.end() :]
    places = {n: int(entries[20 * n : 20 * n + 10]) for n in range(1, int(table[1]))}
    # Objects lie one behind the other; each ends with the last ``endobj`` before the next.
    edges = sorted([*places.values(), at])
    after = dict(pairwise(edges))
    found = {}
    for number, place in places.items():
        front = b"%d 0 obj" % number
        if not pdf.startswith(front, place):
            raise ValueError(_FOREIGN)
        begin = place + len(front)
        found[number] = pdf[begin : pdf.rindex(b"endobj", begin, after[place])].strip(b"\r\n")
    return found


def _text(words: str) -> bytes:
    """A PDF text in hexadecimal, so that no character needs escaping."""
    return b"<" + ("\ufeff" + words).encode("utf-16-be", "replace").hex().encode() + b">"
