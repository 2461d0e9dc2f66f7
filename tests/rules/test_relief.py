"""From readings to relief: which readings decide, exactly, and what speaks where none does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from support.vocabulary import VOCABULARY

from clinicdesk.rules.case import Phase, Reading
from clinicdesk.rules.relief import (
    Response,
    baselines,
    block_relief,
    percent,
    relief_of,
    sustained,
)

HALF = Fraction(1, 2)
UNTIL = date(2024, 2, 29)
"""30 November + 3 months: the first day on which a follow-up can show that relief held."""
MET, FAILED, UNKNOWN = Response.MET, Response.FAILED, Response.UNKNOWN


def _readings(*lines: str) -> list[Reading]:
    """``NRS baseline 2023-11-30 8``: scale, phase, day, value."""
    found = []
    for line in lines:
        scale, phase, day, value = line.split()
        on = date.fromisoformat(day)
        found.append(Reading("a", on, Phase(phase), scale, Decimal(value)))
    return found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], {}),
        (["NRS post 2023-11-30 8", "NRS followup 2023-12-30 8"], {}),
        (["NRS baseline 2023-11-30 8"], {"NRS": 8}),
        # The latest day counts, neither the highest nor the lowest value, in whatever order.
        (["NRS baseline 2023-11-29 9", "NRS baseline 2023-11-30 7"], {"NRS": 7}),
        (["NRS baseline 2023-11-30 9", "NRS baseline 2023-11-29 7"], {"NRS": 9}),
        # Of several on that day the lowest.
        (["NRS baseline 2023-11-30 7", "NRS baseline 2023-11-30 9"], {"NRS": 7}),
        (["NRS baseline 2023-11-30 9", "NRS baseline 2023-11-30 7"], {"NRS": 7}),
        (["NRS baseline 2023-11-30 0", "NRS baseline 2023-11-30 7"], {"NRS": 0}),
        # Each scale has its own.
        (["NRS baseline 2023-11-30 7", "VAS baseline 2023-11-28 64"], {"NRS": 7, "VAS": 64}),
        (["PEG baseline 2023-11-30 0.1"], {"PEG": Fraction(1, 10)}),
    ],
)
def test_baselines(lines, expected):
    assert baselines(_readings(*lines)) == expected


@pytest.mark.parametrize(
    ("baseline", "value", "expected"),
    [
        ("8", "4", HALF),
        ("9", "1.8", Fraction(4, 5)),
        ("0.3", "0.1", Fraction(2, 3)),
        ("8", "8", Fraction(0)),
        ("5", "8", Fraction(-3, 5)),
        ("8", "0", Fraction(1)),
        ("0", "0", None),
        ("0", "5", None),
        (None, "5", None),
    ],
)
def test_relief_is_an_exact_fraction(baseline, value, expected):
    before = None if baseline is None else Fraction(baseline)
    assert relief_of(before, Fraction(value)) == expected


@pytest.mark.parametrize(
    ("relief", "expected"),
    [
        (Fraction(4, 5), "80 %"),
        (Fraction(7999, 10000), "79 %"),
        (Fraction(2, 3), "66 %"),
        (Fraction(1), "100 %"),
        (Fraction(0), "0 %"),
        (Fraction(1, 1000), "0 %"),
    ],
)
def test_percent_is_cut_and_never_rounded_up(relief, expected):
    assert percent(relief) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], None),
        (["NRS post 2023-11-30 2"], None),
        (["NRS baseline 2023-11-30 8"], None),
        (["NRS baseline 2023-11-30 8", "VAS post 2023-11-30 2"], None),
        (["NRS baseline 2023-11-30 0", "NRS post 2023-11-30 0"], None),
        (["NRS baseline 2023-11-30 8", "NRS followup 2023-12-01 2"], None),
        # Function says nothing about a block.
        (["PEG baseline 2023-11-30 8", "PEG post 2023-11-30 2"], None),
        (["ODI baseline 2023-11-30 80", "ODI post 2023-11-30 20"], None),
        # Exactly 75 and 80 %, and one step below.
        (["NRS baseline 2023-11-30 8", "NRS post 2023-11-30 2"], Fraction(3, 4)),
        (["NRS baseline 2023-11-30 8", "NRS post 2023-11-30 2.1"], Fraction(59, 80)),
        (["VAS baseline 2023-11-30 75", "VAS post 2023-11-30 15"], Fraction(4, 5)),
        (["VAS baseline 2023-11-30 75", "VAS post 2023-11-30 16"], Fraction(59, 75)),
        # The largest of several, on one scale and over both.
        (["NRS baseline 2023-11-30 8", "NRS post 2023-11-30 6", "NRS post 2023-11-30 4"], HALF),
        (
            [
                *("NRS baseline 2023-11-30 8", "NRS post 2023-11-30 6"),
                *("VAS baseline 2023-11-30 80", "VAS post 2023-11-30 40"),
            ],
            HALF,
        ),
        # A scale without a baseline leaves the word to the other.
        (
            [
                *("NRS baseline 2023-11-30 8", "NRS post 2023-11-30 6"),
                *("VAS baseline 2023-11-30 0", "VAS post 2023-11-30 0"),
            ],
            Fraction(1, 4),
        ),
        (["NRS baseline 2023-11-30 4", "NRS post 2023-11-30 6"], -HALF),
    ],
)
def test_block_relief(lines, expected):
    assert block_relief(_readings(*lines), VOCABULARY.pain) == expected


NRS = "NRS baseline 2023-11-30 8"
ODI = "ODI baseline 2023-11-30 40"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # One scale: the last day before UNTIL, then the first day from it on.
        ([NRS], UNKNOWN),
        ([NRS, "NRS followup 2024-02-28 4"], UNKNOWN),
        ([NRS, "NRS followup 2024-02-28 4.1"], FAILED),
        ([NRS, "NRS followup 2024-02-29 4"], MET),
        ([NRS, "NRS followup 2024-02-29 4.1"], UNKNOWN),
        ([NRS, "NRS followup 2024-03-01 4"], MET),
        ([NRS, "NRS followup 2024-03-01 8"], UNKNOWN),
        ([NRS, "NRS followup 2024-02-28 4", "NRS followup 2024-02-29 4"], MET),
        ([NRS, "NRS followup 2024-02-28 4.1", "NRS followup 2024-02-29 0"], FAILED),
        ([NRS, "NRS followup 2024-02-28 0", "NRS followup 2024-02-29 4.1"], UNKNOWN),
        # Only those two days: what is earlier or later is overtaken.
        ([NRS, "NRS followup 2023-12-10 8", "NRS followup 2024-02-28 4"], UNKNOWN),
        ([NRS, "NRS followup 2023-12-10 1", "NRS followup 2024-02-28 5"], FAILED),
        ([NRS, "NRS followup 2024-02-29 4", "NRS followup 2024-03-10 8"], MET),
        ([NRS, "NRS followup 2024-02-29 8", "NRS followup 2024-03-10 4"], UNKNOWN),
        # Of several values on a day the worst, in whatever order.
        ([NRS, "NRS followup 2024-02-28 1", "NRS followup 2024-02-28 5"], FAILED),
        ([NRS, "NRS followup 2024-02-28 5", "NRS followup 2024-02-28 1"], FAILED),
        ([NRS, "NRS followup 2024-02-29 1", "NRS followup 2024-02-29 5"], UNKNOWN),
        ([NRS, "NRS followup 2024-02-29 1", "NRS followup 2024-02-29 4"], MET),
        # Worse than before.
        (["NRS baseline 2023-11-30 4", "NRS followup 2024-02-28 8"], FAILED),
        # Nothing speaks: no baseline, a baseline of 0, another scale's, only right afterwards.
        ([], UNKNOWN),
        (["NRS followup 2024-02-28 8", "NRS followup 2024-02-29 0"], UNKNOWN),
        (["NRS baseline 2023-11-30 0", "NRS followup 2024-02-28 8"], UNKNOWN),
        ([NRS, "VAS followup 2024-02-28 80"], UNKNOWN),
        ([NRS, "NRS post 2023-11-30 8"], UNKNOWN),
        # Two scales: met if any is, else unknown if any is, else failed.
        ([NRS, ODI, "NRS followup 2024-02-28 8", "ODI followup 2024-02-29 20"], MET),
        ([NRS, ODI, "NRS followup 2024-02-29 4", "ODI followup 2024-02-28 40"], MET),
        ([NRS, ODI, "NRS followup 2024-02-28 8", "ODI followup 2024-02-28 20"], UNKNOWN),
        ([NRS, ODI, "NRS followup 2024-02-28 4", "ODI followup 2024-02-28 40"], UNKNOWN),
        ([NRS, ODI, "NRS followup 2024-02-28 8", "ODI followup 2024-02-28 40"], FAILED),
        ([NRS, ODI, "NRS followup 2024-02-28 4", "ODI followup 2024-02-29 20"], MET),
        # A scale without a figure leaves the word to the other.
        ([NRS, ODI, "NRS followup 2024-02-28 8"], FAILED),
        ([NRS, "NRS followup 2024-02-28 8", "ODI followup 2024-02-29 0"], FAILED),
        (
            [
                *(NRS, "NRS followup 2024-02-28 8"),
                *("ODI baseline 2023-11-30 0", "ODI followup 2024-02-29 0"),
            ],
            FAILED,
        ),
    ],
)
def test_sustained(lines, expected):
    assert sustained(_readings(*lines), HALF, UNTIL).response is expected
    assert sustained(reversed(_readings(*lines)), HALF, UNTIL).response is expected


@pytest.mark.parametrize(
    ("lines", "scale", "day", "relief"),
    [
        ([NRS, "NRS followup 2024-02-28 6", "NRS followup 2024-02-29 0"], "NRS", 28, (1, 4)),
        ([NRS, "NRS followup 2024-02-28 4", "NRS followup 2024-02-29 2"], "NRS", 29, (3, 4)),
        ([NRS, ODI, "NRS followup 2024-02-28 8", "ODI followup 2024-02-29 10"], "ODI", 29, (3, 4)),
    ],
)
def test_the_reading_that_decides_is_named(lines, scale, day, relief):
    held = sustained(_readings(*lines), HALF, UNTIL)
    assert (held.scale, held.day) == (scale, date(2024, 2, day))
    assert held.relief == Fraction(*relief)


@pytest.mark.parametrize(
    ("lines", "lacks"),
    [
        ([], "followup"),
        ([NRS], "followup"),
        ([NRS, "NRS followup 2024-02-28 4"], "followup"),
        ([NRS, "NRS followup 2024-02-29 5"], "followup"),
        (["NRS followup 2024-02-28 5"], "followup"),
        (["NRS followup 2024-02-29 5"], "baseline"),
        (["NRS baseline 2023-11-30 0", "NRS followup 2024-02-29 5"], "baseline"),
        ([NRS, "NRS followup 2024-02-28 5"], ""),
        ([NRS, "NRS followup 2024-02-29 4"], ""),
    ],
)
def test_what_is_missing_is_said(lines, lacks):
    assert sustained(_readings(*lines), HALF, UNTIL).lacks == lacks
