"""The audit chain: how an act becomes its hash, how it is appended, how it is checked.

Each act's hash covers its own columns, the hash of all its items and the hash
of the act before it; the head row holds the last. Whoever changes, removes,
inserts or reorders an entry breaks the chain at that entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from clinicdesk.data.tables.audit import AuditAct, AuditHead, AuditItem
from clinicdesk.domain.translation import _

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Item:
    """One changed row; ``before`` and ``after`` are canonical JSON or None."""

    kind: str
    table: str
    row_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Entry:
    """What is known of an act before it is chained."""

    at: datetime
    staff_id: int | None
    login: str
    workstation: str
    action: str
    patient_id: int | None
    reason: str


@dataclass(frozen=True)
class Broken:
    """The first entry that does not fit: its number, its kind of fault and a sentence."""

    entry: int
    fault: str
    message: str


def canonical(values: Mapping[str, object]) -> str:
    """JSON with sorted keys and one way to write each value."""
    return json.dumps(
        values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return {"bytes": len(value), "sha256": hashlib.sha256(value).hexdigest()}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def moment(value: datetime) -> str:
    """UTC with microseconds, always the same width."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _digest(parts: Iterable[object]) -> str:
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _ItemsHash:
    """Hash over items, one after the other, so that any number of them fits in memory."""

    def __init__(self) -> None:
        self._sha = hashlib.sha256()
        self.count = 0

    def add(self, item: Item) -> None:
        parts = [self.count, item.kind, item.table, item.row_id, item.before, item.after]
        self._sha.update(json.dumps(parts, ensure_ascii=False).encode() + b"\n")
        self.count += 1

    def value(self) -> str:
        return self._sha.hexdigest()


def items_hash(items: Iterable[Item]) -> str:
    """The hash of an act's items in their order."""
    total = _ItemsHash()
    for item in items:
        total.add(item)
    return total.value()


def act_hash(number: int, entry: Entry, items: str, previous: str) -> str:
    """The hash of act ``number``."""
    return _digest(
        [
            number,
            moment(entry.at),
            entry.staff_id,
            entry.login,
            entry.workstation,
            entry.action,
            entry.patient_id,
            entry.reason,
            items,
            previous,
        ]
    )


def append(session: Session, entry: Entry, items: list[Item]) -> int:
    """Chains the act at the end and returns its number. Locks the head: call it last."""
    head = session.execute(select(AuditHead.last_id, AuditHead.hash).with_for_update()).one()
    number = int(head.last_id) + 1
    items_sum = items_hash(items)
    hashed = act_hash(number, entry, items_sum, head.hash)
    session.execute(
        insert(AuditAct).values(
            id=number,
            at=entry.at,
            staff_id=entry.staff_id,
            login=entry.login,
            workstation=entry.workstation,
            action=entry.action,
            patient_id=entry.patient_id,
            reason=entry.reason,
            items_hash=items_sum,
            prev_hash=head.hash,
            hash=hashed,
        )
    )
    if items:
        session.execute(insert(AuditItem), [_item_row(number, n, i) for n, i in enumerate(items)])
    session.execute(update(AuditHead).values(last_id=number, hash=hashed))
    return number


def _item_row(act: int, position: int, item: Item) -> dict[str, object]:
    return {
        "act_id": act,
        "position": position,
        "kind": item.kind,
        "table_name": item.table,
        "row_id": item.row_id,
        "before": item.before,
        "after": item.after,
    }


def verify(session: Session, progress: Progress | None = None) -> tuple[int, Broken | None]:
    """Walks the whole chain; returns how many entries were checked and the first broken one."""
    items = _Items(session)
    previous, number = "", 0
    acts = session.execute(
        select(AuditAct.__table__).order_by(AuditAct.id), execution_options={"yield_per": 1000}
    )
    for act in acts:
        fault = _check(act, number, previous, items)
        if fault is not None:
            return number, fault
        previous, number = act.hash, act.id
        if progress is not None and number % 1000 == 0:
            progress(number)
    return number, _check_end(session, number, previous, items)


def _check(
    act: Row[tuple[object, ...]], number: int, previous: str, items: _Items
) -> Broken | None:
    expected = number + 1
    if act.id > expected:
        return Broken(
            expected, "removed", _("Entry {expected} is missing.").format(expected=expected)
        )
    if act.id < expected:
        return Broken(
            act.id, "inserted", _("Entry {act_id} does not belong here.").format(act_id=act.id)
        )
    if act.prev_hash != previous:
        return Broken(
            act.id,
            "reordered",
            _("Entry {act_id} does not follow the one before it.").format(act_id=act.id),
        )
    found = items.of(act.id)
    if found is None or found != act.items_hash:
        return Broken(
            act.id,
            "changed",
            _("What entry {act_id} changed was altered afterwards.").format(act_id=act.id),
        )
    entry = Entry(
        act.at,
        act.staff_id,
        act.login,
        act.workstation,
        act.action,
        act.patient_id,
        act.reason,
    )
    if act_hash(act.id, entry, act.items_hash, act.prev_hash) != act.hash:
        return Broken(
            act.id, "changed", _("Entry {act_id} was altered afterwards.").format(act_id=act.id)
        )
    return None


def _check_end(session: Session, number: int, previous: str, items: _Items) -> Broken | None:
    if items.left_over():
        return Broken(number + 1, "inserted", _("There are changes that belong to no entry."))
    head = session.execute(select(AuditHead.last_id, AuditHead.hash)).one_or_none()
    if head is None:
        return Broken(number + 1, "removed", _("The end of the audit log is missing."))
    if head.last_id > number:
        return Broken(
            number + 1,
            "removed",
            _("Entries {number} to {last_id} are missing at the end.").format(
                number=number + 1, last_id=head.last_id
            ),
        )
    if head.last_id < number or head.hash != previous:
        return Broken(
            number,
            "inserted",
            _("Entry {number} is not the one with which the log ended.").format(number=number),
        )
    return None


class _Items:
    """All items in order, handed out act by act."""

    def __init__(self, session: Session) -> None:
        self._rows: Iterator[Row[tuple[object, ...]]] = iter(
            session.execute(
                select(AuditItem.__table__).order_by(AuditItem.act_id, AuditItem.position),
                execution_options={"yield_per": 1000},
            )
        )
        self._next = next(self._rows, None)

    def of(self, act: int) -> str | None:
        """The items' hash of ``act``; None if an item of no act stands before it."""
        total = _ItemsHash()
        while self._next is not None and self._next.act_id <= act:
            row = self._next
            if row.act_id < act or row.position != total.count:
                return None
            total.add(Item(row.kind, row.table_name, row.row_id, row.before, row.after))
            self._next = next(self._rows, None)
        return total.value()

    def left_over(self) -> bool:
        return self._next is not None
