"""The procedure log: what was done, given, measured, signed, added and struck out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
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

from clinicdesk.data.tables.appointments import GUIDANCE, INTENTS, SIDES
from clinicdesk.data.tables.base import Base, Day, Id, Moment, Versioned, Words, one_of, refers
from clinicdesk.data.types import BigId, ExactDecimal, Json, UtcDateTime
from clinicdesk.domain.states import LogState, VerdictStatus


class ProcedureRecord(Versioned, Base):
    """A performed procedure, here or (``outcome`` outside) elsewhere.

    Frozen by trigger once ``state`` is ``signed``: flush everything else first, then set it.
    ``steroids_known`` False: what an outside injection contained is not known.
    """

    __tablename__ = "procedure"
    __table_args__ = (
        one_of("intent", INTENTS),
        one_of("state", (LogState.OPEN, LogState.SIGNED)),
        one_of("outcome", ("done", "aborted", "outside")),
        one_of("guidance", GUIDANCE, nullable=True),
        CheckConstraint("outcome = 'outside' OR physician_id IS NOT NULL", name="physician_id"),
        CheckConstraint("fluoroscopy_seconds >= 0", name="fluoroscopy_seconds"),
        CheckConstraint("air_kerma_mgy >= 0", name="air_kerma_mgy"),
        CheckConstraint("kap_ugym2 >= 0", name="kap_ugym2"),
        CheckConstraint("ended_at >= started_at", name="order"),
        Index("ix_procedure_patient_id", "patient_id", "performed_on"),
        Index("ix_procedure_performed_on", "performed_on"),
        Index("ix_procedure_state", "state", "performed_on"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    appointment_id: Mapped[int | None] = mapped_column(
        BigId, refers("appointment.id"), default=None, index=True
    )
    planned_id: Mapped[int | None] = mapped_column(
        BigId, refers("planned_procedure.id"), default=None, unique=True
    )
    procedure: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default=LogState.OPEN.value)
    outcome: Mapped[str] = mapped_column(Text, default="done")
    performed_on: Mapped[Day]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    physician_id: Mapped[int | None] = mapped_column(BigId, refers("resource.id"), default=None)
    room_id: Mapped[int | None] = mapped_column(BigId, refers("resource.id"), default=None)
    guidance: Mapped[str | None] = mapped_column(Text, default=None)
    contrast: Mapped[bool | None] = mapped_column(Boolean, default=None)
    fluoroscopy_seconds: Mapped[Decimal | None] = mapped_column(ExactDecimal(12, 3), default=None)
    air_kerma_mgy: Mapped[Decimal | None] = mapped_column(ExactDecimal(14, 4), default=None)
    kap_ugym2: Mapped[Decimal | None] = mapped_column(ExactDecimal(14, 4), default=None)
    steroids_known: Mapped[bool] = mapped_column(Boolean, default=True)
    complications: Mapped[list[str]] = mapped_column(Json, default=list)
    note: Mapped[Words]
    side_change_reason: Mapped[Words]
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    catalogue_version: Mapped[Words]
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class ProcedureSite(Base):
    """Where it was done; of the same shape as a planned site, with the family's own fields."""

    __tablename__ = "procedure_site"
    __table_args__ = (one_of("side", SIDES), UniqueConstraint("procedure_id", "position"))
    id: Mapped[Id]
    procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    name: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Lot(Base):
    """A lot of a product, as its label says it."""

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("product", "lot", "expiry", "expiry_month_only"),)
    id: Mapped[Id]
    product: Mapped[str] = mapped_column(Text)
    lot: Mapped[str] = mapped_column(Text, index=True)
    expiry: Mapped[date | None] = mapped_column(Date, default=None)
    expiry_month_only: Mapped[bool] = mapped_column(Boolean, default=True)


class Administration(Base):
    """One thing given: product, lot as typed, concentration × volume = dose, and the waste."""

    __tablename__ = "administration"
    __table_args__ = (
        UniqueConstraint("procedure_id", "position"),
        CheckConstraint("volume_ml > 0", name="volume_ml"),
        CheckConstraint("dose >= 0", name="dose"),
        CheckConstraint("waste_ml >= 0", name="waste_ml"),
        CheckConstraint("per_ml >= 0", name="per_ml"),
    )
    id: Mapped[Id]
    procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"))
    site_id: Mapped[int | None] = mapped_column(BigId, refers("procedure_site.id"), default=None)
    position: Mapped[int] = mapped_column(Integer, default=0)
    product: Mapped[str] = mapped_column(Text)
    drug: Mapped[Words]
    kind: Mapped[Words]
    lot_id: Mapped[int | None] = mapped_column(BigId, refers("lot.id"), default=None, index=True)
    lot_text: Mapped[Words]
    expiry: Mapped[date | None] = mapped_column(Date, default=None)
    expiry_month_only: Mapped[bool] = mapped_column(Boolean, default=True)
    per_ml: Mapped[Decimal | None] = mapped_column(ExactDecimal(14, 6), default=None)
    volume_ml: Mapped[Decimal | None] = mapped_column(ExactDecimal(12, 4), default=None)
    dose: Mapped[Decimal | None] = mapped_column(ExactDecimal(16, 8), default=None)
    unit: Mapped[str] = mapped_column(Text, default="mg")
    waste_ml: Mapped[Decimal | None] = mapped_column(ExactDecimal(12, 4), default=None)


