"""The search box: the list belongs to what is typed, and Enter never takes a line unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.widgets import TypeAhead, TypeAheadItem

PEOPLE = ("Villalobos, Teresa", "Villanueva, Marco", "Vilar, Ana", "Soto, Andrea")


class Desk:
    """A search box over a list of people; ``gate`` holds the answer back while it is closed."""

    def __init__(
        self, on_show: Callable[..., QWidget], tasks: Tasks, settle: Callable[[], None]
    ) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[str] = []
        self.picked: list[object] = []
        self.nothing: list[str] = []
        self.wait = settle
        self.page = QWidget()
        self.box = TypeAhead("Find a patient", tasks.short, self.find)
        self.box.picked.connect(self.picked.append)
        self.box.nothing.connect(self.nothing.append)
        self.other = QLineEdit()
        layout = QVBoxLayout(self.page)
        layout.addWidget(self.box)
        layout.addWidget(self.other)
        layout.addStretch(1)
        on_show(self.page, 640, 480)
        self.box.setFocus()

    def find(self, typed: str) -> Sequence[TypeAheadItem]:
        self.gate.wait(8)
        self.asked.append(typed)
        return [TypeAheadItem(name, name, "born …") for name in PEOPLE if typed in name.lower()]

    def type(self, text: str) -> None:
        QTest.keyClicks(self.box, text)

    def settle(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: bool(self.asked) and self.asked[-1] == self.box.text())
        self.wait()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.box, key)

    def shown(self) -> list[str]:
        return [item.text for item in self.box.matches]


@pytest.fixture
def desk(on_show: Callable[..., QWidget], tasks: Tasks, settle: Callable[[], None]) -> Desk:
    return Desk(on_show, tasks, settle)


def test_matches_come_while_typing_and_typing_fast_asks_once(desk: Desk, qtbot: QtBot) -> None:
    desk.type("vil")
    desk.settle(qtbot)
    assert desk.asked == ["vil"]
    assert desk.box.open
    assert desk.shown() == list(PEOPLE[:3])


def test_arrows_and_enter_pick(desk: Desk, qtbot: QtBot) -> None:
    desk.type("vil")
    desk.settle(qtbot)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        desk.press(key)
    desk.press(Qt.Key.Key_Return)
    assert desk.picked == ["Villanueva, Marco"]
    assert not desk.box.open


def test_a_click_picks(desk: Desk, qtbot: QtBot) -> None:
    desk.type("vil")
    desk.settle(qtbot)
    view = desk.page.findChild(QListView)
    spot = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert desk.picked == ["Vilar, Ana"]


def test_enter_never_picks_from_the_list_of_an_earlier_text(desk: Desk, qtbot: QtBot) -> None:
    # The list still shows the matches of "vil" when "villan" and Enter are typed in one go.
    desk.type("vil")
    desk.settle(qtbot)
    desk.gate.clear()
    desk.type("lan")
    desk.press(Qt.Key.Key_Return)
    assert desk.picked == []
    desk.gate.set()
    desk.settle(qtbot)
    assert desk.shown() == ["Villanueva, Marco"]
    desk.press(Qt.Key.Key_Return)
    assert desk.picked == ["Villanueva, Marco"]


def test_enter_before_any_match_is_shown_picks_nothing_unseen(desk: Desk, qtbot: QtBot) -> None:
    desk.type("vil")
    desk.press(Qt.Key.Key_Return)
    assert desk.picked == []
    desk.settle(qtbot)
    assert desk.box.open
    assert desk.picked == []


def test_no_match_says_so_and_enter_tells_what_was_typed(desk: Desk, qtbot: QtBot) -> None:
    desk.type("zzz")
    desk.settle(qtbot)
    assert desk.shown() == ["No match"]
    desk.press(Qt.Key.Key_Return)
    assert desk.picked == []
    assert desk.nothing == ["zzz"]


def test_escape_takes_the_list_away_and_keeps_the_text(desk: Desk, qtbot: QtBot) -> None:
    desk.type("vil")
    desk.settle(qtbot)
    desk.press(Qt.Key.Key_Escape)
    assert not desk.box.open
    assert desk.box.text() == "vil"


def test_an_emptied_box_shows_nothing_even_if_an_answer_comes_late(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.gate.clear()
    desk.type("vi")
    qtbot.wait(80)
    desk.press(Qt.Key.Key_Backspace)
    desk.press(Qt.Key.Key_Backspace)
    desk.gate.set()
    desk.wait()
    assert not desk.box.open
    assert desk.box.matches == ()


def test_leaving_the_box_takes_the_names_away(desk: Desk, qtbot: QtBot) -> None:
    desk.type("vil")
    desk.settle(qtbot)
    desk.other.setFocus()
    assert not desk.box.open
    assert desk.box.matches == ()


def test_an_answer_that_comes_after_leaving_opens_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.gate.clear()
    desk.type("vil")
    qtbot.wait(80)
    desk.other.setFocus()
    desk.gate.set()
    desk.wait()
    assert not desk.box.open


def test_a_hidden_page_keeps_no_names(desk: Desk, qtbot: QtBot) -> None:
    desk.type("vil")
    desk.settle(qtbot)
    desk.page.hide()
    assert desk.box.matches == ()


def test_the_list_stays_inside_the_window(desk: Desk, qtbot: QtBot) -> None:
    desk.page.resize(340, 200)
    QApplication.processEvents()
    desk.type("vil")
    desk.settle(qtbot)
    popup = desk.page.findChild(QListView).parentWidget()
    assert popup.parentWidget() is desk.page
    assert desk.page.rect().contains(popup.geometry())
    assert popup.y() >= desk.box.mapTo(desk.page, QPoint(0, desk.box.height())).y()


def test_each_line_is_read_out_whole(desk: Desk, qtbot: QtBot) -> None:
    desk.type("soto")
    desk.settle(qtbot)
    model = desk.page.findChild(QListView).model()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(0, 0), role) == "Soto, Andrea, born …"
