"""Works the demo day where there is no screen, leaving pictures and sheets in a folder."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt

from clinicdesk.domain.clock import Clock, FixedClock
from clinicdesk.services.clinics import open_clinic
from clinicdesk.services.demo import create_demo
from clinicdesk.ui import theme
from clinicdesk.ui.crash import CrashHandler
from clinicdesk.ui.launch import application
from clinicdesk.ui.preferences import Preferences
from clinicdesk.ui.tour.day import Day
from clinicdesk.ui.tour.driver import Driver, Lost
from clinicdesk.ui.window import MainWindow

ZONE = ZoneInfo("America/New_York")
LOTS = (("DX4471", "04 2028"), ("LP0932", "11 2027"), ("CT7713", "01 2028"))
PATIENTS = 400


def tour(folder: Path, clock: Clock, patients: int = PATIENTS) -> int:
    """Returns 0 when the whole day was worked, 1 when something was not as it should be."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.png"), *folder.glob("*.pdf")):
        old.unlink()
    home = Path(tempfile.mkdtemp(prefix="clinicdesk-demo-"))
    os.environ["CLINICDESK_CONFIG"] = str(home / "config")
    # The demo day begins at 10:12, whatever the hour at which it is looked at.
    today = clock.now().astimezone(ZONE)
    fixed = FixedClock(today.replace(hour=10, minute=12, second=0, microsecond=0))
    try:
        create_demo(home / "clinic.db", patients=patients, years=3, clock=fixed)
        _work(home / "clinic.db", folder, fixed)
    except Lost as problem:
        print(f"The demo day stopped: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"Pictures and sheets of the demo day are in {folder}")  # noqa: T201
    return 0


def _work(path: Path, folder: Path, clock: Clock) -> None:
    app = application()
    CrashHandler().install()
    theme.apply(app, "light")
    window = MainWindow(clock, Preferences(theme="light"))
    clinic = open_clinic(path, "demo", clock=clock, keyring=False)
    driver = Driver(window, folder)
    window.open_clinic(clinic)
    window.show()
    driver.settle()
    driver.shot("sign-in")
    day = Day(driver, folder)
    _desk(day, driver)
    _physician(day, driver)
    window.switch_theme()
    driver.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    driver.shot("schedule-dark")
    window.close()


def _desk(day: Day, driver: Driver) -> None:
    day.sign_in("Joelle Marsh", "demo")
    driver.shot("schedule")
    driver.press(Qt.Key.Key_PageDown)
    day.first_free_day(1, time(14).hour * 60)
    day.free_slot(1, time(14).hour * 60)
    driver.shot("booking-empty")
    day.book("teresa villalobos", ("Joint & SI", "Joint"), "knee right", "", "14:00")
    driver.shot("booking")
    day.confirm_booking()
    driver.shot("booked")
    driver.press(Qt.Key.Key_T)
    day.check_in("Villalobos")
    driver.shot("checked-in")
    driver.press(Qt.Key.Key_P)
    driver.shot("consent")
    day.save_sheet("consent.pdf")
    day.due_list()
    driver.shot("due-list")
    driver.press(Qt.Key.Key_Return)
    driver.shot("due-call")
    driver.press(Qt.Key.Key_Escape)
    day.lock()
    driver.shot("locked")


def _physician(day: Day, driver: Driver) -> None:
    day.sign_in("Dr. Amara Osei", "demo")
    day.select("Villalobos")
    driver.press(Qt.Key.Key_L)
    driver.shot("log")
    day.fill_log(LOTS, "7", "2")
    driver.shot("log-complete")
    day.sign("demo")
    driver.shot("log-signed")
    driver.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    day.select("Villalobos")
    driver.press(Qt.Key.Key_A)
    driver.shot("after-care")
    day.save_sheet("after-care.pdf")
    driver.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    driver.pick("villalobos 1958", "Find a patient or a command")
    driver.shot("chart")
