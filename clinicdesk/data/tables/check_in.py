"""What comes with an arrival: the way home, whether the address still holds, the consent signed."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Moment, Words, one_of, refers
from clinicdesk.data.types import BigId
from clinicdesk.domain.states import Known


class DriverAsked(Base):
    """Whether somebody takes the patient home, as said at a moment; append-only, the newest counts.

    ``words`` is who, of a yes: free text, a name and a phone.
    """

    __tablename__ = "driver_asked"
    __table_args__ = (
        one_of("said", Known),
        CheckConstraint("said = 'yes' OR words = ''", name="words"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    appointment_id: Mapped[int] = mapped_column(BigId, refers("appointment.id"), index=True)
    said: Mapped[str] = mapped_column(Text)
    words: Mapped[Words]
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class ContactConfirmed(Base):
    """That phone, payer and address are still right, as they stood then; append-only."""

    __tablename__ = "contact_confirmed"
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"), index=True)
    phone: Mapped[Words]
    payer: Mapped[Words]
    address: Mapped[Words]
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class ConsentSigned(Base):
    """That a printed consent was signed on paper; append-only, the newest of a document counts.

    ``signed`` False: taken back, it was recorded by mistake.
    """

    __tablename__ = "consent_signed"
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    document_id: Mapped[int] = mapped_column(BigId, refers("document.id"), index=True)
    signed: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
