"""Patients and everything dated about them. Nothing here is ever deleted; rows end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Day, Id, Moment, Versioned, Words, one_of, refers
from clinicdesk.data.types import BigId, ExactDecimal


class Patient(Versioned, Base):
    """A patient. The name columns hold the official name of today; other names are rows."""

    __tablename__ = "patient"
    __table_args__ = (
        one_of("sex", ("female", "male", "other", "unknown")),
        CheckConstraint("family <> '' OR given <> ''", name="named"),
        CheckConstraint("mrn <> ''", name="mrn"),
        CheckConstraint("birth_date >= '1900-01-01'", name="birth_date"),
        CheckConstraint("deceased_on IS NULL OR deceased_on >= birth_date", name="deceased_on"),
        CheckConstraint("merged_into IS NULL OR merged_into <> id", name="merged_into"),
        Index("ix_patient_birth_date", "birth_date"),
    )
    id: Mapped[Id]
    mrn: Mapped[str] = mapped_column(Text, unique=True)
    family: Mapped[Words]
    given: Mapped[Words]
    prefix: Mapped[Words]
    suffix: Mapped[Words]
    birth_date: Mapped[Day]
    deceased_on: Mapped[date | None] = mapped_column(Date, default=None)
    sex: Mapped[str] = mapped_column(Text, default="unknown")
    language: Mapped[str] = mapped_column(Text, default="en")
    interpreter: Mapped[bool] = mapped_column(Boolean, default=False)
    email: Mapped[Words]
    merged_into: Mapped[int | None] = mapped_column(
        BigId, refers("patient.id"), default=None, index=True
    )
    created_at: Mapped[Moment]


class Dated:
    """A fact about a patient that holds from a day to a day (NULL: not known, still)."""

    valid_from: Mapped[date | None] = mapped_column(Date, default=None)
    valid_to: Mapped[date | None] = mapped_column(Date, default=None)


def _patient_id() -> Mapped[int]:
    return mapped_column(BigId, refers("patient.id"), index=True)


class PatientName(Dated, Base):
    """A name the patient has or had besides the official one."""

    __tablename__ = "patient_name"
    __table_args__ = (one_of("kind", ("maiden", "preferred", "former")),)
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    kind: Mapped[str] = mapped_column(Text)
    family: Mapped[Words]
    given: Mapped[Words]


class Identifier(Base):
    """A number by which some system knows the patient; the clinic's own is system ``mrn``."""

    __tablename__ = "identifier"
    __table_args__ = (
        UniqueConstraint("system", "value"),
        CheckConstraint("system <> '' AND value <> ''", name="filled"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    system: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)


class Phone(Dated, Base):
    """A phone number: as typed, and as digits with the country code for finding and comparing."""

    __tablename__ = "phone"
    __table_args__ = (one_of("kind", ("mobile", "home", "work", "other")),)
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    kind: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text)
    digits: Mapped[str] = mapped_column(Text, index=True)


class Address(Dated, Base):
    """A postal address."""

    __tablename__ = "address"
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    line: Mapped[Words]
    city: Mapped[Words]
    state: Mapped[Words]
    postal_code: Mapped[Words]
    country: Mapped[Words]


class Coverage(Dated, Base):
    """Who pays, and which rule pack goes with it (empty: the clinic's)."""

    __tablename__ = "coverage"
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    payer: Mapped[Words]
    pack: Mapped[Words]


class Weight(Base):
    """A measured weight."""

    __tablename__ = "weight"
    __table_args__ = (CheckConstraint("kg > 0", name="kg"),)
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    kg: Mapped[Decimal] = mapped_column(ExactDecimal(9, 3))
    measured_on: Mapped[Day]


class Allergy(Dated, Base):
    """An allergy or intolerance. ``severity`` empty: not known."""

    __tablename__ = "allergy"
    __table_args__ = (
        one_of("category", ("drug", "latex", "contrast", "food", "environment", "other")),
        one_of("severity", ("", "mild", "moderate", "severe")),
        CheckConstraint("substance <> ''", name="substance"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    substance: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text, default="other")
    reaction: Mapped[Words]
    severity: Mapped[Words]
    code_system: Mapped[Words]
    code: Mapped[Words]


class PatientDrug(Dated, Base):
    """A drug the patient takes at home."""

    __tablename__ = "patient_drug"
    __table_args__ = (
        one_of("kind", ("anticoagulant", "other")),
        CheckConstraint("drug <> ''", name="drug"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    drug: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="other")
    dose: Mapped[Words]


class Alert(Dated, Base):
    """A sentence that stands over everything about the patient."""

    __tablename__ = "alert"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    text: Mapped[str] = mapped_column(Text)


class Implant(Dated, Base):
    """A thing in the body. ``prosthesis`` with a ``site`` (``knee left``) speaks to the rules."""

    __tablename__ = "implant"
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    name: Mapped[str] = mapped_column(Text)
    site: Mapped[Words]
    prosthesis: Mapped[bool] = mapped_column(Boolean, default=False)


class PlannedSurgery(Base):
    """An operation elsewhere, planned or past (``arthroplasty`` of ``knee right``).

    ``cancelled``: it does not take place, or was entered by mistake.
    """

    __tablename__ = "planned_surgery"
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    kind: Mapped[str] = mapped_column(Text, default="arthroplasty")
    site: Mapped[str] = mapped_column(Text)
    planned_on: Mapped[Day]
    cancelled: Mapped[bool] = mapped_column(Boolean, default=False)


class Condition(Dated, Base):
    """A problem or diagnosis."""

    __tablename__ = "condition"
    id: Mapped[Id]
    patient_id: Mapped[int] = _patient_id()
    name: Mapped[str] = mapped_column(Text)
    code_system: Mapped[Words]
    code: Mapped[Words]


class PatientAsked(Base):
    """What a question about the patient was answered, by whom it was asked and when.

    Append-only: each row is what somebody said on a day, and the newest of a topic holds. That
    nobody has asked is the absence of a row; so nothing that is written later, or taken back, can
    make an answer that was relied on look as if it had never been given. What a list holds are rows
    of its own table; where there are any, the list was asked, whatever stands here.

    ``asked_on`` None: nobody was asked here. It was taken over, by ``asked_by`` from a file, or by
    nobody from a record of an older version.
    """

    __tablename__ = "patient_asked"
    __table_args__ = (
        one_of(
            "topic",
            ("allergies", "drugs", "conditions", "implants", "surgeries", "pregnancy"),
        ),
        CheckConstraint(
            "answer = 'not_asked' OR (topic = 'pregnancy' AND answer IN ('yes', 'no'))"
            " OR (topic <> 'pregnancy' AND answer IN ('none', 'list'))",
            name="answer",
        ),
        Index("ix_patient_asked_patient_id", "patient_id", "topic"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    topic: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date | None] = mapped_column(Date, default=None)
    asked_by: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
    at: Mapped[Moment]
