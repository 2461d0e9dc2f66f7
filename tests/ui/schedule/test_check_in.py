"""Check-in in the panel, by keys alone: who is here, what is asked, then the step itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from sqlalchemy import select
from support import settle
from support.desk import words_in

from clinicdesk.data.tables import Reading
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.rows.safety_facts import AllergyEntry, ConditionEntry, DrugEntry, Said, Topic
from clinicdesk.services import (
    check_in,
    holds,
    patients,
    reviews,
    safety_facts,
    schedule,
    sheets,
)

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Any]


def arrive(desk: Any, patient: str = "teresa", **changes: Any) -> int:
    """An appointment of today, and its check-in opened by key."""
    number = settle.book(desk.clinic, "frontdesk", patient, settle.TODAY, 15, **changes)
    desk.open(appointment_id=number)
    desk.key(Key.Key_I)
    assert desk.page.panel.check_in.isVisible()
    return number


def told(desk: Any, number: int) -> None:
    holds.asked(desk.clinic, desk.actor, number, "apixaban", "Dr. Hale")
    holds.answered(desk.clinic, desk.actor, number, "apixaban", "agreed", "Dr. Hale")
    holds.told(desk.clinic, desk.actor, number, "apixaban")


def test_nobody_is_checked_in_before_both_identifiers_are_said(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    assert "born 14 Mar 1958" in words_in(desk.page.panel.check_in)
    desk.key(Key.Key_Return, CTRL)
    assert "Ask for name and birth date first" in words_in(desk.page.panel.check_in)
    assert desk.row(number).status is Status.BOOKED
    desk.key(Key.Key_Space)
    assert desk.page.panel.check_in.identity.sure
    desk.key(Key.Key_Return, CTRL)
    assert desk.row(number).status is Status.ARRIVED
    assert not desk.page.panel.check_in.isVisible()


def test_only_what_is_open_is_asked_and_the_next_question_has_the_cursor(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    told(desk, number)
    words = words_in(desk.page.panel.check_in)
    assert "Apixaban: last dose taken" in words
    assert "INR now" not in words
    desk.key(Key.Key_Space)
    desk.key(Key.Key_N)
    kept = check_in.of_appointment(desk.clinic, desk.actor, number).measured["infection"]
    assert kept.value == 0
    assert "no, asked at 10:12" in words_in(desk.page.panel.check_in)
    # N was "no" each time, never the page's new appointment.
    while "not asked" in words_in(desk.page.panel.check_in):
        before = words_in(desk.page.panel.check_in).count("not asked")
        desk.key(Key.Key_N)
        assert words_in(desk.page.panel.check_in).count("not asked") < before
    assert not desk.page.panel.booking.isVisible()
    facts = safety_facts.facts(desk.clinic, desk.actor, desk.seeded.teresa)
    assert facts.of(Topic.CONDITIONS).said is not Said.NOT_ASKED
    desk.key(Key.Key_D)
    (track,) = holds.of_appointment(desk.clinic, desk.actor, number)
    assert track.told is not None
    assert track.stated is not None
    assert track.stated.last_dose_on == track.told.last_dose_on
    assert "held long enough, as told" in words_in(desk.page.panel.check_in)


def field(desk: Any, name: str) -> QLineEdit:
    """The field that a screen reader calls so."""
    found: list[QLineEdit] = desk.page.panel.check_in.findChildren(QLineEdit)
    return next(each for each in found if each.accessibleName().startswith(name))


def test_a_last_dose_too_late_is_said_in_words(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    day = field(desk, "Apixaban: day")
    desk.type(day, "tomorrow")
    desk.key(Key.Key_Return)
    assert "When was the last dose taken?" in words_in(desk.page.panel.check_in)
    desk.type(day, "22 Nov")
    desk.key(Key.Key_Tab)
    desk.qtbot.keyClicks(field(desk, "Apixaban: hour"), "20:00")
    desk.key(Key.Key_Return)
    words = words_in(desk.page.panel.check_in)
    assert "Sun 22 Nov 20:00: too late. A physician decides." in words
    (track,) = holds.of_appointment(desk.clinic, desk.actor, number)
    assert f"{track.stated.last_dose_at:%d %H:%M}" == "22 20:00"


def test_a_last_dose_of_another_year_is_kept_only_when_it_is_typed_again(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    day = field(desk, "Apixaban: day")
    desk.type(day, "11/13/2025")
    desk.key(Key.Key_Return)
    assert "13 Nov 2025 is a year ago: is the year right?" in words_in(desk.page.panel.check_in)
    desk.key(Key.Key_Return)
    (track,) = holds.of_appointment(desk.clinic, desk.actor, number)
    assert track.stated is None
    assert "held long enough" not in words_in(desk.page.panel.check_in)
    desk.type(day, "11/13/2025")
    desk.key(Key.Key_Return)
    assert "Thu 13 Nov 2025: held long enough." in words_in(desk.page.panel.check_in)


def test_glucose_and_inr_are_asked_where_they_matter_and_kept_with_their_unit(desk: Open) -> None:
    desk = desk()
    ids = desk.seeded
    safety_facts.answer(desk.clinic, desk.actor, ids.sean, Topic.DRUGS,
                        add=(DrugEntry("warfarin", "5 mg"), DrugEntry("metformin")))  # fmt: skip
    number = arrive(desk, "sean")
    glucose = field(desk, "Glucose now")
    desk.type(glucose, "7.8")
    desk.key(Key.Key_Return)
    assert "between 20 and 900 mg/dL is expected" in words_in(desk.page.panel.check_in)
    desk.type(glucose, "142")
    # What is typed is kept on the way out, too.
    desk.type(field(desk, "INR now"), "1.1")
    desk.key(Key.Key_Escape)
    kept = check_in.of_appointment(desk.clinic, desk.actor, number).measured
    assert {key: f"{each.value.normalize():f}" for key, each in kept.items()} == {
        "glucose_mg_dl": "142", "inr": "1.1",
    }  # fmt: skip
    desk.key(Key.Key_I)
    assert "Glucose 142 mg/dL, 10:12" in words_in(desk.page.panel.check_in)
    assert "above" not in words_in(desk.page.panel.check_in)


def test_an_inr_above_normal_is_said_in_words(desk: Open) -> None:
    desk = desk()
    safety_facts.answer(desk.clinic, desk.actor, desk.seeded.sean, Topic.DRUGS,
                        add=(DrugEntry("warfarin", "5 mg"),))  # fmt: skip
    arrive(desk, "sean")
    desk.type(field(desk, "INR now"), "6.5")
    desk.key(Key.Key_Return)
    words = words_in(desk.page.panel.check_in)
    assert "INR 6.5 is above 1.2, the most that the clinic counts as normal." in words


def test_a_weight_that_is_seldom_meant_is_kept_only_when_it_is_typed_again(desk: Open) -> None:
    desk = desk()
    arrive(desk, "sean")
    weight = field(desk, "Weight")

    def kept() -> Any:
        return patients.banner(desk.clinic, desk.actor, desk.seeded.sean).weight_kg

    for typed in (True, False):
        if typed:
            desk.type(weight, "8.2")
        desk.key(Key.Key_Return)
        assert "8.2 kg: is that right?" in words_in(desk.page.panel.check_in)
        assert kept() is None
    desk.type(weight, "8.2")
    desk.key(Key.Key_Return)
    assert f"{kept():f}" == "8.2"


def test_an_infection_is_said_in_words_and_waits_for_a_physician(desk: Open) -> None:
    desk = desk()
    gout = (ConditionEntry("gout"),)
    safety_facts.answer(desk.clinic, desk.actor, desk.seeded.sean, Topic.CONDITIONS, add=gout)
    number = arrive(desk, "sean")
    desk.key(Key.Key_Space)
    desk.key(Key.Key_Y)
    desk.qtbot.keyClicks(field(desk, "What, for example"), "fever since Monday")
    desk.key(Key.Key_Return)
    words = words_in(desk.page.panel.check_in)
    assert "yes, asked at 10:12" in words
    assert "An infection, or treatment of one, is on record" in words
    assert "Waits for a physician" in words
    assert "review" in desk.row(number).flags


def test_an_infection_that_is_typed_and_not_ended_is_kept_first(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    desk.key(Key.Key_Space)
    desk.key(Key.Key_Y)
    panel = desk.page.panel.check_in
    desk.key(Key.Key_Return, CTRL)
    assert desk.row(number).status is Status.BOOKED
    assert "Say what there is" in words_in(panel)
    desk.type(QApplication.focusWidget(), "fever since Monday")
    desk.key(Key.Key_Return, CTRL)
    kept = check_in.of_appointment(desk.clinic, desk.actor, number).measured["infection"]
    assert kept.value == 1
    # What it means is seen before the patient goes on.
    assert desk.row(number).status is Status.BOOKED
    desk.key(Key.Key_Return, CTRL)
    assert desk.row(number).status is Status.ARRIVED


def test_not_as_planned_is_no_tick(desk: Open) -> None:
    desk = desk()
    allergy = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(
        desk.clinic, desk.actor, desk.seeded.teresa, Topic.ALLERGIES, add=(allergy,)
    )
    number = settle.book(desk.clinic, "frontdesk", "teresa", settle.TODAY, 15, for_review=True)
    physician = desk.seeded.actor("physician")
    (row,) = reviews.waiting(desk.clinic, physician)
    said = GivenReason("other", "Use no contrast at all for her.")
    reviews.answer(desk.clinic, physician, row.id, said, go_ahead=False)
    desk.open(appointment_id=number)
    desk.key(Key.Key_I)
    foot = words_in(desk.page.panel.check_in.foot)
    assert "Not as planned, says Dr. Amara Osei" in foot


def test_ticks_come_back_and_a_stranger_is_looked_for(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    desk.click(desk.page.panel.check_in.identity.name, QPoint(8, 8))
    desk.key(Key.Key_Escape)
    assert not desk.page.panel.check_in.isVisible()
    desk.key(Key.Key_I)
    assert desk.page.panel.check_in.identity.name.isChecked()
    assert not desk.page.panel.check_in.identity.born.isChecked()
    desk.click(desk.button("Not this patient"))
    assert desk.went == [("patients", {"find": True})]
    assert desk.row(number).status is Status.BOOKED


def test_what_stays_open_is_said_and_may_follow(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    words = words_in(desk.page.panel.check_in)
    assert "questions and the consent are open. They can follow in preparation." in words
    assert "Consent, L5 left\nnot printed" in words
    desk.key(Key.Key_Space)
    desk.key(Key.Key_Return, CTRL)
    assert desk.row(number).status is Status.ARRIVED
    # What was left open is asked from the same key.
    desk.key(Key.Key_I)
    assert desk.button("Done").isVisible()
    desk.key(Key.Key_P)
    assert desk.went[-1][0] == "documents"


def test_a_visit_without_a_needle_asks_who_is_here_alone(desk: Open) -> None:
    desk = desk()
    arrive(desk, "andrea", procedure="", sites=(), room_id=None, title="Follow-up visit")
    words = words_in(desk.page.panel.check_in)
    assert "Who is here" in words
    assert "Asked for this procedure" not in words
    assert "are open" not in words


def driver(desk: Any, number: int) -> Any:
    kept = check_in.driver_of(desk.clinic, desk.actor, number)
    return None if kept is None else (kept.said.value, kept.words)


def yes_no(desk: Any, key: str) -> QPushButton:
    name = f"Driver to take the patient home: {key}"
    found: list[QPushButton] = desk.page.panel.check_in.findChildren(QPushButton)
    return next(each for each in found if each.accessibleName() == name)


def test_no_driver_is_said_in_the_foot_and_beside_the_appointment(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    yes_no(desk, "Y").setFocus()
    desk.key(Key.Key_N)
    assert driver(desk, number) == ("no", "")
    words = words_in(desk.page.panel.check_in)
    assert "no, asked at 10:12" in words
    assert "No driver: tell Dr. Amara Osei." in words
    desk.key(Key.Key_Escape)
    desk.open(appointment_id=number)
    assert "No driver home: tell Dr. Amara Osei. Asked at 10:12, Joelle Marsh." in words_in(
        desk.page.panel.detail
    )


def test_a_driver_may_have_a_name_and_what_is_not_known_stays_open(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    yes_no(desk, "Y").setFocus()
    desk.key(Key.Key_Question)
    assert driver(desk, number) == ("unknown", "")
    before = words_in(desk.page.panel.check_in)
    assert "not known yet, asked at 10:12" in before
    yes_no(desk, "Y").setFocus()
    desk.key(Key.Key_Y)
    desk.qtbot.keyClicks(field(desk, "Name and phone"), "Luis, son, (617) 555-0190")
    desk.key(Key.Key_Return)
    assert driver(desk, number) == ("yes", "Luis, son, (617) 555-0190")
    assert "Luis, son, (617) 555-0190; asked at 10:12" in words_in(desk.page.panel.check_in)
    assert "No driver" not in words_in(desk.page.panel.check_in)


def test_a_driver_without_a_name_is_kept_on_the_way_out(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    desk.click(yes_no(desk, "Y"))
    assert driver(desk, number) is None
    desk.key(Key.Key_Escape)
    assert driver(desk, number) == ("yes", "")


def pain(desk: Any, number: int) -> Any:
    kept = check_in.of_appointment(desk.clinic, desk.actor, number).measured.get("pain_now")
    return None if kept is None else kept.value


def step(desk: Any, score: int) -> QPushButton:
    """The button of a score."""
    name = f"Pain now, usual scale 0–10: {score}"
    found: list[QPushButton] = desk.page.panel.check_in.findChildren(QPushButton)
    return next(each for each in found if each.accessibleName() == name)


def test_pain_is_asked_of_every_procedure_and_a_digit_answers(desk: Open) -> None:
    desk = desk()
    number = arrive(desk, "sean")
    assert "Pain now, usual scale 0–10" in words_in(desk.page.panel.check_in)
    assert not any(step(desk, score).isChecked() for score in range(11))
    step(desk, 0).setFocus()
    desk.key(Key.Key_6)
    assert pain(desk, number) == 6
    assert "Pain 6, 10:12" in words_in(desk.page.panel.check_in)
    desk.key(Key.Key_Escape)
    desk.key(Key.Key_I)
    assert step(desk, 6).isChecked()
    # One that is pressed later takes its place.
    desk.click(step(desk, 5))
    assert pain(desk, number) == 5


def test_one_and_zero_are_ten_and_what_is_stepped_over_is_no_answer(desk: Open) -> None:
    desk = desk()
    number = arrive(desk, "sean")
    step(desk, 0).setFocus()
    QTest.keyClicks(step(desk, 0), "10")
    desk.settle()
    assert pain(desk, number) == 10
    with desk.clinic.store.read() as tx:
        kept = tx.session.scalars(select(Reading.value).where(Reading.scale == "pain_now")).all()
    assert kept == [10]
    step(desk, 10).setFocus()
    for __ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Left)
    desk.key(Key.Key_Return)
    assert pain(desk, number) == 7


def test_a_pain_of_one_is_kept_on_the_way_out(desk: Open) -> None:
    desk = desk()
    number = arrive(desk, "sean")
    step(desk, 0).setFocus()
    QTest.keyClick(step(desk, 0), Key.Key_1)
    desk.key(Key.Key_Escape)
    assert pain(desk, number) == 1


def test_still_right_is_one_act_and_keeps_who_asked(desk: Open) -> None:
    desk = desk()
    arrive(desk, "sean")
    assert "Still right?\nnot confirmed yet" in words_in(desk.page.panel.check_in)
    desk.click(desk.page.panel.check_in.contacts.confirm)
    assert "confirmed 10:12, Joelle Marsh" in words_in(desk.page.panel.check_in)
    assert not desk.page.panel.check_in.contacts.confirm.isVisible()


def test_what_is_no_longer_right_is_changed_in_the_patient_s_form(desk: Open) -> None:
    desk = desk()
    arrive(desk, "sean")
    desk.click(desk.page.panel.check_in.contacts.confirm)
    desk.click(desk.page.panel.check_in.contacts.change)
    desk.type(desk.dialog().fields.editor("phone_mobile"), "(617) 555-0155")
    desk.key(Key.Key_Return, CTRL)
    words = words_in(desk.page.panel.check_in)
    assert "555-0155" in words
    assert "changed since 24 Nov" in words


def printed(desk: Any, number: int) -> None:
    """The consent is printed while the panel is open, as from another window."""
    request = SheetRequest("consent", appointment_id=number)
    made = sheets.prepare(desk.clinic, desk.actor, request).value
    done = sheets.note_use(desk.clinic, desk.actor, made.document_id, "printed")
    desk.context.publish(done.changes)
    desk.settle()


def test_a_consent_is_signed_by_one_key_and_taken_back_by_undo(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    panel = desk.page.panel.check_in
    # Nothing is printed: the key signs nothing.
    desk.key(Key.Key_S)
    assert not check_in.of_appointment(desk.clinic, desk.actor, number).signed
    printed(desk, number)
    assert "printed 10:12, not signed" in words_in(panel)
    assert "and the consent are open" in words_in(panel)
    desk.key(Key.Key_S)
    words = words_in(panel)
    assert "signed 10:12" in words
    assert "not signed" not in words
    assert "Booked and signed: L5 left" in words
    assert "the consent" not in words
    assert desk.said[-1] == "Villalobos, Teresa: consent signed"
    desk.undo()
    assert "printed 10:12, not signed" in words_in(panel)
    desk.key(Key.Key_S)
    desk.click(desk.button("Take back"))
    assert "printed 10:12, not signed" in words_in(panel)
    assert not check_in.of_appointment(desk.clinic, desk.actor, number).signed


def test_s_in_a_field_is_a_letter(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    printed(desk, number)
    day = field(desk, "Apixaban: day")
    desk.type(day, "Sun 22 Nov")
    assert day.text() == "Sun 22 Nov"
    assert not check_in.of_appointment(desk.clinic, desk.actor, number).signed


def test_who_is_here_and_cannot_stay_is_cancelled_with_the_reason(desk: Open) -> None:
    desk = desk()
    number = arrive(desk)
    desk.key(Key.Key_Space)
    desk.key(Key.Key_Return, CTRL)
    assert desk.row(number).status is Status.ARRIVED
    desk.key(Key.Key_I)
    desk.button("Cannot stay").setFocus()
    desk.key(Key.Key_Space)
    desk.key(Key.Key_Return, CTRL)
    assert "Say why it is cancelled" in words_in(desk.dialog())
    desk.qtbot.keyClicks(QApplication.focusWidget(), "fever since the morning")
    desk.key(Key.Key_Return, CTRL)
    assert desk.row(number).status is Status.CANCELLED
    steps = schedule.history(desk.clinic, desk.actor, number)
    assert steps[-1].note == "fever since the morning"
    assert not desk.page.panel.check_in.isVisible()
    desk.undo()
    assert desk.row(number).status is Status.ARRIVED


def test_the_tab_key_comes_to_cannot_stay_before_the_step_itself(desk: Open) -> None:
    desk = desk()
    arrive(desk)
    panel = desk.page.panel.check_in
    panel.print.setFocus()
    desk.key(Key.Key_Tab)
    assert QApplication.focusWidget() is panel.cannot
    desk.key(Key.Key_Tab)
    assert QApplication.focusWidget() is panel.accept


def test_in_a_low_window_steps_done_fold_to_one_line_and_open_again(desk: Open) -> None:
    desk = desk()
    desk.window.resize(1280, 660)
    number = arrive(desk)
    panel = desk.page.panel.check_in
    assert panel.width() == 460
    assert panel.identity.isVisible()
    desk.key(Key.Key_Space)
    assert not panel.identity.isVisible()
    assert panel.questions.isAncestorOf(QApplication.focusWidget())
    desk.click(panel.contacts.confirm)
    assert not panel.contacts.isVisible()
    assert "confirmed 10:12, Joelle Marsh" in words_in(panel)
    # The cursor did not get lost with what it stood on.
    assert panel.questions.isAncestorOf(QApplication.focusWidget())
    printed(desk, number)
    desk.key(Key.Key_S)
    assert not panel.papers.isVisible()
    assert "signed 10:12" in words_in(panel)
    panel.identity_step.setFocus()
    desk.key(Key.Key_Return)
    assert panel.identity.isVisible()
    desk.key(Key.Key_Return)
    assert not panel.identity.isVisible()
    # With room for it everything stands there.
    desk.window.resize(1440, 900)
    desk.settle()
    assert panel.identity.isVisible()
    assert panel.papers.isVisible()
