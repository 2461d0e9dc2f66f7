"""Tab and Shift+Tab on every page of the window: everything that can be used, as the eye goes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support import settle
from support.tabbing import check_round, in_order, name, unseen, usable, walked

from clinicdesk.ui.pages import PAGES
from clinicdesk.ui.schedule.month import MonthGrid
from clinicdesk.ui.widgets import Field

Key = Qt.Key
PAGE_KEYS = [entry.key for entry in PAGES]


def go(front: Any, page: str, **arguments: object) -> Any:
    front.window.workspace.show_page(page, **arguments)
    front.settle()
    return front.window.workspace.page(page)


@pytest.mark.parametrize("page", PAGE_KEYS)
def test_every_page_both_ways(front: Any, page: str) -> None:
    front.enter("physician" if page not in ("import", "payers") else "manager")
    settle.everything(front.clinic)
    go(front, page)
    check_round(front)


def test_booking_as_the_eye_goes(front: Any) -> None:
    front.enter("frontdesk")
    go(front, "schedule", patient_id=front.clinic.seeded.andrea,
       procedure="esi.interlaminar", sites=("L5-S1 midline",))  # fmt: skip
    front.window.findChild(MonthGrid).setFocus(Qt.FocusReason.TabFocusReason)
    assert in_order(
        check_round(front), "Calendar", "Schedule of the day", "Change the patient",
        "family: Epidural", "Kind: Interlaminar", "Kind: Transforaminal", "Kind: Caudal", "Site",
        "Guidance", "Physician", "Room", "Date", "Time", "Minutes", "Note", "Cancel", "Book Tue",
        "RailButton", "Find a patient or a command", "Lock", "Day before",
    )  # fmt: skip


def test_moving_as_the_eye_goes(front: Any) -> None:
    front.enter("frontdesk")
    number = settle.book(front.clinic, "frontdesk", "andrea", settle.DAY, 10)
    go(front, "schedule", day=settle.DAY, appointment_id=number)
    front.key(Key.Key_R)
    front.window.findChild(MonthGrid).setFocus(Qt.FocusReason.TabFocusReason)
    assert in_order(
        check_round(front), "Calendar", "Schedule of the day", "Close", "Date", "Time", "Minutes",
        "Physician", "Room", "Any allergy", "Cancel", "Move to", "Find a patient", "Day before",
    )  # fmt: skip


def test_an_appointment_as_the_eye_goes(front: Any) -> None:
    front.enter("physician")
    number = settle.book(front.clinic, "frontdesk", "andrea", settle.DAY, 10)
    go(front, "schedule", day=settle.DAY, appointment_id=number)
    front.window.findChild(MonthGrid).setFocus(Qt.FocusReason.TabFocusReason)
    assert in_order(
        check_round(front), "Calendar", "Schedule of the day", "Chart", "Close", "Status", "Move",
        "Cancel appointment", "Check in", "Log procedure", "Print consent", "Print after-care",
    )  # fmt: skip


def test_the_log_as_the_eye_goes(front: Any) -> None:
    front.enter("physician")
    number = settle.book(front.clinic, "frontdesk", "andrea", settle.TODAY, 13)
    go(front, "log", appointment_id=number)
    assert in_order(
        check_round(front), "Site", "Figure", "Family", "Approach", "Intent", "Contrast",
        "Performed by", "Performed on", "Guidance", "Exposure time", "Air kerma",
        "Medication 1, drug", "1, volume", "1, dose", "1, lot", "1, expires",
        "Medication 2, drug", "Pain before", "Pain after", "Complications: None",
        "Complications: Other", "Note", "Save unsigned", "Find a patient",
    )  # fmt: skip


def test_the_chart_as_the_eye_goes(front: Any) -> None:
    front.enter("physician")
    go(front, "patients", patient_id=front.clinic.seeded.teresa)
    assert in_order(
        check_round(front), "Find a patient or", "Find another", "Edit", "Documents",
        "Log procedure", "Book", "Ask",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["E", "S"])
def test_the_dialogs_of_a_patient_as_the_eye_goes(front: Any, key: str) -> None:
    front.enter("physician")
    go(front, "patients", patient_id=front.clinic.seeded.teresa)
    front.type(key)
    dialog = front.dialog()
    assert dialog is not None
    there = walked(Key.Key_Tab, QApplication.focusWidget())
    back = walked(Key.Key_Backtab, there[0])
    assert set(there) == {each for each in usable(front) if dialog.isAncestorOf(each)}
    assert back[1:] == list(reversed(there[1:]))
    assert all(" " in name(each) for each in there)


@pytest.mark.parametrize("page", PAGE_KEYS)
def test_the_focus_is_seen(front: Any, page: str) -> None:
    front.enter("physician" if page not in ("import", "payers") else "manager")
    made = settle.everything(front.clinic)
    where = {"schedule": {"day": settle.DAY, "appointment_id": made["hold"]},
             "patients": {"patient_id": front.clinic.seeded.teresa},
             "log": {"appointment_id": made["hold"]},
             "documents": {"kind": "consent", "appointment_id": made["hold"]}}  # fmt: skip
    go(front, page, **where.get(page, {}))
    assert unseen(front) == []


@pytest.mark.parametrize("wrong", [False, True])
def test_the_focus_is_seen_in_booking_also_where_a_field_is_red(front: Any, wrong: bool) -> None:
    front.enter("frontdesk")
    page = go(front, "schedule", patient_id=front.clinic.seeded.andrea,
              procedure="esi.interlaminar", sites=("L5-S1 midline",))  # fmt: skip
    if wrong:
        for field in page.panel.booking.findChildren(Field):
            field.set_error("Not so.")
        page.panel.booking.time.set_clash("Taken.")
    assert unseen(front) == []
