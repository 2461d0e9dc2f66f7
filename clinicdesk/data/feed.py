"""What other windows and desks changed: read from the change log, one row per act.

A notification (PostgreSQL's NOTIFY, a timer on the embedded database) only says
"look"; this says what. A lost or doubled one therefore does no harm.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from clinicdesk.data.tables import ChangeLog
from clinicdesk.data.tx import Tx
from clinicdesk.domain.changes import ChangeSet

_MOST = 1000


def last_change(tx: Tx) -> int:
    """Number of the newest change; 0 if there was none."""
    return tx.session.execute(select(func.coalesce(func.max(ChangeLog.id), 0))).scalar_one()


def changes_since(tx: Tx, number: int) -> tuple[ChangeSet, int]:
    """Everything changed after change ``number``, and the number to ask with next."""
    query = (
        select(ChangeLog.id, ChangeLog.payload)
        .where(ChangeLog.id > number)
        .order_by(ChangeLog.id)
        .limit(_MOST)
    )
    found, last = ChangeSet(), number
    for row in tx.session.execute(query):
        payload = row.payload
        found |= ChangeSet(
            frozenset(payload["kinds"]),
            frozenset(payload["patients"]),
            frozenset(date.fromisoformat(day) for day in payload["days"]),
        )
        last = row.id
    return found, last
