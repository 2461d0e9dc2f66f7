"""An appointment to log, and a form that is complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clinicdesk.data.tables import Appointment, PlannedProcedure, PlannedSite
from clinicdesk.domain.log_safety import choices, given_to
from clinicdesk.domain.rows.log import LogAnswer, LogForm
from clinicdesk.services import procedures
from clinicdesk.services.context import Clinic

TODAY = date(2026, 11, 24)
PASSWORD = "demo"
ANSWERS = (
    LogAnswer("thinner.hold", ("apixaban",), "last_dose", "Fri 20 Nov 2026, in the evening"),
    LogAnswer("thinner.shared", ("apixaban",), "thinner_agreed", "Kept on, agreed with Dr. Hale"),
    LogAnswer("conditions.not_asked", words="Could not be asked: sedated for the whole visit"),
    LogAnswer("implants.not_asked", words="Could not be asked: sedated for the whole visit"),
    LogAnswer("allergies.not_asked", words="Could not be asked: sedated for the whole visit"),
    LogAnswer("pregnancy.not_asked", words="Could not be asked: sedated for the whole visit"),
    LogAnswer("thinner.not_asked", words="Could not be asked: sedated for the whole visit"),
    LogAnswer("weight.not_known", (), "far_below"),
)
"""To what the checks ask of the small clinic's people; what nobody asks is not kept."""


def book(
    clinic: Any,
    *,
    procedure: str = "esi.transforaminal",
    sites: tuple[tuple[str, str], ...] = (("L5", "left"),),
    day: date = TODAY,
    hour: int = 10,
    status: str = "in_room",
    patient: int | None = None,
    physician: int | None = None,
) -> int:
    """An appointment with one planned procedure, straight into the tables."""
    seeded = clinic.seeded
    start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("America/New_York"))
    with clinic.store.write(None, "test.book") as tx:
        row = tx.add(
            Appointment(
                patient_id=patient or seeded.teresa,
                physician_id=physician or seeded.osei,
                room_id=seeded.carm_room,
                starts_at=start,
                ends_at=start + timedelta(minutes=30),
                local_date=day,
                status=status,
                created_at=tx.now,
            )
        )
        if procedure:
            planned = tx.add(PlannedProcedure(appointment_id=row.id, procedure=procedure))
            for position, (name, side) in enumerate(sites):
                tx.add(PlannedSite(planned_id=planned.id, position=position, name=name, side=side))
        return int(row.id)


def complete(form: LogForm) -> LogForm:
    """``form`` with everything that a signature needs."""
    lots = ("DX4471", "LP0932", "05212012@68", "SC2209")
    entries = tuple(
        replace(entry, lot=lots[index], expiry=date(2028, 4, 30))
        for index, entry in enumerate(form.medications)
    )
    return replace(
        form,
        medications=entries,
        fluoroscopy_seconds=Decimal(18),
        air_kerma_mgy=Decimal("2.4"),
        pain_before=Decimal(7),
        pain_after=Decimal(2),
        complications=("none",),
        note="Settled in 20 s.",
        answers=ANSWERS,
    )


def answered(clinic: Any, actor: Any, form: LogForm) -> LogForm:
    """``form`` with an answer to all that its signature asks."""
    reasons = clinic.catalogue.safety_reasons
    given = []
    for ask in procedures.safety_of(clinic, actor, form).asks:
        offered = choices(ask, reasons)
        code = offered[0].id if offered else ""
        words = "132 mg/dL" if code == "glucose" else "Said so on 20 Nov 2026"
        said = LogAnswer(ask.check, ask.because, code, words)
        given.append(given_to(ask, form.answers) or said)
    return replace(form, answers=tuple(given))


def rows(clinic: Clinic, sql: str) -> list[Any]:
    """What stands in the database."""
    from sqlalchemy import text

    with clinic.store.engine.connect() as connection:
        return list(connection.execute(text(sql)).all())
