"""Calling one after the other, by keyboard; and two desks that never call the same patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.due_fake import ZONE, FakeDue, due_row, many, sample
from support.tabbing import check_round, in_order

from clinicdesk.domain.errors import Invalid, Unavailable
from clinicdesk.domain.rows.due import ContactForm, ContactRow, DueGroup
from clinicdesk.services import drafts
from clinicdesk.ui.shell.rail import RailButton

from .conftest import CTRL, DueDesk

Key = Qt.Key
Open = Callable[..., DueDesk]


def logged(desk: DueDesk) -> list[tuple[tuple[int, ...], ContactForm]]:
    return [(ids, form) for ids, form in desk.fake.asked("log_contact")]


# -- the panel ------------------------------------------------------------------------------


def test_enter_takes_the_patient_and_shows_whom_and_why(desk: Open) -> None:
    fake = sample()
    fake.kept[1] = [ContactRow(datetime(2026, 11, 17, 10, 2, tzinfo=ZONE), "Amy Ng", "phone",
                               "no_answer", "line busy", None)]  # fmt: skip
    d = desk(fake)
    d.key(Key.Key_Return)
    assert fake.asked("take") == [(1,)]
    assert d.panel.isVisible()
    assert d.panel.name.text() == "Silvia Arredondo"
    assert d.panel.phone.text() == "(617) 555-0117"
    words = [w.text() for w in d.panel.findChildren(type(d.panel.why))]
    assert "Now (since 9 Nov 2026)" in words
    assert "80% relief after 27 wk, NRS 3 on 14 Nov 2026" in words
    assert "17 Nov 10:02, Amy Ng: No answer\nline busy" in words


def test_tab_goes_through_the_call_as_the_eye_does(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert in_order(
        check_round(d), "Close and put down", "Enter a score",
        "No answer", "Note", "Try again on", "Try again on: Tomorrow", "Try again on: 3 days",
        "Try again on: 1 week", "Try again on: 1 month", "Skip", "Log and next",
    )  # fmt: skip


def test_a_double_click_calls_too(desk: Open) -> None:
    d = desk()
    spot = d.spot(5)
    QTest.mouseDClick(d.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    d.settle()
    assert d.panel.name.text() == "Chiamaka Obi"


def test_a_digit_and_enter_log_and_move_on(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_2)
    assert d.panel.form.again.edit.text() == "Wed 25 Nov 2026"
    d.key(Key.Key_Return)
    form = ContactForm("phone", "no_answer", "", date(2026, 11, 25))
    assert logged(d) == [((1,), form)]
    assert d.panel.name.text() == "Terence Blackwood"
    assert d.fake.mine == 2
    assert d.view.current_id() == 2
    assert d.panel.form.outcome() == ""
    assert "Arredondo, Silvia: no answer, try again Wed 25 Nov" in d.said()
    d.key(Key.Key_8)
    d.key(Key.Key_Return)
    assert logged(d)[-1][1].kind == "letter"
    assert d.panel.name.text() == "Eun-ji Cho"


def test_note_and_day_go_along(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_4)
    d.panel.form.note.setFocus()
    d.type("after 15:00, 2 tries")
    d.key(Key.Key_Tab)
    assert QApplication.focusWidget() is d.panel.form.again.edit
    d.type("in 1 week")
    d.key(Key.Key_Return)
    form = logged(d)[-1][1]
    assert (form.outcome, form.note) == ("call_back", "after 15:00, 2 tries")
    assert form.next_on == date(2026, 12, 1)


def test_digits_in_the_note_are_letters_and_ctrl_enter_logs(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_3)
    d.panel.form.note.setFocus()
    d.type("7 8")
    assert d.panel.form.outcome() == "message"
    d.key(Key.Key_Return, CTRL)
    assert logged(d)[-1][1].note == "7 8"


def test_a_day_typed_by_hand_is_not_overwritten_by_an_outcome(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.panel.form.again.edit.setFocus()
    d.type("12 jan")
    d.click(d.panel.form.buttons["no_answer"])
    assert d.panel.form.again.edit.text() == "12 jan"


def test_the_last_row_ends_the_calling(desk: Open) -> None:
    d = desk(FakeDue({1: due_row(1)}))
    d.key(Key.Key_Return)
    d.key(Key.Key_5)
    d.key(Key.Key_Return)
    assert not d.panel.isVisible()
    assert d.fake.mine is None
    assert QApplication.focusWidget() is d.view


def test_with_ticks_only_the_ticked_are_called(desk: Open) -> None:
    d = desk()
    d.page.model.choose((4, 2), chosen=True)
    d.click(d.page.bar.call)
    assert d.panel.row.id == 2
    d.key(Key.Key_6)
    d.key(Key.Key_Return)
    assert d.panel.row.id == 4
    assert d.page.model.chosen == {4}
    d.key(Key.Key_6)
    d.key(Key.Key_Return)
    assert not d.panel.isVisible()


def test_n_skips_but_not_what_was_begun(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_N)
    assert d.panel.row.id == 2
    d.key(Key.Key_2)
    d.key(Key.Key_N)
    assert d.panel.row.id == 2
    assert "Log this call first" in d.said()


def test_escape_closes_and_puts_the_patient_down(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_Escape)
    assert not d.panel.isVisible()
    assert d.fake.mine is None
    assert QApplication.focusWidget() is d.view
    assert d.view.current_id() == 1


def test_what_else_is_due_is_logged_with_the_same_call(desk: Open) -> None:
    fake = sample()
    fake.listed[30] = replace(fake.listed[1], id=30, site="knee left", group=DueGroup.HOLDING)
    d = desk(fake)
    d.key(Key.Key_Return)
    assert list(d.panel.also) == [30]
    d.key(Key.Key_2)
    d.key(Key.Key_Return)
    assert logged(d)[-1][0] == (1, 30)


def test_those_who_wait_for_their_day_are_passed_over(desk: Open) -> None:
    fake = sample()
    fake.change(2, next_contact=date(2026, 12, 1))
    fake.change(3, booked_for=datetime(2026, 12, 1, 9, 30, tzinfo=ZONE))
    d = desk(fake)
    d.key(Key.Key_Return)
    d.key(Key.Key_N)
    assert d.panel.row.id == 4


# -- wrong input ----------------------------------------------------------------------------


def test_without_an_outcome_it_says_what_to_press(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.click(d.panel.log)
    assert d.panel.form.wrong.error() == "Press 1 to 8: how did the call go?"
    assert logged(d) == []


def test_call_again_needs_a_day(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_4)
    d.key(Key.Key_Return)
    assert "Type the day" in d.panel.form.again.field.error()
    assert QApplication.focusWidget() is d.panel.form.again.edit


def test_a_day_that_is_none_is_said_at_its_field_and_nothing_is_lost(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_2)
    d.panel.form.note.setFocus()
    d.type("call the daughter")
    d.panel.form.again.edit.setFocus()
    d.panel.form.again.edit.selectAll()
    d.type("31 feb")
    d.key(Key.Key_Return)
    assert d.panel.form.again.field.error() == "There is no such day as “31 feb”."
    assert d.panel.form.note.toPlainText() == "call the daughter"
    assert logged(d) == []


def test_what_the_service_refuses_stands_at_its_field(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_2)
    d.fake.trouble = Invalid({"next_on": "Choose a day after today.", "note": "Too long."})
    d.key(Key.Key_Return)
    assert d.panel.form.again.field.error() == "Choose a day after today."
    assert d.panel.form.note_field.error() == "Too long."
    assert d.panel.row.id == 1
    assert d.panel.log.isEnabled()


def test_a_server_that_is_gone_keeps_what_was_typed(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_3)
    d.fake.trouble = Unavailable("The server did not answer. Nothing was kept.")
    d.key(Key.Key_Return)
    assert d.panel.trouble.text() == "The server did not answer. Nothing was kept."
    assert d.panel.form.outcome() == "message"
    d.key(Key.Key_Return)
    assert len(logged(d)) == 2
    assert d.panel.row.id == 2


# -- undo -----------------------------------------------------------------------------------


def test_ctrl_z_takes_the_last_contact_back_and_returns_to_the_row(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_2)
    d.key(Key.Key_Return)
    d.key(Key.Key_Escape)
    d.undo()
    assert d.fake.asked("take_back") == [((1,),)]
    assert d.view.current_id() == 1
    assert "withdrawn" in d.said()
    assert d.fake.listed[1].contacts == 3


# -- two desks ------------------------------------------------------------------------------


def test_a_patient_of_another_desk_shows_so_and_cannot_be_taken(desk: Open) -> None:
    d = desk()
    d.fake.held[2] = "Amy Ng"
    d.tell(2)
    line = d.page.model.sections.line_of(2)
    assert "Amy Ng is calling" in d.page.model.spoken(line)
    d.key(Key.Key_Down)
    d.key(Key.Key_Return)
    assert not d.panel.isVisible()
    assert "Amy Ng is calling Blackwood, Terence" in d.said()


def test_moving_on_passes_over_whom_another_desk_calls(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.fake.held[2] = "Amy Ng"
    d.key(Key.Key_2)
    d.key(Key.Key_Return)
    assert d.panel.row.id == 3
    assert d.fake.mine == 3


def test_news_from_another_desk_moves_neither_cursor_nor_scroll_nor_typing(desk: Open) -> None:
    d = desk(many(400))
    d.key(Key.Key_PageDown, times=6)
    d.key(Key.Key_Return)
    called, top = d.panel.row.id, d.view.verticalScrollBar().value()
    d.panel.form.note.setFocus()
    d.type("half a sent")
    del d.fake.listed[3]
    d.tell(5)
    d.other_desk(called, phone="(617) 555-0199")
    assert d.page.model.sections.lines == 401
    assert d.panel.form.note.toPlainText() == "half a sent"
    assert QApplication.focusWidget() is d.panel.form.note
    assert d.view.current_id() == called
    row_height = d.view.rowHeight(1)
    assert d.view.verticalScrollBar().value() == top - row_height
    assert d.panel.phone.text() == "(617) 555-0199"


def test_a_row_that_left_meanwhile_is_no_trouble(desk: Open) -> None:
    d = desk()
    del d.fake.listed[1]
    d.key(Key.Key_Return)
    assert not d.panel.isVisible()
    assert "left the list" in d.said()
    assert d.view.current_id() == 2


def test_leaving_the_page_puts_the_patient_down_and_coming_back_takes_them_again(
    desk: Open,
) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_2)
    d.window.workspace.show_page("patients")  # type: ignore[union-attr]
    d.settle()
    assert d.fake.mine is None
    d.open()
    assert d.fake.mine == 1
    assert d.panel.isVisible()
    assert d.panel.form.outcome() == "no_answer"


def test_locking_puts_the_patient_down_and_unlocking_takes_them_again(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    actor = d.window.workspace.actor  # type: ignore[union-attr]
    d.window.lock()
    d.settle()
    assert d.fake.mine is None
    d.window.enter(actor)
    d.settle()
    assert d.fake.mine == 1
    assert d.panel.isVisible()


def test_what_was_typed_for_somebody_is_there_when_they_are_called_again(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_3)
    d.panel.form.note.setFocus()
    d.type("call the daugh")
    d.key(Key.Key_Escape)
    d.key(Key.Key_Down)
    d.key(Key.Key_Return)
    assert d.panel.form.note.toPlainText() == ""
    d.key(Key.Key_Escape)
    d.key(Key.Key_Up)
    d.key(Key.Key_Return)
    assert d.panel.form.outcome() == "message"
    assert d.panel.form.note.toPlainText() == "call the daugh"


def test_the_rail_says_how_many_wait(desk: Open) -> None:
    d = desk()
    button = next(b for b in d.window.findChildren(RailButton) if b.entry.key == "due")
    assert button.accessibleName() == "Due list, 8 waiting"
    d.click(d.page.chips.chip("RFA"))
    assert button.accessibleName() == "Due list, 8 waiting"


def test_ticks_of_rows_that_left_the_list_are_dropped(desk: Open) -> None:
    d = desk()
    d.page.model.choose((1, 2), chosen=True)
    del d.fake.listed[1]
    d.tell(2)
    assert d.page.model.chosen == {2}


def test_what_is_typed_ahead_of_the_next_patient_is_logged_for_nobody(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_2)
    for key in (Key.Key_Return, Key.Key_2, Key.Key_Return, Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    d.settle()
    assert [ids for ids, _ in logged(d)] == [(1,)]
    assert d.panel.row.id == 2
    assert d.panel.form.outcome() == ""


def test_what_was_typed_about_a_call_survives_a_kill_and_is_forgotten_when_logged(
    desk: Open,
) -> None:
    fake = sample()
    d = desk(fake)
    d.key(Key.Key_Return)
    d.key(Key.Key_2)
    d.panel.form.note.setFocus()
    d.type("asked to be called aft")
    clerk = d.clinic.seeded.actor("frontdesk")

    def notes() -> list[str]:
        return [body["note"] for __, body in drafts.kept(d.clinic, clerk, drafts.CALL)]

    d.qtbot.waitUntil(lambda: notes() == ["asked to be called aft"], timeout=4000)
    again = desk(fake)
    again.key(Key.Key_Return)
    assert again.panel.form.note.toPlainText() == "asked to be called aft"
    assert again.panel.form.outcome() == d.panel.form.outcome()
    again.key(Key.Key_Return, CTRL)
    assert notes() == []
