"""The sign-in page: choosing a person, wrong passwords, the pause, nothing of a patient."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from support.tabbing import walked

from clinicdesk.ui.signin.cards import StaffCard, initials

ALT = Qt.KeyboardModifier.AltModifier


def cards(front: Any) -> list[StaffCard]:
    return [c for c in front.window.findChildren(StaffCard) if c.isVisible()]


def chosen(front: Any) -> str:
    return next((c.staff.login for c in cards(front) if c.isChecked()), "")


def password(front: Any) -> QLineEdit:
    return next(
        edit for edit in front.window.sign_in.findChildren(QLineEdit)
        if edit.echoMode() is QLineEdit.EchoMode.Password
    )  # fmt: skip


def test_staff_are_offered_as_cards_and_the_cursor_waits_for_the_password(front: Any) -> None:
    assert {c.staff.name for c in cards(front)} >= {"Joelle Marsh", "Dr. Amara Osei"}
    assert QApplication.focusWidget() is password(front)


def test_alt_and_a_number_choose_a_person_even_in_the_password(front: Any) -> None:
    people = cards(front)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_3, ALT)
    assert chosen(front) == people[2].staff.login
    assert password(front).text() == ""


def test_a_number_alone_chooses_while_no_field_has_the_focus(front: Any) -> None:
    people = cards(front)
    people[0].setFocus()
    QTest.keyClick(people[0], Qt.Key.Key_2)
    assert chosen(front) == people[1].staff.login
    assert QApplication.focusWidget() is password(front)


def test_a_click_a_password_and_enter(front: Any) -> None:
    card = next(c for c in cards(front) if c.staff.login == "nurse")
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.keyClicks(QApplication.focusWidget(), "demo")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    front.settle()
    assert front.window.workspace.actor.login == "nurse"
    assert password(front).text() == ""


def test_a_wrong_password_is_said_at_the_field_and_can_be_tried_again(front: Any) -> None:
    front.sign_in("nurse", "wrong")
    assert front.window.locked
    assert "User or password is wrong. Try again." in front.words()
    assert QApplication.focusWidget() is password(front)
    QTest.keyClicks(QApplication.focusWidget(), "demo")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    front.settle()
    assert not front.window.locked


def test_an_unknown_user_is_told_no_more_than_that(front: Any) -> None:
    front.sign_in("nobody", "demo")
    assert "User or password is wrong. Try again." in front.words()


def test_nothing_typed_is_said_without_asking_the_database(front: Any) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "Type your password." in front.words()


def test_five_wrong_ones_pause_and_the_page_says_until_when(front: Any) -> None:
    for _ in range(5):
        front.sign_in("nurse", "wrong")
    assert "Too many wrong tries. Sign-in opens again at 10:13:00." in front.words()
    front.sign_in("nurse", "demo")
    assert front.window.locked
    front.clinic.clock.moment += timedelta(minutes=1)
    front.sign_in("nurse", "demo")
    assert not front.window.locked


def test_the_page_can_be_switched_to_dark_before_signing_in(front: Any) -> None:
    from clinicdesk.ui import theme

    front.press("Switch to dark")
    assert theme.is_dark()
    front.press("Switch to light")
    assert not theme.is_dark()


def test_initials() -> None:
    assert initials("Dr. Amara Osei") == "AO"
    assert initials("Priya") == "P"
    assert initials("") == ""


def test_the_password_stands_under_who_is_chosen_and_tab_follows_the_eye(front: Any) -> None:
    people = cards(front)
    for number in (0, 2):
        QTest.mouseClick(people[number], Qt.MouseButton.LeftButton)
        front.settle()
        field = password(front)
        top = field.mapTo(front.window, QPoint(0, 0)).y()
        places = [card.mapTo(front.window, QPoint(0, 0)).y() for card in people]
        assert places[number] < top
        assert all(place > top for place in places[number + 1 :])
        seen = []
        for _step in range(len(people) + 3):
            widget = QApplication.focusWidget()
            seen.append(widget.mapTo(front.window, QPoint(0, widget.height() // 2)).y())
            QTest.keyClick(widget, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is people[number]:
                break
        assert seen == sorted(seen)


def test_the_password_can_be_shown_without_a_mouse(front: Any) -> None:
    front.press("Someone else")
    front.key(Qt.Key.Key_Tab)
    focused = front.window.focusWidget()
    front.type("secret")
    assert focused.echoMode() == QLineEdit.EchoMode.Password
    front.key(Qt.Key.Key_Tab)
    front.key(Qt.Key.Key_Space)
    assert focused.echoMode() == QLineEdit.EchoMode.Normal
    there = walked(Qt.Key.Key_Tab, focused)
    assert walked(Qt.Key.Key_Backtab, focused)[1:] == there[:0:-1]
