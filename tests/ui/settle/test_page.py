"""What waits for whom, worked by keyboard as desk and physician work it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support import settle
from support.desk import Desk, words_in
from support.due import performed

from clinicdesk.data.tables import FollowUp
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.services import booking, holds, reviews, schedule
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.matching import MatchingDialog
from clinicdesk.ui.settle.page import SettlePage

Key = Qt.Key


class SettleDesk(Desk):
    """A window with the list."""

    key_of_page = "settle"

    def make(self, context: UiContext) -> SettlePage:
        return SettlePage(context)

    def rows(self) -> list[str]:
        """What stands in the list, headings included."""
        model = self.page.view.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def panel(self) -> str:
        """What can be read in the panel."""
        return words_in(self.page.panel)


@pytest.fixture
def desk(sit: Any) -> Callable[..., SettleDesk]:
    def open_desk(login: str = "frontdesk") -> SettleDesk:
        made: SettleDesk = sit(SettleDesk, login)
        made.open()
        return made

    return open_desk


def test_nothing_waits(desk: Callable[..., SettleDesk]) -> None:
    d = desk()
    assert "Nothing waits" in words_in(d.page)
    d.click(d.button("Open the schedule"))
    assert d.went == [("schedule", {})]


def test_names_of_sites_that_wait_lead_to_the_reviewed_list(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    for day, site in ((2, "sholder left"), (3, "north spur left"), (4, "sholder left")):
        performed(embedded_clinic, date(2026, 11, day), "joint.injection", site)
    d = desk("physician")
    assert "2 names of sites in the records are on no list" in words_in(d.page)
    d.click(d.button("Match names"))
    d.settle()
    (dialog,) = d.page.window().findChildren(MatchingDialog)
    dialog.choices["sholder"].set_value("shoulder")
    dialog.choices["sholder"].chosen.emit("shoulder")
    d.click(dialog.accept)
    assert "1 name of a site in the records is on no list" in words_in(d.page)


def test_who_may_not_match_names_is_not_sent_there(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    performed(embedded_clinic, date(2026, 11, 2), "joint.injection", "sholder left")
    assert "on no list" not in words_in(desk("frontdesk").page)


def test_each_thing_stands_under_whom_it_waits_for(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    settle.everything(embedded_clinic)
    d = desk()
    rows = d.rows()
    assert [row for row in rows if row.split()[-1].isdigit()] == [
        "Waits for a physician 1", "Died: cancel what lies ahead 1", "Blood thinners 1",
    ]  # fmt: skip
    review = rows[1]
    for words in ("Tue 1 Dec 09:00", "O'Neil, Sean", "L5 left", "IV dye", "Joelle Marsh"):
        assert words in review
    assert "Apixaban: last dose Fri 27 Nov" in rows[-1]
    # The desk has a death and a late thinner to settle; the danger waits for a physician.
    assert d.page.badge() == 2
    assert desk("physician").page.badge() == 1


def test_a_physician_answers_by_keyboard(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    made = settle.everything(embedded_clinic)
    d = desk("physician")
    assert "Because of: IV dye" in d.panel()
    d.key(Key.Key_Return)
    d.key(Key.Key_Return)
    assert "Choose whether it goes ahead as planned." in d.panel()
    d.key(Key.Key_Right)
    d.key(Key.Key_Return)
    assert "Choose a reason from the list." in d.panel()
    d.page.panel.answer.reason.set_value("other")
    d.key(Key.Key_Return)
    assert "needs a sentence" in d.panel()
    d.page.panel.answer.reason.set_value("prepared")
    d.key(Key.Key_Return)
    assert "Waits for a physician 1" not in d.rows()
    (said,) = reviews.of_appointment(embedded_clinic, d.actor, made["review"])
    assert (said.code, said.answered_by) == ("prepared", "Dr. Amara Osei")
    # The cursor is on what has come into its place, and the keys are the list's again.
    assert d.page.view.hasFocus()
    assert d.page.view.current_line().patient == "Müller, Jürgen"


def test_who_may_not_answer_reads_who_may(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    settle.everything(embedded_clinic)
    d = desk("nurse")
    d.key(Key.Key_Return)
    assert d.warned == ["Only a physician answers this."]
    assert "Only a physician answers this: Dr. Amara Osei, or another one." in d.panel()
    assert "Keep the answer" not in d.panel()


def test_what_was_refused_leads_to_the_appointment(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    made = settle.everything(embedded_clinic)
    (waits,) = settle.raised(embedded_clinic)
    physician = embedded_clinic.seeded.actor("physician")
    reviews.answer(embedded_clinic, physician, waits.id, GivenReason("benefit"), go_ahead=False)
    d = desk()
    assert d.rows()[0] == "Refused: change or cancel 1"
    assert "Not as planned" in d.panel()
    d.key(Key.Key_Return)
    assert d.went == [("schedule", {"day": settle.DAY, "appointment_id": made["review"]})]


def test_the_desk_takes_the_steps_of_a_thinner(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    number = settle.book(embedded_clinic, "frontdesk", "teresa", settle.DAY, 10)
    d = desk()
    d.key(Key.Key_Return)
    d.key(Key.Key_Return)
    assert "Say who was asked." in d.panel()
    d.qtbot.keyClicks(d.page.panel.step.who, "Dr. Hale")
    d.key(Key.Key_Return)
    assert "asked 24 Nov" in d.rows()[1]
    d.key(Key.Key_Return)
    assert d.page.panel.step.who.text() == "Dr. Hale"
    d.key(Key.Key_Return)
    assert "Say whether the prescriber agreed." in d.panel()
    d.key(Key.Key_Right)
    d.key(Key.Key_Return)
    assert "agreed (Dr. Hale)" in d.rows()[1]
    d.key(Key.Key_Return)
    assert "Tell the patient. Apixaban: last dose Fri 27 Nov" in d.panel()
    d.key(Key.Key_Return)
    assert "Nothing waits" in words_in(d.page)
    (track,) = holds.of_appointment(embedded_clinic, d.actor, number)
    assert track.told is not None


def test_a_death_with_nothing_ahead_waits_for_nobody(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    settle.dies(embedded_clinic)
    d = desk()
    assert "Nothing waits" in words_in(d.page)


def test_nothing_else_waits_for_who_has_died(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    settle.knows_dye(embedded_clinic, "teresa")
    settle.book(embedded_clinic, "frontdesk", "teresa", settle.DAY, 10)
    settle.dies(embedded_clinic, "teresa")
    d = desk("physician")
    assert [row for row in d.rows() if row.split()[-1].isdigit()] == [
        "Died: cancel what lies ahead 1"
    ]
    assert d.page.badge() == 0


def test_a_last_dose_stated_too_late_waits_for_a_physician(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    number = settle.book(embedded_clinic, "frontdesk", "teresa", settle.TODAY, 15)
    nurse = embedded_clinic.seeded.actor("nurse")
    holds.stated(embedded_clinic, nurse, number, "apixaban", date(2026, 11, 23))
    d = desk("physician")
    assert d.rows()[0] == "Waits for a physician 1"
    assert "said to be 23 Nov 2026. That is too late" in d.rows()[1]
    assert "Because of: apixaban\n" in d.panel()
    d.key(Key.Key_Return)
    d.page.panel.answer.reason.set_value("thinner_agreed")
    d.key(Key.Key_Right)
    d.key(Key.Key_Return)
    assert "needs a sentence" in d.panel()
    # Asked again, it was the day it should have been: nothing waits any more.
    done = holds.stated(embedded_clinic, nurse, number, "apixaban", date(2026, 11, 20))
    d.context.publish(done.changes)
    d.settle()
    assert "Nothing waits" in words_in(d.page)


def test_a_death_cancels_all(embedded_clinic: Any, desk: Callable[..., SettleDesk]) -> None:
    made = settle.everything(embedded_clinic)
    d = desk()
    d.key(Key.Key_Down)
    assert "2 appointments lie ahead: Tue 1 Dec, Tue 8 Dec" in d.panel()
    d.key(Key.Key_Return)
    d.key(Key.Key_Return)
    assert d.said[-1] == "2 appointments cancelled"
    row = schedule.appointment(embedded_clinic, d.actor, made["death"])
    assert row.status is Status.CANCELLED
    assert "Died" not in " ".join(d.rows())


def test_who_died_in_the_house_is_named_and_the_visit_is_opened(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    number = settle.book(embedded_clinic, "frontdesk", "jurgen", settle.TODAY, 15)
    actor = embedded_clinic.seeded.actor("frontdesk")
    booking.set_status(embedded_clinic, actor, number, 1, Status.RECOVERING)
    settle.dies(embedded_clinic)
    d = desk()
    assert "In the house: recovering. End the visit in the schedule." in d.panel()
    d.key(Key.Key_A)
    assert d.went[-1] == ("schedule", {"appointment_id": number, "day": settle.TODAY})


def test_it_follows_another_desk(embedded_clinic: Any, desk: Callable[..., SettleDesk]) -> None:
    made = settle.everything(embedded_clinic)
    d = desk()
    version = schedule.appointment(embedded_clinic, d.actor, made["review"]).version
    done = booking.cancel(embedded_clinic, d.actor, made["review"], version, "patient called")
    d.context.publish(done.changes)
    d.settle()
    assert "Waits for a physician 1" not in d.rows()


def test_a_promised_call_is_made_and_gone(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    number = performed(embedded_clinic, date(2026, 11, 6))
    with embedded_clinic.store.write(None, "test.call") as tx:
        teresa = embedded_clinic.seeded.teresa
        tx.add(FollowUp(patient_id=teresa, procedure_id=number, kind="score", due_on=settle.TODAY))
    d = desk()
    assert d.rows()[0] == "Calls promised by today 1"
    assert "(617) 555-0143" in d.rows()[1]
    d.key(Key.Key_Return)
    d.key(Key.Key_Return)
    assert "Say whether the patient was reached." in d.panel()
    d.key(Key.Key_Right)
    d.key(Key.Key_Return)
    assert "Nothing waits" in words_in(d.page)


def test_esc_goes_back_to_the_list_and_then_puts_the_panel_away(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    settle.everything(embedded_clinic)
    d = desk("physician")
    d.key(Key.Key_Return)
    d.key(Key.Key_Escape)
    assert d.page.panel.isVisible()
    assert d.page.view.hasFocus()
    d.key(Key.Key_Escape)
    assert not d.page.panel.isVisible()
    d.key(Key.Key_Return)
    assert d.page.panel.isVisible()
    d.click(d.button("Close this panel"))
    assert not d.page.panel.isVisible()


def test_it_is_up_to_date_when_it_is_shown_again(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    d = desk()
    d.page.hide()
    d.page.leave()
    settle.everything(embedded_clinic)
    d.page.show()
    d.settle()
    assert "Waits for a physician 1" in d.rows()
    assert "Blood thinners 1" in d.rows()


def test_the_keys_open_appointment_and_patient(
    embedded_clinic: Any, desk: Callable[..., SettleDesk]
) -> None:
    made = settle.everything(embedded_clinic)
    d = desk()
    d.key(Key.Key_O)
    d.key(Key.Key_P)
    assert d.went == [
        ("schedule", {"day": settle.DAY, "appointment_id": made["review"]}),
        ("patients", {"patient_id": embedded_clinic.seeded.sean}),
    ]
