"""Scores and what a change of score means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from support.vocabulary import VOCABULARY

from clinicdesk.domain.readings import (
    change_percent,
    change_text,
    relief,
    score_problem,
)

SCALES = VOCABULARY.scales


@pytest.mark.parametrize(
    ("scale", "high"),
    [("NRS", 10), ("VAS", 100), ("PEG", 10), ("ODI", 100), ("NDI", 100), ("RMDQ", 24)],
)
def test_ranges_include_both_ends(scale, high):
    assert score_problem(Decimal(0), scale, SCALES) == ""
    assert score_problem(Decimal(high), scale, SCALES) == ""
    assert f"between 0 and {high}" in score_problem(Decimal(f"{high}.1"), scale, SCALES)


def test_scores_are_refused_in_words():
    assert score_problem(Decimal(11), "NRS", SCALES, "pain after") == (
        "The pain after must be between 0 and 10, not 11."
    )
    assert "not a scale" in score_problem(Decimal(1), "SMILES", SCALES)


def test_pain_and_function_are_told_apart():
    assert {key for key, scale in SCALES.items() if scale.kind == "pain"} == {"NRS", "VAS"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("8", "4", Fraction(1, 2)),
        ("7", "3", Fraction(4, 7)),
        ("5", "6", Fraction(-1, 5)),
        ("7", "1.4", Fraction(4, 5)),
        ("0", "3", None),
    ],
)
def test_relief_is_exact(before, after, expected):
    assert relief(Decimal(before), Decimal(after)) == expected


def test_the_shown_percent_never_flatters():
    assert change_percent(Decimal(7), Decimal(2)) == -71
    assert change_percent(Decimal(1000), Decimal(201)) == -79
    assert change_text(Decimal(7), Decimal(2)) == "\u221271%"
    assert change_text(Decimal(5), Decimal(6)) == "+20%"
    assert change_text(Decimal(5), Decimal(5)) == "0%"
    assert change_text(Decimal(0), Decimal(5)) == "–"
    assert change_text(None, Decimal(5)) == "–"
