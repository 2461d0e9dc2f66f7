"""Printed sheets: what they are, the very bytes, and what became of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Id, Moment, Words, one_of, refers
from clinicdesk.data.types import BigId, Json
from clinicdesk.domain.states import SheetUse


class DocumentBlob(Base):
    """The bytes of a sheet under their SHA-256; never changed, never removed."""

    __tablename__ = "document_blob"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)
    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    media_type: Mapped[str] = mapped_column(Text, default="application/pdf")
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": True})


class Document(Base):
    """A sheet in the patient's documents.

    ``about``: ``planned_id`` and ``sites`` that it speaks of; None for those kept before it was.
    """

    __tablename__ = "document"
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(
        BigId, refers("appointment.id"), default=None, index=True
    )
    procedure_id: Mapped[int | None] = mapped_column(
        BigId, refers("procedure.id"), default=None, index=True
    )
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    paper: Mapped[str] = mapped_column(Text)
    large: Mapped[bool] = mapped_column(Boolean, default=False)
    template_id: Mapped[str] = mapped_column(Text)
    template_version: Mapped[str] = mapped_column(Text)
    document_code: Mapped[Words]
    sha256: Mapped[str] = mapped_column(Text, refers("document_blob.sha256"))
    pages: Mapped[int] = mapped_column(Integer, default=1)
    about: Mapped[dict[str, Any] | None] = mapped_column(Json, default=None)
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class DocumentEvent(Base):
    """A sheet was printed, saved or looked at; append-only."""

    __tablename__ = "document_event"
    __table_args__ = (one_of("use", SheetUse),)
    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(BigId, refers("document.id"), index=True)
    use: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
    workstation: Mapped[Words]
