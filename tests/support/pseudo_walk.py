"""Walks the screens in the pseudo-language and says what is plain English there, or clipped.

Run by ``tests/screens/test_pseudo.py`` in a process of its own, so that every table of words is
made in that language: ``pseudo_walk.py DATABASE RESULT.json``.
"""

from __future__ import annotations

import html
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from clinicdesk import language

assert language.begin() == "qps"

from babel import Locale  # noqa: E402
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)  # fmt: skip
from sqlalchemy import text  # noqa: E402

from clinicdesk.catalogue import resources  # noqa: E402
from clinicdesk.catalogue.loader import load_catalogue  # noqa: E402
from clinicdesk.data.store import Store  # noqa: E402
from clinicdesk.domain.clock import FixedClock  # noqa: E402
from clinicdesk.domain.payers import short_title  # noqa: E402
from clinicdesk.services import signin  # noqa: E402
from clinicdesk.services.context import Clinic  # noqa: E402
from clinicdesk.ui import theme  # noqa: E402
from clinicdesk.ui.preferences import Preferences  # noqa: E402
from clinicdesk.ui.signin import page as sign_in_page  # noqa: E402
from clinicdesk.ui.tour.driver import Driver  # noqa: E402
from clinicdesk.ui.widgets.dialog import Dialog  # noqa: E402
from clinicdesk.ui.window import MainWindow  # noqa: E402

NOW = datetime(2026, 11, 24, 10, 12, tzinfo=ZoneInfo("America/New_York"))
SIZE = (1366, 768)
KEYS = {
    "ClinicDesk", "Ctrl", "Alt", "Shift", "Esc", "Enter", "Return", "Tab", "PgUp", "PgDown", "Del",
    "mg", "mL", "kg", "mGy", "MM", "YYYY", "csv", "pdf", "txt", "tsv", "ESI", "RFA", "MBB", "TPI",
    "MRN", "SI", "NRS", "ODI", "NDI", "PEG", "VAS", "RMDQ", "CT", "UTF",
    "AM", "PM", "am", "pm", "desk", "osei", "castellano", "Mr", "Mrs", "Ms", "Mx",
}  # fmt: skip
"""Keys, units and abbreviations: the same in every language."""
_WORD = re.compile(r"[A-Za-z]{2,}(?:[’'-][A-Za-z]+)*")


class Data:
    """What is no word of the program: names, catalogue, what people wrote, dates."""

    def __init__(self, store: Store) -> None:
        phrases: set[str] = set()
        with store.read() as tx:
            phrases |= set(_texts_of(tx.session.connection()))
        for path in resources.root().rglob("*.toml"):
            found = _strings(tomllib.loads(path.read_text(encoding="utf-8")))
            if path.parent.name in ("catalogue", "rules", "safety", "demo"):
                phrases |= set(found)
            elif "documents" in path.parts:
                # Titles of sheets and the like: a single word of a sheet is no name of anything.
                phrases |= {said for said in found if said.count(" ") > 1}
        # A title of a pack is also shown without what explains it.
        phrases |= {short_title(said) for said in phrases}
        locale = Locale("en", "US")
        phrases |= {str(name) for name in Locale("en").languages.values() if len(name) < 20}
        for names in (locale.months, locale.days):
            for forms in names.values():
                for width in forms.values():
                    phrases |= set(width.values())
        self._phrases: dict[str, list[str]] = {}
        for phrase in phrases | KEYS:
            folded = phrase.casefold().strip()
            for part in {folded, *folded.splitlines()}:
                if found := _WORD.search(part):
                    self._phrases.setdefault(found.group(), []).append(part)

    def without(self, said: str) -> list[str]:
        """The plain words that are left when all that is data is taken out."""
        rest = said.casefold()
        phrases = {p for word in set(_WORD.findall(rest)) for p in self._phrases.get(word, ())}
        for phrase in sorted(phrases, key=len, reverse=True):
            # A title of a sheet may have a placeholder of its own.
            pattern = re.sub(r"\\{\w+\\}", "[^,.;:]{1,40}", re.escape(phrase))
            if pattern != re.escape(phrase) or phrase in rest:
                rest = re.sub(rf"(?<![a-z]){pattern}(?![a-z])", " ", rest)
        return _WORD.findall(rest)


def _texts_of(connection: Any) -> Iterator[str]:
    tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
    for (table,) in tables.all():
        if table.startswith(("patient_fts", "sqlite", "audit", "change_log")):
            continue
        for row in connection.execute(text(f'SELECT DISTINCT * FROM "{table}"')):
            yield from (v for v in row if isinstance(v, str) and len(v) < 4000)


def _strings(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from _strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value)


# -- what is on show ---------------------------------------------------------------------------


def _plain(said: str) -> str:
    if "<" in said and Qt.mightBeRichText(said):
        said = re.sub(r"<[^>]+>", " ", said)
    # Seals, and the names of files: the same in every language.
    said = re.sub(r"\b[0-9a-f]{64}\b|ŠĤÁ-256.*|[\w/.-]+\.toml\b", "", said)
    return html.unescape(said).replace("&&", "&")


