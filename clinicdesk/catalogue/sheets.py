"""Loads the texts of printed sheets, ``resources/documents``, strictly.

``<kind>/<language>/common.toml`` holds headings and what every sheet of the kind says,
``<procedure>.toml`` what one procedure says, ``_name.toml`` what several share (they
name it in ``include``). ``recall/<language>.toml`` is a letter. ``words/<language>.toml``
says how dates, sides and places are written. A clinic's own folder of the same shape
replaces ours file by file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.sheet_art import load_art
from clinicdesk.catalogue.sheet_letters import RECALL, read_letter
from clinicdesk.catalogue.sheet_lines import (
    BLOCKS,
    LABELS,
    read_label,
    read_line,
    read_risk,
    read_words,
)
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
)

Blocks = dict[str, tuple[Line, ...]]
_UNREVIEWED = "needs clinic approval"
_FALLBACK = "en"


@dataclass(frozen=True)
class SheetLibrary:
    """All texts, ready to be picked.

    Attributes:
        texts: by kind, language and procedure id.
        languages: code to its own name, in the order of the files, where there is any sheet.
        letters: recall letters by language.
    """

    texts: Mapping[tuple[str, str, str], SheetTexts]
    languages: Mapping[str, str]
    letters: Mapping[str, LetterTexts] = field(default_factory=dict)

    def letter(self, language: str) -> LetterTexts:
        """The recall letter in ``language``, else in English (``.language`` says which)."""
        for code in _codes(language):
            if code in self.letters:
                return self.letters[code]
        raise NotFound("There is no text for this letter yet. Write it by hand.")

    def pick(self, kind: str, procedure: str, language: str) -> SheetTexts:
        """The texts in ``language``, else in English (``.language`` says which).

        Raises NotFound when there are none for the procedure.
        """
        for code in _codes(language):
            found = self.texts.get((kind, code, procedure))
            if found:
                return found
        raise NotFound("There is no text for this sheet and procedure yet. Print it from paper.")

    def speaks(self, kind: str, procedure: str) -> tuple[str, ...]:
        """Languages in which the sheet exists for the procedure."""
        return tuple(code for code in self.languages if (kind, code, procedure) in self.texts)


def _codes(language: str) -> tuple[str, ...]:
    """Where to look, in this order: ``es-MX``, ``es``, and English at last."""
    return (language, language.split("-", maxsplit=1)[0], _FALLBACK)


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
    folders = tuple(f / "documents" for f in (overlay, base) if f is not None)
    words = {path.stem: read_words(path) for path in _files(folders, "words")}
    art = load_art(base)
    texts: dict[tuple[str, str, str], SheetTexts] = {}
    for kind in KINDS:
        for code, its_words in words.items():
            shelf = _Shelf(kind, its_words, _files(folders, f"{kind}/{code}"), art)
            for procedure_id, text in shelf.texts(procedures).items():
                texts[kind, code, procedure_id] = text
    spoken = {code for _, code, _ in texts}
    return SheetLibrary(
        texts,
        {code: its.name for code, its in words.items() if code in spoken},
        {
            path.stem: read_letter(path, _words_of(path, words), procedures, art)
            for path in _files(folders, RECALL)
        },
    )


def _words_of(path: Path, words: Mapping[str, PatientWords]) -> PatientWords:
    if path.stem not in words:
        raise Malformed(f"{path}, line 1: words/{path.name}, which it needs, is missing.")
    return words[path.stem]


def _files(folders: tuple[Path, ...], below: str) -> list[Path]:
    """TOML files of a folder, by name; the first folder that has a file wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / below).glob("*.toml")):
            found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]


class _Shelf:
    """The files of one kind in one language."""

    def __init__(self, kind: str, words: PatientWords, files: list[Path], art: SheetArt) -> None:
        self._kind = kind
        self._words = words
        self._files = {path.stem: path for path in files}
        self._art = art

    def texts(self, procedures: Mapping[str, Procedure]) -> dict[str, SheetTexts]:
        if not self._files:
            return {}
        if "common" not in self._files:
            folder = next(iter(self._files.values())).parent
            raise Malformed(f"{folder}: the file common.toml is missing.")
        head = _Head.take(read(self._files["common"]), self._kind)
        shared = {
            name: self._shared(path) for name, path in self._files.items() if name.startswith("_")
        }
        found = {}
        for name, path in self._files.items():
            if name == "common" or name.startswith("_"):
                continue
            if name not in procedures:
                raise Malformed(f"{path}, line 1: “{name}” is not a procedure of the catalogue.")
            found[name] = self._one(read(path), procedures[name], head, shared)
        return found

    def _shared(self, path: Path) -> tuple[Blocks, tuple[Risk, ...]]:
        table = read(path)
        parts = _blocks(table, self._kind), _risks(table, self._kind)
        table.done()
        return parts

    def _one(
        self,
        table: Table,
        procedure: Procedure,
        head: _Head,
        shared: Mapping[str, tuple[Blocks, tuple[Risk, ...]]],
    ) -> SheetTexts:
        reviewer = table.text("reviewer")
        include = table.choices("include", tuple(shared), ())
        own, risks = _blocks(table, self._kind), _risks(table, self._kind)
        parts = [own, *(shared[name][0] for name in include), head.blocks]
        texts = SheetTexts(
            kind=self._kind,
            procedure=procedure.id,
            site_sort=procedure.site_sort,
            group=procedure.group,
            language=self._words.language,
            id=table.text("id"),
            version=table.text("version"),
            effective=table.day("effective").isoformat(),
            reviewer=reviewer,
            reviewed=_UNREVIEWED not in (reviewer, head.reviewer),
            where=table.choice("where", tuple(self._words.where)),
            words=self._words,
            labels=head.labels,
            blocks=_join(parts),
            risks=(*risks, *(risk for name in include for risk in shared[name][1])),
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

    reviewer: str
    labels: Mapping[str, str]
    blocks: Blocks

    @classmethod
    def take(cls, table: Table, kind: str) -> _Head:
        table.text("version")
        head = cls(table.text("reviewer"), {}, _blocks(table, kind))
        part = table.table("labels")
        labels = {name: read_label(part, name) for name in LABELS[kind]}
        part.done()
        table.done()
        return replace(head, labels=labels)
