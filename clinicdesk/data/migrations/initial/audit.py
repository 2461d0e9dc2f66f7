"""The audit chain, the change log and drafts. As of the first revision; never changed again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f

from clinicdesk.data.types import BigId, Json, UtcDateTime


def audit_act() -> None:
    op.create_table(
        "audit_act",
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("workstation", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("patient_id", BigId, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("items_hash", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_audit_act")),
    )
    op.create_index(f("ix_audit_act_patient_id"), "audit_act", ["patient_id"])


def audit_item() -> None:
    op.create_table(
        "audit_item",
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('insert', 'update', 'delete', 'note')", name=f("ck_audit_item_kind")
        ),
        sa.ForeignKeyConstraint(
            ["act_id"], ["audit_act.id"], name=f("fk_audit_item_act_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("act_id", "position", name=f("pk_audit_item")),
    )


def audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=f("ck_audit_head_one")),
        sa.PrimaryKeyConstraint("id", name=f("pk_audit_head")),
    )


def change_log() -> None:
    op.create_table(
        "change_log",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_change_log")),
    )


def draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("owner", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner"], ["staff.id"], name=f("fk_draft_owner"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_draft")),
        sa.UniqueConstraint("owner", "kind", "subject", name=f("uq_draft_owner_kind_subject")),
    )
