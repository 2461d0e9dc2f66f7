"""What stood against a planned procedure, who answered it, and the steps of held drugs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Moment, Words, one_of, refers
from clinicdesk.data.types import BigId, Json, UtcDateTime
from clinicdesk.domain.states import HoldStepKind, RaisedIn, ReviewOutcome


class SafetyFinding(Base):
    """A danger known when something was booked, moved or learned: a physician answers it.

    Append-only. ``because`` are the record's own words; ``note`` what the desk added.
    """

    __tablename__ = "safety_finding"
    __table_args__ = (
        one_of("raised_in", RaisedIn),
        CheckConstraint("check_key <> ''", name="check_key"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"), index=True)
    appointment_id: Mapped[int] = mapped_column(BigId, refers("appointment.id"), index=True)
    check_key: Mapped[str] = mapped_column(Text)
    because: Mapped[list[Any]] = mapped_column(Json)
    sentence: Mapped[str] = mapped_column(Text)
    source: Mapped[Words]
    raised_in: Mapped[str] = mapped_column(Text)
    note: Mapped[Words]
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class SafetyAnswer(Base):
    """The answer to a finding, one each. ``code`` is a reason of ``resources/safety``.

    ``fell_away`` is written by the program: what stood against it is no longer so.
    """

    __tablename__ = "safety_answer"
    __table_args__ = (
        one_of("outcome", ReviewOutcome),
        CheckConstraint("(outcome = 'fell_away') = (code = '')", name="code"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    finding_id: Mapped[int] = mapped_column(BigId, refers("safety_finding.id"), unique=True)
    outcome: Mapped[str] = mapped_column(Text)
    code: Mapped[Words]
    words: Mapped[Words]
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class HoldStep(Base):
    """A step of a held drug, append-only: asked, answered, told, last dose stated.

    ``last_dose_on`` (or ``last_dose_at``) is the day the step was about: the last dose that the
    prescriber agreed to, that the patient was told, or that the patient stated. An appointment that
    moves makes another day of it, and the earlier steps no longer speak of that.
    """

    __tablename__ = "hold_step"
    __table_args__ = (
        one_of("step", HoldStepKind),
        one_of("answer", ("", "agreed", "refused")),
        CheckConstraint("drug <> ''", name="drug"),
        CheckConstraint("(step = 'answered') = (answer <> '')", name="answered"),
        Index("ix_hold_step_appointment_id", "appointment_id", "drug"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"), index=True)
    appointment_id: Mapped[int] = mapped_column(BigId, refers("appointment.id"))
    drug: Mapped[str] = mapped_column(Text)
    step: Mapped[str] = mapped_column(Text)
    last_dose_on: Mapped[date | None] = mapped_column(Date, default=None)
    last_dose_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answer: Mapped[Words]
    who: Mapped[Words]
    note: Mapped[Words]
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
