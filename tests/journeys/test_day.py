"""The clinic's day, worked in the real window by mouse and keyboard, then checked in the database.

The hands (``clinicdesk.ui.tour``) make only events that a person can make and call no service.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from sqlalchemy import text

from clinicdesk.services import auditing, procedures
from clinicdesk.ui.tour.day import Day
from clinicdesk.ui.tour.driver import Driver
from clinicdesk.ui.tour.run import LOTS

pytestmark = pytest.mark.journey
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(day_at: Any, demo_clinic: Any) -> Day:
    opened: Day = day_at(demo_clinic)
    return opened


def _rows(clinic: Any, sql: str, **values: Any) -> list[Any]:
    with clinic.store.read() as tx:
        return list(tx.session.execute(text(sql), values).all())


def _words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


UNDER_A_SCREEN = os.environ.get("QT_QPA_PLATFORM") == "xcb"


@pytest.mark.skipif(
    not UNDER_A_SCREEN and shutil.which("Xvfb") is not None,
    reason="worked in a real X window by the last test of this file",
)
def test_the_day(day: Day, demo_clinic: Any, manager: Any, physician: Any) -> None:
    driver = day.driver

    # The desk signs in; a wrong password is answered at the field and costs nothing typed.
    day.sign_in_wrong("Joelle Marsh", "nonsense")
    assert "wrong" in driver.find("Password", driver.window.sign_in).accessibleDescription()
    day.sign_in("Joelle Marsh", "demo")

    # One is done today: whether it helped can be judged in three months.
    driver.press(Qt.Key.Key_PageDown)
    day.free_slot(0, 14 * 60)
    day.book("villalobos 1958", ("Epidural", "Transforaminal"), "l5 left", "", "14:00")
    assert "Not before 24 Feb 2027" in day.verdict()
    driver.press(Qt.Key.Key_Escape)

    # The knee is free: booked by keyboard, read back in one line.
    day.free_slot(1, 14 * 60)
    day.book("teresa villalobos", ("Joint & SI", "Joint"), "knee right", "", "14:00")
    day.confirm_booking()
    assert "Villalobos, Teresa" in driver.window.workspace.status.text()  # type: ignore[union-attr]
    booked = _rows(
        demo_clinic,
        "SELECT a.id, p.procedure, s.name, s.side FROM appointment a"
        " JOIN planned_procedure p ON p.appointment_id = a.id"
        " JOIN planned_site s ON s.planned_id = p.id"
        " JOIN patient x ON x.id = a.patient_id"
        " WHERE x.mrn = '004182' AND a.local_date = '2026-11-25'",
    )
    assert [(r.procedure, r.name, r.side) for r in booked] == [("joint.injection", "knee", "right")]

    # Check in, consent.
    driver.press(Qt.Key.Key_T)
    day.check_in("Villalobos")
    driver.press(Qt.Key.Key_P)
    consent = day.save_sheet("consent.pdf")
    day.lock()
    assert "Villalobos" not in _everything_shown(driver)

    # The physician logs, signs, prints the after-care sheet and adds a line.
    day.sign_in("Dr. Amara Osei", "demo")
    day.select("Villalobos")
    driver.press(Qt.Key.Key_L)
    day.fill_log(LOTS, "7", "2")
    day.sign("demo")
    driver.find("Add addendum")
    driver.press(Qt.Key.Key_1, CTRL)
    day.select("Villalobos")
    driver.press(Qt.Key.Key_A)
    aftercare = day.save_sheet("after-care.pdf")

    _check_records(demo_clinic, physician, consent, aftercare)
    assert auditing.verify(demo_clinic, manager).sound


def _everything_shown(driver: Driver) -> str:
    from PySide6.QtWidgets import QWidget

    window = driver.window
    said = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        shown = getattr(widget, "text", None)
        said.append(str(shown()) if callable(shown) else "")
    return " ".join(said)


def _check_records(clinic: Any, physician: Any, consent: Path, aftercare: Path) -> None:
    (record,) = _rows(
        clinic,
        "SELECT p.id, p.state, p.appointment_id FROM procedure p"
        " JOIN patient x ON x.id = p.patient_id"
        " WHERE x.mrn = '004182' AND p.performed_on = '2026-11-24'",
    )
    assert record.state == "signed"
    log = procedures.open_procedure(clinic, physician, record.id)
    assert (log.form.fluoroscopy_seconds, log.form.air_kerma_mgy) == (18, Decimal("2.4"))
    assert [entry.lot for entry in log.form.medications] == [lot for lot, _ in LOTS]
    assert (log.form.pain_before, log.form.pain_after) == (7, 2)
    assert log.form.complications == ("none",)
    assert log.seal_ok
    (seal,) = _rows(
        clinic, "SELECT name, sha256 FROM signature WHERE procedure_id = :p", p=record.id
    )
    assert seal.name == "Dr. Amara Osei"
    steps = _rows(
        clinic,
        "SELECT status FROM status_change WHERE appointment_id = :a ORDER BY id",
        a=record.appointment_id,
    )
    assert "arrived" in [s.status for s in steps]
    # What was saved is, byte for byte, what is stored.
    stored = {r.sha256 for r in _rows(clinic, "SELECT sha256 FROM document")}
    for path in (consent, aftercare):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in stored
    for words in ("Teresa Villalobos", "14 Mar 1958", "004182", "Latex", "L5 nerve", "left side"):
        assert words in _words(consent)
    for words in (
        "Looking after yourself",
        "Teresa Villalobos",
        "L5 nerve on your left side",
        "911",
    ):
        assert words in _words(aftercare)
    acts = {r.action for r in _rows(clinic, "SELECT action FROM audit_act")}
    assert {"signin", "signin.failed", "appointment.book", "appointment.status"} <= acts


def test_a_drag_onto_a_taken_room_is_refused_in_words(day: Day, demo_clinic: Any) -> None:
    driver = day.driver
    day.sign_in("Joelle Marsh", "demo")
    before = _rows(demo_clinic, "SELECT id, starts_at FROM appointment ORDER BY id")
    view = day.view
    row = next(
        i for i, b in enumerate(view.blocks)
        if b.appointment.family_name == "Villalobos" and not b.linked
    )  # fmt: skip
    start = view.on_screen(view.rect_of(row)).topLeft().toPoint() + QPoint(40, 12)
    target = QPoint(start.x(), start.y() + round(60 * view.geometry_of_day.per_minute))
    driver.drag(view.viewport(), start, target)
    status = driver.window.workspace.status.text()  # type: ignore[union-attr]
    assert "booked" in status or "lunch" in status.lower()
    assert _rows(demo_clinic, "SELECT id, starts_at FROM appointment ORDER BY id") == before


@pytest.mark.skipif(
    UNDER_A_SCREEN or shutil.which("Xvfb") is None, reason="this is the run under a screen itself"
)
def test_the_day_under_a_real_screen() -> None:
    """The day in a real X window (Xvfb)."""
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1500x1000x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert screen.stdout is not None
        number = screen.stdout.readline().strip()
        env = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
        env.pop("PYTEST_XDIST_WORKER", None)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
             f"{__file__}::test_the_day"],
            env=env, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    finally:
        screen.terminate()
        screen.wait(10)
