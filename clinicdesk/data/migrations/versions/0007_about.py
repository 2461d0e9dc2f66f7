"""What a printed sheet is about: a consent's sites are compared with what is logged.

Sheets kept before have none: nothing is compared with them.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from clinicdesk.data.types import Json

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and lose its triggers.
    op.add_column("document", sa.Column("about", Json, nullable=True))
