"""Which rules go with a payer, from which day: mapped once by the clinic.

Revision ID: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy import text

from clinicdesk.data import triggers
from clinicdesk.data.types import BigId, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payer_pack",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("payer_key", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.CheckConstraint("payer_key <> ''", name=f("ck_payer_pack_payer_key")),
        sa.CheckConstraint("pack <> ''", name=f("ck_payer_pack_pack")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_payer_pack_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_payer_pack")),
    )
    op.create_index(f("ix_payer_pack_payer_key"), "payer_pack", ["payer_key"])
    for statement in triggers.statements_since(op.get_bind().dialect.name, revision):
        op.execute(text(statement.replace(":", r"\:")))
