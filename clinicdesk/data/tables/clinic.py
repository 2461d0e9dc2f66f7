"""The clinic itself, its settings and its counters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Moment, Versioned, Words, one_of
from clinicdesk.data.types import Json


class ClinicSettings(Versioned, Base):
    """One row: who the clinic is, and in which zone its days begin."""

    __tablename__ = "clinic"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("name <> ''", name="name"),
        one_of("paper", ("letter", "a4")),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, default=1)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[Words]
    phone: Mapped[Words]
    phone_urgent: Mapped[Words]
    timezone: Mapped[str] = mapped_column(Text)
    paper: Mapped[str] = mapped_column(Text, default="letter")
    language: Mapped[str] = mapped_column(Text, default="en")
    country: Mapped[str] = mapped_column("region", Text)
    pack: Mapped[str] = mapped_column(Text, default="clinic-default")
    demo: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    created_at: Mapped[Moment]


class Setting(Versioned, Base):
    """A clinic-wide setting that needs no column of its own."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[Any] = mapped_column(Json, nullable=True)


class Counter(Base):
    """A running number (record numbers). Not audited: the row that takes the number is."""

    __tablename__ = "counter"
    __audit__ = False
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int] = mapped_column(Integer, default=0)
