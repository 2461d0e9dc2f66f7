"""The steroid of twelve months as prednisone: each equivalent, each edge, what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.domain.procedures import Steroid
from clinicdesk.domain.rows.cases import DoneRow
from clinicdesk.domain.steroid_year import (
    SteroidYear,
    prednisone,
    session_text,
    steroid_year,
    uncounted_text,
    whole_mg,
    year_text,
    year_words,
)

EQUAL = CATALOGUE.safety.equivalents
ON = date(2026, 12, 1)


def given(day, *steroids, unknown=False, elsewhere=False):
    drugs = None if unknown else tuple(Steroid(drug, mg and Decimal(mg)) for drug, mg in steroids)
    return DoneRow(
        1, date.fromisoformat(day), "joint.injection", "therapeutic", ("knee left",), drugs, (),
        elsewhere=elsewhere,
    )  # fmt: skip


def year(*rows):
    return steroid_year(rows, ON, EQUAL)


@pytest.mark.parametrize(
    ("drug", "mg", "about"),
    [
        ("methylprednisolone", "80", "100"),
        ("triamcinolone", "40", "50"),
        ("dexamethasone", "10", "67"),
        ("dexamethasone", "4", "27"),
        ("dexamethasone", "15", "100"),
        ("betamethasone", "12", "80"),
        ("betamethasone", "6", "40"),
        ("hydrocortisone", "20", "5"),
        ("prednisolone", "5", "5"),
        ("Prednisone ", "7.5", "8"),
    ],
)
def test_equivalents(drug, mg, about):
    assert whole_mg(prednisone([Steroid(drug, Decimal(mg))], EQUAL)) == about


def test_each_equivalent_has_a_source_and_what_tables_differ_on_is_marked():
    assert all(each.source for each in EQUAL.values())
    assert {drug for drug, each in EQUAL.items() if each.verify} == {
        "dexamethasone", "betamethasone",
    }  # fmt: skip
    # Of what can be injected here, none is without its equivalent.
    steroids = {each.drug for each in CATALOGUE.products.values() if each.kind == "steroid"}
    assert steroids <= set(EQUAL)


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        ("2025-11-30", False),
        ("2025-12-01", False),  # the same day a year ago is out again
        ("2025-12-02", True),
        ("2026-12-01", True),
        ("2026-12-02", False),
    ],
)
def test_the_edges_of_the_year(day, counted):
    assert year(given(day, ("triamcinolone", "40"))).injections == counted


def test_what_is_counted_and_what_is_not():
    found = year(
        given("2026-01-10", ("triamcinolone", "40")),
        given("2026-03-10", ("methylprednisolone", "40"), ("dexamethasone", "4"), elsewhere=True),
        given("2026-04-10", unknown=True),
        given("2026-05-10", ("triamcinolone", None)),
        given("2026-06-10", ("deflazacort", "10"), elsewhere=True),
        given("2026-07-10"),
    )
    assert whole_mg(found.prednisone_mg) == "127"
    assert (found.injections, found.elsewhere, found.unknown) == (2, 1, 3)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (SteroidYear(), "Steroid in the last 12 months: none recorded."),
        (
            SteroidYear(Decimal(240), 4, 1),
            (
                "Steroid in the last 12 months: about 240 mg prednisone equivalent, 4 injections "
                "(1 elsewhere)."
            ),
        ),
        (
            SteroidYear(Decimal("66.666"), 1, 0, 2),
            (
                "Steroid in the last 12 months: about 67 mg prednisone equivalent, 1 injection. "
                "2 injections without a recorded dose are not counted."
            ),
        ),
        (
            SteroidYear(Decimal(0), 0, 0, 1),
            (
                "Steroid in the last 12 months: not known. "
                "1 injection without a recorded dose is not counted."
            ),
        ),
    ],
)
def test_the_sentence(found, says):
    assert year_text(found) == says
    assert year_words(found) in says
    assert uncounted_text(found) in says


def test_what_a_session_adds():
    assert session_text((), EQUAL) == ""
    said = session_text((Steroid("triamcinolone", Decimal(40)),), EQUAL)
    assert said == "This session adds about 50 mg prednisone equivalent."
    assert session_text((Steroid("triamcinolone", None),), EQUAL).endswith("is not known.")
