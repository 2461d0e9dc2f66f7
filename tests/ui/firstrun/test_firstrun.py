"""The first start: the demo, setting up with the recovery code, passphrases, what can go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from support import pages

from clinicdesk.catalogue import resources
from clinicdesk.data import keys
from clinicdesk.domain.clock import FixedClock
from clinicdesk.services import clinics, passwords
from clinicdesk.ui import preferences
from clinicdesk.ui.firstrun.flow import Flow, demo_path, own_path
from clinicdesk.ui.sheets import output
from clinicdesk.ui.signin.cards import StaffCard
from clinicdesk.ui.widgets import Chip, Field
from clinicdesk.ui.window import MainWindow

SECRET = "correct horse battery"
LABELS = {
    "name": "Name", "country": "Country", "timezone": "Time zone",
    "phone_urgent": "Telephone, day and night", "manager_name": "Your name",
    "manager_login": "Your user name", "manager_password": "Your password",
    "physician_name": "Physician", "physician_login": "Physician’s user name",
    "physician_password": "Physician’s first password", "passphrase": "Passphrase",
    "again": "Passphrase again",
}  # fmt: skip


class Start:
    """A window at the first start, worked as a person works it."""

    def __init__(self, qtbot: QtBot, clock: FixedClock) -> None:
        self.qtbot = qtbot
        self.window = MainWindow(clock, preferences.load())
        qtbot.addWidget(self.window)
        self.flow = Flow(self.window, clock, keyring=False)
        self.flow.demo_patients = 40
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: self.window.tasks.idle, timeout=60_000)
        QApplication.processEvents()

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def field(self, key: str) -> Field:
        """The field of the set-up form by what it is for."""
        fields = self.flow.setup.findChildren(Field)
        return next(f for f in fields if f.label.text().removesuffix(" *") == LABELS[key])

    def type(self, key: str, text: str) -> None:
        editor = self.field(key).editor
        edited = editor.focusProxy() or editor
        edited.selectAll()
        QTest.keyClicks(edited, text)

    def error(self, key: str) -> str:
        return self.field(key).error()

    def text(self, key: str) -> str:
        """What stands in a field."""
        return str(self.field(key).editor.text())  # type: ignore[attr-defined]

    def keys(self, text: str, then: str = "") -> None:
        """Types where the cursor is, and Enter: to the field that follows, or to go."""
        focused = QApplication.focusWidget()
        QTest.keyClicks(focused, text)
        QTest.keyClick(focused, Qt.Key.Key_Return)
        if not then:
            self.settle()

    def empty(self, *names: str) -> None:
        """Empties fields, the cursor in the first of them."""
        edits = self.window.sign_in.findChildren(QLineEdit)
        found = [next(e for e in edits if e.accessibleName() == name) for name in names]
        for edit in found:
            edit.clear()
        found[0].setFocus()

    def words(self) -> str:
        labels = self.window.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def fill(self, **changes: str) -> None:
        values = {
            "name": "Quillwater Pain Clinic", "country": "United States",
            "timezone": "America/Chicago",
            "phone_urgent": "(617) 555-0199", "manager_name": "Priya Raman",
            "manager_login": "priya", "manager_password": "a long password",
            "physician_name": "Dr. Amara Osei", "physician_login": "osei",
            "physician_password": "another password", "passphrase": SECRET, "again": SECRET,
        } | changes  # fmt: skip
        for key, text in values.items():
            self.type(key, text)


@pytest.fixture
def start(
    qtbot: QtBot, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Start]]:
    cheap = partial(clinics.create_clinic, kdf=keys.CHEAP, hashing=passwords.CHEAP)
    monkeypatch.setattr(clinics, "create_clinic", cheap)
    made: list[Start] = []

    def begin() -> Start:
        made.append(Start(qtbot, clock))
        return made[-1]

    yield begin
    for one in made:
        one.window.close()


def make_clinic(path: Path, clock: FixedClock) -> None:
    setup = clinics.ClinicSetup(
        name="Harbor Pain",
        country="US",
        manager_name="Priya Raman",
        manager_password="a long password",
    )
    clinic, _ = clinics.create_clinic(path, SECRET, setup, clock=clock, keyring=False)
    clinic.close()


def test_three_ways_in_and_the_one_that_comes_later_says_so(start: Callable[[], Start]) -> None:
    at = start()
    at.flow.begin(None, None)
    assert at.flow.welcome.isVisible()
    server = at.flow.welcome.server
    assert not server.isEnabled()
    assert "later version" in server.accessibleDescription()
    for way in (at.flow.welcome.demo, at.flow.welcome.setup, at.flow.welcome.file):
        assert way.isEnabled()
        assert way.accessibleName()


def test_the_demo_opens_with_somebody_signed_in_and_again_the_next_time(
    start: Callable[[], Start],
) -> None:
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.demo)
    at.qtbot.waitUntil(lambda: at.window.workspace is not None, timeout=60_000)
    at.settle()
    assert at.window.workspace.actor.login == "frontdesk"
    marks = [chip.text() for chip in at.window.findChildren(Chip) if chip.isVisible()]
    assert any("Demo clinic" in mark for mark in marks)
    at.window.close()
    made = demo_path().stat().st_ino
    again = start()
    again.flow.begin(None, None)
    again.settle()
    # Remembered: it asks who works, and makes nothing anew.
    assert again.window.sign_in.isVisible()
    assert demo_path().stat().st_ino == made


def test_a_demo_that_was_interrupted_is_made_anew(start: Callable[[], Start], clock: Any) -> None:
    from clinicdesk.data.store import Store

    # The computer went off while the demo was being made: an empty database lies there.
    half = demo_path().with_name("making.db")
    store, _ = Store.create_embedded(half, "demo", kdf=keys.CHEAP, keyring=False, clock=clock)
    store.close()
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.demo)
    at.settle()
    assert at.window.workspace is not None


def test_setting_up_ends_at_sign_in_once_the_code_is_safe(start: Callable[[], Start]) -> None:
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.setup)
    assert at.flow.setup.isVisible()
    at.fill()
    at.click(at.flow.setup.go)
    recovery = at.flow.recovery
    assert recovery.isVisible()
    code = recovery.code.text()
    assert len(code.replace("-", "")) >= 20
    assert not recovery.go.isEnabled()
    QTest.keyClick(recovery.findChild(QCheckBox), Qt.Key.Key_Space)
    assert recovery.go.isEnabled()
    at.click(recovery.go)
    assert at.window.sign_in.isVisible()
    assert code not in at.words()
    assert at.text("passphrase") == at.text("manager_password") == ""
    names = [c.staff.name for c in at.window.findChildren(StaffCard) if c.isVisible()]
    assert set(names) == {"Priya Raman", "Dr. Amara Osei"}
    card = next(c for c in at.window.findChildren(StaffCard) if c.staff.login == "priya")
    at.click(card)
    QTest.keyClicks(QApplication.focusWidget(), "a long password")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at.settle()
    assert at.window.workspace.actor.name == "Priya Raman"
    assert str(at.window.clinic.zone) == "America/Chicago"
    assert preferences.load().last_clinic == str(own_path())


def _set_up(at: Start) -> str:
    """Up to the recovery code, which it gives."""
    at.flow.begin(None, None)
    at.click(at.flow.welcome.setup)
    at.fill()
    at.click(at.flow.setup.go)
    return str(at.flow.recovery.code.text())


def _open_with(at: Start, secret: str) -> None:
    at.flow.begin(None, None)
    at.settle()
    assert at.flow.passphrase.isVisible()
    QTest.keyClicks(at.flow.passphrase.edit.edit, secret)
    QTest.keyClick(at.flow.passphrase.edit.edit, Qt.Key.Key_Return)
    at.settle()


def test_leaving_before_the_code_is_safe_is_warned_of_and_the_next_start_goes_on_there(
    start: Callable[[], Start],
) -> None:
    at = start()
    first = _set_up(at)
    assert "Step 4 of 4" in at.words()
    assert not at.window.close()
    assert at.window.isVisible()
    assert "The code is not in a safe place yet" in at.flow.recovery.trouble.text()
    assert at.window.close()
    again = start()
    _open_with(again, SECRET)
    code = again.flow.recovery.code.text()
    assert again.flow.recovery.isVisible()
    assert code != first
    again.flow.recovery.tick.setChecked(True)
    again.click(again.flow.recovery.go)
    assert again.window.sign_in.isVisible()
    assert again.window.close()
    # Once it is safe it is not shown again; the one shown first opens nothing, the second does.
    third = start()
    _open_with(third, first)
    assert "does not open this clinic" in third.flow.passphrase.field.error()
    third.flow.passphrase.edit.clear()
    _open_with(third, code)
    assert third.window.sign_in.isVisible()


def test_a_clinic_that_is_set_up_is_found_without_preferences(start: Callable[[], Start]) -> None:
    at = start()
    _set_up(at)
    at.flow.recovery.tick.setChecked(True)
    at.click(at.flow.recovery.go)
    at.window.close()
    (preferences.config_folder() / "preferences.json").unlink()
    again = start()
    again.flow.begin(None, None)
    again.settle()
    assert again.flow.passphrase.isVisible()
    again.flow.show_welcome()
    assert again.flow.welcome.setup.accessibleName() == "Open my clinic"
    again.click(again.flow.welcome.setup)
    assert again.flow.passphrase.isVisible()


def test_a_server_that_is_away_is_said_without_its_password(start: Callable[[], Start]) -> None:
    at = start()
    at.flow.begin("postgresql://desk:geheim-7@127.0.0.1:1/clinic", None)
    at.settle()
    assert "server does not answer" in at.flow.welcome.trouble.text()
    assert "geheim" not in at.words()
    # Had it opened, this is what would be kept of it.
    at.window.preferences.last_clinic = "postgresql://desk:geheim-7@127.0.0.1:1/clinic"
    at.window.preferences.save()
    assert preferences.load().last_clinic == "postgresql://desk@127.0.0.1:1/clinic"


def test_the_recovery_code_is_printed(start: Callable[[], Start], tmp_path: Path) -> None:
    at = start()
    code = _set_up(at)
    path = tmp_path / "code.pdf"
    printer = output.printer_for("a4", "Recovery code")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    at.flow.recovery.print_on(printer)
    said = pages.words_of(path.read_bytes())
    assert code in said.replace("\n", "")
    assert "Quillwater Pain Clinic" in said
    at.flow.recovery.tick.setChecked(True)


def test_a_first_password_is_changed_by_whom_it_was_given_to(start: Callable[[], Start]) -> None:
    at = start()
    _set_up(at)
    at.flow.recovery.tick.setChecked(True)
    at.click(at.flow.recovery.go)
    card = next(c for c in at.window.findChildren(StaffCard) if c.staff.login == "osei")
    at.click(card)
    at.keys("another password")
    assert at.window.workspace is None
    assert "A password of your own" in at.words()
    for own, once_more, says in (
        ("short", "short", "at least 8"),
        ("another password", "another password", "was given to you"),
        ("my own password", "mine own password", "The two differ"),
    ):
        at.keys(own, "again")
        at.keys(once_more)
        assert says in at.words()
        assert at.window.workspace is None
        at.empty("New password", "Once more")
    at.keys("my own password", "again")
    at.keys("my own password")
    assert at.window.workspace.actor.name == "Dr. Amara Osei"
    at.window.lock()
    at.settle()
    at.keys("my own password")
    assert at.window.workspace.actor.name == "Dr. Amara Osei"


def test_the_recovery_code_opens_the_clinic(start: Callable[[], Start]) -> None:
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.setup)
    at.fill()
    at.click(at.flow.setup.go)
    code = at.flow.recovery.code.text()
    at.flow.recovery.tick.setChecked(True)
    at.click(at.flow.recovery.go)
    at.window.close()
    again = start()
    again.flow.begin(None, None)
    again.settle()
    assert again.flow.passphrase.isVisible()
    QTest.keyClicks(again.flow.passphrase.edit.edit, code)
    QTest.keyClick(again.flow.passphrase.edit.edit, Qt.Key.Key_Return)
    again.settle()
    assert again.window.sign_in.isVisible()


@pytest.mark.parametrize(
    ("changes", "key", "sentence"),
    [
        ({"name": " "}, "name", "Enter the clinic's name."),
        ({"timezone": "Boston"}, "timezone", "time zone is not known"),
        ({"again": "something else"}, "again", "differ"),
        ({"passphrase": "short", "again": "short"}, "passphrase", "at least 8"),
        ({"manager_password": "x"}, "manager_password", "at least"),
        ({"physician_name": ""}, "physician_name", "without a physician nothing can be booked"),
        (
            {"physician_name": "", "physician_login": "", "physician_password": ""},
            "physician_name",
            "without a physician",
        ),
        ({"physician_login": ""}, "physician_login", "filled in"),
        ({"physician_login": "priya"}, "physician_login", "used once"),
        ({"physician_password": "x"}, "physician_password", "at least"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_typed_is_lost(
    start: Callable[[], Start], changes: dict[str, str], key: str, sentence: str
) -> None:
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.setup)
    at.fill(**changes)
    at.click(at.flow.setup.go)
    assert at.flow.setup.isVisible()
    assert sentence in at.error(key)
    editor = at.field(key).editor
    assert at.window.focusWidget() is (editor.focusProxy() or editor)
    assert at.text("manager_name") == "Priya Raman"
    assert at.flow.setup.go.isEnabled()
    assert not own_path().exists()


def test_paper_is_kept(start: Callable[[], Start]) -> None:
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.setup)
    at.fill()
    QTest.keyClick(at.flow.setup.findChild(QComboBox), Qt.Key.Key_Down)
    at.click(at.flow.setup.go)
    at.flow.recovery.tick.setChecked(True)
    at.click(at.flow.recovery.go)
    assert at.window.clinic.settings.paper == "a4"
    assert at.window.clinic.settings.pack == "clinic-default"


def test_the_rules_of_patients_without_a_known_payer_are_chosen(start: Callable[[], Start]) -> None:
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.setup)
    at.fill()
    pack = at.flow.setup.pack
    shown = [pack.itemText(index) for index in range(pack.count())]
    assert shown[0] == "Clinic default (no payer)"
    assert {"US Medicare (LCD)", "US commercial (eviCore style)"} < set(shown)
    pack.setFocus()
    QTest.keyClicks(pack, "US Medicare")
    at.click(at.flow.setup.go)
    at.flow.recovery.tick.setChecked(True)
    at.click(at.flow.recovery.go)
    assert at.window.clinic.settings.pack == "us-medicare"


def test_a_wrong_passphrase_is_said_and_can_be_tried_again(
    start: Callable[[], Start], tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "harbor.db"
    make_clinic(path, clock)
    at = start()
    at.flow.begin(str(path), "manager")
    at.settle()
    page = at.flow.passphrase
    assert page.isVisible()
    assert "harbor.db" in at.words()
    QTest.keyClicks(page.edit.edit, "wrong")
    QTest.keyClick(page.edit.edit, Qt.Key.Key_Return)
    at.settle()
    assert page.field.error()
    assert page.go.isEnabled()
    QTest.keyClick(page.edit.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.edit.edit, SECRET)
    QTest.keyClick(page.edit.edit, Qt.Key.Key_Return)
    at.settle()
    assert at.window.sign_in.isVisible()
    chosen = [c.staff.login for c in at.window.findChildren(StaffCard) if c.isChecked()]
    assert chosen == ["manager"]
    # The passphrase is not left lying in a field.
    assert page.edit.text() == ""


def test_a_file_that_is_gone_or_damaged_is_said_on_the_first_page(
    start: Callable[[], Start], tmp_path: Path, clock: FixedClock
) -> None:
    at = start()
    at.flow.begin(str(tmp_path / "gone.db"), None)
    at.settle()
    assert at.flow.welcome.isVisible()
    assert at.flow.welcome.trouble.text()
    path = tmp_path / "harbor.db"
    make_clinic(path, clock)
    path.write_bytes(b"this is no database" * 400)
    at.flow.open(str(path))
    at.settle()
    if at.flow.passphrase.isVisible():
        QTest.keyClicks(at.flow.passphrase.edit.edit, SECRET)
        QTest.keyClick(at.flow.passphrase.edit.edit, Qt.Key.Key_Return)
        at.settle()
        assert at.flow.passphrase.trouble.text() or at.flow.passphrase.field.error()
    else:
        assert at.flow.welcome.trouble.text()


def _own_pack(text: str) -> Path:
    path = resources.own_folder() / "rules" / "mine.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


MEDICARE = (resources.root() / "rules" / "us-medicare.toml").read_text(encoding="utf-8")


def test_a_broken_pack_of_the_clinic_is_said_before_anybody_signs_in(
    start: Callable[[], Start], tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "harbor.db"
    make_clinic(path, clock)
    broken = _own_pack(MEDICARE.replace('"6 weeks"', '"3 moons"', 1))
    at = start()
    at.flow.begin(str(path), "manager")
    at.settle()
    said = at.flow.welcome.trouble.text()
    assert at.flow.welcome.isVisible()
    assert f"{broken}, line " in said
    assert "“3 moons” is not a duration like “12 months”" in said
    assert "Mend that file, then open the clinic again." in said
    # Once it is mended the same window opens the clinic, with the clinic's pack in it.
    _own_pack(MEDICARE.replace('id = "us-medicare"', 'id = "mine"', 1))
    at.flow.open(str(path))
    at.settle()
    QTest.keyClicks(at.flow.passphrase.edit.edit, SECRET)
    QTest.keyClick(at.flow.passphrase.edit.edit, Qt.Key.Key_Return)
    at.settle()
    assert at.window.sign_in.isVisible()
    assert "mine" in at.window.clinic.catalogue.packs


def test_a_pack_broken_while_the_passphrase_is_typed(
    start: Callable[[], Start], tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "harbor.db"
    make_clinic(path, clock)
    at = start()
    at.flow.begin(str(path), None)
    at.settle()
    _own_pack("")
    QTest.keyClicks(at.flow.passphrase.edit.edit, SECRET)
    QTest.keyClick(at.flow.passphrase.edit.edit, Qt.Key.Key_Return)
    at.settle()
    assert at.flow.welcome.isVisible()
    assert "mine.toml, line 1: the file is empty" in at.flow.welcome.trouble.text()


def test_neither_demo_nor_set_up_begins_with_a_broken_pack(start: Callable[[], Start]) -> None:
    _own_pack("")
    at = start()
    at.flow.begin(None, None)
    at.click(at.flow.welcome.demo)
    assert "mine.toml, line 1" in at.flow.welcome.trouble.text()
    assert not demo_path().exists()
    at.click(at.flow.welcome.setup)
    at.fill()
    at.click(at.flow.setup.go)
    assert "mine.toml, line 1" in at.flow.setup.trouble.text()
    assert at.flow.setup.go.isEnabled()
    assert not own_path().exists()
