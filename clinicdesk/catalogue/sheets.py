"""Loads the texts of printed sheets, ``resources/documents``, strictly.

``<kind>/<language>/common.toml`` holds headings and what every sheet of the kind says,
``<procedure>.toml`` what one procedure says, ``_name.toml`` what several share (they
name it in ``include``). ``recall/<language>.toml`` is a letter. ``words/<language>.toml``
says how dates, sides and places are written. A clinic's own folder of the same shape lies over
ours: the files of sheets one by one, words and letters section by section.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clinicdesk.catalogue import own, resources
from clinicdesk.catalogue.sheet_art import load_art
from clinicdesk.catalogue.sheet_files import PLACES, RECALL, WORDS, Source, Sources, about
from clinicdesk.catalogue.sheet_letters import read_letter
from clinicdesk.catalogue.sheet_lines import (
    BLOCKS,
    LABELS,
    read_label,
    read_line,
    read_risk,
)
from clinicdesk.catalogue.sheet_words import read_words
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.errors import Malformed, NotFound
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.sheets import (
    KINDS,
    LetterTexts,
    Line,
    PatientWords,
    Risk,
    SheetArt,
    SheetTexts,
    TextFile,
)

Blocks = dict[str, tuple[Line, ...]]
_FALLBACK = "en"


@dataclass(frozen=True)
class SheetLibrary:
    """All texts, ready to be picked.

    Attributes:
        texts: by kind, language and procedure id.
        languages: code to its own name, in the order of the files, where there is any sheet.
        letters: recall letters by language.
        words: every language that has words, with its own name.
        fallback: the language that is taken where there is no other.
    """

    texts: Mapping[tuple[str, str, str], SheetTexts]
    languages: Mapping[str, str]
    letters: Mapping[str, LetterTexts] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    fallback: str = _FALLBACK

    def letter(self, language: str, procedures: Collection[str] = ()) -> LetterTexts:
        """The recall letter in ``language``, else in English (``.language`` says which).

        A letter that has no words for one of ``procedures`` is passed over while another has.
        """
        for code in _codes(language):
            found = self.letters.get(code)
            if found and (code == _FALLBACK or found.treatments.keys() >= set(procedures)):
                return found
        raise NotFound(
            f"There is no text for this letter yet ({RECALL}/{self._code(language)}.toml). "
            "Write it by hand."
        )

    def letter_lacks(self, language: str, procedures: Collection[str] = ()) -> str:
        """What is missing for this letter in ``language``: a file, or a table in it; empty: none"""
        code = self._code(language)
        if code not in self.letters:
            return f"{RECALL}/{code}.toml"
        known = self.letters[code].treatments
        missing = [f'[treatment."{name}"]' for name in procedures if name not in known]
        return f"{RECALL}/{code}.toml, {', '.join(missing)}" if missing else ""

    def pick(self, kind: str, procedure: str, language: str) -> SheetTexts:
        """The texts in ``language``, else in English (``.language`` says which).

        Raises NotFound when there are none for the procedure.
        """
        for code in _codes(language):
            found = self.texts.get((kind, code, procedure))
            if found:
                return found
        raise NotFound(
            "There is no text for this sheet and procedure yet "
            f"({kind}/{self._code(language)}/{procedure}.toml). Print it from paper."
        )

    def lacks(self, kind: str, procedure: str, language: str) -> str:
        """The file that is missing for this sheet in ``language``; empty where it is there."""
        found = any((kind, code, procedure) in self.texts for code in _own_codes(language))
        return "" if found else f"{kind}/{self._code(language)}/{procedure}.toml"

    def nearest(self, language: str) -> str:
        """The language of sheets in which to begin for somebody who speaks ``language``."""
        return next((code for code in _codes(language) if code in self.languages), _FALLBACK)

    def speaks(self, kind: str, procedure: str) -> tuple[str, ...]:
        """Languages in which the sheet exists for the procedure."""
        return tuple(code for code in self.languages if (kind, code, procedure) in self.texts)

    def files(self) -> tuple[TextFile, ...]:
        """Every file that a sheet or letter is made of, by name."""
        made = (*self.texts.values(), *self.letters.values())
        found = {file.name: file for texts in made for file in texts.files}
        return tuple(found[name] for name in sorted(found))

    def _code(self, language: str) -> str:
        """The language as its files are called: as asked where it has words, else in short."""
        return next((c for c in _own_codes(language) if c in self.words), _own_codes(language)[-1])


def _own_codes(language: str) -> tuple[str, ...]:
    """``es-MX``, ``es``."""
    return (language, language.split("-", maxsplit=1)[0])


def _codes(language: str) -> tuple[str, ...]:
    """Where to look, in this order: ``es-MX``, ``es``, and English at last."""
    return (*_own_codes(language), _FALLBACK)


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
    sources = Sources(base, overlay)
    words = {code: read_words(source) for code, source in sources.below(WORDS).items()}
    art = load_art(base, sources.below("").get(PLACES))
    texts: dict[tuple[str, str, str], SheetTexts] = {}
    for kind in KINDS:
        for code, any_of_it in sources.languages(kind).items():
            said = _words_of(any_of_it, code, words)
            shelf = _Shelf(kind, said, sources.below(f"{kind}/{code}"), art)
            for procedure_id, text in shelf.texts(procedures).items():
                texts[kind, code, procedure_id] = text
    letters = {
        code: read_letter(source, *_words_of(source, code, words), procedures, art)
        for code, source in sources.below(RECALL).items()
    }
    spoken = {code for _, code, _ in texts}
    names = {code: its.name for code, (its, _) in words.items()}
    return SheetLibrary(
        texts, {code: name for code, name in names.items() if code in spoken}, letters, names
    )


Said = tuple[PatientWords, TextFile]
"""A language's words, and the file they are from."""


def _words_of(source: Source, code: str, words: Mapping[str, Said]) -> Said:
    if code not in words:
        raise Malformed(f"{source.path}, line 1: {WORDS}/{code}.toml, which it needs, is missing.")
    return words[code]


Part = tuple[Blocks, tuple[Risk, ...], TextFile]
"""A file that several sheets share."""


class _Shelf:
    """The files of one kind in one language."""

    def __init__(self, kind: str, said: Said, files: Mapping[str, Source], art: SheetArt) -> None:
        self._kind = kind
        self._words, self._words_file = said
        self._files = files
        self._art = art

    def texts(self, procedures: Mapping[str, Procedure]) -> dict[str, SheetTexts]:
        if "common" not in self._files:
            folder = next(iter(self._files.values())).path.parent
            raise Malformed(f"{folder}: the file common.toml is missing.")
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
                    f"{source.path}, line 1: “{name}” is not a procedure of the catalogue."
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
                table.fail("include", f"{folder}/{name}.toml, which it names, is missing.")
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
        )
        table.done()
        for block in BLOCKS[self._kind]:
            if BLOCKS[self._kind][block] and not texts.blocks[block]:
                table.fail(None, f"at least one [[{block}]] is missing.")
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
        labels = {name: read_label(part, name) for name in LABELS[kind]}
        part.done()
        blocks = _blocks(table, kind)
        table.done()
        return cls(file, labels, blocks)
