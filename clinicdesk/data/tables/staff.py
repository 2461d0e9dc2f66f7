"""Staff, rooms and equipment as resources, their hours and the blocks on their time."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Integer,
    Text,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Day, Id, Moment, Versioned, Words, one_of, refers
from clinicdesk.data.types import BigId, UtcDateTime


class Resource(Versioned, Base):
    """Whatever can be taken for a time: a person, a room, a machine, a recovery bay."""

    __tablename__ = "resource"
    __table_args__ = (
        one_of("kind", ("staff", "room", "equipment", "bay")),
        CheckConstraint("name <> ''", name="name"),
    )
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer, default=0)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Capability(Base):
    """What a resource has (``fluoroscopy``, ``ultrasound``)."""

    __tablename__ = "resource_capability"
    __table_args__ = (UniqueConstraint("resource_id", "capability"),)
    id: Mapped[Id]
    resource_id: Mapped[int] = mapped_column(BigId, refers("resource.id"))
    capability: Mapped[str] = mapped_column(Text)


class Staff(Versioned, Base):
    """A member of staff. ``name`` as shown (``Dr. Amara Osei``); the login is lower case."""

    __tablename__ = "staff"
    __table_args__ = (
        one_of("role", ("front_desk", "nurse", "physician", "manager")),
        CheckConstraint("login = lower(login) AND login <> ''", name="login"),
        CheckConstraint("failed_count >= 0", name="failed_count"),
    )
    id: Mapped[Id]
    resource_id: Mapped[int] = mapped_column(BigId, refers("resource.id"), unique=True)
    login: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    password_hash: Mapped[str] = mapped_column(Text, info={"secret": True})
    must_change: Mapped[bool] = mapped_column(Boolean, default=False)
    failed_count: Mapped[int] = mapped_column(Integer, default=0, info={"audit": False})
    paused_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, default=None, info={"audit": False}
    )


class OpeningHours(Base):
    """A stretch of local time, weekly, in which a resource (NULL: the clinic) may be booked.

    ``weekday`` counts from Monday 0; ``valid_to`` is the last day it holds.
    """

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("ends > starts", name="order"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid"),
    )
    id: Mapped[Id]
    resource_id: Mapped[int | None] = mapped_column(BigId, refers("resource.id"), index=True)
    weekday: Mapped[int] = mapped_column(Integer)
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    valid_from: Mapped[Day]
    valid_to: Mapped[date | None] = mapped_column(Date, default=None)


class Block(Versioned, Base):
    """Time kept for something without a patient: lunch, calls, closed. Its claims say for whom."""

    __tablename__ = "block"
    __table_args__ = (
        one_of("kind", ("lunch", "calls", "closed", "meeting", "cleaning", "other")),
        CheckConstraint("ends_at > starts_at", name="order"),
    )
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(Text)
    label: Mapped[Words]
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    local_date: Mapped[date] = mapped_column(Date, index=True)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
