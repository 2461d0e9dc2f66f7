"""Reads the text of letters: one file for each language, ``<kind>/<language>.toml``."""

from __future__ import annotations

from collections.abc import Mapping

from clinicdesk.catalogue.sheet_files import RECALL, Source
from clinicdesk.catalogue.sheet_layers import Layers
from clinicdesk.catalogue.sheet_lines import checked_text, read_condition
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.lists import both
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.documents import AFTER_TEST
from clinicdesk.domain.rows.due import DueReason
from clinicdesk.domain.sheets import (
    Condition,
    LetterTexts,
    Line,
    PatientWords,
    SheetArt,
    TextFile,
    Treatment,
)
from clinicdesk.domain.translation import _

_BLOCKS = ("title", "greeting", "lead", "next", "call", "ready", "scale")
_REASONS = (
    *(reason.value for reason in DueReason if reason is not DueReason.REVIEW),
    AFTER_TEST,
)
"""What a letter may be about; while a physician has to decide, none is sent."""
_CONDITIONS = frozenset({*_REASONS, "dated", "open", "several", "female", "male"})
_ALWAYS = frozenset({"name", "clinic", "phone"})
_NEEDS = {"repeat": "dated"}
_LABELS: Mapping[str, frozenset[str]] = {
    "kind": frozenset(), "date": frozenset(), "record": frozenset(),
    "document": frozenset({"code"}), "page": frozenset({"number", "total"}),
    "sample": frozenset(), "approved": frozenset({"by", "on"}), "treatment": frozenset(),
    "given": frozenset(), "again": frozenset(),
    "again_now": frozenset(), "again_ask": frozenset(), "call": frozenset({"phone"}),
    "days": frozenset({"first", "last"}), "times": frozenset({"starts", "ends"}),
    "ready": frozenset(), "scale_least": frozenset(), "scale_most": frozenset(),
    "weeks": frozenset(), "weeks_unit": frozenset(), "closing": frozenset(),
    "signed": frozenset({"physician", "clinic"}), "team": frozenset({"clinic"}),
}  # fmt: skip


def read_letter(
    source: Source,
    words: PatientWords,
    words_file: TextFile,
    procedures: Mapping[str, Procedure],
    art: SheetArt,
) -> LetterTexts:
    """The recall letter of a language; raises Malformed with file and line."""
    layers = Layers(source)
    layers.skip("id", "version", "effective")
    top = layers.top
    texts = LetterTexts(
        kind=RECALL,
        procedure="",
        site_sort="",
        language=words.language,
        id=top.text("id"),
        version=top.text("version"),
        effective=top.day("effective").isoformat(),
        files=(layers.file, words_file),
        where="",
        words=words,
        labels=_labels(layers.of("labels").table("labels")),
        blocks={name: tuple(map(_line, layers.of(name).tables(name))) for name in _BLOCKS},
        art=art,
        treatments=layers.merged("treatment", _Treatments(words, procedures)),
        clock=layers.of("clock").text("clock"),
    )
    layers.done()
    _complete(layers, texts)
    return texts


def _labels(table: Table) -> dict[str, str]:
    found = {name: checked_text(table, name, allowed) for name, allowed in _LABELS.items()}
    table.done()
    return found


def _line(table: Table) -> Line:
    when = read_condition(table, _CONDITIONS)
    certain = {group[0] for group in when if len(group) == 1}
    allowed = _ALWAYS | {name for name, need in _NEEDS.items() if need in certain}
    line = Line(text=checked_text(table, "text", allowed, needs=_NEEDS), when=when)
    table.done()
    return line


class _Treatments:
    """Reads how procedures of the catalogue are called in a letter; no others.

    One that is left out is no mistake: a clinic may have added it. Its letters are in a language
    that has it (``SheetLibrary.letter``).
    """

    def __init__(self, words: PatientWords, procedures: Mapping[str, Procedure]) -> None:
        self._words = words
        self._procedures = procedures

    def __call__(self, part: Table) -> dict[str, Treatment]:
        found = {}
        for name, its in part.each():
            if name not in self._procedures:
                part.fail(
                    name, _("“{name}” is not a procedure of the catalogue.").format(name=name)
                )
            found[name] = Treatment(
                words=checked_text(its, "words", frozenset()),
                where=its.choice("where", tuple(self._words.where)),
                site_sort=self._procedures[name].site_sort,
            )
            its.done()
        return found


def _complete(layers: Layers, texts: LetterTexts) -> None:
    """For every reason, dated or not, each part has something to say."""
    for reason in _REASONS:
        for state in ({"dated"}, {"dated", "open"}, {"dated", "several"}, set[str]()):
            true = {reason, *state}
            for block in ("title", "lead", "call", "ready", "scale", "greeting"):
                if not any(_holds(line.when, true) for line in texts.blocks[block]):
                    layers.of(block).fail(
                        block, _("nothing is said for {said}.").format(said=_said(true))
                    )
            # Without a day a missing score is asked for by the lead alone.
            silent = "dated" not in true and reason == DueReason.SCORE_MISSING
            if not silent and not any(_holds(x.when, true) for x in texts.blocks["next"]):
                layers.of("next").fail(
                    "next", _("nothing is said for {said}.").format(said=_said(true))
                )


def _holds(when: Condition, true: set[str]) -> bool:
    return all(
        any((w[4:] not in true) if w.startswith("not ") else (w in true) for w in group)
        for group in when
    )


def _said(true: set[str]) -> str:
    return both(sorted(true))
