"""Looks that the audit had no room for, because the disk was full: reading goes on, they are owed.

They are written, each as what it was and with the time it was at, by the first act or look for
which there is room again. They are kept in memory alone: while the disk is full there is nowhere
else.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from clinicdesk.data.store import Store
from clinicdesk.data.tx import Tx
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.rows.people import Actor

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Look:
    at: datetime
    action: str
    patient_id: int | None
    actor: Actor | None
    login: str
    workstation: str


class Owed:
    """What one open clinic owes its audit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looks: list[_Look] = []
        self._lock = threading.Lock()

    def keep(self, tx: Tx, full: Unavailable) -> None:
        """Keeps the look of a transaction that could not be written; another failure is raised."""
        if full.kind != "disk-full":
            raise full
        look = _Look(tx.now, tx.action, tx.patient_id, tx.actor, tx.login, tx.workstation)
        with self._lock:
            self._looks.append(look)
        log.warning("disk full: a look is owed to the audit")

    def pay(self) -> None:
        """Writes what is owed, in its order; what finds no room stays owed."""
        if not self._looks:
            return
        with self._lock:
            while self._looks:
                try:
                    self._write(self._looks[0])
                except Unavailable:
                    return
                del self._looks[0]

    def _write(self, look: _Look) -> None:
        with self._store.write(
            look.actor, look.action, login=look.login, workstation=look.workstation
        ) as tx:
            if look.patient_id is not None:
                tx.concerns(look.patient_id)
            tx.note("disk-full", looked_at=look.at.isoformat())
