"""What is asked at check-in: who takes the patient home, whether phone and address still hold.

Revision ID: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy import text

from clinicdesk.data import triggers
from clinicdesk.data.types import BigId, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "driver_asked",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("appointment_id", BigId, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.CheckConstraint("said IN ('yes', 'no', 'unknown')", name=f("ck_driver_asked_said")),
        sa.CheckConstraint("said = 'yes' OR words = ''", name=f("ck_driver_asked_words")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_driver_asked_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_driver_asked_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_driver_asked")),
    )
    op.create_index("ix_driver_asked_appointment_id", "driver_asked", ["appointment_id"])
    op.create_table(
        "contact_confirmed",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_contact_confirmed_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=f("fk_contact_confirmed_staff_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_contact_confirmed")),
    )
    op.create_index("ix_contact_confirmed_patient_id", "contact_confirmed", ["patient_id"])
    for statement in triggers.statements_since(op.get_bind().dialect.name, revision):
        op.execute(text(statement.replace(":", r"\:")))
