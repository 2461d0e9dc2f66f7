"""A procedure logged and signed in the window, by keyboard and mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from support.desk import words_in
from support.logs import PASSWORD, TODAY, book, complete, rows

from clinicdesk.services import check_in, procedures

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_log_opens_with_the_plan_and_says_what_is_missing(desk, appointment):
    desk.open(appointment)
    view = desk.view
    assert view.site.edit.text() == "L5 left"
    assert view.procedure.approach.value() == "esi.transforaminal"
    assert view.procedure.guidance.value() == "fluoroscopy"
    assert [row.dose.text() for row in view.table.rows()] == ["10 mg", "10 mg", "240 mgI"]
    assert not view.side.sign.isEnabled()
    assert view.side.why.text() == "Type the exposure time, or why it is not known."
    assert view.side.card.card is not None
    assert desk.page.subtitle() == "New entry"


def test_signed_in_under_a_minute_by_keyboard_alone(desk, appointment):
    desk.open(appointment)
    view = desk.view
    assert QApplication.focusWidget() is view.site.edit
    walk = {
        view.procedure.seconds: "18",
        view.procedure.kerma: "2.4",
        view.outcome.before: "7",
        view.outcome.after: "2",
        desk.toggle("None"): " ",
    }
    for row, lot in zip(view.table.rows(), ("DX4471", "LP0932", "CT7713"), strict=True):
        walk[row.lot] = lot
        walk[row.expires] = "0428"
    reached = []
    for _ in range(80):
        focus = QApplication.focusWidget()
        if focus in walk and focus not in reached:
            desk.qtbot.keyClicks(focus, walk[focus])
            reached.append(focus)
        if len(reached) == len(walk):
            break
        desk.press(Qt.Key.Key_Tab)
    assert reached == [
        view.procedure.seconds,
        view.procedure.kerma,
        *[cell for row in view.table.rows() for cell in (row.lot, row.expires)],
        view.outcome.before,
        view.outcome.after,
        desk.toggle("None"),
    ]
    desk.settle()
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.key(Qt.Key.Key_Question)
    desk.qtbot.keyClicks(QApplication.focusWidget(), "Asked on the ward: nothing known")
    desk.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is desk.dialog().lines()[1].choice
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Tab)
    desk.qtbot.keyClicks(QApplication.focusWidget(), "Fri 20 Nov 2026")
    desk.press(Qt.Key.Key_Tab)
    desk.qtbot.keyClicks(QApplication.focusWidget(), PASSWORD)
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.said == ["Signed and locked."]
    assert rows(desk.clinic, "SELECT state FROM procedure") == [("signed",)]
    assert rows(desk.clinic, "SELECT lot_text FROM administration ORDER BY position") == [
        ("DX4471",),
        ("LP0932",),
        ("CT7713",),
    ]


def test_sign_pressed_too_early_leads_to_the_first_gap(desk, appointment):
    desk.open(appointment)
    desk.press(Qt.Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is desk.view.procedure.seconds
    assert desk.view.notice.text() == "Type the exposure time, or why it is not known."
    assert desk.dialog() is None


def test_a_wrong_password_signs_nothing_and_says_so(desk, appointment):
    desk.open(appointment)
    desk.complete()
    assert desk.view.side.sign.isEnabled()
    desk.click(desk.view.side.sign)
    desk.answer()
    desk.qtbot.keyClicks(desk.dialog().password.edit, "wrong")
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert "wrong" in desk.dialog().field.error()
    assert desk.dialog().password.text() == ""
    assert rows(desk.clinic, "SELECT count(*) FROM procedure") == [(0,)]
    desk.press(Qt.Key.Key_Escape)
    assert desk.dialog() is None
    assert desk.view.outcome.before.value() == 7


def sign(desk, appointment):
    desk.open(appointment)
    desk.complete()
    desk.sign()
    desk.answer()
    desk.qtbot.keyClicks(desk.dialog().password.edit, PASSWORD)
    desk.press(Qt.Key.Key_Return)
    desk.settle()


def test_after_signing_the_page_only_shows_and_takes_addenda(desk, appointment):
    sign(desk, appointment)
    view = desk.view
    assert view.signed.isVisible()
    assert "Signed by Dr. Amara Osei" in words_in(view.signed)
    assert view.site.edit.isReadOnly()
    assert view.outcome.note.isReadOnly()
    assert not view.procedure.family.isEnabled()
    assert not view.table.add.isVisible()
    before = view.form()
    desk.qtbot.keyClicks(view.outcome.before, "3")
    desk.qtbot.mouseClick(
        view.site.figure,
        Qt.MouseButton.LeftButton,
        pos=view.site.figure.centre_of("L4 left").toPoint(),
    )
    assert view.form() == before
    desk.click(view.signed.add)
    desk.qtbot.keyClicks(desk.dialog().text, "Called next day: well.")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert rows(desk.clinic, "SELECT text FROM addendum") == [("Called next day: well.",)]
    desk.click(view.signed.aftercare)
    number = rows(desk.clinic, "SELECT id FROM procedure")[0][0]
    desk.click(view.signed.note)
    assert desk.went == [
        ("documents", {"kind": "aftercare", "procedure_id": number}),
        ("documents", {"kind": "note", "procedure_id": number}),
    ]


def test_an_expired_lot_is_named_at_its_cell_and_blocks(desk, appointment):
    desk.open(appointment)
    desk.complete()
    row = desk.view.table.rows()[2]
    desk.type(row.expires, "08 2026")
    sentence = "Lot 05212012@68 expired in August 2026. Use another lot."
    assert sentence in words_in(row)
    assert not desk.view.side.sign.isEnabled()
    assert desk.view.side.why.text() == sentence
    desk.type(row.expires, "2028-04")
    assert row.expires.text() == "04 2028"
    assert desk.view.side.sign.isEnabled()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "The volume cannot be less than zero. Type it again."),
        ("700", "700 mL cannot be right for the volume. Check the number."),
        ("10 mg", "The volume is in mL: “10 mg” cannot stand here."),
    ],
)
def test_a_volume_that_cannot_be_is_refused_at_its_cell(desk, appointment, typed, sentence):
    desk.open(appointment)
    row = desk.view.table.rows()[0]
    desk.type(row.volume, typed)
    assert sentence in words_in(row)
    assert row.volume.text() == typed
    assert row.dose.text() == ""
    assert desk.view.missing()["medications.0.volume_ml"] == sentence


def test_volume_and_dose_follow_each_other(desk, appointment):
    desk.open(appointment)
    row = desk.view.table.rows()[0]
    desk.type(row.volume, "1,5")
    assert (row.volume.text(), row.dose.text()) == ("1.5 mL", "15 mg")
    desk.type(row.dose, "4")
    assert (row.volume.text(), row.dose.text()) == ("0.4 mL", "4 mg")
    desk.type(row.dose, "-1 mg")
    assert "The dose cannot be less than zero. Type it again." in words_in(row)


def test_lines_are_added_and_removed_by_keyboard(desk, appointment):
    desk.open(appointment)
    desk.press(Qt.Key.Key_M, CTRL)
    assert len(desk.view.table.rows()) == 4
    added = desk.view.table.rows()[3]
    assert QApplication.focusWidget() is added.product
    desk.qtbot.keyClicks(added.product, "Bupi")
    desk.type(added.volume, "2")
    assert added.dose.text() == "5 mg"
    added.remove.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.view.table.rows()) == 3


def test_a_lot_used_before_brings_its_expiry(desk, embedded_clinic, physician, appointment):
    early = book(embedded_clinic, hour=8)
    form = complete(procedures.open_log(embedded_clinic, physician, early).form)
    form = replace(form, reason="Two sessions on one day")
    procedures.sign(embedded_clinic, physician, form, 0, PASSWORD)
    desk.open(appointment)
    row = desk.view.table.rows()[0]
    desk.type(row.lot, "DX4471")
    assert row.expires.text() == "04 2028"
    second = desk.view.table.rows()[1]
    desk.type(second.lot, "lp0932")
    assert second.expires.text() == ""
    second.lot.setFocus()
    desk.press(Qt.Key.Key_Down)
    assert (second.lot.text(), second.expires.text()) == ("LP0932", "04 2028")


def test_typing_and_clicking_the_site_stay_in_step(desk, appointment):
    desk.open(appointment)
    site = desk.view.site
    desk.type(site.edit, "s1 l")
    assert site.sites() == ("S1 left",)
    assert site.edit.text() == "S1 left"
    assert site.change_field.isVisible()
    assert "Booked was L5 left" in desk.view.missing()["side_change_reason"]
    point = site.figure.centre_of("L5 left").toPoint()
    desk.qtbot.mouseClick(site.figure, Qt.MouseButton.LeftButton, pos=point)
    assert site.edit.text() == "L5 left"
    above = site.figure.centre_of("L4 left").toPoint()
    desk.qtbot.mouseClick(site.figure, Qt.MouseButton.LeftButton, CTRL, pos=above)
    assert site.edit.text() == "L5 left, L4 left"
    site.figure.setFocus()
    desk.press(Qt.Key.Key_Right)
    assert "L4-L5 foramen (L4 nerve), right" in words_in(site)
    desk.press(Qt.Key.Key_Space)
    assert site.sites() == ("L5 left", "L4 left", "L4 right")
    desk.type(site.edit, "l5")
    assert "no side" in site.field.error()
    assert site.edit.text() == "l5"


def test_what_is_typed_survives_even_what_cannot_be_read(desk, another, appointment):
    desk.open(appointment)
    desk.type(desk.view.procedure.seconds, "18")
    desk.type(desk.view.table.rows()[0].volume, "1,000")
    desk.type(desk.view.site.edit, "knee")
    desk.view.outcome.note.setFocus()
    desk.qtbot.keyClicks(desk.view.outcome.note, "Half a sent")
    desk.page.leave()
    desk.settle()
    assert "Draft saved" in words_in(desk.view.side)
    again = another("physician")
    again.open(appointment)
    assert again.page.subtitle() == "Draft"
    assert again.view.procedure.seconds.text() == "18"
    assert again.view.table.rows()[0].volume.text() == "1,000"
    assert "two ways" in words_in(again.view.table.rows()[0])
    assert again.view.site.edit.text() == "knee"
    assert again.view.outcome.note.toPlainText() == "Half a sent"
    other = another("nurse")
    other.open(appointment)
    assert other.view.outcome.note.toPlainText() == ""


def test_a_draft_is_kept_by_itself(desk, appointment):
    desk.open(appointment)
    desk.qtbot.keyClicks(desk.view.outcome.before, "7")
    desk.qtbot.waitUntil(
        lambda: rows(desk.clinic, "SELECT count(*) FROM draft") == [(1,)], timeout=3000
    )


def test_locking_takes_the_password_dialog_away(desk, appointment):
    desk.open(appointment)
    desk.complete()
    desk.page.signer.sign()
    desk.qtbot.keyClicks(desk.dialog().password.edit, "dem")
    desk.page.leave()
    assert desk.dialog() is None


def test_a_nurse_saves_for_signing(another, appointment, embedded_clinic):
    desk = another("nurse")
    desk.open(appointment)
    assert not desk.view.side.sign.isVisible()
    desk.complete()
    desk.click(desk.view.side.save)
    desk.settle()
    assert desk.said == ["Log saved for signing."]
    assert desk.view.notice.text() == "Saved by Marisol Castellano, not signed yet."
    assert rows(embedded_clinic, "SELECT state FROM procedure") == [("open",)]


def test_the_wrong_physician_cannot_sign(another, appointment):
    desk = another("lindqvist")
    desk.open(appointment)
    desk.complete()
    assert desk.view.missing() == {
        "physician_id": "Only Dr. Amara Osei can sign this log. Save it for signing."
    }
    assert not desk.view.side.sign.isEnabled()


def test_another_procedure_brings_its_usual_plan_and_keeps_what_was_measured(desk, appointment):
    desk.open(appointment)
    desk.type(desk.view.outcome.before, "7")
    family = desk.view.procedure.family
    family.setFocus()
    family.setCurrentIndex(family.values().index("MBB"))
    family.activated.emit(family.currentIndex())
    desk.settle()
    form = desk.view.form()
    assert form.procedure == "facet.block"
    assert form.sites == ()
    assert [entry.product for entry in form.medications] == ["bupivacaine-0.5"]
    assert form.pain_before == 7
    assert desk.view.missing()["sites"].startswith("“L5 left” is not a site")


def test_another_site_brings_its_own_usual_doses_until_somebody_touches_them(desk, embedded_clinic):
    knee = book(embedded_clinic, procedure="joint.injection", sites=(("knee", "left"),))
    desk.open(knee)
    desk.type(desk.view.site.edit, "thumb base left")
    desk.settle()
    assert [row.volume.text() for row in desk.view.table.rows()] == ["0.25 mL", "0.5 mL"]
    desk.type(desk.view.site.edit, "elbow left")
    desk.settle()
    assert [row.volume.text() for row in desk.view.table.rows()] == ["", ""]
    assert desk.view.missing()["medications.0.volume_ml"].startswith("Type the volume")
    desk.type(desk.view.table.rows()[0].volume, "0,5")
    desk.type(desk.view.site.edit, "knee left")
    desk.settle()
    assert [row.volume.text() for row in desk.view.table.rows()] == ["0.5 mL", ""]


def test_the_interval_rules_ask_for_a_reason(desk, embedded_clinic, physician, appointment):
    for month in (1, 3, 5, 7):
        early = book(embedded_clinic, day=date(2026, month, 10), status="left")
        form = complete(procedures.open_log(embedded_clinic, physician, early).form)
        procedures.record(embedded_clinic, physician, form, 0)
    desk.open(appointment)
    desk.complete()
    assert desk.view.side.reason_field.isVisible()
    assert list(desk.view.missing()) == ["reason"]
    desk.type(desk.view.side.reason, "Acute recurrence, surgery declined")
    assert desk.view.missing() == {}


def test_two_desks_see_both_versions_and_lose_neither(desk, embedded_clinic, nurse, appointment):
    desk.open(appointment)
    desk.complete()
    form = complete(procedures.open_log(embedded_clinic, nurse, appointment).form)
    procedures.record(embedded_clinic, nurse, form, 0)
    desk.type(desk.view.outcome.after, "3")
    desk.settle()
    desk.click(desk.view.side.save)
    desk.settle()
    clash = desk.dialog()
    assert clash is not None
    shown = [label.text() for label in clash.findChildren(type(desk.view.side.why))]
    assert {"Pain after", "2", "3"} <= set(shown)
    desk.click(clash.accept)
    desk.settle()
    assert desk.view.outcome.after.value() == 3
    desk.click(desk.view.side.save)
    desk.settle()
    assert rows(
        embedded_clinic,
        "SELECT r.value FROM reading r JOIN reading_link l ON l.reading_id = r.id"
        " WHERE l.phase = 'post'",
    ) == [(30000,)]


def test_the_list_shows_what_is_to_do_and_opens_it(desk, embedded_clinic, appointment):
    book(embedded_clinic, hour=13, patient=embedded_clinic.seeded.obrien)
    desk.open()
    lines = desk.page.list.lines()
    assert [line.row.kind for line in lines] == ["due", "due"]
    assert lines[1].row.patient == "<b>O'Brien, & Søn</b>"
    lines[0].setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.view.isVisible()
    assert desk.view.site.edit.text() == "L5 left"


def test_an_appointment_that_is_gone_is_said(desk):
    desk.open(987654)
    assert desk.page.failure.isVisible()


def test_exposure_that_is_not_known_asks_why(desk, appointment):
    desk.open(appointment)
    desk.complete()
    desk.type(desk.view.procedure.kerma, "")
    desk.view.procedure.kerma.clear()
    desk.qtbot.keyClicks(desk.view.procedure.kerma, "x")
    desk.qtbot.keyClick(desk.view.procedure.kerma, Qt.Key.Key_Backspace)
    desk.type(desk.view.procedure.seconds, "18")
    assert "air_kerma_mgy" in desk.view.missing()
    desk.type(desk.view.procedure.why, "The counter was broken")
    assert desk.view.missing() == {}


def test_pain_takes_digits_ten_and_delete(desk, appointment):
    desk.open(appointment)
    scale = desk.view.outcome.before
    scale.setFocus()
    desk.qtbot.keyClicks(scale, "10")
    assert scale.value() == 10
    desk.press(Qt.Key.Key_Left)
    assert scale.value() == 9
    desk.press(Qt.Key.Key_Delete)
    assert scale.value() is None
    assert desk.view.form().performed_on == TODAY


def test_the_pain_of_check_in_is_shown_and_taken_by_hand(desk, appointment, embedded_clinic):
    desk.open(appointment)
    assert not desk.view.outcome.arrival.isVisible()
    check_in.measure(
        embedded_clinic, embedded_clinic.seeded.actor("frontdesk"), embedded_clinic.seeded.teresa,
        "pain_now", Decimal(6),
    )  # fmt: skip
    desk.open(appointment)
    assert desk.view.outcome.arrival.text() == "6 at check-in, 10:12"
    assert desk.view.outcome.before.value() is None
    desk.view.outcome.before.setFocus()
    desk.press(Qt.Key.Key_C)
    assert desk.view.form().pain_before == 6
    desk.type(desk.view.outcome.before, "4")
    desk.click(desk.view.outcome.arrival)
    assert desk.view.form().pain_before == 6


def test_a_draft_that_cannot_be_kept_is_said_and_tried_again(desk, appointment, monkeypatch):
    from clinicdesk.domain.errors import Unavailable
    from clinicdesk.ui.log import keeper

    monkeypatch.setattr(keeper, "RETRY_MS", 50)
    real, tries = procedures.save_draft, []

    def full_once(*args, **kwargs):
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("The disk is full. Make room on the disk.", "disk-full")
        return real(*args, **kwargs)

    monkeypatch.setattr(procedures, "save_draft", full_once)
    desk.open(appointment)
    said = []
    desk.page.keeper.failed.connect(said.append)
    desk.qtbot.keyClicks(desk.view.outcome.before, "7")
    desk.qtbot.waitUntil(lambda: len(tries) == 2, timeout=5000)
    desk.settle()
    assert said == ["The disk is full. Make room on the disk."]
    assert "Draft saved" in words_in(desk.view.side)


def test_a_danger_is_shown_once_with_its_source_and_answered_in_the_sign_dialog(desk, appointment):
    desk.open(appointment)
    desk.complete()
    desk.type(desk.view.table.rows()[1].volume, "35")
    desk.settle()
    said = words_in(desk.view.side.safety)
    assert said.count("Too much local anaesthetic for this weight") == 1
    assert desk.view.side.sign.isEnabled()
    desk.sign()
    (line,) = [each for each in desk.dialog().lines() if each.ask.check == "anaesthetic.session"]
    assert "lidocaine 350 mg" in words_in(line)
    assert "L5 left" in words_in(line)
    assert not desk.dialog().accept.isEnabled()


def test_the_list_of_sites_does_not_open_over_the_next_field(desk, appointment):
    desk.open(appointment)
    desk.type(desk.view.site.edit, "c6 l")
    desk.settle()
    desk.qtbot.wait(120)
    assert desk.view.site.edit.text() == "C6 left"
    assert not desk.view.site.edit.open


def test_a_click_takes_the_score_under_it(desk, appointment):
    desk.open(appointment)
    scale = desk.view.outcome.after
    for value in range(11):
        middle = QPoint((2 * value + 1) * scale.width() // 22, scale.height() - 8)
        desk.qtbot.mouseClick(scale, Qt.MouseButton.LeftButton, pos=middle)
        assert scale.value() == value
