"""Put aside, dated by hand, booked from the row; letters, call sheet, CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from support.due_fake import PDF, ZONE

from clinicdesk.domain.errors import Invalid, Unavailable
from clinicdesk.domain.rows.due import DueGroup
from clinicdesk.ui.due.hand_dialogs import AsideDialog, DateDialog
from clinicdesk.ui.due.paper_desk import write_text

from .conftest import DueDesk

Key = Qt.Key
Open = Callable[..., DueDesk]


# -- putting aside --------------------------------------------------------------------------


def test_s_puts_aside_for_a_week_with_a_reason_and_undo_brings_it_back(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Down)
    d.key(Key.Key_S)
    assert isinstance(d.dialog(), AsideDialog)
    d.type("travelling")
    d.key(Key.Key_Return)
    assert d.dialog() is None
    assert d.fake.asked("snooze") == [((2,), date(2026, 12, 1), "travelling")]
    assert d.page.model.sections.line_of(2) is None
    assert d.view.current_id() == 3
    assert "Blackwood, Terence put aside" in d.said()
    d.undo()
    assert d.fake.asked("wake") == [((2,),)]
    assert d.view.current_id() == 2


def test_ticked_rows_are_put_aside_together_for_good(desk: Open) -> None:
    d = desk()
    d.page.model.choose((1, 2), chosen=True)
    d.key(Key.Key_S)
    dialog = d.dialog()
    d.click(next(b for b in dialog.day.buttons if b.text() == "For good"))
    dialog.reason.setFocus()
    d.type("moved away")
    d.click(dialog.accept)
    assert d.fake.asked("snooze") == [((1, 2), None, "moved away")]
    assert d.page.model.chosen == set()
    assert "2 rows put aside" in d.said()


def test_without_a_reason_it_is_said_there(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_S)
    d.key(Key.Key_Return)
    dialog = d.dialog()
    assert dialog.reason_field.error() == "Say why: a few words are enough."
    assert QApplication.focusWidget() is dialog.reason
    assert d.fake.asked("snooze") == []


def test_a_day_that_is_past_is_refused_at_its_field(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_S)
    d.type("away")
    dialog = d.dialog()
    dialog.day.edit.setFocus()
    dialog.day.edit.selectAll()
    d.type("2026-11-20")
    d.key(Key.Key_Return)
    assert dialog.day.field.error() == "Choose a day after today."
    assert dialog.reason.text() == "away"
    assert dialog.accept.isEnabled()


def test_a_row_put_aside_can_be_taken_back(desk: Open) -> None:
    d = desk()
    d.page.filters.search.setText("Delacroix")
    d.settle()
    d.view.setFocus()
    d.key(Key.Key_S)
    back = d.dialog().footer.itemAt(0).widget()
    assert back.text() == "Back onto the list"
    d.click(back)
    assert d.fake.asked("wake") == [((16,),)]


# -- a date by hand -------------------------------------------------------------------------


def test_d_keeps_a_date_with_its_reason_and_undo_drops_it(desk: Open) -> None:
    d = desk()
    d.stand_on(4)
    d.key(Key.Key_D)
    assert isinstance(d.dialog(), DateDialog)
    d.type("in 2 weeks")
    d.key(Key.Key_Tab)
    d.dialog().reason.setFocus()
    d.type("wants to wait")
    d.key(Key.Key_Return)
    assert d.fake.asked("set_date") == [(4, date(2026, 12, 8), "wants to wait")]
    assert d.view.current_id() == 4
    assert "by hand, Marsh" in d.page.model.spoken(d.view.line)
    d.undo()
    assert d.fake.asked("drop_date") == [(4,)]


def test_the_computed_date_comes_back_by_a_button(desk: Open) -> None:
    d = desk()
    d.stand_on(10)
    d.key(Key.Key_D)
    d.click(d.dialog().footer.itemAt(0).widget())
    assert d.fake.asked("drop_date") == [(10,)]


def test_what_the_service_says_of_a_date_stands_at_its_field(desk: Open) -> None:
    d = desk()
    d.stand_on(4)
    d.key(Key.Key_D)
    dialog = d.dialog()
    d.type("tomorrow")
    dialog.reason.setText("soon")
    d.fake.trouble = Invalid({"day": "The rules do not allow it before 12 Jan 2027."})
    d.key(Key.Key_Return)
    assert dialog.day.field.error() == "The rules do not allow it before 12 Jan 2027."


# -- booking --------------------------------------------------------------------------------


def test_b_opens_the_booking_with_everything_filled_in(desk: Open) -> None:
    d = desk()
    teresa = d.clinic.seeded.teresa
    d.other_desk(12, patient_id=teresa, physician_id=d.clinic.seeded.osei,
                 allowed_from=date(2026, 12, 7), procedure="esi.transforaminal",
                 sites=("L5 left",))  # fmt: skip
    d.stand_on(12)
    d.key(Key.Key_B)
    assert d.window.workspace.shown == "schedule"  # type: ignore[union-attr]
    page = d.window.workspace.page("schedule")  # type: ignore[union-attr]
    draft = page.panel.booking.draft  # type: ignore[attr-defined]
    assert draft.patient.id == teresa
    assert draft.procedure.id == "esi.transforaminal"
    assert draft.sites == "L5 left"
    assert draft.physician[0] == d.clinic.seeded.osei
    assert draft.day == date(2026, 12, 7)


def test_what_is_booked_already_is_not_booked_again(desk: Open) -> None:
    d = desk()
    d.page.filters.search.setText("Iversen")
    d.settle()
    d.view.setFocus()
    d.key(Key.Key_B)
    assert d.window.workspace.shown == "due"  # type: ignore[union-attr]
    assert "is booked already: 1 Dec, 09:30" in d.said()


def test_booking_from_the_call_keeps_the_patient_in_hand(desk: Open) -> None:
    d = desk()
    d.other_desk(1, patient_id=d.clinic.seeded.teresa)
    d.key(Key.Key_Return)
    d.click(d.panel.book)
    assert d.window.workspace.shown == "schedule"  # type: ignore[union-attr]
    assert d.fake.mine == d.clinic.seeded.teresa
    d.fake.change(1, booked_for=datetime(2026, 12, 1, 9, 30, tzinfo=ZONE), group=DueGroup.BOOKED)
    d.open()
    assert d.panel.isVisible()
    assert d.panel.form.outcome() == "booked"
    d.key(Key.Key_Return)
    assert d.fake.asked("log_contact")[-1][1].outcome == "booked"
    assert d.panel.row.id == 2


# -- paper and files ------------------------------------------------------------------------


def file_dialog() -> QFileDialog | None:
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
    return next((w for w in shown if w.isVisible()), None)


def save_as(desk: DueDesk, path: Path) -> None:
    desk.qtbot.waitUntil(lambda: file_dialog() is not None, timeout=4000)
    dialog = file_dialog()
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(str(path))
    dialog.accept()
    desk.settle()
    desk.window.activateWindow()


def test_p_makes_letters_and_they_are_saved(desk: Open, tmp_path: Path) -> None:
    d = desk()
    d.page.model.choose((1, 2, 4), chosen=True)
    d.key(Key.Key_P)
    assert d.fake.asked("letters") == [((1, 2, 4),)]
    strip = d.page.paper
    assert strip.isVisible()
    assert strip.text() == "Letters · 3 pages · 2 English, 1 Spanish"
    d.click(strip.save)
    save_as(d, tmp_path / "letters.pdf")
    assert (tmp_path / "letters.pdf").read_bytes() == PDF
    assert "Saved as letters.pdf" in d.said()
    assert d.fake.asked("put_out") == [((1, 2, 4), (1, 2, 4), "saved")]


def test_p_again_prints_what_was_made(desk: Open, tmp_path: Path) -> None:
    d = desk()
    d.page.model.choose((1, 2), chosen=True)
    d.key(Key.Key_P)
    assert d.fake.asked("put_out") == []
    d.key(Key.Key_P)
    # No printer here: where to save them is asked instead, and none are made a second time.
    assert len(d.fake.asked("letters")) == 1
    assert "No printer" in d.said()
    save_as(d, tmp_path / "one")
    assert d.fake.asked("put_out") == [((1, 2), (1, 2), "saved")]
    d.page.model.choose((2,), chosen=False)
    d.key(Key.Key_P)
    assert len(d.fake.asked("letters")) == 2


def test_without_a_printer_saving_is_offered(desk: Open, tmp_path: Path) -> None:
    d = desk()
    d.key(Key.Key_P)
    d.click(d.page.paper.print)
    assert "No printer" in d.said()
    save_as(d, tmp_path / "one")
    assert (tmp_path / "one.pdf").read_bytes() == PDF


def test_c_makes_a_call_sheet_of_all_on_show(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_C)
    assert d.fake.asked("call_sheet") == [(tuple(range(1, 14)),)]
    assert d.page.paper.text() == "Call sheet · 1 page"
    d.key(Key.Key_Escape)
    assert not d.page.paper.isVisible()


@pytest.mark.parametrize("leave", ["another page", "lock"])
def test_an_open_dialog_goes_when_the_page_is_left_or_locked(desk: Open, leave: str) -> None:
    d = desk()
    d.page.desk.export()
    d.qtbot.waitUntil(lambda: file_dialog() is not None, timeout=4000)
    if leave == "lock":
        d.window.lock()
    else:
        d.window.workspace.show_page("schedule")  # type: ignore[union-attr]
    d.qtbot.waitUntil(lambda: file_dialog() is None, timeout=4000)


def test_paper_that_could_not_be_made_says_why(desk: Open) -> None:
    d = desk()
    d.fake.trouble = Unavailable("The letters could not be made: the disk is full.")
    d.key(Key.Key_P)
    assert "the disk is full" in d.said()
    assert not d.page.paper.isVisible()


def test_e_exports_what_the_filters_want(desk: Open, tmp_path: Path) -> None:
    d = desk()
    d.click(d.page.chips.chip("RFA"))
    d.view.setFocus()
    d.key(Key.Key_E)
    save_as(d, tmp_path / "due.csv")
    wanted = d.fake.asked("export_csv")[-1][0]
    assert wanted.families == {"RFA"}
    text = (tmp_path / "due.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("Name,MRN")
    assert "Saved as due.csv" in d.said()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"The folder .*nowhere is not there"):
        write_text(tmp_path / "nowhere" / "due.csv", "x")
