"""A clinic in which everything waits once: a danger, a thinner, a death, a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from clinicdesk.domain.rows.safety_facts import AllergyEntry, Topic
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking, patients, reviews, safety_facts

TODAY = date(2026, 11, 24)
DAY = date(2026, 12, 1)


def book(clinic: Any, login: str, patient: str, day: date, hour: int, **changes: Any) -> int:
    """An appointment for a contrast epidural, left for a physician where it must be."""
    ids = clinic.seeded
    values = {
        "patient_id": getattr(ids, patient),
        "start": datetime.combine(day, time(hour), tzinfo=clinic.zone),
        "minutes": 30,
        "physician_id": ids.osei,
        "room_id": ids.carm_room,
        "procedure": "esi.transforaminal",
        "sites": ("L5 left",),
        "for_review": True,
    } | changes
    return booking.book(clinic, ids.actor(login), BookRequest(**values)).value


def knows_dye(clinic: Any, patient: str = "sean") -> None:
    """The patient once reacted to contrast."""
    entry = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(
        clinic,
        clinic.seeded.actor("frontdesk"),
        getattr(clinic.seeded, patient),
        Topic.ALLERGIES,
        add=(entry,),
    )


def dies(clinic: Any, patient: str = "jurgen") -> None:
    """A death is recorded."""
    actor, number = clinic.seeded.actor("frontdesk"), getattr(clinic.seeded, patient)
    record = patients.open_chart(clinic, actor, number).record
    form = replace(record.form, deceased_on=TODAY - timedelta(days=2))
    patients.change(clinic, actor, number, record.version, form)


def everything(clinic: Any) -> dict[str, int]:
    """One of each; the appointments by what they wait for."""
    knows_dye(clinic)
    made = {
        "review": book(clinic, "frontdesk", "sean", DAY, 9),
        "hold": book(clinic, "frontdesk", "teresa", DAY, 10),
        "death": book(clinic, "frontdesk", "jurgen", DAY, 11),
    }
    book(clinic, "frontdesk", "jurgen", DAY + timedelta(days=7), 11, procedure="", sites=(),
         room_id=None, title="Follow-up visit")  # fmt: skip
    dies(clinic)
    return made


def raised(clinic: Any, login: str = "physician") -> Any:
    """What waits."""
    return reviews.waiting(clinic, clinic.seeded.actor(login))
