"""Every page in light and dark at two sizes, compared with the picture somebody looked at.

``CLINICDESK_UPDATE_SCREENS=1 pytest tests/screens`` stores new pictures: look at them before they
are committed. A picture that differs is left in ``tests/screens/_failed`` beside what was expected.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from clinicdesk.ui import theme
from clinicdesk.ui.preferences import Preferences
from clinicdesk.ui.tour.driver import Driver
from clinicdesk.ui.window import MainWindow

HERE = Path(__file__).parent
EXPECTED, FAILED = HERE / "expected", HERE / "_failed"
SIZES = ((1440, 900), (1280, 720))
TOLERANCE = 0.002
"""Share of pixels that may differ: rounding at the edges of letters, never a word."""

pytestmark = pytest.mark.screens


def _appointment(window: MainWindow) -> Any:
    page: Any = window.workspace.page("schedule")  # type: ignore[union-attr]
    return next(a for a in page.model.day.appointments if a.family_name == "Villalobos")


def _sign_in(driver: Driver) -> None:
    driver.window.lock()


def _schedule(driver: Driver) -> None:
    page: Any = driver.window.workspace.page("schedule")  # type: ignore[union-attr]
    page.view.select_appointment(_appointment(driver.window).id)
    driver.until(lambda: page.detail.card.card is not None, "the verdict")


def _check_in(driver: Driver) -> None:
    page: Any = driver.window.workspace.page("schedule")  # type: ignore[union-attr]
    page.view.select_appointment(_appointment(driver.window).id)
    driver.settle()
    page.acts.check_in()


def _facts(driver: Driver) -> None:
    _chart(driver)
    driver.settle()
    page: Any = driver.window.workspace.page("patients")  # type: ignore[union-attr]
    page.ask_safety()
    labels = driver.window.findChildren

    def told() -> bool:
        return any("as the facts stand here" in label.text() for label in labels(QLabel))

    driver.until(told, "what it touches")


def _booking(driver: Driver) -> None:
    page: Any = driver.window.workspace.page("schedule")  # type: ignore[union-attr]
    page.openings.new_appointment()


def _patients(driver: Driver) -> None:
    driver.window.workspace.show_page("patients")  # type: ignore[union-attr]


def _chart(driver: Driver) -> None:
    number = _appointment(driver.window).patient_id
    driver.window.workspace.show_page("patients", patient_id=number)  # type: ignore[union-attr]


def _log(driver: Driver) -> None:
    number = _appointment(driver.window).id
    driver.window.workspace.show_page("log", appointment_id=number)  # type: ignore[union-attr]
    page: Any = driver.window.workspace.page("log")  # type: ignore[union-attr]
    driver.until(lambda: page.view.side.card.card is not None, "the verdict")


def _documents(driver: Driver) -> None:
    row = _appointment(driver.window)
    driver.window.workspace.show_page(  # type: ignore[union-attr]
        "documents", kind="consent", appointment_id=row.id, patient_id=row.patient_id
    )


def _due(driver: Driver) -> Any:
    driver.window.workspace.show_page("due")  # type: ignore[union-attr]
    page: Any = driver.window.workspace.page("due")  # type: ignore[union-attr]
    driver.until(lambda: page.view.current_row() is not None, "the first row")
    driver.settle()
    return page


def _due_call(driver: Driver) -> None:
    page = _due(driver)
    page.model.choose(page.model.sections.ids[1:4], chosen=True)
    page.calling.start()
    driver.until(page.panel.isVisible, "the call")
    page.calling.take_outcome("no_answer")


def _import(driver: Driver) -> None:
    driver.window.workspace.show_page("import")  # type: ignore[union-attr]


def _payers(driver: Driver) -> None:
    driver.window.workspace.show_page("payers")  # type: ignore[union-attr]
    page: Any = driver.window.workspace.page("payers")  # type: ignore[union-attr]
    driver.settle()
    page.view.go_to(page.model.row_of("baymutual"))
    page.model.choose(page.view.current_payer(), "us-commercial")
    page.view.chosen.emit()
    driver.until(lambda: page.panel.tiles[0].isVisible(), "what changes")


PAGES: dict[str, tuple[str, Callable[[Driver], None]]] = {
    "sign-in": ("frontdesk", _sign_in),
    "schedule": ("frontdesk", _schedule),
    "check-in": ("frontdesk", _check_in),
    "booking": ("frontdesk", _booking),
    "patients": ("frontdesk", _patients),
    "chart": ("physician", _chart),
    "safety-facts": ("frontdesk", _facts),
    "log": ("physician", _log),
    "documents": ("frontdesk", _documents),
    "due": ("frontdesk", _due),
    "due-call": ("frontdesk", _due_call),
    "import": ("frontdesk", _import),
    "payers": ("manager", _payers),
}


@pytest.mark.parametrize("size", SIZES, ids=["1440x900", "1280x720"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_pages_look_as_they_were_seen(
    qapp: QApplication, demo_clinic: Any, look: str, size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from clinicdesk.services import signin

    monkeypatch.setattr("clinicdesk.ui.signin.page.workstation", lambda: "desk-1")
    theme.apply(qapp, look)
    different = []
    for name, (login, show) in PAGES.items():
        window = MainWindow(demo_clinic.clock, Preferences())
        window.resize(*size)
        window.open_clinic(demo_clinic)
        window.show()
        driver = Driver(window)
        window.enter(signin.sign_in(demo_clinic, login, "demo", "desk-1"))
        driver.settle()
        show(driver)
        driver.settle()
        _still(window)
        said = _compare(window, f"{name}-{look}-{size[0]}x{size[1]}")
        for _ in range(45):
            if not said:
                break
            # Something may still be moving to its place.
            QTest.qWait(100)
            said = _compare(window, f"{name}-{look}-{size[0]}x{size[1]}")
        different += said
        window.clinic = None  # the fixture closes it
        window.close()
        window.deleteLater()
    theme.apply(qapp, "light")
    assert different == []


def _still(window: MainWindow) -> None:
    """No blinking cursor in the picture."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    QTest.qWait(30)
    window.repaint()


def _compare(window: MainWindow, name: str) -> list[str]:
    picture = EXPECTED / f"{name}.png"
    FAILED.mkdir(exist_ok=True)
    actual = FAILED / f"{name}.png"
    window.grab().save(str(actual))
    if os.environ.get("CLINICDESK_UPDATE_SCREENS"):
        EXPECTED.mkdir(exist_ok=True)
        Image.open(actual).convert("RGB").save(picture, optimize=True)
        actual.unlink()
        return []
    if not picture.exists():
        return [f"{name}: no picture was stored"]
    ours, theirs = Image.open(actual).convert("RGB"), Image.open(picture).convert("RGB")
    if ours.size != theirs.size:
        return [f"{name}: {ours.size} instead of {theirs.size}"]
    difference = ImageChops.difference(ours, theirs).convert("L").point(_clear)
    share = difference.histogram()[255] / (ours.width * ours.height)
    if share > TOLERANCE:
        return [f"{name}: {share:.2%} of the picture differs"]
    actual.unlink()
    return []


def _clear(value: int) -> int:
    return 255 if value > 16 else 0
