"""An index for the sites of the due list: a word typed there reads no row it does not find.

Revision ID: 0013
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_due_item_site", "due_item", ["site"])
