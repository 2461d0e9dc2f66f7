"""From when an appointment was moved, on the clinic's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.moved import moved_note, moved_words

START = datetime(2026, 12, 10, 19, tzinfo=UTC)
KEPT = "moved from 2026-12-10T19:00Z."


def test_the_moment_is_kept_whatever_the_zone() -> None:
    assert moved_note(START.astimezone(ZoneInfo("Asia/Tokyo"))) == KEPT


@pytest.mark.parametrize(
    ("note", "zone", "country", "shown"),
    [
        (KEPT, "America/New_York", "US", "moved from Thu 10 Dec 2026 14:00"),
        (KEPT, "Europe/London", "GB", "moved from Thu 10 Dec 2026 19:00"),
        (KEPT, "America/New_York", "CA", "moved from Thu 10 Dec 2026 2:00 PM"),
        (KEPT, "Asia/Tokyo", "GB", "moved from Fri 11 Dec 2026 04:00"),
        (f"{KEPT} doctor away", "Europe/London", "GB",
         "moved from Thu 10 Dec 2026 19:00. doctor away"),
        ("patient called", "Europe/London", "GB", "patient called"),
        ("lab of 2026-12-10", "Europe/London", "GB", "lab of 2026-12-10"),
    ],
)  # fmt: skip
def test_it_is_told_on_the_clock_of_the_clinic(
    note: str, zone: str, country: str, shown: str
) -> None:
    assert moved_words(note, ZoneInfo(zone), customs_of(country)) == shown
