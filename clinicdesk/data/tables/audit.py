"""The audit chain, the change log and drafts: rows about rows, themselves not audited."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Id, Moment, Words, one_of, refers
from clinicdesk.data.types import BigId, Json


class AuditAct(Base):
    """One act: who, when, where, what, on whom, why; chained by hash. Append-only.

    ``id`` counts without a gap from 1. ``patient_id`` has no foreign key: the log stands alone.
    """

    __tablename__ = "audit_act"
    __audit__ = False
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, default=None)
    login: Mapped[Words]
    workstation: Mapped[Words]
    action: Mapped[str] = mapped_column(Text)
    patient_id: Mapped[int | None] = mapped_column(BigId, default=None, index=True)
    reason: Mapped[Words]
    items_hash: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)


class AuditItem(Base):
    """One changed row of an act, before and after, as canonical JSON. Append-only."""

    __tablename__ = "audit_item"
    __audit__ = False
    __table_args__ = (one_of("kind", ("insert", "update", "delete", "note")),)
    act_id: Mapped[int] = mapped_column(BigId, refers("audit_act.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    table_name: Mapped[Words]
    row_id: Mapped[Words]
    before: Mapped[str | None] = mapped_column(Text, default=None)
    after: Mapped[str | None] = mapped_column(Text, default=None)


class AuditHead(Base):
    """The chain's end: one row, locked last before each commit."""

    __tablename__ = "audit_head"
    __audit__ = False
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, default=1)
    last_id: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(Text, default="")


class ChangeLog(Base):
    """One row per committed transaction that changed something, for the other windows."""

    __tablename__ = "change_log"
    __audit__ = False
    id: Mapped[Id]
    at: Mapped[Moment]
    origin: Mapped[Words]
    payload: Mapped[dict[str, Any]] = mapped_column(Json)


class Draft(Base):
    """What somebody was typing. Not audited until it is saved as a record."""

    __tablename__ = "draft"
    __audit__ = False
    __table_args__ = (UniqueConstraint("owner", "kind", "subject"),)
    id: Mapped[Id]
    owner: Mapped[int] = mapped_column(BigId, refers("staff.id"))
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[Moment]
