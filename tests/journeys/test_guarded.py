"""A patient with everything against it, from the telephone to the way home: each stop is seen.

Allergic to IV dye, pregnant, on two blood thinners, diabetic, with a pacemaker: booked for a
cervical epidural.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from support.logs import PASSWORD, answered, complete

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import Invalid, ReasonNeeded
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.log import MedicationEntry
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.rows.safety_facts import (
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    FactsAnswer,
    ImplantEntry,
    Said,
    Topic,
)
from clinicdesk.domain.rows.schedule import BookRequest, PlanRequest
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.services import (
    booking,
    holds,
    procedures,
    reviews,
    safety,
    safety_facts,
    schedule,
    sheets,
)

pytestmark = pytest.mark.journey
TUESDAY, THURSDAY = date(2026, 12, 15), date(2026, 12, 17)
SITE = "C7-T1 midline"
DANGERS = {"allergy.contrast", "pregnancy.present"}


def test_nobody_is_injected_past_a_known_danger_in_silence(
    embedded_clinic: Any, frontdesk: Any, physician: Any
) -> None:
    clinic, patient = embedded_clinic, embedded_clinic.seeded.andrea
    start = datetime.combine(TUESDAY, time(9), tzinfo=clinic.zone)

    # Nobody has asked her anything: every question is open, and none of it reads as "fine".
    def plan() -> PlanRequest:
        return PlanRequest(patient, "esi.interlaminar", (SITE,), TUESDAY)

    before = safety.safety_of(clinic, frontdesk, plan())
    assert {f.check for f in before.of_level(SafetyLevel.ASK)} >= {
        "allergies.not_asked", "thinner.not_asked", "conditions.not_asked",
        "pregnancy.not_asked",
    }  # fmt: skip

    # Asked on the telephone.
    safety_facts.record(
        clinic,
        frontdesk,
        patient,
        (
            FactsAnswer(Topic.ALLERGIES, add=(AllergyEntry("IV dye", "anaphylaxis"),)),
            FactsAnswer(Topic.DRUGS, add=(DrugEntry("Eliquis", "5 mg"), DrugEntry("clopidogrel"))),
            FactsAnswer(Topic.CONDITIONS, add=(ConditionEntry("Type 2 diabetes"),)),
            FactsAnswer(Topic.IMPLANTS, add=(ImplantEntry("Pacemaker"),)),
            FactsAnswer(Topic.PREGNANCY, Said.YES),
        ),
    )
    found = safety.safety_of(clinic, frontdesk, plan())
    assert {f.check for f in found.of_level(SafetyLevel.REASON)} >= DANGERS
    assert {hold.drug for hold in found.holds} == {"apixaban", "clopidogrel"}

    # The desk cannot book it in silence, only for review; it is marked until a physician answers.
    request = BookRequest(
        patient_id=patient, start=start, minutes=30, physician_id=clinic.seeded.osei,
        room_id=clinic.seeded.carm_room, procedure="esi.interlaminar", sites=(SITE,),
    )  # fmt: skip
    with pytest.raises(ReasonNeeded, match="IV dye"):
        booking.book(clinic, frontdesk, request)
    number = booking.book(clinic, frontdesk, replace(request, for_review=True)).value
    assert "review" in schedule.appointment(clinic, frontdesk, number).flags
    waiting = reviews.waiting(clinic, physician)
    assert {row.check for row in waiting} >= DANGERS
    for row in waiting:
        reviews.answer(clinic, physician, row.id, GivenReason("benefit"), go_ahead=True)
    assert "review" not in schedule.appointment(clinic, frontdesk, number).flags

    # Prescriber asked and answered, patient told; two days later is another last dose.
    for drug in ("apixaban", "clopidogrel"):
        holds.asked(clinic, frontdesk, number, drug, "Dr. Hale")
        holds.answered(clinic, frontdesk, number, drug, "agreed", "Dr. Hale")
        holds.told(clinic, frontdesk, number, drug)
    told = {
        track.hold.drug: track.hold.last_dose_on for track in _tracks(clinic, frontdesk, number)
    }
    assert told["apixaban"] == TUESDAY - timedelta(days=4)
    version = schedule.appointment(clinic, frontdesk, number).version
    booking.move(
        clinic, frontdesk, number, version, start + timedelta(days=2), clinic.seeded.osei,
        clinic.seeded.carm_room, 30,
    )  # fmt: skip
    assert all(track.moved for track in _tracks(clinic, frontdesk, number))
    for drug in ("apixaban", "clopidogrel"):
        holds.told(clinic, frontdesk, number, drug)

    # On the day: checked in, the last doses stated.
    clinic.clock.moment = datetime.combine(THURSDAY, time(10), tzinfo=clinic.zone)
    version = schedule.appointment(clinic, frontdesk, number).version
    booking.set_status(clinic, frontdesk, number, version, Status.ARRIVED)
    for track in _tracks(clinic, frontdesk, number):
        assert track.hold.last_dose_on is not None
        holds.stated(clinic, frontdesk, number, track.hold.drug, track.hold.last_dose_on)
    assert all(holds.enough(track) for track in _tracks(clinic, frontdesk, number))

    # Logged with ten times the dose by a slip: it does not sign without a reason.
    form = complete(procedures.open_log(clinic, physician, number).form)
    ten = replace(form, medications=tuple(_ten(entry, clinic) for entry in form.medications))
    with pytest.raises(Invalid) as refused:
        procedures.sign(clinic, physician, ten, 0, PASSWORD)
    assert "safety.steroid.session" in refused.value.fields
    form = answered(clinic, physician, form)
    signed = procedures.sign(clinic, physician, form, 0, PASSWORD).value

    # Home with the restart of each drug, after the procedure and not before.
    sheet = sheets.prepare(clinic, physician, SheetRequest("aftercare", procedure_id=signed)).value
    words = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(sheet.pdf)).pages).split()
    )
    assert "Eliquis" in words
    assert "clopidogrel" in words.casefold()
    assert "diabetes" in words
    assert "16 December" not in words


def _tracks(clinic: Any, actor: Any, appointment_id: int) -> tuple[Any, ...]:
    return holds.of_appointment(clinic, actor, appointment_id)


def _ten(entry: MedicationEntry, clinic: Any) -> MedicationEntry:
    if clinic.catalogue.products[entry.product].kind != "steroid" or entry.volume_ml is None:
        return entry
    assert entry.dose is not None
    return replace(entry, volume_ml=entry.volume_ml * 10, dose=entry.dose * 10)
