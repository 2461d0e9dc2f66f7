"""Every sheet of every procedure can be read by those it is for."""

from __future__ import annotations

import pytest
from support.reading import grade, syllables
from support.sheets import CASES, IDS, full_facts, library, plain_facts

from clinicdesk.documents.wording import Wording
from clinicdesk.domain.rows.documents import SheetFacts

LIMITS = {"consent": 8.0, "aftercare": 6.0}
BLOCKS = {
    "consent": ("title", "plan", "help", "choice", "note", "tick"),
    "aftercare": ("title", "lead", "step", "do", "dont", "thinner", "call", "emergency", "note"),
}
LABELS = {
    "consent": (),
    "aftercare": ("call", "emergency", "score", "score_hint", "follow_hint", "repeat_hint"),
}


def said(kind: str, facts: SheetFacts) -> list[str]:
    """Every line the patient reads."""
    wording = Wording(facts, library().pick(kind, facts.procedure, "en"))
    lines = [wording.words(line.text) for block in BLOCKS[kind] for line in wording.lines(block)]
    lines += [wording.label_words(name) for name in LABELS[kind]]
    if kind == "consent":
        lines += [wording.words(risk.text) for risk in wording.risks()]
    return lines


@pytest.mark.parametrize("kind", sorted(LIMITS))
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_grade(kind: str, case: tuple[str, tuple[str, ...], str]) -> None:
    for facts in (plain_facts(*case), full_facts(*case)):
        assert grade(said(kind, facts)) <= LIMITS[kind]


@pytest.mark.parametrize("kind", sorted(LIMITS))
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_no_sentence_is_long(kind: str, case: tuple[str, tuple[str, ...], str]) -> None:
    for line in said(kind, plain_facts(*case)):
        for sentence in line.replace("Dr. ", "").split(". "):
            assert len(sentence.split()) <= 26, sentence


def test_no_line_is_in_capitals() -> None:
    for texts in library().texts.values():
        lines = [line.text for block in texts.blocks.values() for line in block]
        for words in (*lines, *texts.labels.values()):
            assert not words.isupper(), words


@pytest.mark.parametrize(
    ("word", "count"),
    [("pain", 1), ("needle", 2), ("medicine", 3), ("injection", 3), ("numbed", 1), ("the", 1),
     ("physician", 3), ("area", 3), ("X-ray", 1), ("fluid", 2)],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert abs(syllables(word) - count) <= 1
    if word not in {"X-ray", "fluid"}:
        assert syllables(word) == count


def test_the_scale_knows_easy_from_hard() -> None:
    easy = ["The cat sat on the mat. It was warm."]
    hard = ["Epidural corticosteroid administration necessitates interdisciplinary consideration."]
    assert grade(easy) < 2 < 12 < grade(hard)
