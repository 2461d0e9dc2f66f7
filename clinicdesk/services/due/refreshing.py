"""Brings the kept results up to date: what is stale, or everything.

They are always as of today. A list asked for another day is the same rows in other groups, so
that whoever looks ahead changes nothing on the screens of those who work.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from clinicdesk.data.queries import due_counts, due_items, due_standing
from clinicdesk.domain.clock import is_behind
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import RebuildProgress
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic, Work, ask, permitted
from clinicdesk.services.due import keeping
from clinicdesk.services.due.keeping import BATCH

NEVER_BUILT = -1
_PAUSE = 0.03
_COUNTED_EVERY = 20
"""Batches after which the notes of what became more are made one again."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
Progress = Callable[[RebuildProgress], None]


@ask(Permission.WORK_DUE_LIST)
def behind(work: Work, on: date) -> int:
    """Kept results that are out of date; -1 while all have to be made.

    Raises:
        Invalid: on ``on``, a year that cannot be meant.
    """
    check_day(on)
    state = due_items.build(work.tx)
    known = state.finished and state.fingerprint == _fingerprint(work.clinic)
    if not known or _of_a_later_day(state, work.now, work.zone):
        return NEVER_BUILT
    return due_items.count_behind(work.tx, work.today)


@permitted("due.refresh", Permission.WORK_DUE_LIST)
def refresh(clinic: Clinic, actor: Actor, on: date, progress: Progress | None = None) -> int:
    """Brings what is out of date up to date; the number of patients looked at.

    In batches, each committed: it may be stopped and goes on where it was. Nothing that anybody
    entered changes, so nothing is audited.

    Raises:
        Invalid: on ``on``, a year that cannot be meant.
    """
    check_day(on)
    tell, today = progress or _nobody, clinic.today()
    wanted = _fingerprint(clinic)
    with clinic.store.read(actor) as tx:
        state = due_items.build(tx)
    if _of_a_later_day(state, clinic.clock.now(), clinic.zone):
        return _everything(clinic, today, wanted, 0, tell)
    if state.finished and state.fingerprint == wanted:
        return _stale(clinic, today, tell)
    start = state.done_to if state.fingerprint == wanted else 0
    return _everything(clinic, today, wanted, start, tell)


@permitted("due.refresh_these", Permission.WORK_DUE_LIST)
def refresh_these(
    clinic: Clinic, actor: Actor, ids: Sequence[int], progress: Progress | None = None
) -> int:
    """Makes the rows of these patients anew, as ``refresh`` does; how many were looked at."""
    del actor  # it was asked whether they may; nothing is kept of who did
    _these(clinic, ids, clinic.today(), progress or _nobody)
    return len(ids)


def check_day(on: date) -> None:
    """Raises Invalid on ``on`` for a day that no list can be for."""
    if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        raise Invalid({"on": _("The year {year} cannot be meant.").format(year=on.year)})


def _of_a_later_day(state: due_items.Build, now: datetime, zone: ZoneInfo) -> bool:
    """Whether rows were kept on a day that has not come yet, by a clock that was wrong.

    Who was not due any more on that day has no row that would be noticed: all are made anew.
    """
    if state.at is None or not is_behind(now, state.at):
        return False
    return state.at.astimezone(zone).date() > now.astimezone(zone).date()


def _nobody(__: RebuildProgress) -> None:
    return


def _fingerprint(clinic: Clinic) -> str:
    return keeping.fingerprint(clinic.catalogue, clinic.settings.pack)


def _let_others_write(clinic: Clinic) -> None:
    """A file has one writer at a time, and whoever waits only looks now and then: without a pause
    between the batches a signature could wait until it gives up. A server has no such queue.
    """
    if clinic.store.embedded is not None:
        time.sleep(_PAUSE)


def _stale(clinic: Clinic, on: date, tell: Progress) -> int:
    with clinic.store.unaudited() as tx:
        due_items.note_moment(tx)
    with clinic.store.read() as tx:
        ids = due_items.patients_stale(tx, on)
    _these(clinic, ids, on, tell)
    moved = _move_on(clinic, on)
    # Once a day they are counted anew, so that no slip of whatever kind lasts.
    _count_anew(clinic)
    return len(ids) + moved


def _these(clinic: Clinic, ids: Sequence[int], on: date, tell: Progress) -> None:
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with clinic.store.unaudited() as tx:
            clinic.learn_names(tx)
            for patient_id in keeping.keep(tx, clinic.catalogue, batch, on):
                tx.changed("due", patient_id)
        _let_others_write(clinic)
        tell(RebuildProgress(start + len(batch), len(ids)))


def _move_on(clinic: Clinic, on: date) -> int:
    """Rows that only stand in another group today: nothing about them has changed."""
    with clinic.store.read() as tx:
        ids = due_standing.patients_moved(tx, on)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with clinic.store.unaudited() as tx:
            due_items.lock_patients(tx, batch)
            due_standing.put_in_place(tx, batch, on, clinic.catalogue.vocabulary.due)
        _let_others_write(clinic)
    return len(ids)


def _everything(clinic: Clinic, on: date, wanted: str, done_to: int, tell: Progress) -> int:
    with clinic.store.read() as tx:
        total = due_items.count_patients(tx)
        left = due_items.count_patients(tx, done_to)
    done = total - left
    tell(RebuildProgress(done, total))
    for batch in count():
        if batch % _COUNTED_EVERY == 0:
            _count_anew(clinic)
        with clinic.store.unaudited() as tx:
            ids = due_items.next_patients(tx, done_to, BATCH)
            if not ids:
                due_items.write_build(tx, due_items.Build(wanted, done_to, finished=True))
                tx.changed("due")
                break
            clinic.learn_names(tx)
            keeping.keep(tx, clinic.catalogue, ids, on)
            done_to = ids[-1]
            due_items.write_build(tx, due_items.Build(wanted, done_to))
        _let_others_write(clinic)
        done += len(ids)
        tell(RebuildProgress(min(done, total), total))
    _count_anew(clinic)
    return left


def _count_anew(clinic: Clinic) -> None:
    with clinic.store.unaudited() as tx:
        due_counts.recount(tx)
