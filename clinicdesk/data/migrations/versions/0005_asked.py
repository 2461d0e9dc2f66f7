"""What was asked of a patient, by whom and when: an empty list no longer passes for "none".

A tick "pregnant" becomes an answer of a day that is not known; no tick becomes no answer, because
nobody recorded that it was asked.

Revision ID: 0005
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy import text

from clinicdesk.data import triggers
from clinicdesk.data.types import BigId, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _asked()
    _pregnant()
    # Dropping a column leaves the triggers of its table alone, on both databases.
    for statement in triggers.statements_since(op.get_bind().dialect.name, revision):
        op.execute(text(statement.replace(":", r"\:")))


def _asked() -> None:
    op.create_table(
        "patient_asked",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_by", BigId, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "topic IN ('allergies', 'drugs', 'conditions', 'implants', 'surgeries', 'pregnancy')",
            name=f("ck_patient_asked_topic"),
        ),
        sa.CheckConstraint(
            "answer = 'not_asked' OR (topic = 'pregnancy' AND answer IN ('yes', 'no'))"
            " OR (topic <> 'pregnancy' AND answer IN ('none', 'list'))",
            name=f("ck_patient_asked_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["staff.id"], name=f("fk_patient_asked_asked_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_patient_asked_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_patient_asked")),
    )
    op.create_index("ix_patient_asked_patient_id", "patient_asked", ["patient_id", "topic"])


def _pregnant() -> None:
    patient = sa.table("patient", sa.column("id", BigId), sa.column("pregnant", sa.Boolean()))
    asked = sa.table(
        "patient_asked",
        sa.column("patient_id", BigId),
        sa.column("topic", sa.Text()),
        sa.column("answer", sa.Text()),
        sa.column("at", UtcDateTime()),
    )
    said = sa.select(
        patient.c.id,
        sa.literal("pregnancy", sa.Text()),
        sa.literal("yes", sa.Text()),
        sa.literal(datetime.now(UTC), UtcDateTime()),
    ).where(patient.c.pregnant.is_(True))
    op.execute(asked.insert().from_select(["patient_id", "topic", "answer", "at"], said))
    # Not in a batch: SQLite would make the table anew, and lose its triggers.
    op.execute("ALTER TABLE patient DROP COLUMN pregnant")
