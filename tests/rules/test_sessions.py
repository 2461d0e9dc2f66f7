"""Sessions in a scope: what counts where, which windows they lie in, and when that changes."""

from __future__ import annotations

from datetime import date

import pytest
from support.vocabulary import VOCABULARY, case_of, selector

from clinicdesk.domain.spans import Span
from clinicdesk.rules.case import Case
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.selector import SessionKind
from clinicdesk.rules.sessions import (
    UNPLACED,
    Past,
    Scope,
    Track,
    leaves,
    nearing,
    turns,
    union,
    within,
)
from tests.rules.table_notation import case

YEAR, MONTH = Span(12, "month"), Span(1, "month")
TPI = SessionKind("tpi", "trigger point", selector(groups=frozenset({"tpi"})))
FACET = SessionKind("facet", "facet", selector(procedures=frozenset({"facet.block"})))
MUSCLES = {"trapezius": "shoulder", "rhomboid": "shoulder", "masseter": "head"}
PACK = Pack("x", "X", "1", date(2026, 1, 1), "LCD", "", {}, (), VOCABULARY, muscles=MUSCLES)


def _days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def _past(plan: str, *history: str) -> Past:
    parsed: Case = case_of(case("2026-11-22", plan, list(history)))
    return Past(parsed, VOCABULARY, PACK.muscles)


def _shown(tracks: tuple[Track, ...]) -> list[tuple[str, str, str]]:
    """Where, the ids of its entries by day, and the doubtful days."""
    return [
        (
            track.where,
            " | ".join(" ".join(entry.id for entry in track.entries[day]) for day in track.days),
            " ".join(map(str, track.doubtful)),
        )
        for track in tracks
    ]


# -- scopes ---------------------------------------------------------------------------------

FACETS = (
    "c 2026-05-02 facet.block: C5-C6 left; L4-L5 right",
    "b 2026-05-02 facet.block: L4-L5 left",
    "a 2026-04-01 facet.block: L4-L5 bilateral",
    "r 2026-06-01 facet.rfa: L4-L5 left",
)


@pytest.mark.parametrize(
    ("scope", "plan", "expected"),
    [
        (Scope.PATIENT, "facet.block: L1-L2 left", [("", "a | c b", "")]),
        (Scope.REGION, "facet.block: L1-L2 left", [("lumbar-sacral", "a | c b", "")]),
        (
            Scope.REGION,
            "facet.block: L1-L2 left; C2-C3 left",
            [("cervical-thoracic", "c", ""), ("lumbar-sacral", "a | c b", "")],
        ),
        (
            Scope.SPOT,
            "facet.block: L4-L5 bilateral; L1-L2 left",
            [("L1-L2 left", "", ""), ("L4-L5 left", "a | b", ""), ("L4-L5 right", "a | c", "")],
        ),
    ],
)
def test_what_counts_where(scope, plan, expected):
    past = _past(plan, *FACETS)
    assert _shown(past.tracks(FACET, scope)) == expected
    assert past.tracks(FACET, scope) is past.tracks(FACET, scope)


POINTS = (
    "a 2026-01-05 tpi: rhomboid left",
    "b 2026-02-05 tpi: musculus ignotus left",
    "c 2026-03-05 tpi: masseter left; musculus ignotus left",
    "d 2026-01-05 tpi: musculus ignotus right",
)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("tpi: Trapezius left", [("the shoulder", "a", "2026-02-05 2026-03-05")]),
        ("tpi: masseter left", [("the head", "c", "2026-01-05 2026-02-05")]),
        ("tpi: soleus left", [(UNPLACED, "", "2026-01-05 2026-02-05 2026-03-05")]),
        (
            "tpi: trapezius left; masseter left; soleus left",
            [
                (UNPLACED, "", "2026-01-05 2026-02-05 2026-03-05"),
                ("the head", "c", "2026-01-05 2026-02-05"),
                ("the shoulder", "a", "2026-02-05 2026-03-05"),
            ],
        ),
    ],
)
def test_muscles_are_counted_by_the_part_of_the_body_they_are_placed_in(plan, expected):
    assert _shown(_past(plan, *POINTS).tracks(TPI, Scope.MUSCLES)) == expected


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("", "The ESI session"),
        ("lumbar-sacral", "The ESI session in the lumbar-sacral region"),
        ("cervical-thoracic", "The ESI session in the cervical-thoracic region"),
        ("knee left", "The ESI session at knee left"),
    ],
)
def test_a_session_is_said_with_its_place(where, said):
    assert Track(where, ()).placed("The ESI session") == said


