"""One patient's interval in the real window: too early, booked on the first allowed day by one
click, done earlier for a reason, and on the due list when the relief ends.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from sqlalchemy import text
from support.due import performed
from support.logs import PASSWORD, complete

from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.services import booking, due, notes, procedures
from clinicdesk.services import schedule as schedule_service
from clinicdesk.ui.tour.day import Day

pytestmark = pytest.mark.journey
TODAY = date(2026, 11, 24)
REASON = "New leg pain after a fall"


@pytest.fixture
def day(day_at: Any, embedded_clinic: Any) -> Day:
    opened: Day = day_at(embedded_clinic)
    return opened


def test_the_fifth_epidural(day: Day, embedded_clinic: Any, physician: Any) -> None:
    clinic, driver = embedded_clinic, day.driver
    for done in (date(2026, 1, 12), date(2026, 2, 10), date(2026, 5, 20)):
        performed(clinic, done)
    performed(clinic, date(2026, 8, 20), scores=((date(2026, 11, 21), 3),))

    # Four in the year: the card says from when, why, and who says so.
    day.sign_in("Joelle Marsh", "demo")
    _ask_for_l5(day)
    assert "Not before 12 Jan 2027" in day.verdict()
    card = _booking(day).card
    said = card.accessibleDescription()
    assert "4 of 4 lumbar-sacral epidural sessions" in said
    assert "LCD L39240" in said

    # One click goes to the first allowed day, at a time that is free; then it is booked.
    driver.click(card.jump)
    assert _booking(day).time.date.text() == "Tue 12 Jan 2027"
    driver.until(lambda: "Within limits" in day.verdict(), "the new day's verdict")
    day.confirm_booking()
    (first,) = _appointments(clinic, date(2027, 1, 12))

    # The desk may not go ahead of it; the physician may, today, and says why.
    day.lock()
    day.sign_in("Dr. Amara Osei", "demo")
    driver.press(Qt.Key.Key_T)
    _ask_for_l5(day)
    assert "Not before" in day.verdict()
    card = _booking(day).card
    day.confirm_booking()
    assert not _appointments(clinic, TODAY)
    driver.type(REASON, card.reason)
    day.confirm_booking()
    (today,) = _appointments(clinic, TODAY)
    assert _reasons(clinic) == [REASON]

    # Done and signed with that reason; the later one is called off, and she stays on the list.
    form = complete(procedures.open_log(clinic, physician, today.id).form)
    signed = procedures.sign(clinic, physician, replace(form, reason=REASON), 0, PASSWORD)
    kept = procedures.open_procedure(clinic, physician, signed.value)
    assert kept.verdict.reason == REASON
    note = notes.prepare(clinic, physician, procedure_id=signed.value).value
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(note.pdf)).pages)
    assert f"{REASON} (Dr. Amara Osei)" in " ".join(printed.split())
    booking.cancel(clinic, physician, first.id, first.version, "had it in November")
    assert _group(clinic, physician, TODAY) is DueGroup.HOLDING

    # Three months later relief is expected to end: she is on the morning's list.
    clinic.clock.moment = datetime(2027, 2, 22, 9, 0, tzinfo=ZoneInfo("America/New_York"))
    _list(day)
    page = driver.window.workspace.page("due")  # type: ignore[union-attr]
    row = page.view.current_row()
    assert (row.family_name, row.site, row.group) == ("Villalobos", "L5 left", DueGroup.NOW)
    assert (row.relief_ends, row.relief_basis) == (date(2027, 2, 28), "own")
    assert row.allowed_from == date(2027, 2, 24)
    assert "Villalobos, Teresa" in page.model.spoken(page.view.line)

    # Booked from the row, she leaves it by herself.
    driver.press(Qt.Key.Key_B)
    panel = _booking(day)
    assert (panel.procedure.site.text(), panel.time.date.text()) == ("L5 left", "Wed 24 Feb 2027")
    driver.until(lambda: "Cannot be determined" in day.verdict(), "the verdict of that day")
    # More than a year of epidurals by now: the card says what the payer asks, and wants no reason.
    said = panel.card.accessibleDescription()
    assert "The payer also asks: Epidural sessions" in said
    assert "since 12 Jan 2026, more than 12 months before 24 Feb 2027" in said
    assert "tell the primary physician" in said
    assert not panel.card.reason.isVisible()
    driver.type("15:00", panel.time.time)
    day.confirm_booking()
    assert len(_appointments(clinic, date(2027, 2, 24))) == 1
    _list(day)
    assert _group(clinic, physician, date(2027, 2, 22)) is DueGroup.BOOKED
    assert page.model.sections.shown() == ()


def _ask_for_l5(day: Day) -> None:
    day.free_slot(0, 14 * 60)
    day.book("villalobos 1958", ("Epidural", "Transforaminal"), "l5 left", "", "14:00")


def _booking(day: Day) -> Any:
    return day.driver.window.workspace.page("schedule").panel.booking  # type: ignore[union-attr]


def _list(day: Day) -> None:
    day.driver.window.workspace.show_page("due")  # type: ignore[union-attr]
    day.driver.settle()
    day.driver.settle()


def _appointments(clinic: Any, on: date) -> list[Any]:
    actor = clinic.seeded.actor("frontdesk")
    return list(schedule_service.day(clinic, actor, on).appointments)


def _reasons(clinic: Any) -> list[str]:
    query = "SELECT reason FROM verdict_record WHERE reason <> '' ORDER BY id"
    with clinic.store.read() as tx:
        kept = list(tx.session.scalars(text(query)))
        acts = list(tx.session.scalars(text("SELECT reason FROM audit_act WHERE reason <> ''")))
    assert set(kept) <= set(acts)
    return kept


def _group(clinic: Any, actor: Any, on: date) -> DueGroup:
    ids = due.overview(clinic, actor, DueFilter(), on).ids
    rows = due.rows(clinic, actor, ids, on)
    (row,) = [row for row in rows if row.site == "L5 left"]
    return row.group
