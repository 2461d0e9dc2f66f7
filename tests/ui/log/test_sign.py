"""What the sign dialog asks before it takes a signature."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.desk import words_in
from support.logs import PASSWORD, book, rows

from clinicdesk.domain.rows.safety_facts import (
    AllergyEntry,
    ConditionEntry,
    ImplantEntry,
    Said,
    Topic,
)
from clinicdesk.services import holds, safety_facts
from clinicdesk.ui.widgets import Chip

pytestmark = pytest.mark.slow


@pytest.fixture
def settled(desk: Any) -> Any:
    """Teresa was asked about all, and takes no blood thinner any more."""
    facts = safety_facts.facts(desk.clinic, desk.actor, desk.seeded.teresa)
    taken = tuple(kept.id for kept in facts.of(Topic.DRUGS).entries)
    for topic, ended in ((Topic.CONDITIONS, ()), (Topic.IMPLANTS, ()), (Topic.DRUGS, taken)):
        safety_facts.answer(
            desk.clinic, desk.actor, desk.seeded.teresa, topic, Said.NONE, end=ended
        )
    return desk


def learned(desk: Any, topic: Topic, entry: Any) -> None:
    safety_facts.answer(desk.clinic, desk.actor, desk.seeded.teresa, topic, add=(entry,))


def opened(desk: Any, appointment: int) -> Any:
    """The dialog over a log that is otherwise complete."""
    desk.open(appointment)
    desk.complete()
    if desk.view.side.reason.isVisible():
        desk.type(desk.view.side.reason, "Surgery declined, pain came back")
    desk.settle()
    desk.sign()
    return desk.dialog()


def signed(desk: Any) -> bool:
    """Types the password, and says whether that signed the log."""
    desk.type(desk.dialog().password.edit, PASSWORD)
    desk.dialog().password.edit.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    return bool(rows(desk.clinic, "SELECT id FROM procedure WHERE state = 'signed'"))


def line_of(desk: Any, check: str) -> Any:
    return next(line for line in desk.dialog().lines() if line.ask.check == check)


def counted(dialog: Any) -> str:
    return str(next(chip.text() for chip in dialog.findChildren(Chip) if chip.isVisible()))


def choose(desk: Any, line: Any, code: str, words: str = "") -> None:
    """By keyboard: down to the reason, then the words."""
    line.choice.setFocus()
    desk.press(Qt.Key.Key_Home)
    for _ in range(line.choice.count()):
        if line.choice.value() == code:
            break
        desk.press(Qt.Key.Key_Down)
    if words:
        desk.type(line.words, words)
    desk.settle()


def test_where_nothing_is_open_the_password_is_asked_at_once(settled: Any, appointment: int):
    dialog = opened(settled, appointment)
    assert QApplication.focusWidget() is dialog.password.edit
    assert dialog.lines() == ()
    said = words_in(dialog)
    assert "Steroid of this session: dexamethasone 10 of 15 mg." in said
    assert "lidocaine 10 of 300 mg, 3% of the most for 71.5 kg, weighed 24 Nov 2026." in said
    assert "Steroid in the last 12 months: none recorded. This session adds about 67 mg" in said
    assert "67 mg prednisone equivalent." in said
    assert "they agree" in said
    assert signed(settled)


def test_a_clock_that_was_set_back_is_asked_about_once(settled: Any, appointment: int):
    opened(settled, appointment)
    settled.clinic.clock.moment -= timedelta(minutes=20)
    assert not signed(settled)
    assert "If the clock is right, sign once more." in words_in(settled.dialog())
    assert signed(settled)


def test_a_danger_is_repeated_with_its_drug_and_wants_a_reason(settled: Any, appointment: int):
    learned(settled, Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis"))
    learned(settled, Topic.CONDITIONS, ConditionEntry("T2DM"))
    dialog = opened(settled, appointment)
    danger, glucose = dialog.lines()
    assert QApplication.focusWidget() is danger.choice
    assert "iohexol 240 mgI · L5 left" in words_in(danger)
    assert "dexamethasone 10 mg · L5 left" in words_in(glucose)
    assert counted(dialog) == "0 of 2"
    assert not dialog.accept.isEnabled()
    assert "Choose a reason from the list." in dialog.why.text()
    choose(settled, danger, "other", "because")
    assert "needs a sentence" in dialog.why.text()
    choose(settled, danger, "prepared")
    assert counted(dialog) == "1 of 2"
    choose(settled, glucose, "glucose", "132")
    assert "type it with its unit, mg/dL or mmol/L" in words_in(glucose)
    choose(settled, glucose, "glucose", "132 mg/dL at 9:40")
    assert "type it" not in words_in(glucose)
    assert counted(dialog) == "2 of 2"
    assert dialog.accept.isEnabled()
    assert signed(settled)
    ((text,),) = rows(settled.clinic, "SELECT snapshot FROM signature")
    kept = {each["check"]: each for each in json.loads(text)["procedure"]["answers"]}
    assert kept["allergy.contrast"]["code"] == "prepared"
    assert kept["allergy.contrast"]["by"] == "Dr. Amara Osei"
    assert kept["diabetes.steroid"]["words"] == "132 mg/dL at 9:40"


def test_a_question_is_answered_in_the_dialog_and_goes_on_record(desk: Any, appointment: int):
    dialog = opened(desk, appointment)
    assert line_of(desk, "conditions.not_asked")
    desk.press(Qt.Key.Key_Y)
    desk.qtbot.keyClicks(QApplication.focusWidget(), "sepsis")
    desk.key(Qt.Key.Key_Return)
    # What was said is a danger of its own: it is asked about at once.
    checks = [line.ask.check for line in dialog.lines()]
    assert "infection.present" in checks
    assert "conditions.not_asked" not in checks
    facts = safety_facts.facts(desk.clinic, desk.actor, desk.seeded.teresa)
    assert facts.of(Topic.CONDITIONS).said is Said.LIST


def test_a_fact_that_another_desk_adds_meanwhile_is_asked_about(settled: Any, appointment: int):
    dialog = opened(settled, appointment)
    learned(settled, Topic.CONDITIONS, ConditionEntry("fever"))
    assert not signed(settled)
    assert "fever" in dialog.field.error()
    assert line_of(settled, "infection.present").lacks()


def test_sites_that_differ_stop_it_until_one_is_said_to_be_right(settled: Any, appointment: int):
    settled.open(appointment)
    settled.complete()
    settled.type(settled.view.site.edit, "L5 right")
    settled.type(settled.view.site.change_reason, "Pain has moved to the right")
    settled.settle()
    settled.sign()
    dialog = settled.dialog()
    (line,) = dialog.lines()
    assert "The sites differ: booked L5 left, logged L5 right." in words_in(line)
    assert "they differ" in words_in(dialog)
    assert line.words.text() == "Pain has moved to the right"
    assert not dialog.accept.isEnabled()
    choose(settled, line, "as_logged")
    assert signed(settled)


def test_answers_stay_with_the_draft(settled: Any, appointment: int):
    learned(settled, Topic.CONDITIONS, ConditionEntry("T2DM"))
    opened(settled, appointment)
    choose(
        settled,
        line_of(settled, "diabetes.steroid"),
        "glucose_not_measured",
        "Meter was empty today",
    )
    settled.key(Qt.Key.Key_Escape)
    settled.open(appointment)
    settled.sign()
    assert line_of(settled, "diabetes.steroid").words.text() == "Meter was empty today"
    assert settled.dialog().accept.isEnabled()


def test_a_reason_given_for_one_site_does_not_stand_for_another(settled: Any, appointment: int):
    learned(settled, Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis"))
    dialog = opened(settled, appointment)
    choose(settled, line_of(settled, "allergy.contrast"), "prepared")
    assert dialog.accept.isEnabled()
    settled.key(Qt.Key.Key_Escape)
    settled.type(settled.view.site.edit, "L4 left")
    settled.type(settled.view.site.change_reason, "Pain is one level higher")
    settled.settle()
    settled.sign()
    line = line_of(settled, "allergy.contrast")
    assert "iohexol 240 mgI · L4 left" in words_in(line)
    assert line.lacks() == "Choose a reason from the list."


def test_what_matters_for_this_procedure_stands_first_over_the_log(desk: Any, appointment: int):
    learned(desk, Topic.IMPLANTS, ImplantEntry("pacemaker"))
    desk.open(appointment)
    desk.settle()
    said = desk.view.banner.accessibleName()
    # Apixaban is held before an epidural; a pacemaker matters near radiofrequency only.
    assert said.index("Apixaban") < said.index("pacemaker")


def test_a_weight_typed_in_the_dialog_goes_on_record(settled: Any):
    jurgen = settled.seeded.jurgen
    for topic in (Topic.ALLERGIES, Topic.DRUGS, Topic.CONDITIONS, Topic.IMPLANTS):
        safety_facts.answer(settled.clinic, settled.actor, jurgen, topic, Said.NONE)
    opened(settled, book(settled.clinic, patient=jurgen))
    choose(settled, line_of(settled, "weight.not_known"), "weighed", "82")
    assert settled.dialog().lines() == ()
    assert rows(settled.clinic, f"SELECT count(*) FROM weight WHERE patient_id = {jurgen}") == [
        (1,)
    ]
    assert "for 82 kg" in words_in(settled.dialog())


def test_a_weight_that_is_seldom_meant_is_asked_back_before_it_goes_on_record(settled: Any):
    jurgen = settled.seeded.jurgen
    for topic in (Topic.ALLERGIES, Topic.DRUGS, Topic.CONDITIONS, Topic.IMPLANTS):
        safety_facts.answer(settled.clinic, settled.actor, jurgen, topic, Said.NONE)
    opened(settled, book(settled.clinic, patient=jurgen))
    choose(settled, line_of(settled, "weight.not_known"), "weighed", "8.2")
    assert "8.2 kg: is that right?" in words_in(settled.dialog())
    kept = f"SELECT count(*) FROM weight WHERE patient_id = {jurgen}"
    assert rows(settled.clinic, kept) == [(0,)]
    choose(settled, line_of(settled, "weight.not_known"), "weighed", "8.2")
    assert rows(settled.clinic, kept) == [(1,)]


def test_another_day_asks_why_at_its_field(settled: Any, appointment: int):
    settled.open(appointment)
    settled.complete()
    why = settled.view.procedure.day_why
    assert not why.isVisible()
    settled.type(settled.view.procedure.day, "23 Nov 2026")
    assert why.isVisible()
    assert list(settled.view.missing()) == ["day_reason"]
    settled.type(why, "C-arm was free a day early")
    assert settled.view.missing() == {}
    settled.type(settled.view.procedure.day, "1 Jan 1950")
    assert "born on 14 Mar 1958" in settled.view.missing()["performed_on"]
    assert "born on 14 Mar 1958" in settled.view.procedure.fields["performed_on"].error()


def test_a_very_long_exposure_is_asked_back_not_refused(settled: Any, appointment: int):
    settled.open(appointment)
    settled.complete()
    settled.type(settled.view.procedure.seconds, "1801")
    assert settled.view.missing() == {
        "fluoroscopy_seconds": "30.1 min of X-ray is more than 30 min. "
        "Check the number, or write why."
    }
    settled.type(settled.view.procedure.why, "Hard access after fusion")
    assert settled.view.missing() == {}


def test_a_last_dose_stated_too_late_stands_in_card_and_dialog(desk: Any) -> None:
    appointment = book(desk.clinic)
    nurse = desk.seeded.actor("nurse")
    holds.stated(desk.clinic, nurse, appointment, "apixaban", date(2026, 11, 23))
    dialog = opened(desk, appointment)
    said = "At check-in the last dose of Apixaban was said to be 23 Nov 2026"
    card = words_in(desk.view.side.safety)
    assert said in card
    assert "Needs a physician's reason" in card
    assert "last dose 20 Nov 2026, 3 days without it" not in card + words_in(dialog)
    line = line_of(desk, "thinner.late")
    assert said in words_in(line)
    for code, words in (("other", "Discussed"), ("thinner_agreed", "")):
        line.choice.set_value(code)
        desk.type(line.words, words)
        assert line.lacks()
    desk.answer()
    desk.type(line.words, "Urgent, agreed with Dr. Hale today")
    assert signed(desk)