def test_entries_of_a_day_are_those_of_its_group():
    past = _past("facet.block: L4-L5 left", *FACETS)
    (day,) = _days("2026-05-02")
    assert [entry.id for entry in past.on("facet", day)] == ["c", "b"]
    assert past.on("rfa", day) == past.on("esi", day) == ()
    assert past.days_of(["facet", "rfa"]) == _days("2026-04-01", "2026-05-02", "2026-06-01")
    assert past.days_of(["esi"]) == ()


def test_readings_are_those_of_the_entries():
    past = _past(
        "tpi: trapezius left",
        "a 2026-01-05 tpi: rhomboid left | NRS 8, 2026-02-01 4",
        "b 2026-02-05 tpi: rhomboid left | NRS 7",
        "c 2026-03-05 tpi: rhomboid left",
    )
    (track,) = past.tracks(TPI, Scope.PATIENT)
    found = [past.readings(track.entries[day]) for day in track.days]
    assert [[reading.value for reading in readings] for readings in found] == [[8, 4], [7], []]


# -- windows --------------------------------------------------------------------------------

TRACK = Track("", _days("2025-11-22", "2025-11-23", "2026-05-01", "2026-11-22", "2026-12-01"))


@pytest.mark.parametrize(
    ("on", "window", "before", "after", "last"),
    [
        ("2026-11-22", "2025-11-23 2026-05-01", 3, 1, "2026-05-01"),
        ("2026-11-21", "2025-11-22 2025-11-23 2026-05-01", 3, 2, "2026-05-01"),
        ("2026-11-23", "2026-05-01 2026-11-22", 4, 1, "2026-11-22"),
        ("2025-11-22", "", 0, 4, None),
        ("2027-12-01", "", 5, 0, None),
        ("2027-11-30", "2026-12-01", 5, 0, "2026-12-01"),
    ],
)
def test_a_window_begins_after_a_day_and_ends_before_another(on, window, before, after, last):
    (day,) = _days(on)
    assert TRACK.in_window(day, YEAR) == _days(*window.split())
    assert within(TRACK.days, day, YEAR) == TRACK.in_window(day, YEAR)
    assert TRACK.before(day) == TRACK.days[:before]
    assert TRACK.after(day) == TRACK.days[len(TRACK.days) - after :]
    assert TRACK.last(day, YEAR) == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("day", "first"),
    [("2025-11-22", "2026-11-22"), ("2024-02-29", "2025-03-01"), ("2023-02-28", "2024-02-28")],
)
def test_a_session_leaves_its_window(day, first):
    assert leaves(date.fromisoformat(day), YEAR) == date.fromisoformat(first)


def test_union_has_every_day_once():
    days = _days("2026-01-01", "2026-01-02", "2026-01-03")
    assert union([[days[2], days[0]], [], [days[1], days[2]]]) == days


def test_turns_are_the_day_after_and_the_ends_of_the_spans():
    found = turns(_days("2026-01-31"), MONTH, Span(14, "day"))
    assert found == frozenset(
        _days(
            *("2026-01-31", "2026-02-01", "2026-02-14", "2026-02-15"),
            *("2026-02-28", "2026-03-01"),
        )
    )


def test_a_booking_comes_near_as_early_as_months_clamp():
    """28 to 31 January are all one month before 28 February."""
    found = set(nearing([Track("", _days("2026-02-28"))], MONTH))
    assert found >= set(_days("2026-01-28", "2026-02-01"))
    assert min(found) == date(2026, 1, 28)
