"""A danger that is known: booked for review, answered by a physician, raised by a later fact."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from clinicdesk.domain.errors import Invalid, NotAllowed, ReasonNeeded, Stale
from clinicdesk.domain.rows.reviews import OTHER, GivenReason
from clinicdesk.domain.rows.safety_facts import AllergyEntry, Said, Topic
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.domain.states import RaisedIn, ReviewOutcome
from clinicdesk.services import booking, procedures, reviews, safety_facts, schedule

DAY = date(2026, 12, 1)
BENEFIT = GivenReason("benefit")
DYE = AllergyEntry("IV dye", "anaphylaxis")


def request(clinic: Any, **changes: Any) -> BookRequest:
    values = {
        "patient_id": clinic.seeded.sean,
        "start": datetime.combine(DAY, time(9), tzinfo=clinic.zone),
        "minutes": 30,
        "physician_id": clinic.seeded.osei,
        "room_id": clinic.seeded.carm_room,
        "procedure": "esi.transforaminal",
        "sites": ("L5 left",),
    } | changes
    return BookRequest(**values)


def knows_dye(clinic: Any, actor: Any) -> None:
    safety_facts.answer(clinic, actor, clinic.seeded.sean, Topic.ALLERGIES, add=(DYE,))


def row(clinic: Any, actor: Any, appointment_id: int) -> Any:
    return schedule.appointment(clinic, actor, appointment_id)


@pytest.fixture
def physician(clinic: Any) -> Any:
    return clinic.seeded.actor("physician")


@pytest.fixture
def frontdesk(clinic: Any) -> Any:
    return clinic.seeded.actor("frontdesk")


def test_nothing_is_booked_past_a_danger_in_silence(clinic: Any, frontdesk: Any) -> None:
    knows_dye(clinic, frontdesk)
    with pytest.raises(ReasonNeeded, match="IV dye"):
        booking.book(clinic, frontdesk, request(clinic))
    assert schedule.day(clinic, frontdesk, DAY).appointments == ()


def test_the_desk_books_for_review_and_a_physician_answers(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    knows_dye(clinic, frontdesk)
    made = booking.book(clinic, frontdesk, request(clinic, for_review=True)).value
    assert "review" in row(clinic, frontdesk, made).flags
    (waits,) = reviews.waiting(clinic, physician)
    assert (waits.appointment_id, waits.check, waits.because) == (
        made, "allergy.contrast", ("IV dye",),
    )  # fmt: skip
    assert (waits.raised_by, waits.raised_in) == ("Joelle Marsh", RaisedIn.BOOKING)
    reviews.answer(clinic, physician, waits.id, GivenReason("prepared"), go_ahead=True)
    assert "review" not in row(clinic, frontdesk, made).flags
    assert reviews.waiting(clinic, physician) == ()
    (said,) = reviews.of_appointment(clinic, frontdesk, made)
    assert (said.outcome, said.answered_by) == (ReviewOutcome.GO_AHEAD, "Dr. Amara Osei")
    with pytest.raises(Stale):
        reviews.answer(clinic, physician, waits.id, BENEFIT, go_ahead=True)


@pytest.mark.parametrize("note", ["", "She says it was only a rash"])
def test_a_note_for_the_review_is_no_interval_reason(
    clinic: Any, frontdesk: Any, physician: Any, note: str
) -> None:
    knows_dye(clinic, frontdesk)
    asked = request(clinic, for_review=True, reason=note)
    made = booking.book(clinic, frontdesk, asked).value
    (waits,) = reviews.waiting(clinic, physician)
    assert waits.note == note
    version = row(clinic, frontdesk, made).version
    later = datetime.combine(DAY + timedelta(days=1), time(9), tzinfo=clinic.zone)
    seeded = clinic.seeded
    booking.move(
        clinic, frontdesk, made, version, later, seeded.osei, seeded.carm_room, 30,
        note, for_review=True,
    )  # fmt: skip
    assert procedures.open_log(clinic, physician, made).form.reason == ""


def test_what_a_physician_refused_waits_for_the_desk(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    knows_dye(clinic, frontdesk)
    made = booking.book(clinic, frontdesk, request(clinic, for_review=True)).value
    (waits,) = reviews.waiting(clinic, physician)
    reviews.answer(clinic, physician, waits.id, BENEFIT, go_ahead=False)
    (refused,) = reviews.waiting(clinic, frontdesk)
    assert refused.outcome is ReviewOutcome.REFUSED
    assert "review" in row(clinic, frontdesk, made).flags
    version = row(clinic, frontdesk, made).version
    booking.cancel(clinic, frontdesk, made, version, "physician says no")
    assert reviews.waiting(clinic, frontdesk) == ()


def test_a_physician_books_with_a_reason_for_each(clinic: Any, physician: Any) -> None:
    knows_dye(clinic, physician)
    given = (("allergy.contrast", GivenReason("prepared")),)
    made = booking.book(clinic, physician, request(clinic, safety=given)).value
    assert "review" not in row(clinic, physician, made).flags
    (said,) = reviews.of_appointment(clinic, physician, made)
    assert (said.code, said.outcome) == ("prepared", ReviewOutcome.GO_AHEAD)


def test_one_sentence_does_not_clear_several_dangers(clinic: Any, physician: Any) -> None:
    knows_dye(clinic, physician)
    safety_facts.answer(
        clinic, physician, clinic.seeded.sean, Topic.CONDITIONS, add=(_infection(),)
    )
    every = (("allergy.contrast", GivenReason(OTHER, "premedicated as agreed with the allergist")),)
    with pytest.raises(Invalid, match="fever"):
        booking.book(clinic, physician, request(clinic, safety=every))
    made = booking.book(clinic, physician, request(clinic, safety=every, for_review=True)).value
    rows = reviews.of_appointment(clinic, physician, made)
    assert {row.check for row in rows if row.open} == {"infection.present"}


@pytest.mark.parametrize("login", ["frontdesk", "nurse", "manager"])
def test_nobody_else_gives_the_reason(clinic: Any, login: str) -> None:
    actor = clinic.seeded.actor(login)
    knows_dye(clinic, actor)
    with pytest.raises(NotAllowed, match="physician"):
        booking.book(clinic, actor, request(clinic, safety=(("allergy.contrast", BENEFIT),)))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (GivenReason(""), "Choose a reason"),
        (GivenReason("of our own"), "Choose a reason"),
        (GivenReason("device"), "does not answer this"),
        (GivenReason(OTHER), "needs a sentence"),
        (GivenReason(OTHER, "because"), "needs a sentence"),
        (GivenReason(OTHER, "a b c"), "needs a sentence"),
    ],
)
def test_five_letters_are_no_reason(
    clinic: Any, physician: Any, given: GivenReason, words: str
) -> None:
    knows_dye(clinic, physician)
    with pytest.raises(Invalid) as refused:
        booking.book(clinic, physician, request(clinic, safety=(("allergy.contrast", given),)))
    assert words in refused.value.fields["safety"]


def test_a_fact_that_comes_later_is_raised_on_what_is_booked(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    made = booking.book(clinic, frontdesk, request(clinic)).value
    assert "review" not in row(clinic, frontdesk, made).flags
    knows_dye(clinic, frontdesk)
    assert "review" in row(clinic, frontdesk, made).flags
    (waits,) = reviews.waiting(clinic, physician)
    assert waits.raised_in is RaisedIn.FACT
    # It was a mistake: nothing stands against it any more.
    facts = safety_facts.facts(clinic, frontdesk, clinic.seeded.sean)
    (entry,) = facts.of(Topic.ALLERGIES).entries
    safety_facts.answer(
        clinic, frontdesk, clinic.seeded.sean, Topic.ALLERGIES, Said.NONE, end=(entry.id,)
    )
    assert "review" not in row(clinic, frontdesk, made).flags
    (fell,) = reviews.of_appointment(clinic, frontdesk, made)
    assert fell.outcome is ReviewOutcome.FELL_AWAY


def test_moving_asks_again_and_keeps_what_was_answered(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    seeded = clinic.seeded
    knows_dye(clinic, frontdesk)
    made = booking.book(clinic, frontdesk, request(clinic, for_review=True)).value
    later = datetime.combine(DAY + timedelta(days=1), time(9), tzinfo=clinic.zone)

    def move(**more: Any) -> None:
        version = row(clinic, frontdesk, made).version
        booking.move(
            clinic, frontdesk, made, version, later, seeded.osei, seeded.carm_room, 30, **more
        )

    # It waits already: moving it asks for nothing more, and it still waits.
    move()
    assert [r.check for r in reviews.waiting(clinic, physician)] == ["allergy.contrast"]
    # A device is no danger to this one; an infection is, and nobody has answered that.
    safety_facts.answer(clinic, frontdesk, seeded.sean, Topic.CONDITIONS, add=(_infection(),))
    assert [r.check for r in reviews.waiting(clinic, physician)] == [
        "allergy.contrast", "infection.present",
    ]  # fmt: skip


def _infection() -> Any:
    from clinicdesk.domain.rows.safety_facts import ConditionEntry

    return ConditionEntry("fever")


@pytest.mark.parametrize(
    "worse",
    [
        AllergyEntry("IV dye", "cardiac arrest", "severe"),
        AllergyEntry("IV dye", "anaphylaxis", "severe"),
    ],
)
def test_a_worse_reaction_is_raised_again(
    clinic: Any, frontdesk: Any, physician: Any, worse: AllergyEntry
) -> None:
    knows_dye(clinic, frontdesk)
    made = booking.book(clinic, frontdesk, request(clinic, for_review=True)).value
    (waits,) = reviews.waiting(clinic, physician)
    reviews.answer(clinic, physician, waits.id, GivenReason("prepared"), go_ahead=True)
    sean = clinic.seeded.sean
    (known,) = safety_facts.facts(clinic, frontdesk, sean).of(Topic.ALLERGIES).entries
    safety_facts.answer(
        clinic, frontdesk, sean, Topic.ALLERGIES, Said.LIST, add=(worse,), end=(known.id,)
    )
    assert "review" in row(clinic, frontdesk, made).flags
    (again,) = reviews.waiting(clinic, physician)
    assert f"{worse.reaction}, severe" in again.sentence


def test_a_past_appointment_is_left_alone(clinic: Any, frontdesk: Any, physician: Any) -> None:
    early = request(clinic, start=datetime(2026, 11, 24, 15, tzinfo=clinic.zone))
    made = booking.book(clinic, frontdesk, early).value
    clinic.clock.moment = datetime(2026, 11, 26, 9, tzinfo=clinic.zone)
    knows_dye(clinic, frontdesk)
    assert reviews.of_appointment(clinic, physician, made) == ()
