"""The clinic's day in the window: book, check in, consent, log, sign, after-care."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from clinicdesk.ui.due.page import DuePage
from clinicdesk.ui.log.medication_row import MedicationRow
from clinicdesk.ui.log.sign_dialog import SignDialog
from clinicdesk.ui.log.sign_lines import AskLine
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.page import SchedulePage
from clinicdesk.ui.signin.cards import StaffCard
from clinicdesk.ui.tour.driver import Driver, Lost

CTRL = Qt.KeyboardModifier.ControlModifier
_DAYS = 60
ANSWER = "Asked on 20 Nov 2026, as agreed"
"""Words that answer whatever the sign dialog may ask."""


class Day:
    """The steps of a day, each as a person does it; ``sheets`` takes the saved PDFs."""

    def __init__(self, driver: Driver, sheets: Path) -> None:
        self.driver = driver
        self._sheets = sheets

    @property
    def _schedule(self) -> SchedulePage:
        workspace = self.driver.window.workspace
        assert workspace is not None
        page = workspace.page("schedule")
        assert isinstance(page, SchedulePage)
        return page

    @property
    def view(self) -> DayView:
        """The day on the schedule page."""
        return self._schedule.view

    def verdict(self) -> str:
        """The headline of the interval rules in the booking panel, once they have answered."""
        card = self._schedule.panel.booking.card
        self.driver.until(lambda: card.card is not None, "the verdict")
        return card.accessibleName()

    # -- people -----------------------------------------------------------------------------

    def sign_in(self, name: str, password: str) -> None:
        """Chooses a card and types the password."""
        d = self.driver
        d.click(self._card(name))
        d.type(password)
        d.press(Qt.Key.Key_Return)
        d.until(self._working, "the pages to open")
        d.settle()

    def sign_in_wrong(self, name: str, password: str) -> None:
        """Chooses a card and types what is not the password."""
        d = self.driver
        d.click(self._card(name))
        d.type(password)
        d.press(Qt.Key.Key_Return)

    def _working(self) -> bool:
        return self.driver.window.workspace is not None

    def _card(self, name: str) -> StaffCard:
        cards = self.driver.window.findChildren(StaffCard)
        card = next((c for c in cards if c.isVisible() and c.staff.name == name), None)
        if card is None:
            raise Lost(f"nobody called {name} may sign in")
        return card

    def lock(self) -> None:
        """Locks with the keyboard."""
        self.driver.press(Qt.Key.Key_L, CTRL)
        self.driver.until(self._locked, "the lock screen")

    def _locked(self) -> bool:
        return self.driver.window.locked

    # -- the desk ---------------------------------------------------------------------------

    def select(self, family: str) -> None:
        """Clicks a patient's block on the schedule."""
        view = self._schedule.view
        rows = [
            row
            for row, block in enumerate(view.blocks)
            if block.appointment.family_name == family and not block.linked
        ]
        if not rows:
            raise Lost(f"{family} is not on the schedule")
        view.show_minutes(view.blocks[rows[0]].start, view.blocks[rows[0]].end)
        rect = view.rect_of(rows[0])
        spot = rect.topLeft().toPoint() + QPoint(30, 10)
        offset = QPoint(view.horizontalOffset(), view.verticalOffset())
        self.driver.click(view.viewport(), spot - offset)
        self.driver.settle()

    def free_slot(self, column: int, minute: int) -> None:
        """Double-clicks free time of a column."""
        self.driver.double_click(self._schedule.view.viewport(), self._place(column, minute))

    def first_free_day(self, column: int, minute: int) -> None:
        """Turns to the first day from this one on that has the time free in a column."""
        view = self._schedule.view
        for _day in range(_DAYS):
            if not view.indexAt(self._place(column, minute)).isValid():
                return
            self.driver.press(Qt.Key.Key_PageDown)
        raise Lost("no day with that time free")

    def _place(self, column: int, minute: int) -> QPoint:
        """A quarter of an hour of a column, in the view; scrolled to where it can be seen."""
        view = self._schedule.view
        view.show_minutes(minute, minute + 30)
        at = view.span_rect(column, minute, minute + 15).center().toPoint()
        return at - QPoint(view.horizontalOffset(), view.verticalOffset())

    def book(self, patient: str, what: tuple[str, ...], site: str, room: str, time: str) -> None:
        """Fills the booking panel; ``what`` are the buttons from family to kind."""
        d = self.driver
        panel = self._schedule.panel.booking
        d.pick(patient, panel.patient.search)
        for button in what:
            d.click(d.find(button, panel))
        d.type(site, panel.procedure.site)
        d.press(Qt.Key.Key_Return)
        if room:
            d.choose("Room", room)
        d.type(time, panel.time.time)
        d.press(Qt.Key.Key_Tab)

    def confirm_booking(self) -> None:
        """Ctrl+Enter."""
        self.driver.press(Qt.Key.Key_Return, CTRL)

    def due_list(self) -> None:
        """Opens the due list by its place on the rail and waits for its first row."""
        self.driver.press(Qt.Key.Key_4, CTRL)
        workspace = self.driver.window.workspace
        assert workspace is not None
        page = workspace.page("due")
        assert isinstance(page, DuePage)
        self.driver.until(lambda: page.view.current_row() is not None, "the due list")

    def check_in(self, family: str) -> None:
        """Selects a patient, presses I, ticks name and birth date, and Ctrl+Enter."""
        self.select(family)
        self.driver.press(Qt.Key.Key_I)
        self.driver.find("Not this patient: look for another")
        self.driver.settle()
        self.driver.press(Qt.Key.Key_Space)
        self.driver.settle()
        self.driver.press(Qt.Key.Key_Return, CTRL)
        self.driver.settle()

    # -- the physician ----------------------------------------------------------------------

    def fill_log(self, lots: tuple[tuple[str, str], ...], before: str, after: str) -> None:
        """Types exposure, lots with expiry, pain scores, no complications."""
        d = self.driver
        d.type("18", "Exposure time s")
        d.type("2.4", "Air kerma mGy")
        rows = [r for r in d.window.findChildren(MedicationRow) if r.isVisible()]
        for row, (lot, expires) in zip(rows, lots, strict=True):
            d.type(lot, row.lot)
            d.type(expires, row.expires)
        for name, value in (("Pain before, 0 to 10", before), ("Pain after, 0 to 10", after)):
            d.click(d.find(name))
            d.type(value)
        d.click("Complications: None")

    def sign(self, password: str) -> None:
        """Ctrl+Enter, what is still open, the password again, Enter."""
        d = self.driver
        d.click("Sign and lock")
        field = d.find("Password")
        self._answer()
        d.type(password, field)
        d.press(Qt.Key.Key_Return)

    def _answer(self) -> None:
        """All that the sign dialog asks: nothing known where nobody had asked, else words."""
        d = self.driver
        dialog = next(each for each in d.window.findChildren(SignDialog) if each.isVisible())
        d.until(lambda: dialog.ready, "what signing asks")
        while (line := next((each for each in dialog.lines() if each.lacks()), None)) is not None:
            line.start()
            if line.question is not None:
                d.press(Qt.Key.Key_N)
            else:
                d.press(Qt.Key.Key_Down)
                d.type(ANSWER, line.words)
            self._wait_for(dialog, line)

    def _wait_for(self, dialog: SignDialog, line: AskLine) -> None:
        """Until an answer stands, or is on record and asked no more."""
        self.driver.until(lambda: line not in dialog.lines() or not line.lacks(), "an answer")

    # -- paper ------------------------------------------------------------------------------

    def save_sheet(self, name: str) -> Path:
        """Saves the sheet on show as a PDF."""
        path = self._sheets / name
        self.driver.press(Qt.Key.Key_S, CTRL)
        self.driver.save_file(path)
        return path
