"""Brings the kept results up to date for a day: what is stale, or everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clinicdesk.data.queries import due_items
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import RebuildProgress
from clinicdesk.domain.rows.people import Actor
from clinicdesk.services.context import Clinic, Work, ask, require
from clinicdesk.services.due import keeping
from clinicdesk.services.due.keeping import BATCH

NEVER_BUILT = -1
Progress = Callable[[RebuildProgress], None]


@ask(Permission.WORK_DUE_LIST)
def behind(work: Work, on: date) -> int:
    """Kept results that are out of date for the day ``on``; -1 while all have to be made."""
    state = due_items.build(work.tx)
    if not state.finished or state.fingerprint != _fingerprint(work.clinic):
        return NEVER_BUILT
    return due_items.count_behind(work.tx, on)


def refresh(clinic: Clinic, actor: Actor, on: date, progress: Progress | None = None) -> int:
    """Brings what is out of date for ``on`` up to date; the number of patients looked at.

    In batches, each committed: it may be stopped and goes on where it was. Nothing that anybody
    entered changes, so nothing is audited.
    """
    require(clinic, actor, Permission.WORK_DUE_LIST, "due.refresh")
    tell = progress or _nobody
    wanted = _fingerprint(clinic)
    with clinic.store.read(actor) as tx:
        state = due_items.build(tx)
    if state.finished and state.fingerprint == wanted:
        return _stale(clinic, on, tell)
    start = state.done_to if state.fingerprint == wanted else 0
    return _everything(clinic, on, wanted, start, tell)


def _nobody(_: RebuildProgress) -> None:
    return


def _fingerprint(clinic: Clinic) -> str:
    return keeping.fingerprint(clinic.catalogue, clinic.settings.pack)


def _stale(clinic: Clinic, on: date, tell: Progress) -> int:
    with clinic.store.read() as tx:
        ids = due_items.patients_behind(tx, on)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with clinic.store.unaudited() as tx:
            keeping.keep(tx, clinic.catalogue, batch, on)
        tell(RebuildProgress(start + len(batch), len(ids)))
    return len(ids)


def _everything(clinic: Clinic, on: date, wanted: str, done_to: int, tell: Progress) -> int:
    with clinic.store.read() as tx:
        total = due_items.count_patients(tx)
        left = due_items.count_patients(tx, done_to)
    done = total - left
    tell(RebuildProgress(done, total))
    while True:
        with clinic.store.unaudited() as tx:
            ids = due_items.next_patients(tx, done_to, BATCH)
            if not ids:
                due_items.write_build(tx, due_items.Build(wanted, done_to, finished=True))
                return left
            keeping.keep(tx, clinic.catalogue, ids, on)
            done_to = ids[-1]
            due_items.write_build(tx, due_items.Build(wanted, done_to))
        done += len(ids)
        tell(RebuildProgress(min(done, total), total))