class Reading(Base):
    """A score at a moment. It belongs to the patient; links tie it to procedures."""

    __tablename__ = "reading"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value"),
        Index("ix_reading_patient_id", "patient_id", "local_date"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    scale: Mapped[str] = mapped_column(Text)
    value: Mapped[Decimal] = mapped_column(ExactDecimal(9, 4))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    local_date: Mapped[Day]
    note: Mapped[Words]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class ReadingLink(Base):
    """What a reading says about a procedure; one baseline may serve two."""

    __tablename__ = "reading_link"
    __table_args__ = (
        one_of("phase", ("baseline", "post", "followup")),
        UniqueConstraint("reading_id", "procedure_id", "phase"),
    )
    id: Mapped[Id]
    reading_id: Mapped[int] = mapped_column(BigId, refers("reading.id"))
    procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"), index=True)
    phase: Mapped[str] = mapped_column(Text)


class FollowUp(Base):
    """A call or score that is due after a procedure."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (outcome = '')", name="outcome"),
        Index("ix_follow_up_due_on", "due_on"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"), index=True)
    procedure_id: Mapped[int | None] = mapped_column(
        BigId, refers("procedure.id"), default=None, index=True
    )
    kind: Mapped[str] = mapped_column(Text, default="call")
    due_on: Mapped[Day]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    done_by: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
    outcome: Mapped[Words]


class Signature(Base):
    """Who stands for a procedure, with the canonical JSON of what was signed and its SHA-256."""

    __tablename__ = "signature"
    __table_args__ = (
        one_of("meaning", ("author", "cosign")),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )
    id: Mapped[Id]
    procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"), index=True)
    staff_id: Mapped[int] = mapped_column(BigId, refers("staff.id"))
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    meaning: Mapped[str] = mapped_column(Text, default="author")
    signed_at: Mapped[Moment]
    snapshot: Mapped[str] = mapped_column(Text, info={"bulky": True})
    sha256: Mapped[str] = mapped_column(Text)


class Addendum(Base):
    """A correction or addition after signing."""

    __tablename__ = "addendum"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)
    id: Mapped[Id]
    procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"), index=True)
    staff_id: Mapped[int] = mapped_column(BigId, refers("staff.id"))
    at: Mapped[Moment]
    text: Mapped[str] = mapped_column(Text)


class StrikeOut(Base):
    """What no longer counts, with who, when and why; the struck row itself stays as it was.

    ``moved_to``: the record was on the wrong patient and stands on that one now.
    """

    __tablename__ = "strike_out"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint(
            "(CASE WHEN procedure_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN reading_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN addendum_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
    )
    id: Mapped[Id]
    procedure_id: Mapped[int | None] = mapped_column(
        BigId, refers("procedure.id"), default=None, unique=True
    )
    reading_id: Mapped[int | None] = mapped_column(
        BigId, refers("reading.id"), default=None, unique=True
    )
    addendum_id: Mapped[int | None] = mapped_column(
        BigId, refers("addendum.id"), default=None, unique=True
    )
    moved_to: Mapped[int | None] = mapped_column(BigId, refers("patient.id"), default=None)
    staff_id: Mapped[int] = mapped_column(BigId, refers("staff.id"))
    at: Mapped[Moment]
    reason: Mapped[str] = mapped_column(Text)


VERDICTS = (
    VerdictStatus.OK,
    VerdictStatus.NEEDS_REASON,
    VerdictStatus.CANNOT_DETERMINE,
    VerdictStatus.NOT_BEFORE,
)
"""In the order of the constraint that the first revision made."""


class VerdictRecord(Base):
    """A verdict somebody acted upon, with its case and the reason, if one was asked."""

    __tablename__ = "verdict_record"
    __table_args__ = (one_of("status", VERDICTS),)
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(
        BigId, refers("appointment.id"), default=None, index=True
    )
    procedure_id: Mapped[int | None] = mapped_column(
        BigId, refers("procedure.id"), default=None, index=True
    )
    pack: Mapped[str] = mapped_column(Text)
    pack_version: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    case_json: Mapped[str] = mapped_column(Text, info={"bulky": True})
    verdict_json: Mapped[str] = mapped_column(Text, info={"bulky": True})
    reason: Mapped[Words]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
    at: Mapped[Moment]
