"""Each kind of rule by itself: the days on which it may turn, and what it stands in the way of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.vocabulary import VOCABULARY

from clinicdesk.domain.anatomy import Sort, parse_site
from clinicdesk.domain.spans import Span
from clinicdesk.rules.case import Case, Entry, Plan, State
from clinicdesk.rules.kinds.base import Later
from clinicdesk.rules.sessions import Past, Scope
from clinicdesk.rules.verdict import Status
from tests.rules.test_kinds import (
    BLOCK,
    CAP,
    EARLY,
    ELSE,
    ESI,
    FORTNIGHT,
    GAP,
    HALF,
    LIMITS,
    MONTH,
    PACK,
    PREREQUISITE,
    PROLONGED,
    RESPONSE,
    SUCCEEDED,
    _built,
)

CAUDAL = (parse_site("caudal midline", Sort.CAUDAL),)
DAY, WEEK, MONTHS = Span(1, "day"), Span(1, "week"), Span(3, "month")


def _case(*days: str) -> Case:
    history = tuple(
        Entry(day, date.fromisoformat(day), State.BOOKED, "esi.caudal", CAUDAL) for day in days
    )
    return Case("x", date(2026, 6, 1), Plan("esi.caudal", CAUDAL), history=history)


def _bound(kind: str, fields: dict[str, Any], case: Case) -> Any:
    scoped = {**fields, "scope": Scope.PATIENT} if "scope" in fields else fields
    return _built(kind, scoped).bind(Past(case, VOCABULARY, PACK.muscles))


def _days(*texts: str) -> set[date]:
    return set(map(date.fromisoformat, texts))


SESSION = _days("2026-01-31", "2026-02-01")
MONTH_LATER = _days("2026-02-28", "2026-03-01")
WEEK_LATER = _days("2026-02-07", "2026-02-08")
DAY_LATER = _days("2026-02-01", "2026-02-02")
SHORT = {"window": MONTH}


@pytest.mark.parametrize(
    ("kind", "fields", "days"),
    [
        ("cap", {**CAP, **SHORT}, SESSION | MONTH_LATER),
        ("gap", {**GAP, **SHORT, "wait": WEEK}, SESSION | WEEK_LATER | MONTH_LATER),
        (
            "gap",
            {**GAP, **SHORT, "wait": WEEK, "failed_wait": DAY, "relief": HALF},
            SESSION | WEEK_LATER | MONTH_LATER | DAY_LATER,
        ),
        (
            "prolonged",
            {**PROLONGED, "window": WEEK, "after": MONTH},
            SESSION | WEEK_LATER | MONTH_LATER,
        ),
        ("succeeded", {**SUCCEEDED, **SHORT, "lasting": WEEK}, SESSION | MONTH_LATER),
        ("early", {**EARLY, "within": WEEK}, SESSION | WEEK_LATER),
        ("block", {**BLOCK, **SHORT}, SESSION | MONTH_LATER),
        ("block", {**BLOCK, **SHORT, "wait": WEEK}, SESSION | MONTH_LATER | WEEK_LATER),
        ("response", {**RESPONSE, **SHORT, "lasting": WEEK}, SESSION | MONTH_LATER | WEEK_LATER),
        (
            "response",
            {**RESPONSE, **SHORT, "lasting": WEEK, "retry": DAY},
            SESSION | MONTH_LATER | WEEK_LATER | DAY_LATER,
        ),
        ("prerequisite", PREREQUISITE, SESSION),
        ("prerequisite", {**PREREQUISITE, **SHORT}, SESSION | MONTH_LATER),
        (
            "prerequisite",
            {**PREREQUISITE, "unless": ESI, "unless_window": MONTH},
            SESSION | MONTH_LATER,
        ),
        ("limits", {**LIMITS, "regions": 1}, SESSION),
        ("dose", {"ceilings": {"a": HALF}}, SESSION),
        ("mix", {"groups": ("esi", "tpi")}, _days("2026-03-10", "2026-03-11")),
        ("guidance", {"choices": (ELSE,)}, set()),
        ("reason", {"says": "Say why."}, set()),
    ],
)
def test_the_days_on_which_a_rule_may_turn(kind, fields, days):
    other = Entry("b", date(2026, 3, 10), State.DONE, "tpi", ())
    case = _case("2026-01-31")
    bound = _bound(kind, fields, replace(case, history=(*case.history, other)))
    assert set(bound.turns()) == days


BOOKED = ("2026-06-01", "2026-06-15", "2026-07-01", "2026-07-02", "2026-09-01")


@pytest.mark.parametrize(
    ("kind", "fields", "wait", "on", "soon"),
    [
        ("gap", {**GAP, "wait": MONTH}, MONTH, "2026-06-02", "2026-06-15 2026-07-01"),
        ("gap", {**GAP, "wait": FORTNIGHT}, FORTNIGHT, "2026-06-01", ""),
        ("gap", {**GAP, "wait": FORTNIGHT}, FORTNIGHT, "2026-06-02", "2026-06-15"),
        ("gap", {**GAP, "wait": MONTH}, MONTH, "2026-06-01", "2026-06-15"),
        ("early", {**EARLY, "within": MONTH}, MONTH, "2026-06-01", "2026-06-15"),
        ("block", {**BLOCK, "wait": FORTNIGHT}, FORTNIGHT, "2026-06-02", "2026-06-15"),
        ("block", BLOCK, None, "2026-06-02", ""),
        ("response", {**RESPONSE, "lasting": MONTH}, MONTH, "2026-06-01", "2026-06-15"),
        ("response", {**RESPONSE, "lasting": MONTH}, MONTH, "2026-06-02", "2026-06-15 2026-07-01"),
        ("prerequisite", PREREQUISITE, None, "2026-06-02", ""),
        ("prolonged", PROLONGED, None, "2026-06-02", ""),
        ("succeeded", SUCCEEDED, None, "2026-06-02", ""),
        ("limits", {**LIMITS, "regions": 1}, None, "2026-06-02", ""),
    ],
)
def test_bookings_too_soon_after_the_planned_day(kind, fields, wait, on, soon):
    bound = _bound(kind, fields, _case(*BOOKED))
    assert list(bound.ahead(date.fromisoformat(on))) == [
        Later(date.fromisoformat(day), f"would come within {wait} of this one")
        for day in soon.split()
    ]
    nearing = set(bound.nearing())
    if wait is None:
        assert nearing == set()
    else:
        assert nearing >= {wait.before(date.fromisoformat(day)) for day in BOOKED}


@pytest.mark.parametrize(
    ("limit", "on", "later"),
    [
        (3, "2026-05-01", []),
        (2, "2026-05-01", ["2026-07-01 3"]),
        (2, "2026-06-01", ["2026-07-01 3"]),
        (1, "2026-05-01", ["2026-06-10 2", "2026-07-01 3"]),
        (1, "2026-06-10", ["2026-07-01 2"]),
        # On 1 April the planned day is three months before 1 July, so it has left that window.
        (2, "2026-04-01", []),
        (2, "2026-04-02", ["2026-07-01 3"]),
        (1, "2026-08-01", []),
    ],
)
def test_bookings_that_would_exceed_their_cap(limit, on, later):
    bound = _bound(
        "cap", {**CAP, "limit": limit, "window": MONTHS}, _case("2026-06-10", "2026-07-01")
    )
    found = [
        Later(date.fromisoformat(day), f"would be session {count} of {limit} in its 3 months")
        for day, count in (each.split() for each in later)
    ]
    assert list(bound.ahead(date.fromisoformat(on))) == found
    assert set(bound.nearing()) >= _days("2026-03-10", "2026-04-01")


@pytest.mark.parametrize(
    ("ends", "named"), [("2026-06-15", True), ("2026-06-14", False), (None, True)]
)
def test_a_rule_that_no_longer_holds_then_stands_in_no_way(ends, named):
    """The booking of 15 June is judged by the rules of its own day."""
    gap = _built("gap", {**GAP, "wait": MONTH, "scope": Scope.PATIENT})
    head = replace(gap.head, effective_to=date.fromisoformat(ends) if ends else None)
    past = Past(_case("2026-06-15"), VOCABULARY, PACK.muscles)
    past.bound.append((head, gap.bind(past)))
    later = _built("later", {}).bind(past)
    assert (later.status(date(2026, 6, 1)) is Status.NEEDS_REASON) is named
