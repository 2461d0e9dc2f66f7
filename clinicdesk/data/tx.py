"""One transaction: what services and queries hold while they work.

Every row changed through the ORM is noted for the audit at flush; at a clean
exit the act, its items and the change log row are written, the chain's head is
locked last, and all is committed at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Table, insert, inspect, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history

from clinicdesk.data import audit
from clinicdesk.data.tables import Base, ChangeLog, Identifier, Patient, PatientName, Phone
from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import NotFound, Stale
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _

T = TypeVar("T", bound=Base)
_HIDDEN = "(hidden)"
_GONE = _("This entry no longer exists. Refresh the page.")


class Tx:
    """A transaction in progress.

    Attributes:
        session: SQLAlchemy's session, for the data room only.
        actor: who acts; None for the program itself.
        now: the moment of the act, UTC.
        writing: False in a read, where nothing may change.
    """

    def __init__(
        self,
        session: Session,
        *,
        now: datetime,
        actor: Actor | None = None,
        action: str = "",
        reason: str = "",
        writing: bool = False,
        login: str = "",
        workstation: str = "",
    ) -> None:
        self.session = session
        self.now = now
        self.actor = actor
        self.action = action
        self.reason = reason
        self.writing = writing
        self.login = actor.login if actor else login
        self.workstation = actor.workstation if actor else workstation
        self.patient_id: int | None = None
        self._items: list[audit.Item] = []
        self._kinds: set[str] = set()
        self._patients: set[int] = set()
        self._days: set[date] = set()
        self._to_index: set[int] = set()
        self._sealed = False

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.session.get_bind().dialect.name

    @property
    def staff_id(self) -> int | None:
        """Who acts."""
        return self.actor.staff_id if self.actor else None

    # -- rows -------------------------------------------------------------------------------

    def add(self, row: T) -> T:
        """Adds a row and flushes, so that it has its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def flush(self) -> None:
        """Sends pending changes. Do so before ``state = 'signed'`` is set on a procedure."""
        self.session.flush()

    def get(self, table: type[T], key: object) -> T:
        """The row, or NotFound."""
        row = self.session.get(table, key)
        if row is None:
            raise NotFound(_GONE, str(table.__tablename__))
        return row

    def lock(self, table: type[T], key: object, version: int | None = None) -> T:
        """The row, locked until the end and at the version the editor saw; raises Stale."""
        row = self.session.get(table, key, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound(_GONE, str(table.__tablename__))
        found = getattr(row, "version", None)
        if version is not None and found != version:
            raise Stale(
                _("Somebody else has just saved this. Look at both versions, then save again."),
                _columns(row),
            )
        return row

    def touch(self, row: Base) -> None:
        """Counts the row's version up although only rows under it changed."""
        row.changed_at = self.now  # type: ignore[attr-defined]

    def insert_many(
        self, table: type[Base], rows: Sequence[Mapping[str, Any]], *, audited: bool = True
    ) -> None:
        """Inserts many rows at once. Give them ids (``next_ids``) if they are audited.

        ``audited=False`` is for made-up data only: note what was made instead.
        """
        if not rows:
            return
        self.session.flush()
        self.session.execute(insert(table), rows)
        if audited:
            secret = _secret_columns(table)
            for row in rows:
                shown = {k: _HIDDEN if k in secret else v for k, v in row.items() if v is not None}
                self._items.append(
                    audit.Item(
                        "insert",
                        table.__tablename__,
                        str(row.get("id", "")),
                        None,
                        audit.canonical(shown),
                    )
                )

    def next_ids(self, table: type[Base], count: int) -> Sequence[int]:
        """``count`` fresh ids of a table, ascending, for ``insert_many``."""
        name = table.__tablename__
        if self.dialect == "sqlite":
            last = self.session.execute(text(f"SELECT max(id) FROM {name}")).scalar() or 0  # noqa: S608
            return range(last + 1, last + 1 + count)
        drawn = self.session.execute(
            text("SELECT nextval(pg_get_serial_sequence(:t, 'id')) FROM generate_series(1, :n)"),
            {"t": name, "n": count},
        )
        return sorted(drawn.scalars())

    # -- what happened ----------------------------------------------------------------------

    def concerns(self, patient_id: int) -> None:
        """Names the patient the act is about (the first one named stands in the audit)."""
        if self.patient_id is None:
            self.patient_id = patient_id

    def note(self, what: str, **facts: object) -> None:
        """A fact for the audit that is no changed row: a look, a refusal, a count."""
        self._items.append(audit.Item("note", what, "", None, audit.canonical(facts)))

    def changed(
        self, kind: str, patient_id: int | None = None, day: date | Iterable[date] | None = None
    ) -> None:
        """Tells open windows what to ask again."""
        self._kinds.add(kind)
        if patient_id is not None:
            self._patients.add(patient_id)
            self.concerns(patient_id)
        if isinstance(day, date):
            self._days.add(day)
        elif day is not None:
            self._days.update(day)

    @property
    def changes(self) -> ChangeSet:
        """What was changed so far."""
        return ChangeSet(frozenset(self._kinds), frozenset(self._patients), frozenset(self._days))

    @property
    def to_index(self) -> list[int]:
        """The patients whose search rows are out of date by what was flushed so far."""
        return sorted(self._to_index)

    # -- the end ----------------------------------------------------------------------------

    def seal(self) -> None:
        """Writes audit and change log. The store calls it just before the commit."""
        self.session.flush()
        self._sealed = True
        self.tell()
        entry = audit.Entry(
            self.now,
            self.staff_id,
            self.login,
            self.workstation,
            self.action,
            self.patient_id,
            self.reason,
        )
        audit.append(self.session, entry, self._items)

    def tell(self) -> None:
        """Writes what changed for the other windows; the store calls it before the commit."""
        if not self._kinds:
            return
        payload = {
            "kinds": sorted(self._kinds),
            "patients": sorted(self._patients)[:500],
            "days": sorted(day.isoformat() for day in self._days),
        }
        row = ChangeLog(at=self.now, origin=self.workstation, payload=payload)
        self.session.add(row)
        self.session.flush()
        if self.dialect == "postgresql":
            self.session.execute(
                text("SELECT pg_notify('clinicdesk_change', :id)"), {"id": str(row.id)}
            )

    # -- capture ----------------------------------------------------------------------------

    def capture(self, session: Session) -> None:
        """Notes the rows of one flush (called by the session's event)."""
        for row in session.new:
            self._capture(row, "insert")
        for row in session.dirty:
            if session.is_modified(row, include_collections=False):
                self._capture(row, "update")
        for row in session.deleted:
            self._capture(row, "delete")

    def _capture(self, row: object, kind: str) -> None:
        if isinstance(row, Patient):
            self._to_index.add(row.id)
        elif isinstance(row, PatientName | Phone | Identifier):
            self._to_index.add(row.patient_id)
        if not isinstance(row, Base) or getattr(row, "__audit__", True) is False:
            return
        before, after = _before_and_after(row, kind)
        if kind == "update" and not after:
            return
        key = inspect(row).mapper.primary_key_from_instance(row)
        self._items.append(
            audit.Item(
                kind,
                row.__tablename__,
                ",".join(str(part) for part in key),
                audit.canonical(before) if before is not None else None,
                audit.canonical(after) if after is not None else None,
            )
        )


def _secret_columns(table: type[Base]) -> set[str]:
    mapped = table.__table__
    assert isinstance(mapped, Table)
    return {column.name for column in mapped.columns if column.info.get("secret")}


def _columns(row: Base) -> dict[str, object]:
    return {
        attribute.key: getattr(row, attribute.key) for attribute in inspect(row).mapper.column_attrs
    }


def _before_and_after(
    row: Base, kind: str
) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for attribute in inspect(row).mapper.column_attrs:
        info = attribute.columns[0].info
        if info.get("audit") is False:
            continue
        history = get_history(row, attribute.key)
        if kind == "update":
            if not history.has_changes():
                continue
            before[attribute.key] = _shown(info, history.deleted[0] if history.deleted else None)
            after[attribute.key] = _shown(info, getattr(row, attribute.key))
            continue
        value = getattr(row, attribute.key)
        if value is not None and value != "":
            (after if kind == "insert" else before)[attribute.key] = _shown(info, value)
    if kind == "insert":
        return None, after
    return before, (after if kind == "update" else None)


def _shown(info: Mapping[Any, Any], value: object) -> object:
    if value is not None and info.get("secret"):
        return _HIDDEN
    return value
