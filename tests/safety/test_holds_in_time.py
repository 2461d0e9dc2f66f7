"""Whether there is time left to stop a drug before a day that is being chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from support.safety import KNOWLEDGE, case, parsed

from clinicdesk.safety.engine import check
from clinicdesk.safety.holds import card_in_time
from clinicdesk.ui.safety.words import headline
from clinicdesk.ui.verdict.words import Tone

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


def card(drug: str, on: date, start: datetime | None = None):
    asked = replace(parsed(case(on=on.isoformat(), drugs=[drug])), start=start)
    return card_in_time(check(asked, KNOWLEDGE), on, NOW)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2026, 11, 30), date(2026, 12, 4)),
        (date(2026, 12, 1), date(2026, 12, 4)),  # last dose should have been on the 27th
        (date(2026, 12, 3), date(2026, 12, 4)),
        (date(2026, 12, 4), None),  # the last dose is today
        (date(2026, 12, 9), None),
    ],
)
def test_days_that_are_past_leave_no_time(on, first):
    found = card("apixaban 5 mg", on)
    (hold,) = found.holds
    assert hold.leaves_time_on == found.leaves_time_on == first
    said = [each.sentence for each in found.findings if each.check == "thinner.hold"]
    for sentence in (hold.sentence, *said):
        assert ("too late for this day; earliest day that leaves time: 4 Dec 2026" in sentence) is (
            first is not None
        )
    top = headline(found)
    assert top.tone is Tone.WARN
    assert ("Too late" in top.text) is (first is not None)


def test_the_day_it_should_have_been_is_said():
    (hold,) = card("apixaban", date(2026, 12, 1)).holds
    assert hold.sentence.startswith("Apixaban: too late for this day")
    assert hold.sentence.count("27 Nov 2026") == 1


@pytest.mark.parametrize(("hours", "late"), [(-1, True), (1, False)])
def test_hours_that_are_past_leave_no_time(hours, late):
    """Held by the hour: so many hours before the start must still lie ahead."""
    (whole,) = card("enoxaparin", date(2026, 12, 1)).holds
    assert whole.hours
    start = NOW + timedelta(hours=whole.hours + hours)
    (hold,) = card("enoxaparin", start.date(), start).holds
    assert (hold.leaves_time_on is not None) is late
    if late:
        assert hold.leaves_time_on == start.date() + timedelta(days=1)
