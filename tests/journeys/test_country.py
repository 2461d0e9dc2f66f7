"""A clinic set up in London: it is asked where it is, and then writes and reads as people there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from clinicdesk.data import keys
from clinicdesk.domain.clock import FixedClock
from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.dates import MONTHS
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking, clinics, passwords, patients, schedule, sheets
from clinicdesk.ui import local, theme
from clinicdesk.ui.firstrun.flow import Flow
from clinicdesk.ui.patients.form_widget import PatientFormWidget
from clinicdesk.ui.preferences import Preferences
from clinicdesk.ui.schedule.month import MonthGrid
from clinicdesk.ui.tour.day import Day
from clinicdesk.ui.tour.driver import Driver
from clinicdesk.ui.widgets import Field
from clinicdesk.ui.window import MainWindow

pytestmark = pytest.mark.journey
CTRL = Qt.KeyboardModifier.ControlModifier
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=ZoneInfo("Europe/London"))
A4_POINTS = (595, 842)


@pytest.fixture
def flow(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flow]:
    """The first start on an empty computer."""
    cheap = partial(clinics.create_clinic, kdf=keys.CHEAP, hashing=passwords.CHEAP)
    monkeypatch.setattr(clinics, "create_clinic", cheap)
    theme.apply(qapp, "light")
    clock = FixedClock(NOW)
    window = MainWindow(clock, Preferences(theme="light"))
    window.resize(1440, 900)
    made = Flow(window, clock, keyring=False)
    window.show()
    window.activateWindow()
    yield made
    window.close()
    window.deleteLater()
    local.use(customs_of("US"))


def test_a_clinic_in_london(flow: Flow, tmp_path: object) -> None:
    window = flow._window
    driver = Driver(window)
    flow.begin(None, None)
    driver.click(flow.welcome.setup)
    _fill(driver)

    # It is not guessed: without a country nothing is made.
    driver.click(flow.setup.go)
    assert "Say which country the clinic is in." in _words(window)
    driver.type("United Kingdom", "Country")
    assert "Dates as 14/03/1958, hours as 14:30, weeks from Monday, sheets on A4." in _words(window)
    driver.click(flow.setup.go)
    driver.until(lambda: hasattr(flow, "recovery"), "the recovery code")
    driver.click(flow.recovery.tick)
    driver.click(flow.recovery.go)
    clinic = window.clinic
    assert (str(clinic.zone), clinic.settings.country) == ("Europe/London", "GB")
    assert (clinic.settings.paper, clinic.settings.phone) == ("a4", "020 7946 0456")
    day = Day(driver, tmp_path)
    day.sign_in("Priya Raman", "a long password")

    # The window: hours to 24, the week from Monday.
    month = window.findChild(MonthGrid)
    assert month.heads()[0] == "Mo"
    assert month.weeks()[0][0].weekday() == 0
    assert local.time_text(time(14, 30)) == "14:30"

    # A patient, as one writes her down there; what was understood is said.
    driver.press(Qt.Key.Key_2, CTRL)
    driver.click("New patient")
    driver.until(lambda: _form(window) is not None, "the form")
    form = _form(window)
    shown = {label.text().removesuffix(" *") for label in form.findChildren(QLabel)}
    assert {"Surname", "First names", "Title", "Postcode", "County", "NHS number"} <= shown
    driver.type("Ashdown", form.editor("family"))
    driver.type("14/03/1958", form.editor("birth_date"))
    assert "= Fri 14 March 1958" in _words(window)
    driver.type("07/06/1958", form.editor("birth_date"))
    assert "= Sat 7 June 1958" in _words(window)
    driver.type("07700 900456", form.editor("phone_mobile"))
    driver.type("943 476 5918", form.editor("national_id"))
    driver.press(Qt.Key.Key_Return, CTRL)
    assert "check digit is wrong" in form.errors()["national_id"]
    driver.type("9434765919", form.editor("national_id"))
    driver.type("SSN 536-90-4399", form.editor("payer"))
    driver.press(Qt.Key.Key_Return, CTRL)
    assert "Social Security" in form.errors()["payer"]
    driver.type("", form.editor("payer"))
    driver.press(Qt.Key.Key_Delete)
    driver.press(Qt.Key.Key_Return, CTRL)
    driver.until(lambda: _form(window) is None, "the patient to be kept")
    driver.settle()
    words = _words(window)
    assert "7 Jun 1958" in words
    assert "07700 900456" in words

    actor = window.workspace.actor
    (hit,) = patients.search(clinic, actor, "Ashdown")
    assert hit.birth_date == date(1958, 6, 7)
    kept = patients.open_chart(clinic, actor, hit.id).record.form
    assert (kept.national_id, kept.phone_mobile) == ("943 476 5919", "07700 900456")
    (again,) = patients.search(clinic, actor, "+44 7700 900456")
    assert again.id == hit.id
    _consent_is_a4(clinic, actor, hit.id)


def _fill(driver: Driver) -> None:
    for name, text in (
        ("Name", "Marylebone Pain Clinic"), ("Telephone", "020 7946 0456"),
        ("Your name", "Priya Raman"), ("Your user name", "priya"),
        ("Your password", "a long password"), ("Physician", "Dr Amara Osei"),
        ("Physician’s user name", "osei"), ("Physician’s first password", "a long password"),
        ("Passphrase", "correct horse battery"), ("Passphrase again", "correct horse battery"),
    ):  # fmt: skip
        driver.type(text, name)


def _form(window: QWidget) -> PatientFormWidget | None:
    forms = window.findChildren(PatientFormWidget)
    return next((form for form in forms if form.isVisible()), None)


def _words(window: QWidget) -> str:
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    texts += [field.error() for field in window.findChildren(Field) if field.isVisible()]
    return "\n".join(texts)


def _consent_is_a4(clinic: clinics.Clinic, actor: object, patient: int) -> None:
    (physician,) = schedule.physicians(clinic, actor)
    room = schedule.rooms(clinic, actor)[0]
    start = datetime(2026, 11, 25, 9, 0, tzinfo=clinic.zone)
    booked = booking.book(
        clinic,
        actor,
        BookRequest(
            patient_id=patient, start=start, minutes=30, physician_id=physician.resource_id,
            room_id=room.id, procedure="esi.transforaminal", sites=("L5 left",),
        ),
    )  # fmt: skip
    made = sheets.prepare(clinic, actor, SheetRequest("consent", appointment_id=booked.value))
    page = PdfReader(BytesIO(made.value.pdf)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_POINTS
    said = page.extract_text()
    assert "25 " in said
    assert MONTHS[10] in said
