"""Names are found by their middle: what ``search_word`` holds gets its ends besides.

Revision ID: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from clinicdesk.data.search import middles

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_CHUNK = 500


def upgrade() -> None:
    table = sa.table("search_word", sa.column("stub", sa.Text), sa.column("word", sa.Text))
    connection = op.get_bind()
    words = connection.execute(sa.select(table.c.word).distinct()).scalars().all()
    for start in range(0, len(words), _CHUNK):
        rows = [
            {"stub": stub, "word": word}
            for word in words[start : start + _CHUNK]
            for stub in sorted(middles(word))
        ]
        if rows:
            op.bulk_insert(table, rows)
