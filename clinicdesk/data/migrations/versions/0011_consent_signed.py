"""That a printed consent was signed on paper, or that this was taken back.

Revision ID: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy import text

from clinicdesk.data import triggers
from clinicdesk.data.types import BigId, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent_signed",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("document_id", BigId, nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=f("fk_consent_signed_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_consent_signed_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_consent_signed")),
    )
    op.create_index("ix_consent_signed_document_id", "consent_signed", ["document_id"])
    for statement in triggers.statements_since(op.get_bind().dialect.name, revision):
        op.execute(text(statement.replace(":", r"\:")))
