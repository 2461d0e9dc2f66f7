"""What must be settled before a needle, in the booking panel: seen, asked, answered by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.booking import appointments, fill
from support.desk import words_in

from clinicdesk.domain.rows.safety_facts import AllergyEntry, DrugEntry, Said, Topic
from clinicdesk.services import reviews, safety_facts
from clinicdesk.ui.widgets import Chip

OpenDesk = Callable[..., Any]
CTRL = Qt.KeyboardModifier.ControlModifier
DAY = date(2027, 1, 12)


def knows(desk: Any, *entries: Any, patient: str = "teresa") -> None:
    topics = {AllergyEntry: Topic.ALLERGIES, DrugEntry: Topic.DRUGS}
    for entry in entries:
        safety_facts.answer(
            desk.clinic, desk.actor, getattr(desk.seeded, patient), topics[type(entry)],
            add=(entry,),
        )  # fmt: skip


def allergies(desk: Any) -> list[str]:
    state = safety_facts.facts(desk.clinic, desk.actor, desk.seeded.andrea).of(Topic.ALLERGIES)
    return [getattr(kept.entry, "substance", "") for kept in state.entries]


def lines(desk: Any) -> str:
    card = desk.panel.safety
    return words_in(card) if card.isVisible() else ""


def test_a_known_danger_stands_over_the_verdict_and_the_button_says_so(desk: OpenDesk) -> None:
    at = desk()
    knows(at, AllergyEntry("IV dye", "anaphylaxis"))
    fill(at)
    assert "Needs a physician's reason" in lines(at)
    assert "IV dye" in lines(at)
    assert at.panel.accept.text().startswith("For review")
    at.qtbot.keyClick(at.panel.time.minutes, Qt.Key.Key_Return, CTRL)
    at.settle()
    (made,) = appointments(at, DAY)
    assert "review" in made.flags
    assert [r.check for r in reviews.waiting(at.clinic, at.actor)] == ["allergy.contrast"]


def test_two_blood_thinners_say_that_they_raised_the_bleeding_class(desk: OpenDesk) -> None:
    at = desk()
    fill(at)
    assert "More than one blood thinner" not in lines(at)
    knows(at, DrugEntry("clopidogrel 75 mg"))
    at.panel.ask_again()
    at.settle()
    assert "More than one blood thinner: the bleeding risk of this counts as high." in lines(at)


def test_a_blood_thinner_says_its_last_dose_as_a_date(desk: OpenDesk) -> None:
    at = desk()
    fill(at)
    said = lines(at)
    assert "apixaban" in said.casefold()
    assert "8 Jan" in said  # three whole days before 12 January
    assert "ASRA" in said


def test_what_the_procedure_makes_dangerous_stands_first_beside_the_name(desk: OpenDesk) -> None:
    def chips() -> list[str]:
        return [c.text() for c in at.panel.patient.findChildren(Chip) if c.isVisible()]

    at = desk()
    knows(at, AllergyEntry("Lidocaine", "hives"))
    at.type(at.panel.patient.search, "villalobos")
    at.qtbot.keyClick(at.panel.patient.search, Qt.Key.Key_Return)
    at.settle()
    assert chips()[:3] == ["Apixaban", "Latex", "Penicillin: rash"]
    at.panel.patient.reset()
    fill(at)
    assert chips()[:3] == ["Lidocaine: hives", "Apixaban", "Latex"]


def test_an_open_question_is_answered_with_one_key(desk: OpenDesk) -> None:
    at = desk()
    fill(at, patient="soto")
    card = at.panel.safety
    assert "Any allergy" in lines(at)
    assert card.focus_first()
    QApplication.processEvents()
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    at.settle()
    state = safety_facts.facts(at.clinic, at.actor, at.seeded.andrea).of(Topic.ALLERGIES)
    assert (state.said, state.asked_by) == (Said.NONE, at.actor.name)
    assert "Any allergy" not in lines(at)


def test_a_yes_asks_what_and_a_question_mark_leaves_it_open(desk: OpenDesk) -> None:
    at = desk()
    fill(at, patient="soto")
    card = at.panel.safety
    card.focus_first()
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Question)
    at.settle()
    facts = safety_facts.facts(at.clinic, at.actor, at.seeded.andrea)
    assert facts.of(Topic.ALLERGIES).said is Said.NOT_ASKED
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y)
    at.settle()
    at.qtbot.keyClicks(QApplication.focusWidget(), "Omnipaque (hives)")
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at.settle()
    assert "Omnipaque" in lines(at)
    assert at.panel.accept.text().startswith("For review")


def test_one_key_after_another_answers_all_and_ends_on_the_button(desk: OpenDesk) -> None:
    at = desk()
    fill(at, patient="soto")
    before = at.panel.draft
    asked = 0
    at.panel.safety.focus_first()
    while at.panel.safety.isAncestorOf(QApplication.focusWidget()):
        asked += 1
        at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
        at.settle()
        assert asked < 9
    assert asked > 1
    assert QApplication.focusWidget() is at.panel.accept
    # None of the keys meant anything else: the draft is as it was.
    assert at.panel.draft == before
    facts = safety_facts.facts(at.clinic, at.actor, at.seeded.andrea)
    assert facts.of(Topic.ALLERGIES).said is facts.of(Topic.DRUGS).said is Said.NONE


def test_what_is_typed_and_left_is_kept(desk: OpenDesk) -> None:
    at = desk()
    fill(at, patient="soto")
    at.panel.safety.focus_first()
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y)
    at.qtbot.keyClicks(QApplication.focusWidget(), "IV dye")
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    at.settle()
    assert at.panel.accept.text().startswith("For review")
    assert allergies(at) == ["IV dye"]


def test_booking_waits_for_what_is_still_being_typed(desk: OpenDesk) -> None:
    at = desk()
    fill(at, patient="soto")
    at.panel.safety.focus_first()
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y)
    field = QApplication.focusWidget()
    at.qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    at.settle()
    assert not appointments(at, DAY)
    assert "say what there is" in lines(at).casefold()
    at.qtbot.keyClicks(field, "IV dye")
    at.qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    at.settle()
    assert not appointments(at, DAY)
    assert "Look at the card" in words_in(at.panel.foot)
    at.qtbot.keyClick(at.panel.accept, Qt.Key.Key_Return, CTRL)
    at.settle()
    (made,) = appointments(at, DAY)
    assert "review" in made.flags


def test_the_half_typed_answer_to_one_question_outlives_another(desk: OpenDesk) -> None:
    at = desk()
    fill(at, patient="soto")
    at.panel.safety.focus_first()
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y)
    at.qtbot.keyClicks(QApplication.focusWidget(), "nick")
    safety_facts.answer(at.clinic, at.actor, at.seeded.andrea, Topic.DRUGS, Said.NONE)
    at.panel.ask_again()
    at.settle()
    at.qtbot.keyClicks(QApplication.focusWidget(), "el")
    at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at.settle()
    assert allergies(at) == ["nickel"]


@pytest.mark.parametrize("login", ["frontdesk", "nurse"])
def test_only_a_physician_is_offered_reasons(desk: OpenDesk, login: str) -> None:
    at = desk(login)
    knows(at, AllergyEntry("IV dye"))
    fill(at)
    assert at.panel.safety.given() == ()
    assert "Reason for going ahead" not in lines(at)


def test_a_physician_answers_at_once(desk: OpenDesk) -> None:
    at = desk("physician")
    knows(at, AllergyEntry("IV dye"))
    fill(at)
    (choice,) = [c for c in _choices(at) if c.isVisible()]
    choice.setFocus()
    wanted = choice.findText("Premedication given, and the team is ready for a reaction")
    assert wanted > 0
    choice.setCurrentIndex(wanted)
    choice.activated.emit(wanted)
    at.settle()
    assert at.panel.accept.text().startswith("Book 12 Jan 2027")
    at.qtbot.keyClick(at.panel.time.minutes, Qt.Key.Key_Return, CTRL)
    at.settle()
    (made,) = appointments(at, DAY)
    assert "review" not in made.flags


def _choices(desk: Any) -> list[Any]:
    from clinicdesk.ui.widgets import Choice

    return desk.panel.safety.findChildren(Choice)


def test_the_strip_is_never_green_over_a_danger(desk: OpenDesk) -> None:
    at = desk()
    knows(at, AllergyEntry("IV dye"))
    fill(at)
    at.panel.area.verticalScrollBar().setValue(0)
    at.settle()
    strip = at.panel.foot.strip
    if strip.isVisible():
        assert "physician's reason" in strip.accessibleName()