def shown_by(widget: QWidget) -> Iterator[tuple[str, str]]:
    """(kind, text) of all that a widget says to eye, pointer or screen reader."""
    yield "tooltip", widget.toolTip()
    yield "name", widget.accessibleName()
    described = widget.accessibleDescription()
    yield "description", described if len(described) < 400 else ""  # a sheet's own text
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield "placeholder", widget.placeholderText()
        case QComboBox():
            for index in range(widget.count()):
                yield "entry", widget.itemText(index)
        case QMenu():
            for action in widget.actions():
                yield "action", action.text()
        case QAbstractItemView() if widget.model() is not None:
            yield from _cells(widget.model())
        case _:
            pass


def _cells(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole,
             Qt.ItemDataRole.ToolTipRole)  # fmt: skip
    root = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    for column in range(columns):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        yield "heading", head if isinstance(head, str) else ""
    for row in range(min(model.rowCount(root), 40)):
        for column in range(columns):
            for role in roles:
                said = model.index(row, column, root).data(role)
                if isinstance(said, str):
                    yield "cell", said


def clipped(widget: QWidget) -> str:
    """Why not all of a label's or button's words can be read; empty if they can."""
    if not isinstance(widget, QLabel | QAbstractButton) or not widget.text():
        return ""
    if widget.toolTip() or (isinstance(widget, QLabel) and not widget.pixmap().isNull()):
        return ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        if needed > widget.height() + 2:
            return f"needs {needed} px of height, has {widget.height()}"
    elif isinstance(widget, QLabel) or type(widget).sizeHint is not QWidget.sizeHint:
        needed = widget.sizeHint().width()
        # A button's words may take some of the room around them.
        spare = 16 if isinstance(widget, QAbstractButton) else 2
        if needed > widget.width() + spare:
            return f"needs {needed} px of width, has {widget.width()}"
    return _cut_off(widget)


def _cut_off(widget: QWidget) -> str:
    """Whether a widget around it shows only a part of it; one that scrolls may."""
    up = widget.parentWidget()
    while up is not None:
        if isinstance(up.parentWidget(), QAbstractScrollArea):
            inside = QRect(widget.mapTo(up, QPoint(0, 0)), widget.size())
            over = inside.right() - up.width()
            bar = up.parentWidget().horizontalScrollBar()
            return f"cut off at the right by {over} px" if over > 2 and not bar.isVisible() else ""
        if up.isWindow():
            inside = QRect(widget.mapTo(up, QPoint(0, 0)), widget.size())
            over = max(inside.right() - up.width(), inside.bottom() - up.height())
            return f"outside the window by {over} px" if over > 2 else ""
        up = up.parentWidget()
    return ""


