"""The window when the day turns, and when the computer's clock is set back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clinicdesk.domain.dates import day_long, weekday_words

MIDNIGHT = timedelta(hours=24)


def pass_time(front: Any, time: timedelta) -> None:
    """The clock goes on, and the window has looked at it."""
    front.clinic.clock.moment += time
    front.window.clock_watch.look()
    front.settle()


def test_the_schedule_that_showed_today_moves_on_at_midnight(front: Any) -> None:
    front.enter("frontdesk")
    today = front.clinic.today()
    page = front.window.workspace.page("schedule")
    assert page.day == today
    pass_time(front, MIDNIGHT)
    assert page.day == today + MIDNIGHT == front.clinic.today()
    assert day_long(page.day) in "\n".join(front.words())


def test_another_day_on_show_stays(front: Any) -> None:
    front.enter("frontdesk")
    page = front.window.workspace.page("schedule")
    wanted = front.clinic.today() + timedelta(days=9)
    page.show_day(wanted)
    front.settle()
    pass_time(front, MIDNIGHT)
    assert page.day == wanted


def test_after_a_night_locked_it_is_the_new_today(front: Any) -> None:
    front.enter("frontdesk")
    page = front.window.workspace.page("schedule")
    front.window.lock()
    front.settle()
    pass_time(front, timedelta(hours=14))
    front.enter("frontdesk")
    assert page.day == front.clinic.today()


def test_tomorrow_is_the_day_after_midnight_in_a_half_typed_booking(front: Any) -> None:
    front.enter("frontdesk")
    page = front.window.workspace.page("schedule")
    page.openings.new_appointment()
    front.settle()
    page.panel.booking.time.date.setText("tomorrow")
    pass_time(front, MIDNIGHT)
    assert page.panel.is_booking
    assert page.panel.booking.time.day == front.clinic.today() + timedelta(days=1)


def test_the_due_list_and_the_payers_are_of_the_new_day(front: Any) -> None:
    front.enter("manager")
    workspace = front.window.workspace
    for key in ("payers", "due"):
        workspace.show_page(key)
        front.settle()
    pass_time(front, MIDNIGHT)
    today = front.clinic.today()
    assert workspace.page("due").model.on == today
    assert workspace.page("payers").foot.day.text() == weekday_words(today)


def test_a_chart_on_show_is_read_again_on_the_new_day(front: Any) -> None:
    front.enter("physician")
    front.window.workspace.show_page("patients", patient_id=front.clinic.seeded.teresa)
    front.settle()
    before = front.window.workspace.page("patients").subtitle()
    pass_time(front, timedelta(hours=15))
    after = front.window.workspace.page("patients").subtitle()
    now = front.clinic.clock.now().astimezone(front.clinic.zone)
    assert before != after == f"Chart opened {now:%H:%M}"


@pytest.mark.parametrize("key", ["settle", "log", "documents", "import"])
def test_every_other_page_takes_the_new_day_without_a_word(front: Any, key: str) -> None:
    front.enter("manager" if key == "import" else "physician")
    front.window.workspace.show_page(key)
    front.settle()
    pass_time(front, MIDNIGHT)
    assert front.window.workspace.shown == key
    assert front.said() == ""


def test_a_clock_set_back_stands_over_everything_until_it_is_right(front: Any) -> None:
    front.enter("frontdesk")
    pass_time(front, timedelta(minutes=30))
    assert not front.window.clock_banner.isVisible()
    latest: datetime = front.clinic.clock.now().astimezone(front.clinic.zone)
    pass_time(front, timedelta(hours=-5))
    banner = front.window.clock_banner
    assert banner.isVisible()
    said = [word for word in front.words() if "clock was set back" in word]
    assert f"from {weekday_words(latest.date())} {latest:%H:%M} to" in said[0]
    front.window.lock()
    front.settle()
    assert banner.isVisible()
    pass_time(front, timedelta(hours=5))
    assert not banner.isVisible()


def test_a_start_with_a_clock_behind_the_records_says_so(front: Any) -> None:
    front.sign_in("frontdesk")
    front.clinic.clock.moment -= timedelta(hours=7)
    front.window.open_clinic(front.clinic)
    front.settle()
    assert any("an entry was made at" in word for word in front.words())
