"""Loads the texts of printed sheets, ``resources/documents``, strictly.

``<kind>/<language>/common.toml`` holds headings and what every sheet of the kind says,
``<procedure>.toml`` what one procedure says, ``_name.toml`` what several share (they
name it in ``include``). ``recall/<language>.toml`` is a letter. ``words/<language>.toml``
says how dates, sides and places are written; ``countries.toml`` whom people call there,
``meanings.toml`` what words of a record mean. A clinic's own folder of the same shape lies over
ours: the files of sheets one by one, words and letters section by section.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinicdesk.catalogue import own, resources
from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.catalogue.sheet_art import load_art
from clinicdesk.catalogue.sheet_files import (
    COUNTRIES,
    MEANINGS,
    PLACES,
    RECALL,
    WORDS,
    Source,
    Sources,
    about,
)
from clinicdesk.catalogue.sheet_knowledge import read_countries, read_meanings
from clinicdesk.catalogue.sheet_letters import read_letter
from clinicdesk.catalogue.sheet_library import SheetLibrary
from clinicdesk.catalogue.sheet_lines import (
    BLOCKS,
    LABELS,
    MAY_LACK,
    read_label,
    read_line,
    read_risk,
)
from clinicdesk.catalogue.sheet_words import read_words
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.sheets import (
    KINDS,
    Line,
    Meanings,
    PatientWords,
    Risk,
    SheetArt,
    SheetTexts,
    TextFile,
)
from clinicdesk.domain.translation import _

Blocks = dict[str, tuple[Line, ...]]


def installed_sheets(procedures: Mapping[str, Procedure]) -> SheetLibrary:
    """What the program prints: ours with the clinic's own laid over it; raises Malformed."""
    return load_sheets(procedures, overlay=own.overlay())


def load_sheets(
    procedures: Mapping[str, Procedure], root: Path | None = None, overlay: Path | None = None
) -> SheetLibrary:
    """Read every text.

    Args:
        procedures: the catalogue's; a text for any other is refused.
        root: the folder of resources; None for those that came with the program.
        overlay: a clinic's own folder of the same shape.

    Raises:
        Malformed: with file, line and what was expected.
    """
    base = root or resources.root()
    shipped = load_catalogue().procedures if root is None and overlay is None else None
    return _shipped(base) if procedures is shipped else _load(procedures, base, overlay)


@cache
def _shipped(base: Path) -> SheetLibrary:
    # What came with the program does not change while it runs; a clinic's own files may.
    return _load(load_catalogue().procedures, base, None)


def _load(procedures: Mapping[str, Procedure], base: Path, overlay: Path | None) -> SheetLibrary:
    sources = Sources(base, overlay)
    words = {code: read_words(source) for code, source in sources.below(WORDS).items()}
    top = sources.below("")
    art, meanings = load_art(base, top.get(PLACES)), read_meanings(top.get(MEANINGS))
    texts: dict[tuple[str, str, str], SheetTexts] = {}
    for kind in KINDS:
        for code, any_of_it in sources.languages(kind).items():
            said = _words_of(any_of_it, code, words)
            shelf = _Shelf(kind, said, sources.below(f"{kind}/{code}"), art, meanings)
            for procedure_id, text in shelf.texts(procedures).items():
                texts[kind, code, procedure_id] = text
    letters = {
        code: read_letter(source, *_words_of(source, code, words), procedures, art)
        for code, source in sources.below(RECALL).items()
    }
    spoken = {code for __, code, ___ in texts}
    names = {code: its.name for code, (its, ____) in words.items()}
    return SheetLibrary(
        texts,
        {code: name for code, name in names.items() if code in spoken},
        letters,
        names,
        meanings=meanings,
        countries=read_countries(top.get(COUNTRIES)),
    )


Said = tuple[PatientWords, TextFile]
"""A language's words, and the file they are from."""


def _words_of(source: Source, code: str, words: Mapping[str, Said]) -> Said:
    if code not in words:
        raise Malformed(
            _("{path}, line 1: {words}/{code}.toml, which it needs, is missing.").format(
                path=source.path, words=WORDS, code=code
            )
        )
    return words[code]


Part = tuple[Blocks, tuple[Risk, ...], TextFile]
"""A file that several sheets share."""