class Findings:
    """What was found, each once, with the screen it was first seen on."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self.plain: dict[tuple[str, str], dict[str, str]] = {}
        self.clipped: dict[tuple[str, str], dict[str, str]] = {}
        self.seen = 0
        self._asked: set[str] = set()

    def look(self, screen: str, root: QWidget) -> None:
        """Collects from all that is visible in a window."""
        for widget in (root, *root.findChildren(QWidget)):
            if not widget.isVisible():
                continue
            for kind, said in shown_by(widget):
                self._read(screen, widget, kind, said)
            if why := clipped(widget):
                said = widget.text()  # type: ignore[attr-defined]
                self.clipped.setdefault(
                    (type(widget).__name__, said),
                    {"screen": screen, "class": type(widget).__name__, "text": said, "why": why},
                )

    def _read(self, screen: str, widget: QWidget, kind: str, said: str) -> None:
        if not said or said in self._asked:
            return
        self._asked.add(said)
        self.seen += 1
        if words := self._data.without(_plain(said)):
            self.plain[(kind, said)] = {
                "screen": screen, "class": type(widget).__name__, "kind": kind, "text": said,
                "words": " ".join(words),
            }  # fmt: skip


# -- the walk -----------------------------------------------------------------------------------


class Walk:
    """Through every page, panel and dialog that can be reached by an action."""

    def __init__(self, clinic: Clinic, findings: Findings) -> None:
        self.clinic, self.findings = clinic, findings
        self.window = MainWindow(clinic.clock, Preferences())
        self.window.resize(*SIZE)
        self.driver = Driver(self.window)
        self.troubles: list[str] = []

    def look(self, screen: str) -> None:
        """One look at the window, and at the windows over it."""
        self.driver.settle()
        for top in QApplication.topLevelWidgets():
            if top.isVisible():
                self.findings.look(screen, top)

    def step(self, screen: str, act: Callable[[], object]) -> None:
        """Does something and looks; what cannot be done here is noted and not fatal."""
        try:
            act()
            self.look(screen)
        except Exception as error:  # noqa: BLE001 - one screen must not hide the others
            self.troubles.append(f"{screen}: {type(error).__name__}: {error}")

    def close_dialogs(self) -> None:
        """Back to the page."""
        for dialog in self.window.findChildren(Dialog):
            if dialog.isVisible():
                dialog.close_dialog()
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible():
                top.close()
        self.driver.settle()

    def page(self, key: str) -> Any:
        """A page of the window."""
        assert self.window.workspace is not None
        return self.window.workspace.page(key)

    def go(self, key: str, **arguments: object) -> None:
        """To a page."""
        assert self.window.workspace is not None
        self.window.workspace.show_page(key, **arguments)
        self.driver.settle()

    def actions(self, *names: str) -> None:
        """Each action of the page, one after the other, closing what it opened."""
        assert self.window.workspace is not None
        known = {a.id: a for a in self.window.workspace.actions_list.here()}
        for name in names:
            if name in known:
                self.step(name, known[name].handler)
                self.close_dialogs()
            else:
                self.troubles.append(f"{name}: no such action here")

    def sign_in(self, login: str) -> None:
        """Somebody else sits down."""
        self.window.enter(signin.sign_in(self.clinic, login, "demo", "desk-1"))
        self.driver.settle()

    def run(self) -> None:
        """The whole way."""
        self.first_run()
        self.window.open_clinic(self.clinic)
        self.window.show()
        self.step("sign-in", lambda: self.window.show_front(self.window.sign_in))
        self.sign_in("frontdesk")
        self.front_desk()
        self.window.lock()
        self.look("locked")
        self.sign_in("physician")
        self.physician()
        self.window.lock()
        self.sign_in("manager")
        self.step("manager", lambda: self.go("import"))
        self.step("payers", lambda: self.go("payers"))

    def first_run(self) -> None:
        """Welcome, set-up, recovery code, passphrase."""
        from clinicdesk.ui.firstrun.passphrase import PassphrasePage
        from clinicdesk.ui.firstrun.setup import RecoveryPage, SetupPage
        from clinicdesk.ui.firstrun.welcome import OpeningPage, WelcomePage

        self.window.show()
        pages: tuple[tuple[str, Callable[[], QWidget]], ...] = (
            ("welcome", WelcomePage), ("opening", OpeningPage), ("passphrase", PassphrasePage),
            ("set-up", lambda: SetupPage(Path("/1"))), ("recovery", lambda: RecoveryPage("1234")),
        )  # fmt: skip
        for name, make in pages:
            self.step(name, lambda make=make: self.window.show_front(make()))  # type: ignore[misc]

    def _appointment(self) -> Any:
        rows = self.page("schedule").model.day.appointments
        return next(a for a in rows if a.family_name == "Villalobos")

    def front_desk(self) -> None:
        """Schedule, booking, patients, due list, documents, import."""
        self.look("schedule")
        page = self.page("schedule")
        row = self._appointment()
        self.step("selected", lambda: page.view.select_appointment(row.id))
        self.actions("schedule.move", "schedule.reschedule", "schedule.checkin", "keys", "search")
        self.step("cancel", lambda: page.acts.ask_cancel(False))
        self.close_dialogs()
        self.step("no-show", lambda: page.acts.ask_cancel(True))
        self.close_dialogs()
        self.step("booking", lambda: page.openings.new_appointment())
        self.step("booking, refused", lambda: page.panel.booking.submit())
        self.step("schedule again", lambda: page.close_panel())
        self.go("patients")
        self.look("patients")
        self.actions("patients.new")
        self.go("patients", patient_id=row.patient_id)
        self.look("chart")
        self.actions("patients.edit")
        self.go("documents", kind="consent", appointment_id=row.id, patient_id=row.patient_id)
        self.look("documents")
        self.go("due")
        due = self.page("due")
        self.driver.until(lambda: due.view.current_row() is not None, "the first row")
        self.look("due")
        self.actions("due.aside", "due.date", "due.score", "due.sheet", "due.letters")
        self.step("calling", lambda: due.calling.start())
        self.step("call, no answer", lambda: due.calling.take_outcome("no_answer"))
        self.step("due again", lambda: due.leave())

    def physician(self) -> None:
        """The chart and the log as a physician sees them."""
        self.go("schedule")
        row = self._appointment()
        self.go("patients", patient_id=row.patient_id)
        self.look("chart of the physician")
        self.go("log")
        self.look("logs to do")
        self.go("log", appointment_id=row.id)
        self.look("log")
        self.actions("log.drug", "log.sign")


def main(database: str, result: str) -> int:
    """Writes what was found."""
    app = QApplication.instance() or QApplication([])
    sign_in_page.workstation = lambda: "desk-1"
    theme.apply(app, "light")
    clock = FixedClock(NOW)
    store = Store.open(Path(database), "demo", keyring=False, clock=clock)
    findings = Findings(Data(store))
    walk = Walk(Clinic(store, clock, load_catalogue()), findings)
    walk.run()
    found = {
        "seen": findings.seen,
        "troubles": walk.troubles,
        "plain": list(findings.plain.values()),
        "clipped": list(findings.clipped.values()),
    }
    Path(result).write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    walk.window.clinic = None
    walk.window.close()
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
