"""What stood against a planned procedure, its answers, and the steps of held drugs.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy import text

from clinicdesk.data import triggers
from clinicdesk.data.types import BigId, Json, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _finding()
    _answer()
    _step()
    for statement in triggers.statements_since(op.get_bind().dialect.name, revision):
        op.execute(text(statement.replace(":", r"\:")))


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )


def _finding() -> None:
    op.create_table(
        "safety_finding",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("appointment_id", BigId, nullable=False),
        sa.Column("check_key", sa.Text(), nullable=False),
        sa.Column("because", Json, nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("raised_in", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.CheckConstraint(
            "raised_in IN ('booking', 'move', 'fact')", name=f("ck_safety_finding_raised_in")
        ),
        sa.CheckConstraint("check_key <> ''", name=f("ck_safety_finding_check_key")),
        _key("safety_finding", "patient_id", "patient"),
        _key("safety_finding", "appointment_id", "appointment"),
        _key("safety_finding", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=f("pk_safety_finding")),
    )
    op.create_index(f("ix_safety_finding_patient_id"), "safety_finding", ["patient_id"])
    op.create_index(f("ix_safety_finding_appointment_id"), "safety_finding", ["appointment_id"])


def _answer() -> None:
    op.create_table(
        "safety_answer",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("finding_id", BigId, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.CheckConstraint(
            "outcome IN ('go_ahead', 'refused', 'fell_away')", name=f("ck_safety_answer_outcome")
        ),
        sa.CheckConstraint(
            "(outcome = 'fell_away') = (code = '')", name=f("ck_safety_answer_code")
        ),
        _key("safety_answer", "finding_id", "safety_finding"),
        _key("safety_answer", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=f("pk_safety_answer")),
        sa.UniqueConstraint("finding_id", name=f("uq_safety_answer_finding_id")),
    )


def _step() -> None:
    op.create_table(
        "hold_step",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("appointment_id", BigId, nullable=False),
        sa.Column("drug", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("last_dose_on", sa.Date(), nullable=True),
        sa.Column("last_dose_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.CheckConstraint(
            "step IN ('asked', 'answered', 'told', 'stated')", name=f("ck_hold_step_step")
        ),
        sa.CheckConstraint("answer IN ('', 'agreed', 'refused')", name=f("ck_hold_step_answer")),
        sa.CheckConstraint("drug <> ''", name=f("ck_hold_step_drug")),
        sa.CheckConstraint("(step = 'answered') = (answer <> '')", name=f("ck_hold_step_answered")),
        _key("hold_step", "patient_id", "patient"),
        _key("hold_step", "appointment_id", "appointment"),
        _key("hold_step", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=f("pk_hold_step")),
    )
    op.create_index(f("ix_hold_step_patient_id"), "hold_step", ["patient_id"])
    op.create_index("ix_hold_step_appointment_id", "hold_step", ["appointment_id", "drug"])
