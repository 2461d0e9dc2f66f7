"""What a sheet says while a danger waits for a physician, and of what nobody was asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.logs import book, complete
from support.pages import words_of as text_of

from clinicdesk.domain.rows.documents import SheetRequest, StoredSheet
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.rows.safety_facts import AllergyEntry, DrugEntry, ImplantEntry, Said, Topic
from clinicdesk.services import holds, procedures, reviews, safety_facts, sheets

DAY = date(2026, 12, 1)
OPEN = "Not settled yet."


@pytest.fixture
def clinic(embedded_clinic: Any) -> Any:
    return embedded_clinic


def consent(clinic: Any, by: Any, appointment: int) -> StoredSheet:
    return sheets.prepare(clinic, by, SheetRequest("consent", appointment_id=appointment)).value


def test_a_consent_waits_with_the_review_and_is_settled_by_its_answer(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    appointment = book(clinic, patient=clinic.seeded.sean, day=DAY, status="booked")
    assert OPEN not in text_of(consent(clinic, frontdesk, appointment).pdf)
    dye = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(clinic, frontdesk, clinic.seeded.sean, Topic.ALLERGIES, add=(dye,))
    sheet = consent(clinic, frontdesk, appointment)
    (waits,) = sheet.waits
    assert "IV dye" in waits
    text = text_of(sheet.pdf)
    assert OPEN in text
    assert "Your doctor will decide what is safe for you" in text
    (row,) = reviews.waiting(clinic, physician)
    assert row.sentence == waits
    reviews.answer(clinic, physician, row.id, GivenReason("prepared"), go_ahead=True)
    sheet = consent(clinic, frontdesk, appointment)
    assert sheet.waits == ()
    assert OPEN not in text_of(sheet.pdf)
    assert "Your doctor knows this and has decided what to do." in text_of(sheet.pdf)


def test_a_last_dose_stated_too_late_is_no_settled_matter(
    clinic: Any, nurse: Any, physician: Any
) -> None:
    appointment = book(clinic, status="arrived")
    assert consent(clinic, nurse, appointment).waits == ()
    holds.stated(clinic, nurse, appointment, "apixaban", date(2026, 11, 23))
    (waits,) = consent(clinic, nurse, appointment).waits
    (row,) = reviews.waiting(clinic, physician)
    assert row.sentence == waits
    given = GivenReason("thinner_agreed", "Urgent, agreed with Dr. Hale today")
    reviews.answer(clinic, physician, row.id, given, go_ahead=True)
    assert consent(clinic, nurse, appointment).waits == ()


def test_after_care_of_a_plan_tells_of_no_steroid_that_nobody_has_given(
    clinic: Any, frontdesk: Any, nurse: Any
) -> None:
    patient = clinic.seeded.sean
    knee = (("knee", "left"),)
    appointment = book(clinic, patient=patient, procedure="joint.injection", sites=knee)
    request = SheetRequest("aftercare", appointment_id=appointment)
    sheet = sheets.prepare(clinic, frontdesk, request).value
    text = text_of(sheet.pdf)
    assert not sheet.unsettled
    assert "You had an injection into your left knee" in text
    assert "If you had a steroid, it starts to work now." in text
    allergy = AllergyEntry("Kenalog", "anaphylaxis")
    safety_facts.answer(clinic, frontdesk, patient, Topic.ALLERGIES, add=(allergy,))
    sheet = sheets.prepare(clinic, frontdesk, request).value
    assert sheet.unsettled
    assert "steroid" not in text_of(sheet.pdf)
    record = procedures.open_log(clinic, nurse, appointment)
    procedures.record(clinic, nurse, complete(record.form), record.version)
    assert "You had a steroid injection" in text_of(
        sheets.prepare(clinic, frontdesk, request).value.pdf
    )


def test_an_artificial_joint_on_record_is_not_asked_for(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    patient = clinic.seeded.sean
    knee = (("knee", "left"),)
    appointment = book(
        clinic, patient=patient, procedure="joint.injection", sites=knee, day=DAY, status="booked"
    )
    asked, known = "Tell us if this joint is man-made", "on record that this joint is man-made"
    assert asked in text_of(consent(clinic, frontdesk, appointment).pdf)
    right = ImplantEntry("knee prosthesis", "knee right", prosthesis=True)
    safety_facts.answer(clinic, frontdesk, patient, Topic.IMPLANTS, add=(right,))
    assert asked in text_of(consent(clinic, frontdesk, appointment).pdf)
    left = ImplantEntry("knee prosthesis", "knee left", prosthesis=True)
    safety_facts.answer(clinic, frontdesk, patient, Topic.IMPLANTS, add=(left,))
    text = text_of(consent(clinic, frontdesk, appointment).pdf)
    assert asked not in text
    assert f"{known}. Your doctor will decide what is safe for you" in text
    (row,) = reviews.waiting(clinic, physician)
    reviews.answer(
        clinic,
        physician,
        row.id,
        GivenReason("surgeon", "Agreed by telephone with Dr. Hale"),
        go_ahead=True,
    )
    text = text_of(consent(clinic, frontdesk, appointment).pdf)
    assert f"{known}. Your doctor knows this and has decided what to do." in text


def test_what_a_physician_refused_is_not_settled(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    appointment = book(clinic, patient=clinic.seeded.sean, day=DAY, status="booked")
    dye = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(clinic, frontdesk, clinic.seeded.sean, Topic.ALLERGIES, add=(dye,))
    (row,) = reviews.waiting(clinic, physician)
    reviews.answer(clinic, physician, row.id, GivenReason("benefit"), go_ahead=False)
    sheet = consent(clinic, frontdesk, appointment)
    assert len(sheet.waits) == 1
    assert OPEN in text_of(sheet.pdf)


def test_not_asked_is_not_none(clinic: Any, frontdesk: Any) -> None:
    patient = clinic.seeded.sean
    appointment = book(clinic, patient=patient, day=DAY, status="booked")
    for topic in (Topic.ALLERGIES, Topic.DRUGS):
        safety_facts.answer(clinic, frontdesk, patient, topic, Said.NOT_ASKED)
    text = text_of(consent(clinic, frontdesk, appointment).pdf)
    assert text.count("Not asked yet: please tell us") == 2
    for topic in (Topic.ALLERGIES, Topic.DRUGS):
        safety_facts.answer(clinic, frontdesk, patient, topic, Said.NONE)
    on = clinic.today()
    text = text_of(consent(clinic, frontdesk, appointment).pdf)
    assert text.count(f"You told us: none ({on.day} {on:%b %Y})") == 2
    other = DrugEntry("metformin", "500 mg")
    safety_facts.answer(clinic, frontdesk, patient, Topic.DRUGS, add=(other,))
    text = text_of(consent(clinic, frontdesk, appointment).pdf)
    assert "None among your medicines" in text
