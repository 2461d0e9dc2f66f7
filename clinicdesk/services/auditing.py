"""Checking that nobody tampered with the audit log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clinicdesk.data import audit
from clinicdesk.data.tx import Tx
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.translation import _
from clinicdesk.services import clocks
from clinicdesk.services.context import Clinic, Work, ask, everybody


@dataclass(frozen=True)
class AuditReport:
    """What the check found.

    Attributes:
        checked: entries that fit, from the first on.
        broken: number of the first entry that does not; None if all fit.
        fault: ``changed``, ``removed``, ``inserted`` or ``reordered``; empty if all fit.
        message: one sentence.
        clock: where a computer's clock was set back, in a sentence; empty if nowhere.
    """

    checked: int
    broken: int | None
    fault: str
    message: str
    clock: str = ""

    @property
    def sound(self) -> bool:
        return self.broken is None


@ask(Permission.VERIFY_AUDIT)
def verify(work: Work, progress: Callable[[int], None] | None = None) -> AuditReport:
    """Walks the whole chain; ``progress`` is told the number of entries checked so far."""
    return _walked(work.tx, progress)


@everybody(_("whoever holds the database's key may check it, and the answer names no patient"))
def verify_with_key(clinic: Clinic, progress: Callable[[int], None] | None = None) -> AuditReport:
    """As ``verify``, without anybody signed in: for a job that runs each night."""
    with clinic.store.read() as tx:
        return _walked(tx, progress)


def _walked(tx: Tx, progress: Callable[[int], None] | None) -> AuditReport:
    checked, broken = audit.verify(tx.session, progress)
    clock = clocks.set_back(tx)
    if broken is None:
        sound = _("{checked} entries checked, all in order.").format(checked=checked)
        return AuditReport(checked, None, "", sound, clock)
    return AuditReport(checked, broken.entry, broken.fault, broken.message, clock)
