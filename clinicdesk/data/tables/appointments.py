"""Appointments, what they claim, and what is planned in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Id, Moment, Versioned, Words, one_of, refers
from clinicdesk.data.types import BigId, Json
from clinicdesk.domain.appointments import Status

STATUSES = tuple(status.value for status in Status)
GUIDANCE = ("fluoroscopy", "ct", "ultrasound", "landmark")
INTENTS = ("diagnostic", "therapeutic")
SIDES = ("left", "right", "bilateral", "midline")


class Appointment(Versioned, Base):
    """A patient's time in the clinic.

    ``physician_id`` and ``room_id`` are resources; the claims are what takes their time.
    ``title`` names a visit without a planned procedure. ``local_date`` is the clinic's date.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        one_of("status", STATUSES),
        CheckConstraint("ends_at > starts_at", name="order"),
        Index("ix_appointment_local_date", "local_date", "starts_at"),
        Index("ix_appointment_patient_id", "patient_id", "starts_at"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    physician_id: Mapped[int] = mapped_column(BigId, refers("resource.id"))
    room_id: Mapped[int | None] = mapped_column(BigId, refers("resource.id"), default=None)
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    local_date: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(Text, default=Status.BOOKED.value)
    title: Mapped[Words]
    note: Mapped[Words]
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class StatusChange(Base):
    """One step of an appointment's day, append-only."""

    __tablename__ = "status_change"
    __table_args__ = (one_of("status", STATUSES),)
    id: Mapped[Id]
    appointment_id: Mapped[int] = mapped_column(BigId, refers("appointment.id"), index=True)
    status: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
    note: Mapped[Words]


class Claim(Base):
    """A resource or the patient, taken from ``starts_at`` (included) to ``ends_at`` (not).

    Exclusive, unreleased claims on one resource or patient may not overlap: the
    database itself refuses. A permitted overbook is ``exclusive = false`` with its reason.
    """

    __tablename__ = "claim"
    __table_args__ = (
        one_of(
            "role",
            ("physician", "room", "equipment", "bay", "nurse", "assistant", "patient", "block"),
        ),
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("(appointment_id IS NULL) <> (block_id IS NULL)", name="one_owner"),
        CheckConstraint("(resource_id IS NULL) <> (patient_id IS NULL)", name="one_subject"),
        CheckConstraint("exclusive OR reason <> ''", name="reason"),
        Index("ix_claim_resource_id", "resource_id", "starts_at"),
        Index("ix_claim_patient_id", "patient_id", "starts_at"),
    )
    id: Mapped[Id]
    appointment_id: Mapped[int | None] = mapped_column(
        BigId, refers("appointment.id"), default=None, index=True
    )
    block_id: Mapped[int | None] = mapped_column(
        BigId, refers("block.id"), default=None, index=True
    )
    resource_id: Mapped[int | None] = mapped_column(BigId, refers("resource.id"), default=None)
    patient_id: Mapped[int | None] = mapped_column(BigId, refers("patient.id"), default=None)
    role: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    exclusive: Mapped[bool] = mapped_column(Boolean, default=True)
    released: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[Words]


class PlannedProcedure(Base):
    """One procedure planned in an appointment. NULL in a column: the planner did not say.

    ``steroids``: NULL, or a list of ``{"drug": …, "mg": "10"}`` (``[]``: none planned).
    """

    __tablename__ = "planned_procedure"
    __table_args__ = (
        one_of("intent", INTENTS, nullable=True),
        one_of("guidance", GUIDANCE, nullable=True),
        UniqueConstraint("appointment_id", "position"),
    )
    id: Mapped[Id]
    appointment_id: Mapped[int] = mapped_column(BigId, refers("appointment.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    procedure: Mapped[str] = mapped_column(Text)
    intent: Mapped[str | None] = mapped_column(Text, default=None)
    guidance: Mapped[str | None] = mapped_column(Text, default=None)
    contrast: Mapped[bool | None] = mapped_column(Boolean, default=None)
    steroids: Mapped[list[dict[str, Any]] | None] = mapped_column(Json, default=None)
    catalogue_version: Mapped[Words]


class PlannedSite(Base):
    """Where it is planned: a name (``L5``) and a side."""

    __tablename__ = "planned_site"
    __table_args__ = (one_of("side", SIDES), UniqueConstraint("planned_id", "position"))
    id: Mapped[Id]
    planned_id: Mapped[int] = mapped_column(BigId, refers("planned_procedure.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    name: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
