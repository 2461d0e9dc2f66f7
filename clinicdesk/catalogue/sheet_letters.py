"""Reads the text of letters: one file for each language, ``<kind>/<language>.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clinicdesk.catalogue.sheet_lines import checked_text, read_condition
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.documents import AFTER_TEST
from clinicdesk.domain.rows.due import DueReason
from clinicdesk.domain.sheets import (
    Condition,
    LetterTexts,
    Line,
    PatientWords,
    SheetArt,
    Treatment,
)

RECALL = "recall"
_UNREVIEWED = "needs clinic approval"
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
    "sample": frozenset(), "treatment": frozenset(), "given": frozenset(), "again": frozenset(),
    "again_now": frozenset(), "again_ask": frozenset(), "call": frozenset({"phone"}),
    "days": frozenset({"first", "last"}), "times": frozenset({"starts", "ends"}),
    "ready": frozenset(), "scale_least": frozenset(), "scale_most": frozenset(),
    "weeks": frozenset(), "weeks_unit": frozenset(), "closing": frozenset(),
    "signed": frozenset({"physician", "clinic"}), "team": frozenset({"clinic"}),
}  # fmt: skip


def read_letter(
    path: Path, words: PatientWords, procedures: Mapping[str, Procedure], art: SheetArt
) -> LetterTexts:
    """The recall letter of a language; raises Malformed with file and line."""
    table = read(path)
    reviewer = table.text("reviewer")
    texts = LetterTexts(
        kind=RECALL,
        procedure="",
        site_sort="",
        group="",
        language=words.language,
        id=table.text("id"),
        version=table.text("version"),
        effective=table.day("effective").isoformat(),
        reviewer=reviewer,
        reviewed=reviewer != _UNREVIEWED,
        where="",
        words=words,
        labels=_labels(table.table("labels")),
        blocks={name: tuple(map(_line, table.tables(name))) for name in _BLOCKS},
        art=art,
        treatments=_treatments(table, words, procedures),
        clock=table.text("clock"),
    )
    table.done()
    _complete(table, texts)
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


def _treatments(
    table: Table, words: PatientWords, procedures: Mapping[str, Procedure]
) -> dict[str, Treatment]:
    """Every procedure of the catalogue, and no other."""
    part = table.table("treatment")
    found = {}
    for name, its in part.each():
        if name not in procedures:
            part.fail(name, f"“{name}” is not a procedure of the catalogue.")
        found[name] = Treatment(
            words=checked_text(its, "words", frozenset()),
            where=its.choice("where", tuple(words.where)),
            site_sort=procedures[name].site_sort,
        )
        its.done()
    for name in procedures:
        if name not in found:
            part.fail(None, f"the procedure “{name}” is missing.")
    return found


def _complete(table: Table, texts: LetterTexts) -> None:
    """For every reason, dated or not, each part has something to say."""
    for reason in _REASONS:
        for state in ({"dated"}, {"dated", "open"}, {"dated", "several"}, set[str]()):
            true = {reason, *state}
            for block in ("title", "lead", "call", "ready", "scale", "greeting"):
                if not any(_holds(line.when, true) for line in texts.blocks[block]):
                    table.fail(block, f"nothing is said for {_said(true)}.")
            # Without a day a missing score is asked for by the lead alone.
            silent = "dated" not in true and reason == DueReason.SCORE_MISSING
            if not silent and not any(_holds(x.when, true) for x in texts.blocks["next"]):
                table.fail("next", f"nothing is said for {_said(true)}.")


def _holds(when: Condition, true: set[str]) -> bool:
    return all(
        any((w[4:] not in true) if w.startswith("not ") else (w in true) for w in group)
        for group in when
    )


def _said(true: set[str]) -> str:
    return " and ".join(sorted(true))
