"""The due list: kept results, contacts, dates set by hand, rows put aside or in hand.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy import text

from clinicdesk.data import triggers
from clinicdesk.data.types import BigId, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in (_build, _taken, _date, _snooze, _contact, _item):
        table()
    # No table of before is touched, so its triggers are still there.
    for statement in triggers.statements_since(op.get_bind().dialect.name, revision):
        op.execute(text(statement.replace(":", r"\:")))


def _build() -> None:
    op.create_table(
        "due_build",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("done_to", BigId, nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=f("ck_due_build_one")),
        sa.PrimaryKeyConstraint("id", name=f("pk_due_build")),
    )


def _taken() -> None:
    op.create_table(
        "due_taken",
        sa.Column("patient_id", BigId, autoincrement=False, nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_due_taken_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_due_taken_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("patient_id", name=f("pk_due_taken")),
    )
    op.create_index("ix_due_taken_staff_id", "due_taken", ["staff_id"])


def _date() -> None:
    op.create_table(
        "due_date",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("procedure_id", BigId, nullable=False),
        sa.Column("last_done", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.CheckConstraint("reason <> ''", name=f("ck_due_date_reason")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_due_date_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_due_date_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_due_date_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_due_date")),
    )
    op.create_index("ix_due_date_patient_id", "due_date", ["patient_id"])


def _snooze() -> None:
    op.create_table(
        "due_snooze",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("procedure_id", BigId, nullable=False),
        sa.Column("last_done", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", BigId, nullable=True),
        sa.CheckConstraint("reason <> ''", name=f("ck_due_snooze_reason")),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["staff.id"], name=f("fk_due_snooze_ended_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_due_snooze_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_due_snooze_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_due_snooze_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_due_snooze")),
    )
    op.create_index("ix_due_snooze_patient_id", "due_snooze", ["patient_id"])


def _contact() -> None:
    op.create_table(
        "contact_attempt",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("procedure_id", BigId, nullable=True),
        sa.Column("appointment_id", BigId, nullable=True),
        sa.Column("follow_up_id", BigId, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("withdraws", BigId, nullable=True),
        sa.CheckConstraint(
            "(outcome = '') = (withdraws IS NOT NULL)", name=f("ck_contact_attempt_outcome")
        ),
        sa.CheckConstraint(
            "kind IN ('phone', 'letter', 'message', 'email', 'other')",
            name=f("ck_contact_attempt_kind"),
        ),
        sa.CheckConstraint(
            "purpose IN ('due', 'reminder', 'follow_up', 'recall')",
            name=f("ck_contact_attempt_purpose"),
        ),
        sa.CheckConstraint(
            "withdraws IS NULL OR withdraws <> id", name=f("ck_contact_attempt_withdraws")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_contact_attempt_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_up.id"],
            name=f("fk_contact_attempt_follow_up_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_contact_attempt_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_contact_attempt_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_contact_attempt_staff_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["withdraws"],
            ["contact_attempt.id"],
            name=f("fk_contact_attempt_withdraws"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_contact_attempt")),
        sa.UniqueConstraint("withdraws", name=f("uq_contact_attempt_withdraws")),
    )
    op.create_index(f("ix_contact_attempt_appointment_id"), "contact_attempt", ["appointment_id"])
    op.create_index(f("ix_contact_attempt_follow_up_id"), "contact_attempt", ["follow_up_id"])
    op.create_index("ix_contact_attempt_patient_id", "contact_attempt", ["patient_id", "at"])
    op.create_index(f("ix_contact_attempt_procedure_id"), "contact_attempt", ["procedure_id"])


def _item() -> None:
    op.create_table(
        "due_item",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.Column("sites", Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("last_procedure_id", BigId, nullable=False),
        sa.Column("last_procedure", sa.Text(), nullable=False),
        sa.Column("last_done", sa.Date(), nullable=False),
        sa.Column("last_sites", Json, nullable=False),
        sa.Column("physician_id", BigId, nullable=True),
        sa.Column("allowed_from", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("relief_ends", sa.Date(), nullable=False),
        sa.Column("relief_latest", sa.Date(), nullable=False),
        sa.Column("relief_basis", sa.Text(), nullable=False),
        sa.Column("relief_percent", sa.Integer(), nullable=True),
        sa.Column("relief_days", sa.Integer(), nullable=True),
        sa.Column("last_score", sa.Text(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("planned_id", BigId, nullable=True),
        sa.Column("hand_id", BigId, nullable=True),
        sa.Column("hand_stale", sa.Boolean(), nullable=False),
        sa.Column("snooze_id", BigId, nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("stale_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hand_id"], ["due_date.id"], name=f("fk_due_item_hand_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["last_procedure_id"],
            ["procedure.id"],
            name=f("fk_due_item_last_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_due_item_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["physician_id"],
            ["resource.id"],
            name=f("fk_due_item_physician_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["planned_id"],
            ["planned_procedure.id"],
            name=f("fk_due_item_planned_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["snooze_id"], ["due_snooze.id"], name=f("fk_due_item_snooze_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_due_item")),
        sa.UniqueConstraint(
            "patient_id", "track", "site", name=f("uq_due_item_patient_id_track_site")
        ),
    )
    op.create_index("ix_due_item_as_of", "due_item", ["as_of", "patient_id"])
    op.create_index(
        "ix_due_item_overview",
        "due_item",
        [
            "due_on",
            "id",
            "family",
            "reason",
            "physician_id",
            "allowed_from",
            "relief_latest",
            "last_done",
            "booked_on",
            "snoozed_until",
        ],
    )
    op.create_index("ix_due_item_stale_on", "due_item", ["stale_on", "patient_id"])
