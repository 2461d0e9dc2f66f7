"""What booking, moving and the steps of the day write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from clinicdesk.data.tables import (
    Appointment,
    Claim,
    Patient,
    PlannedProcedure,
    PlannedSite,
    StatusChange,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.moved import moved_note
from clinicdesk.domain.rows.schedule import BookRequest


@dataclass(frozen=True)
class PatientState:
    """What booking must know of the patient."""

    deceased_on: date | None
    merged_into: int | None


@dataclass(frozen=True)
class Place:
    """Where and when: start and end in UTC, the clinic's date, the resources by role."""

    start: datetime
    end: datetime
    day: date
    physician_id: int
    room_id: int | None
    equipment: tuple[int, ...]


def patient_state(tx: Tx, patient_id: int) -> PatientState | None:
    """None if there is no such patient."""
    row = tx.session.get(Patient, patient_id)
    return PatientState(row.deceased_on, row.merged_into) if row else None


def write_appointment(
    tx: Tx, request: BookRequest, place: Place, sites: Sequence[tuple[str, str]], version: str
) -> int:
    """Writes appointment, plan, sites, claims and the first step; returns the id.

    Raises:
        Clash: the database itself found an overlap.
    """
    row = tx.add(
        Appointment(
            patient_id=request.patient_id,
            physician_id=place.physician_id,
            room_id=place.room_id,
            starts_at=place.start,
            ends_at=place.end,
            local_date=place.day,
            title=request.title,
            note=request.note,
            created_at=tx.now,
            created_by=tx.staff_id,
        )
    )
    if request.procedure:
        _write_plan(tx, row.id, request, sites, version)
    _write_claims(tx, row.id, request.patient_id, place)
    _step(tx, row.id, Status.BOOKED, "")
    tx.changed("appointment", request.patient_id, place.day)
    return row.id


def _write_plan(
    tx: Tx,
    appointment_id: int,
    request: BookRequest,
    sites: Sequence[tuple[str, str]],
    version: str,
) -> None:
    steroids = request.steroids
    plan = tx.add(
        PlannedProcedure(
            appointment_id=appointment_id,
            procedure=request.procedure,
            intent=request.intent.value if request.intent else None,
            guidance=request.guidance.value if request.guidance else None,
            contrast=request.contrast,
            steroids=None
            if steroids is None
            else [{"drug": s.drug, "mg": format(s.mg, "f")} for s in steroids],
            catalogue_version=version,
        )
    )
    for position, (name, side) in enumerate(sites):
        tx.add(PlannedSite(planned_id=plan.id, position=position, name=name, side=side))


def _write_claims(tx: Tx, appointment_id: int, patient_id: int, place: Place) -> None:
    taken: list[tuple[int | None, int | None, str]] = [(place.physician_id, None, "physician")]
    if place.room_id is not None:
        taken.append((place.room_id, None, "room"))
    taken += [(item, None, "equipment") for item in place.equipment]
    taken.append((None, patient_id, "patient"))
    for resource_id, person, role in taken:
        tx.add(
            Claim(
                appointment_id=appointment_id,
                resource_id=resource_id,
                patient_id=person,
                role=role,
                starts_at=place.start,
                ends_at=place.end,
            )
        )


def _step(tx: Tx, appointment_id: int, status: Status, note: str) -> None:
    tx.add(
        StatusChange(
            appointment_id=appointment_id,
            status=status.value,
            at=tx.now,
            staff_id=tx.staff_id,
            note=note,
        )
    )


def _release(tx: Tx, appointment_id: int) -> None:
    query = select(Claim).where(Claim.appointment_id == appointment_id, Claim.released.is_(False))
    for claim in tx.session.execute(query).scalars():
        claim.released = True
    tx.flush()


def move_appointment(tx: Tx, appointment_id: int, version: int, place: Place, note: str) -> int:
    """Gives an appointment another time or place; returns its new version.

    Raises:
        Stale: somebody changed it since it was read.
        Clash: the database itself found an overlap.
    """
    row = tx.lock(Appointment, appointment_id, version)
    before = row.local_date
    was = moved_note(row.starts_at)
    _release(tx, appointment_id)
    row.starts_at, row.ends_at, row.local_date = place.start, place.end, place.day
    row.physician_id, row.room_id = place.physician_id, place.room_id
    tx.flush()
    _write_claims(tx, appointment_id, row.patient_id, place)
    _step(tx, appointment_id, Status(row.status), f"{was} {note}".strip())
    tx.changed("appointment", row.patient_id, (before, place.day))
    return row.version


def lock_appointment(tx: Tx, appointment_id: int, version: int) -> tuple[Status, int]:
    """The appointment's state and patient, locked; raises Stale or NotFound."""
    row = tx.lock(Appointment, appointment_id, version)
    return Status(row.status), row.patient_id


def set_status(tx: Tx, appointment_id: int, status: Status, note: str, place: Place | None) -> int:
    """Writes a step; cancelled and no-show release the time, coming back claims it again.

    Args:
        tx: a write.
        appointment_id: locked before.
        status: the new state.
        note: why.
        place: the claims to write again, where the appointment had none.
    """
    row = tx.get(Appointment, appointment_id)
    row.status = status.value
    tx.flush()
    if not status.holds_time:
        _release(tx, appointment_id)
    elif place is not None:
        _write_claims(tx, appointment_id, row.patient_id, place)
    _step(tx, appointment_id, status, note)
    tx.changed("appointment", row.patient_id, row.local_date)
    return row.version
