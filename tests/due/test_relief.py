"""How long relief lasted and when it is expected to end: exact at the edges."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from support.vocabulary import VOCABULARY

from clinicdesk.domain.dates import add_months
from clinicdesk.domain.rows.cases import DoneRow, ReadingRow
from clinicdesk.due.relief import block_scored, durations, expected, scored
from clinicdesk.due.sites import open_sites, sessions

ON = date(2026, 11, 24)
DAY = date(2026, 5, 4)


def reading(days, value, phase="followup", scale="NRS", day=DAY):
    return ReadingRow(day + timedelta(days=days), phase, scale, Decimal(value))


def done(number, day, *readings):
    return DoneRow(number, day, "esi.transforaminal", "therapeutic", ("L5 left",), None, readings)


def session(*readings):
    (found,) = sessions([done(1, DAY, *readings)], VOCABULARY)
    return found


BEFORE = reading(0, "8", "baseline")


@pytest.mark.parametrize(
    ("readings", "percent", "good_days", "below_days", "failed"),
    [
        ((), None, None, None, False),
        ((BEFORE,), None, None, None, False),
        ((BEFORE, reading(90, "4")), 50, 90, None, False),
        ((BEFORE, reading(90, "4.0001")), 49, None, 90, True),
        ((BEFORE, reading(14, "2"), reading(90, "5")), 37, 14, 90, False),
        ((BEFORE, reading(14, "6"), reading(90, "2")), 75, 90, None, False),
        ((BEFORE, reading(14, "2"), reading(60, "6"), reading(90, "7")), 12, 14, 60, False),
        ((BEFORE, reading(14, "9")), -13, None, 14, True),
        ((BEFORE, reading(14, "8")), 0, None, 14, True),
        # No score from before it, or one of 0: nothing can be said.
        ((reading(14, "2"),), None, None, None, False),
        ((reading(0, "0", "baseline"), reading(14, "2")), None, None, None, False),
        # A score right after is the anaesthetic, not the relief.
        ((BEFORE, reading(0, "1", "post")), None, None, None, False),
        # Pain or function: it holds for as long as one of them says so.
        (
            (BEFORE, reading(0, "60", "baseline", "ODI"), reading(90, "20", scale="ODI"),
             reading(90, "6")),
            66, 90, None, False,
        ),
        (
            (BEFORE, reading(0, "60", "baseline", "ODI"), reading(30, "20", scale="ODI"),
             reading(60, "50", scale="ODI"), reading(14, "6")),
            16, 30, 60, False,
        ),
        (
            (BEFORE, reading(0, "60", "baseline", "ODI"), reading(60, "50", scale="ODI"),
             reading(14, "6")),
            25, None, 60, True,
        ),
        # Of several on one day the worst counts, of several baselines the lowest of the latest.
        ((BEFORE, reading(14, "2"), reading(14, "7")), 12, None, 14, True),
        ((BEFORE, reading(0, "4", "baseline"), reading(14, "3")), 25, None, 14, True),
        (
            (reading(0, "60", "baseline", "ODI"), reading(90, "30", scale="ODI")),
            50, 90, None, False,
        ),
        ((BEFORE, reading(90, "20", scale="ODI")), None, None, None, False),
    ],
)  # fmt: skip
def test_what_scores_say(readings, percent, good_days, below_days, failed):
    about = scored(session(*readings), VOCABULARY)
    assert about.percent == percent
    assert about.good_until == (None if good_days is None else DAY + timedelta(days=good_days))
    assert about.below_on == (None if below_days is None else DAY + timedelta(days=below_days))
    assert about.never is failed


@pytest.mark.parametrize(
    ("share", "good_until", "below_on"), [(Fraction(7, 8), DAY, None), (Fraction(9, 10), None, DAY)]
)
def test_a_block_is_scored_right_after_it(share, good_until, below_on):
    # The best right after it counts, as in the rules; a follow-up does not.
    block = session(BEFORE, reading(0, "1", "post"), reading(0, "4", "post"), reading(1, "8"))
    about = block_scored(block, block.spots, VOCABULARY, share)
    assert (about.percent, about.good_until, about.below_on) == (87, good_until, below_on)


def relief_of(*rows, months=(3, 6)):
    site = open_sites(sessions(rows, VOCABULARY), (), VOCABULARY, ON)[0]
    return expected(site, scored(site.last, VOCABULARY), months, VOCABULARY)


def test_without_any_score_it_is_as_usual_for_the_family():
    found = relief_of(done(1, DAY))
    assert (found.ends, found.latest, found.basis) == (
        date(2026, 8, 4),
        date(2026, 11, 4),
        "usual",
    )


@pytest.mark.parametrize(
    ("scores", "first"),
    [
        ((reading(20, "6"),), 0),
        ((reading(14, "2"), reading(20, "6")), 15),
        ((reading(10, "2"), reading(14, "2"), reading(20, "6"), reading(30, "7")), 15),
    ],
)
def test_relief_ended_between_the_last_good_score_and_the_first_bad_one(scores, first):
    found = relief_of(done(1, DAY, BEFORE, *scores))
    assert (found.ends, found.latest, found.basis) == (
        DAY + timedelta(days=first),
        DAY + timedelta(days=20),
        "worn",
    )


def test_a_score_that_is_still_good_overrules_what_was_expected():
    found = relief_of(done(1, DAY, BEFORE, reading(200, "2")))
    assert found.ends == found.latest == DAY + timedelta(days=200)
    assert found.basis == "usual"


def earlier(number, day, good, below):
    """A session with a good score after ``good`` days and one below half after ``below``."""
    values = [(good, "2")] + ([(below, "7")] if below else [])
    return done(
        number,
        day,
        reading(0, "8", "baseline", day=day),
        *(reading(days, value, day=day) for days, value in values),
    )


@pytest.mark.parametrize(
    ("lasted", "median", "longest"),
    [
        ((100,), 100, 100),
        ((100, 120), 110, 120),
        ((100, 121), 110, 121),
        ((90, 100, 160), 100, 160),
    ],
)
def test_own_durations_their_median_and_the_longest(lasted, median, longest):
    rows = [done(1, DAY)]
    day = DAY
    for number, days in enumerate(lasted, 2):
        day -= timedelta(days=days + 30)
        rows.append(earlier(number, day, 10, days))
    found = relief_of(*rows)
    assert found.basis == "own"
    assert (found.ends, found.latest) == (
        DAY + timedelta(days=median),
        DAY + timedelta(days=longest),
    )


def test_never_below_half_lasted_until_it_was_done_again():
    rows = [done(1, DAY), earlier(2, DAY - timedelta(days=110), 30, None)]
    newest, before = sessions(rows, VOCABULARY)
    assert durations(newest, (before,), (3, 6), VOCABULARY) == (110,)


def test_but_no_longer_than_usual_when_the_patient_came_back_years_later():
    rows = [done(1, DAY), earlier(2, date(2023, 1, 10), 30, None)]
    newest, before = sessions(rows, VOCABULARY)
    assert durations(newest, (before,), (3, 6), VOCABULARY) == (
        (date(2023, 7, 10) - date(2023, 1, 10)).days,
    )


def test_a_good_score_after_the_usual_time_counts_as_long_as_it_says():
    rows = [done(1, DAY), earlier(2, date(2023, 1, 10), 300, None)]
    newest, before = sessions(rows, VOCABULARY)
    assert durations(newest, (before,), (3, 6), VOCABULARY) == (300,)


def test_failed_and_unscored_sessions_say_nothing_of_how_long_relief_lasts():
    failed = done(2, date(2026, 1, 5), reading(0, "8", "baseline", day=date(2026, 1, 5)),
                  reading(14, "8", day=date(2026, 1, 5)))  # fmt: skip
    assert relief_of(done(1, DAY), failed, done(3, date(2025, 6, 1))).basis == "usual"


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -24, date(2024, 1, 15)),
    ],
)
def test_months_clamp(day, months, after):
    assert add_months(day, months) == after