class _Shelf:
    """The files of one kind in one language."""

    def __init__(
        self,
        kind: str,
        said: Said,
        files: Mapping[str, Source],
        art: SheetArt,
        meanings: Meanings,
    ) -> None:
        self._kind, self._meanings = kind, meanings
        self._words, self._words_file = said
        self._files = files
        self._art = art

    def texts(self, procedures: Mapping[str, Procedure]) -> dict[str, SheetTexts]:
        if "common" not in self._files:
            folder = next(iter(self._files.values())).path.parent
            raise Malformed(_("{folder}: the file common.toml is missing.").format(folder=folder))
        head = _Head.take(self._files["common"], self._kind)
        shared = {
            name: self._shared(source)
            for name, source in self._files.items()
            if name.startswith("_")
        }
        found = {}
        for name, source in self._files.items():
            if name == "common" or name.startswith("_"):
                continue
            if name not in procedures:
                raise Malformed(
                    _("{path}, line 1: “{name}” is not a procedure of the catalogue.").format(
                        path=source.path, name=name
                    )
                )
            found[name] = self._one(source, procedures[name], head, shared)
        return found

    def _shared(self, source: Source) -> Part:
        table = read(source.path)
        file = about(table, source)
        parts = _blocks(table, self._kind), _risks(table, self._kind), file
        table.done()
        return parts

    def _included(self, table: Table, source: Source, shared: Mapping[str, Part]) -> list[Part]:
        """The shared files that a sheet names; one that is not there is named with its place."""
        folder = source.name.rpartition("/")[0]
        names = table.texts("include", ())
        for name in names:
            if name not in shared:
                table.fail(
                    "include",
                    _("{folder}/{name}.toml, which it names, is missing.").format(
                        folder=folder, name=name
                    ),
                )
        return [shared[name] for name in names]

    def _one(
        self,
        source: Source,
        procedure: Procedure,
        head: _Head,
        shared: Mapping[str, Part],
    ) -> SheetTexts:
        table = read(source.path)
        file = about(table, source)
        parts = self._included(table, source, shared)
        blocks, risks = _blocks(table, self._kind), _risks(table, self._kind)
        texts = SheetTexts(
            kind=self._kind,
            procedure=procedure.id,
            site_sort=procedure.site_sort,
            language=self._words.language,
            id=table.text("id"),
            version=table.text("version"),
            effective=table.day("effective").isoformat(),
            files=(file, *(part[2] for part in parts), head.file, self._words_file),
            where=table.choice("where", tuple(self._words.where)),
            words=self._words,
            labels=head.labels,
            blocks=_join([blocks, *(part[0] for part in parts), head.blocks]),
            risks=(*risks, *(risk for part in parts for risk in part[1])),
            score_days=table.whole("score_days", 0),
            art=self._art,
            meanings=self._meanings,
        )
        table.done()
        for block in BLOCKS[self._kind]:
            if BLOCKS[self._kind][block] and not texts.blocks[block]:
                table.fail(None, _("at least one [[{block}]] is missing.").format(block=block))
        return texts


def _join(parts: list[Blocks]) -> Blocks:
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: tuple(line for part in parts for line in part.get(name, ())) for name in names}


def _blocks(table: Table, kind: str) -> Blocks:
    return {
        name: tuple(read_line(part) for part in table.tables(name, optional=True))
        for name in BLOCKS[kind]
    }


def _risks(table: Table, kind: str) -> tuple[Risk, ...]:
    if kind != "consent":
        return ()
    return tuple(read_risk(part) for part in table.tables("risk", optional=True))


@dataclass(frozen=True)
class _Head:
    """What a kind's ``common.toml`` says."""

    file: TextFile
    labels: Mapping[str, str]
    blocks: Blocks

    @classmethod
    def take(cls, source: Source, kind: str) -> _Head:
        table = read(source.path)
        file = about(table, source)
        table.text("version")
        part = table.table("labels")
        named = (*LABELS[kind], *(name for name in MAY_LACK if part.holds(name)))
        labels = {name: read_label(part, name) for name in named}
        part.done()
        blocks = _blocks(table, kind)
        table.done()
        return cls(file, labels, blocks)
