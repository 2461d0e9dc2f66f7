"""What was typed into a log stays: another procedure chosen, a kill, another desk's signature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from support.desk import words_in
from support.logs import PASSWORD, TODAY, book

from clinicdesk.services import procedures

Key = Qt.Key


def choose_family(desk, code):
    family = desk.view.procedure.family
    family.setFocus()
    family.setCurrentIndex(family.values().index(code))
    family.activated.emit(family.currentIndex())
    desk.settle()


def typed(desk):
    """A lot, an expiry, a dose and half an expiry."""
    first, second, *__ = desk.view.table.rows()
    desk.type(first.lot, "DX4471")
    desk.type(first.expires, "04 2028")
    desk.type(second.volume, "1.5")
    desk.settle()


def lines(desk):
    return [
        (row.product.value(), row.volume.text(), row.lot.text(), row.expires.text())
        for row in desk.view.table.rows()
    ]


def test_another_family_keeps_lots_doses_and_site_and_can_be_undone(desk, appointment):
    desk.open(appointment)
    typed(desk)
    before = desk.view.form()
    stood = lines(desk)
    choose_family(desk, "MBB")
    assert desk.view.form().procedure == "facet.block"
    assert lines(desk) == stood
    assert desk.view.site.edit.text() == "L5 left"
    assert desk.view.site.field.error()
    assert desk.view.form().sites == ()
    assert "Not usual for" in words_in(desk.view.table)
    assert desk.said[-1].startswith("Transforaminal ESI → ")
    desk.undo()
    assert desk.view.form() == before
    assert lines(desk) == stood
    assert not desk.view.site.field.error()


def test_another_approach_keeps_them_too_and_a_click_back_changes_nothing(desk, appointment):
    desk.open(appointment)
    typed(desk)
    before = desk.view.form()
    stood = lines(desk)
    approach = desk.view.procedure.approach
    other = next(b for b in approach.buttons() if not b.isChecked())
    desk.click(other)
    desk.settle()
    assert lines(desk) == stood
    back = next(b for b in approach.buttons() if b.text() == "Transforaminal")
    desk.click(back)
    desk.settle()
    assert lines(desk) == stood
    assert desk.view.form() == before


def test_what_was_kept_is_what_the_draft_has(desk, another, appointment):
    desk.open(appointment)
    typed(desk)
    choose_family(desk, "MBB")
    again = another("physician")
    again.open(appointment)
    assert lines(again) == lines(desk)
    assert again.view.site.edit.text() == "L5 left"


@pytest.mark.parametrize("text", ["04 2", "04 20", "04 202"])
def test_half_an_expiry_survives_a_kill(desk, another, appointment, text):
    desk.open(appointment)
    cell = desk.view.table.rows()[0].expires
    cell.setFocus()
    desk.qtbot.keyClicks(cell, text)
    desk.settle()
    again = another("physician")
    again.open(appointment)
    assert again.view.table.rows()[0].expires.text() == text


@pytest.mark.parametrize("text", ["11", "99", "5.5", "5,5", "100"])
def test_what_is_no_pain_score_is_refused_in_words_and_not_cut(desk, appointment, text):
    desk.open(appointment)
    scale = desk.view.outcome.before
    desk.type(scale, "4")
    scale.setFocus()
    desk.qtbot.keyClicks(scale, text)
    assert scale.value() == 4
    assert f"{text} is no pain score" in words_in(desk.view.outcome)
    desk.press(Key.Key_Delete)
    assert "no pain score" not in words_in(desk.view.outcome)


def test_a_log_that_another_desk_signed_is_shown_signed(desk, another, appointment):
    desk.open(appointment)
    desk.type(desk.view.outcome.before, "7")
    desk.settle()
    other = another("physician")
    other.open(appointment)
    other.complete()
    other.sign()
    other.answer()
    other.qtbot.keyClicks(other.dialog().password.edit, PASSWORD)
    other.press(Key.Key_Return)
    other.settle()
    assert other.page.subtitle() == "Signed"
    desk.page.leave()
    desk.open()
    assert desk.page.subtitle() == "Signed"
    assert "Dr. Amara Osei has signed this log meanwhile" in desk.view.notice.text()
    assert not desk.view.table.add.isVisible()


def test_what_was_not_logged_yesterday_stands_in_to_do_until_it_is(desk, embedded_clinic):
    yesterday = TODAY - timedelta(days=1)
    old = book(embedded_clinic, day=yesterday, status="left")
    book(embedded_clinic, hour=13, patient=embedded_clinic.seeded.obrien)
    desk.open()
    lines = desk.page.list.lines()
    assert [line.row.kind for line in lines] == ["late", "due"]
    assert "23 Nov 2026" in words_in(lines[0])
    lines[0].setFocus()
    desk.press(Key.Key_Return)
    desk.settle()
    nurse = embedded_clinic.seeded.actor("nurse")
    record = procedures.open_log(embedded_clinic, nurse, old)
    procedures.record(embedded_clinic, nurse, record.form, 0)
    again = desk
    again.page.keeper.forget()
    kinds = [row.kind for row in procedures.to_do(embedded_clinic, desk.actor)]
    assert "late" not in kinds
