"""Blood thinners from booking to the needle: asked, answered, told, stated; and what is overdue."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from clinicdesk.domain.errors import Doubtful, Invalid, NotFound
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.rows.safety_facts import DrugEntry, Topic
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.domain.states import HoldStepKind
from clinicdesk.services import booking, holds, safety_facts, schedule

DAY = date(2026, 12, 1)
LAST = date(2026, 11, 27)
"""Three whole days before the procedure are free of it (apixaban)."""


@pytest.fixture
def made(clinic: Any, frontdesk: Any) -> int:
    return book(clinic, frontdesk)


def book(clinic: Any, actor: Any, day: date = DAY, patient: str = "teresa") -> int:
    request = BookRequest(
        patient_id=getattr(clinic.seeded, patient),
        start=datetime.combine(day, time(9), tzinfo=clinic.zone),
        minutes=30,
        physician_id=clinic.seeded.osei,
        room_id=clinic.seeded.carm_room,
        procedure="esi.interlaminar",
        sites=("L4-L5 midline",),
        for_review=True,
    )
    return booking.book(clinic, actor, request).value


def move(clinic: Any, actor: Any, number: int, day: date) -> None:
    row = schedule.appointment(clinic, actor, number)
    start = datetime.combine(day, time(9), tzinfo=clinic.zone)
    booking.move(
        clinic, actor, number, row.version, start, row.physician_id, row.room_id, 30,
        for_review=True,
    )  # fmt: skip


def track(clinic: Any, actor: Any, number: int) -> HoldTrack:
    (found,) = holds.of_appointment(clinic, actor, number)
    return found


def test_a_new_booking_asks_for_the_prescriber_first(
    clinic: Any, frontdesk: Any, made: int
) -> None:
    found = track(clinic, frontdesk, made)
    assert (found.patient, found.procedure, found.sites) == (
        "Villalobos, Teresa", "Interlaminar ESI", ("L4-L5 midline",),
    )  # fmt: skip
    assert (found.hold.last_dose_on, found.next_step) == (LAST, HoldStepKind.ASKED)
    assert holds.worklist(clinic, frontdesk) == (found,)


def test_the_steps_follow_each_other_and_say_who(clinic: Any, frontdesk: Any, made: int) -> None:
    holds.asked(clinic, frontdesk, made, "apixaban", "Dr. Hale")
    assert track(clinic, frontdesk, made).next_step is HoldStepKind.ANSWERED
    holds.answered(clinic, frontdesk, made, "apixaban", "agreed", "Dr. Hale")
    found = track(clinic, frontdesk, made)
    assert found.next_step is HoldStepKind.TOLD
    assert found.answered is not None
    assert (found.answered.who, found.answered.by) == ("Dr. Hale", "Joelle Marsh")
    done = holds.told(clinic, frontdesk, made, "apixaban")
    assert (done.value, done.changes.kinds) == (made, {"appointment"})
    found = track(clinic, frontdesk, made)
    assert found.told is not None
    assert (found.next_step, found.told.last_dose_on) == (None, LAST)
    assert holds.worklist(clinic, frontdesk) == ()


def test_who_was_told_another_day_is_told_again(clinic: Any, frontdesk: Any, made: int) -> None:
    holds.asked(clinic, frontdesk, made, "apixaban", "Dr. Hale")
    holds.answered(clinic, frontdesk, made, "apixaban", "agreed", "Dr. Hale")
    holds.told(clinic, frontdesk, made, "apixaban")
    move(clinic, frontdesk, made, DAY + timedelta(days=7))
    found = track(clinic, frontdesk, made)
    assert (found.moved, found.next_step) == (True, HoldStepKind.TOLD)
    assert found.hold.last_dose_on == LAST + timedelta(days=7)
    holds.told(clinic, frontdesk, made, "apixaban")
    assert not track(clinic, frontdesk, made).moved


def test_a_refusal_stays_on_the_list_until_somebody_asks_again(
    clinic: Any, frontdesk: Any, made: int
) -> None:
    holds.asked(clinic, frontdesk, made, "apixaban", "Dr. Hale")
    holds.answered(clinic, frontdesk, made, "apixaban", "refused", "Dr. Hale")
    (found,) = holds.worklist(clinic, frontdesk)
    assert (found.refused, found.next_step) == (True, None)
    with pytest.raises(Invalid) as wrong:
        holds.told(clinic, frontdesk, made, "apixaban")
    assert "did not agree" in wrong.value.fields["told"]
    holds.asked(clinic, frontdesk, made, "apixaban", "Dr. Brand")
    found = track(clinic, frontdesk, made)
    assert (found.refused, found.next_step) == (False, HoldStepKind.ANSWERED)


def test_what_was_not_said_is_asked_for(clinic: Any, frontdesk: Any, made: int) -> None:
    for act, more, field in (
        (holds.asked, (" ",), "who"),
        (holds.answered, ("agreed", " "), "who"),
        (holds.answered, ("perhaps", "Dr. Hale"), "answer"),
        (holds.stated, (DAY,), "last_dose"),
    ):
        with pytest.raises(Invalid) as wrong:
            act(clinic, frontdesk, made, "apixaban", *more)
        assert set(wrong.value.fields) == {field}
    with pytest.raises(NotFound, match="no longer on the patient's list"):
        holds.asked(clinic, frontdesk, made, "warfarin", "Dr. Hale")


def test_what_is_late_comes_first(clinic: Any, frontdesk: Any, made: int) -> None:
    # Asked a week before the last dose, 27 November: that is 20 November, and it is the 24th.
    sean = clinic.seeded.sean
    safety_facts.answer(clinic, frontdesk, sean, Topic.DRUGS, add=(DrugEntry("apixaban"),))
    later = book(clinic, frontdesk, DAY + timedelta(days=7), "sean")
    soon = track(clinic, frontdesk, made)
    assert soon.overdue(clinic.today())
    assert not track(clinic, frontdesk, later).overdue(clinic.today())
    assert [t.appointment_id for t in holds.worklist(clinic, frontdesk)] == [made, later]


def test_the_last_dose_at_check_in_ends_the_steps(clinic: Any, frontdesk: Any, made: int) -> None:
    # Said before the day itself, it would say nothing of whether it was kept.
    holds.stated(clinic, frontdesk, made, "apixaban", date(2026, 11, 24))
    assert track(clinic, frontdesk, made).stated is None
    clinic.clock.moment = datetime.combine(DAY, time(8, 30), tzinfo=clinic.zone)
    holds.stated(clinic, frontdesk, made, "apixaban", LAST)
    found = track(clinic, frontdesk, made)
    assert (found.next_step, holds.enough(found)) == (None, True)
    holds.stated(clinic, frontdesk, made, "apixaban", LAST + timedelta(days=1))
    assert holds.enough(track(clinic, frontdesk, made)) is False
    assert holds.worklist(clinic, frontdesk) == ()


@pytest.mark.parametrize(
    ("day", "asks"),
    [
        (date(2025, 12, 13), "13 Dec 2025 is a year ago: is the year right?"),
        (date(1990, 1, 1), "1 Jan 1990 is 36 years ago: is the year right?"),
        (LAST - timedelta(days=31), "27 Oct 2026 is 35 days ago: is the day right?"),
    ],
)
def test_a_last_dose_of_long_ago_is_asked_back(
    clinic: Any, frontdesk: Any, made: int, day: date, asks: str
) -> None:
    clinic.clock.moment = datetime.combine(DAY, time(8, 30), tzinfo=clinic.zone)
    with pytest.raises(Doubtful) as wrong:
        holds.stated(clinic, frontdesk, made, "apixaban", day)
    assert asks in wrong.value.fields["last_dose"]
    assert track(clinic, frontdesk, made).stated is None
    holds.stated(clinic, frontdesk, made, "apixaban", day, sure=True)
    stated = track(clinic, frontdesk, made).stated
    assert stated is not None
    assert stated.last_dose_on == day


def test_a_plausible_last_dose_is_taken_at_once(clinic: Any, frontdesk: Any, made: int) -> None:
    clinic.clock.moment = datetime.combine(DAY, time(8, 30), tzinfo=clinic.zone)
    holds.stated(clinic, frontdesk, made, "apixaban", LAST - timedelta(days=30))
    assert holds.enough(track(clinic, frontdesk, made)) is True


def test_no_last_dose_lies_before_birth_however_sure(
    clinic: Any, frontdesk: Any, made: int
) -> None:
    with pytest.raises(Invalid) as wrong:
        holds.stated(clinic, frontdesk, made, "apixaban", date(1958, 3, 13), sure=True)
    assert "before the patient was born" in wrong.value.fields["last_dose"]


def test_what_is_cancelled_waits_for_nobody(clinic: Any, frontdesk: Any, made: int) -> None:
    version = schedule.appointment(clinic, frontdesk, made).version
    booking.cancel(clinic, frontdesk, made, version, "patient called")
    assert holds.worklist(clinic, frontdesk) == ()


def test_who_takes_no_thinner_is_not_on_the_list(clinic: Any, frontdesk: Any) -> None:
    number = book(clinic, frontdesk, patient="andrea")
    assert holds.of_appointment(clinic, frontdesk, number) == ()
    assert holds.worklist(clinic, frontdesk) == ()
