"""The due list's reason after good blocks bears no procedure's name.

Revision ID: 0004
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE due_item SET reason = 'next_step' WHERE reason = 'rfa_possible'")
