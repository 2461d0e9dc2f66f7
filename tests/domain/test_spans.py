"""Months clamp and never become days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.domain.spans import Span, add_months, in_words, parse_span


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2025-02-28", -12, "2024-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-05-15", -5, "2025-12-15"),
    ],
)
def test_month_ends(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_weeks_are_seven_days():
    assert parse_span("6 weeks").after(date(2027, 5, 3)) == date(2027, 6, 14)
    assert str(parse_span("1 month")) == "1 month"
    assert str(parse_span("14 days")) == "14 days"


@pytest.mark.parametrize("text", ["", "0 days", "6weeks", "six weeks", "1 year", "-1 day"])
def test_what_is_no_duration(text):
    with pytest.raises(ValueError, match="duration"):
        parse_span(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(1, 24))
def test_a_day_leaves_its_window_at_the_latest_a_day_after_day_plus_n_months(day, months):
    """What the engine's candidate days rest on."""
    window = Span(months, "month")
    end = window.after(day)
    first = end if window.before(end) >= day else date.fromordinal(end.toordinal() + 1)
    assert window.before(first) >= day
    assert window.before(date.fromordinal(first.toordinal() - 1)) < day


def test_words_do_not_depend_on_the_locale():
    assert in_words(date(2026, 12, 1)) == "1 Dec 2026"
