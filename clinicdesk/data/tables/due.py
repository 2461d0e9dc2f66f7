"""The due list: results kept per patient and site, and what staff did about them.

``due_item`` is derived and may be thrown away: it is made anew from the records. What staff say
(contacts, dates set by hand, rows put aside) belongs to a patient, a track and a site, not to a
kept row, so that it outlives every rebuild.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Day, Id, Moment, Words, one_of, refers
from clinicdesk.data.types import BigId, Json, UtcDateTime

FOR_GOOD = date(9999, 12, 31)
"""A day that never comes: put aside for good, never out of date."""


class DueItem(Base):
    """One patient, track and site of the due list, as of ``as_of`` and good until ``stale_on``.

    ``stale_on``: the first day on which time alone may change the answer. ``due_on`` holds the
    date set by hand while it is not stale. ``booked_on``: the day this very site is booked
    (``planned_id``). ``snoozed_until``: put aside until then, ``FOR_GOOD`` included. ``stands``:
    its group (``DueGroup``) on each day from ``stands_since`` to the one before ``stands_until``.
    """

    __tablename__ = "due_item"
    __audit__ = False
    __table_args__ = (
        UniqueConstraint("patient_id", "track", "site"),
        Index("ix_due_item_stale_on", "stale_on", "patient_id"),
        Index("ix_due_item_as_of", "as_of", "patient_id"),
        # The first rows of a group, and the rows that have left the group they are kept in.
        Index("ix_due_item_stands", "stands", "due_on", "id", "family"),
        Index("ix_due_item_stands_until", "stands_until", "patient_id"),
        Index("ix_due_item_stands_since", "stands_since", "patient_id"),
        # The sites there are, and the rows of one.
        Index("ix_due_item_site", "site"),
        # All that the overview reads, in its order: it never touches the rows themselves.
        Index(
            "ix_due_item_overview", "due_on", "id", "family", "reason", "physician_id",
            "allowed_from", "relief_latest", "last_done", "booked_on", "snoozed_until",
        ),
    )  # fmt: skip
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    track: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text)
    family: Mapped[str] = mapped_column(Text)
    procedure: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(Text)
    sites: Mapped[list[str]] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    detail: Mapped[Words]
    last_procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"))
    last_procedure: Mapped[str] = mapped_column(Text)
    last_done: Mapped[Day]
    last_sites: Mapped[list[str]] = mapped_column(Json)
    physician_id: Mapped[int | None] = mapped_column(BigId, refers("resource.id"), default=None)
    allowed_from: Mapped[Day]
    due_on: Mapped[Day]
    relief_ends: Mapped[Day]
    relief_latest: Mapped[Day]
    relief_basis: Mapped[str] = mapped_column(Text)
    relief_percent: Mapped[int | None] = mapped_column(Integer, default=None)
    relief_days: Mapped[int | None] = mapped_column(Integer, default=None)
    last_score: Mapped[Words]
    booked_on: Mapped[date | None] = mapped_column(Date, default=None)
    planned_id: Mapped[int | None] = mapped_column(
        BigId, refers("planned_procedure.id"), default=None
    )
    hand_id: Mapped[int | None] = mapped_column(BigId, refers("due_date.id"), default=None)
    hand_stale: Mapped[bool] = mapped_column(Boolean, default=False)
    snooze_id: Mapped[int | None] = mapped_column(BigId, refers("due_snooze.id"), default=None)
    snoozed_until: Mapped[date | None] = mapped_column(Date, default=None)
    as_of: Mapped[Day]
    stale_on: Mapped[Day]
    stands: Mapped[str] = mapped_column(Text)
    stands_since: Mapped[Day]
    stands_until: Mapped[Day]


class DueCount(Base):
    """How many kept rows stand in a group: the sum of ``number`` over all entries of a key.

    Append-only between two counts of everything, so that two desks never wait for one another
    here: whoever changes rows adds what became more (+) and fewer (-), and each morning the rows
    are counted anew.
    """

    __tablename__ = "due_count"
    __audit__ = False
    __table_args__ = (Index("ix_due_count_key", "stands", "family", "due_on", "number"),)
    id: Mapped[Id]
    stands: Mapped[str] = mapped_column(Text)
    family: Mapped[str] = mapped_column(Text)
    due_on: Mapped[Day]
    number: Mapped[int] = mapped_column(Integer)


class DueBuild(Base):
    """How far the kept results are built: one row, none before the first build.

    ``fingerprint``: of the packs and the catalogue they were made with. ``done_to``: the last
    patient done; ``finished`` once all are.
    """

    __tablename__ = "due_build"
    __audit__ = False
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, default=1)
    fingerprint: Mapped[str] = mapped_column(Text)
    done_to: Mapped[int] = mapped_column(BigId, default=0)
    finished: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    at: Mapped[Moment]


class DueDate(Base):
    """A date set by hand for a site, append-only: the newest counts. NULL: back to the computed.

    ``procedure_id``, ``last_done``: the site's last procedure when it was set; a newer one makes
    it stale.
    """

    __tablename__ = "due_date"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_due_date_patient_id", "patient_id"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    track: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text)
    procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"))
    last_done: Mapped[Day]
    day: Mapped[date | None] = mapped_column(Date, default=None)
    reason: Mapped[str] = mapped_column(Text)
    set_on: Mapped[Day]
    at: Mapped[Moment]
    staff_id: Mapped[int] = mapped_column(BigId, refers("staff.id"))


class DueSnooze(Base):
    """A site put aside until a day (NULL: for good); it ends then, by hand, or when done anew."""

    __tablename__ = "due_snooze"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_due_snooze_patient_id", "patient_id"),
    )
    id: Mapped[Id]
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    track: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text)
    procedure_id: Mapped[int] = mapped_column(BigId, refers("procedure.id"))
    last_done: Mapped[Day]
    until: Mapped[date | None] = mapped_column(Date, default=None)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    staff_id: Mapped[int] = mapped_column(BigId, refers("staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_by: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)


class ContactAttempt(Base):
    """A call, letter or message to a patient, append-only.

    ``purpose`` says which list it was made for. A wrong click is withdrawn by a row of its own
    that names it in ``withdraws``; that row says nothing else. So is a letter that was only made,
    when it is printed or saved: what became of it is the next row.
    """

    __tablename__ = "contact_attempt"
    __table_args__ = (
        one_of("purpose", ("due", "reminder", "follow_up", "recall")),
        one_of("kind", ("phone", "letter", "message", "email", "other")),
        CheckConstraint("(outcome = '') = (withdraws IS NOT NULL)", name="outcome"),
        CheckConstraint("withdraws IS NULL OR withdraws <> id", name="withdraws"),
        Index("ix_contact_attempt_patient_id", "patient_id", "at"),
    )
    id: Mapped[Id]
    purpose: Mapped[str] = mapped_column(Text)
    patient_id: Mapped[int] = mapped_column(BigId, refers("patient.id"))
    track: Mapped[Words]
    site: Mapped[Words]
    procedure_id: Mapped[int | None] = mapped_column(
        BigId, refers("procedure.id"), default=None, index=True
    )
    appointment_id: Mapped[int | None] = mapped_column(
        BigId, refers("appointment.id"), default=None, index=True
    )
    follow_up_id: Mapped[int | None] = mapped_column(
        BigId, refers("follow_up.id"), default=None, index=True
    )
    kind: Mapped[str] = mapped_column(Text)
    outcome: Mapped[Words]
    note: Mapped[Words]
    next_on: Mapped[date | None] = mapped_column(Date, default=None)
    local_date: Mapped[Day]
    at: Mapped[Moment]
    staff_id: Mapped[int] = mapped_column(BigId, refers("staff.id"))
    withdraws: Mapped[int | None] = mapped_column(
        BigId, refers("contact_attempt.id"), default=None, unique=True
    )


class DueTaken(Base):
    """Who has a patient's rows in hand, until when. No record: it is overwritten and goes."""

    __tablename__ = "due_taken"
    __audit__ = False
    __table_args__ = (Index("ix_due_taken_staff_id", "staff_id"),)
    patient_id: Mapped[int] = mapped_column(
        BigId, refers("patient.id"), primary_key=True, autoincrement=False
    )
    staff_id: Mapped[int] = mapped_column(BigId, refers("staff.id"))
    until: Mapped[Moment]
