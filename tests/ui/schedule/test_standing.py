"""Beside an appointment: dangers, answers, held drugs; and what is open when somebody arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from support import settle
from support.desk import words_in
from support.logs import PASSWORD, answered, complete

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.services import (
    booking,
    holds,
    patients,
    procedures,
    reviews,
    safety_facts,
    schedule,
)
from clinicdesk.ui.schedule.tray import Key as MarksKey

Key = Qt.Key
Open = Callable[..., Any]


def shown(desk: Any, number: int, day: date = settle.TODAY) -> str:
    """What the panel says of an appointment."""
    desk.open(day=day, appointment_id=number)
    return words_in(desk.page.detail)


def test_a_danger_is_told_with_who_raised_it_and_who_may_answer(desk: Open) -> None:
    desk = desk()
    settle.knows_dye(desk.clinic)
    number = settle.book(desk.clinic, "frontdesk", "sean", settle.DAY, 9)
    words = shown(desk, number, settle.DAY)
    assert "Contrast allergy on record" in words
    assert "Waits for a physician" in words
    assert "Raised at booking by Joelle Marsh, 24 Nov" in words
    assert "Only a physician answers this." in words
    assert "for review" in desk.model.index(0, 0).data()
    assert "For review" in words_in(desk.page.findChild(MarksKey))


def test_a_physician_answers_beside_the_appointment(desk: Open) -> None:
    desk = desk("physician")
    settle.knows_dye(desk.clinic)
    number = settle.book(desk.clinic, "frontdesk", "sean", settle.DAY, 9)
    shown(desk, number, settle.DAY)
    desk.click(desk.button("Answer"))
    keep = desk.button("Keep the answer")
    assert keep.visibleRegion().boundingRect().height() == keep.height()
    desk.key(Key.Key_Right)
    desk.page.detail.standing.answer.reason.set_value("prepared")
    desk.click(desk.button("Keep the answer"))
    words = words_in(desk.page.detail)
    assert "Go ahead: Premedication given, and the team is ready for a reaction" in words
    assert "(Dr. Amara Osei, 24 Nov)" in words
    assert "review" not in desk.row(number).flags
    assert "Keep the answer" not in words


def test_a_refusal_says_who_and_why(desk: Open) -> None:
    desk = desk()
    settle.knows_dye(desk.clinic)
    number = settle.book(desk.clinic, "frontdesk", "sean", settle.DAY, 9)
    (waits,) = settle.raised(desk.clinic)
    reviews.answer(
        desk.clinic, desk.seeded.actor("physician"), waits.id,
        GivenReason("other", "Ultrasound instead of contrast"), go_ahead=False,
    )  # fmt: skip
    words = shown(desk, number, settle.DAY)
    assert "Not as planned" in words
    assert "Ultrasound instead of contrast (Dr. Amara Osei, 24 Nov)" in words


def test_a_held_drug_is_one_line_with_its_next_step(desk: Open) -> None:
    desk = desk()
    number = settle.book(desk.clinic, "frontdesk", "teresa", settle.DAY, 9)
    words = shown(desk, number, settle.DAY)
    assert "Apixaban: last dose Fri 27 Nov · prescriber not asked yet" in words
    desk.click(desk.button("Prescriber asked"))
    desk.qtbot.keyClicks(desk.page.detail.standing.step.who, "Dr. Hale")
    desk.key(Key.Key_Return)
    assert "Apixaban: last dose Fri 27 Nov · asked 24 Nov (Dr. Hale)" in words_in(desk.page.detail)
    holds.answered(desk.clinic, desk.actor, number, "apixaban", "agreed", "Dr. Hale")
    holds.told(desk.clinic, desk.actor, number, "apixaban")
    desk.page.refresh()
    desk.settle()
    words = words_in(desk.page.detail)
    assert "asked 24 Nov, agreed (Dr. Hale), told 24 Nov" in words


def test_who_was_told_another_day_is_told_again(desk: Open) -> None:
    desk = desk()
    number = settle.book(desk.clinic, "frontdesk", "teresa", settle.DAY, 9)
    holds.asked(desk.clinic, desk.actor, number, "apixaban", "Dr. Hale")
    holds.answered(desk.clinic, desk.actor, number, "apixaban", "agreed", "Dr. Hale")
    holds.told(desk.clinic, desk.actor, number, "apixaban")
    row = schedule.appointment(desk.clinic, desk.actor, number)
    later = row.start + timedelta(days=7)
    booking.move(desk.clinic, desk.actor, number, row.version, later, row.physician_id,
                 row.room_id, 30, for_review=True)  # fmt: skip
    words = shown(desk, number, later.date())
    assert "told another day: tell again" in words
    desk.click(desk.button("Patient told again"))
    assert "Tell the patient. Apixaban: last dose Fri 4 Dec" in words_in(desk.page.detail)
    desk.key(Key.Key_Return)
    assert "tell again" not in words_in(desk.page.detail)


def test_what_is_open_is_said_at_check_in_and_settled_from_there(desk: Open) -> None:
    desk = desk()
    number = settle.book(desk.clinic, "frontdesk", "teresa", settle.TODAY, 15)
    desk.open(appointment_id=number)
    desk.check_in()
    assert desk.row(number).status is Status.ARRIVED
    assert desk.dialog() is None
    line = desk.page.arrivals.banner
    assert "Teresa Villalobos is here, and" in line.text()
    assert "1 last dose not stated" in line.text()
    desk.click(desk.button("Close this panel"))
    desk.click(line.button)
    assert desk.page.detail.isVisible()
    desk.click(desk.button("Last dose stated"))
    desk.qtbot.keyClicks(desk.page.detail.standing.step.last, "tomorrow")
    desk.key(Key.Key_Return)
    assert "When was the last dose taken?" in words_in(desk.page.detail)
    desk.type(desk.page.detail.standing.step.last, "22 Nov 2025")
    desk.key(Key.Key_Return)
    desk.key(Key.Key_Return)
    assert "22 Nov 2025 is a year ago: is the year right?" in words_in(desk.page.detail)
    assert "stated:" not in words_in(desk.page.detail)
    desk.type(desk.page.detail.standing.step.last, "22 Nov")
    desk.key(Key.Key_Return)
    words = words_in(desk.page.detail)
    assert "stated: Sun 22 Nov" in words
    assert "Taken too late." in words
    # It waits for a physician, and the block says so.
    assert (
        "At check-in the last dose of Apixaban was said to be 22 Nov 2026. That is too late"
        in words
    )
    assert "Only a physician answers this." in words
    assert "last dose" not in line.text()
    assert "1 for a physician" in line.text()
    assert "review" in desk.row(number).flags


def test_once_it_is_logged_nothing_is_open(desk: Open) -> None:
    desk = desk("nurse")
    settle.knows_dye(desk.clinic, "teresa")
    number = settle.book(desk.clinic, "frontdesk", "teresa", settle.TODAY, 15)
    desk.open(appointment_id=number)
    desk.check_in()
    assert "1 for a physician" in desk.page.arrivals.banner.text()
    physician = desk.seeded.actor("physician")
    form = complete(procedures.open_log(desk.clinic, physician, number).form)
    form = replace(answered(desk.clinic, physician, form), reason="No other way, discussed twice")
    done = procedures.sign(desk.clinic, physician, form, 0, PASSWORD)
    desk.context.publish(done.changes)
    desk.settle()
    assert desk.page.arrivals.banner.text() == ""
    words = shown(desk, number)
    assert "Waits for a physician" not in words
    assert "review" not in desk.row(number).flags
    chart = patients.open_chart(desk.clinic, physician, desk.seeded.teresa)
    assert [row.review for row in chart.upcoming] == [False]


def test_one_fact_is_one_line_with_both_sources(desk: Open) -> None:
    desk = desk()
    settle.knows_dye(desk.clinic, "teresa")  # under Medicare, whose rule names it, too
    number = settle.book(
        desk.clinic, "frontdesk", "teresa", settle.DAY, 9,
        guidance=Guidance.FLUOROSCOPY, contrast=True,
    )  # fmt: skip
    words = shown(desk, number, settle.DAY)
    rule = "Planned fluoroscopy with contrast; expected is"
    assert words.count("Contrast allergy on record") == 1
    assert words.count(rule) == 1
    assert rule in words_in(desk.page.detail.standing)
    assert rule not in words_in(desk.page.detail.card)
    sources = words_in(desk.page.detail.standing)
    assert "LCD" in sources
    desk.click(desk.button("Check in"))
    assert rule not in words_in(desk.page.panel)


def test_a_check_in_that_is_taken_back_takes_the_line_with_it(desk: Open) -> None:
    desk = desk()
    number = settle.book(desk.clinic, "frontdesk", "teresa", settle.TODAY, 15)
    desk.open(appointment_id=number)
    desk.check_in()
    assert desk.page.arrivals.banner.text()
    desk.undo()
    assert desk.page.arrivals.banner.text() == ""


def test_nothing_open_says_nothing(desk: Open) -> None:
    desk = desk()
    start = settle.TODAY
    number = settle.book(desk.clinic, "frontdesk", "andrea", start, 15, procedure="", sites=(),
                         room_id=None, title="Follow-up visit")  # fmt: skip
    desk.open(appointment_id=number)
    desk.check_in()
    assert desk.page.arrivals.banner.text() == ""
    assert not desk.page.detail.standing.isVisible()


def test_a_question_is_answered_beside_the_appointment(desk: Open) -> None:
    desk = desk()
    number = settle.book(desk.clinic, "frontdesk", "andrea", settle.TODAY, 15)
    before = shown(desk, number)
    assert "Could this patient be pregnant?" not in before or "Any allergy" in before
    assert "Any drug, blood thinners too?" in before
    # N is "no" here, not the page's new appointment.
    desk.button("Any drug, blood thinners too?: N").setFocus(Qt.FocusReason.TabFocusReason)
    desk.key(Key.Key_N)
    assert not desk.page.panel.booking.isVisible()
    assert "Any drug, blood thinners too?" not in words_in(desk.page.detail)
    facts = safety_facts.facts(desk.clinic, desk.actor, desk.seeded.andrea)
    assert facts.of(Topic.DRUGS).said is Said.NONE
