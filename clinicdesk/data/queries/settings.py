"""The clinic's own row, its resources and hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinicdesk.data.tables import (
    Capability,
    ClinicSettings,
    Counter,
    OpeningHours,
    Resource,
    Setting,
    Staff,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.rows.staff import ClinicFacts, NewHours, NewResource
from clinicdesk.domain.translation import _

_NOT_STOCKED = "products.not_stocked"
_RECOVERY_WAITS = "recovery.waits"


def clinic_facts(tx: Tx) -> ClinicFacts:
    """Who the clinic is; raises Unavailable while nobody has set it up."""
    row = tx.session.get(ClinicSettings, 1)
    if row is None:
        raise Unavailable(
            _("This clinic is not set up yet. Start ClinicDesk and set it up."), "other"
        )
    return ClinicFacts(**{each.name: getattr(row, each.name) for each in fields(ClinicFacts)})


def clinic_day(tx: Tx) -> date:
    """The clinic's calendar date now; the date in UTC while nobody has set the clinic up."""
    zone = tx.session.scalars(select(ClinicSettings.timezone)).first()
    return tx.now.astimezone(ZoneInfo(zone) if zone else UTC).date()


def write_clinic(tx: Tx, facts: ClinicFacts) -> None:
    """Makes or changes the clinic's row."""
    row = tx.session.get(ClinicSettings, 1)
    if row is None:
        row = ClinicSettings(id=1, created_at=tx.now)
        tx.session.add(row)
    for each in fields(facts):
        if each.name != "version":  # the database counts it
            setattr(row, each.name, getattr(facts, each.name))
    tx.flush()
    tx.changed("clinic")


def not_stocked(tx: Tx, *, to_change: bool = False) -> frozenset[str]:
    """Keys of the products that the clinic does not stock; ``to_change`` locks them."""
    row = tx.session.get(Setting, _NOT_STOCKED, with_for_update=to_change or None)
    return frozenset(row.value or ()) if row else frozenset()


def write_not_stocked(tx: Tx, keys: Iterable[str]) -> None:
    """The products that the clinic does not stock, from now on these."""
    row = tx.session.get(Setting, _NOT_STOCKED)
    if row is None:
        tx.session.add(Setting(key=_NOT_STOCKED, value=sorted(keys)))
    else:
        row.value = sorted(keys)
    tx.flush()
    tx.changed("product")


def recovery_waits(tx: Tx) -> bool:
    """Whether nobody has said yet that the recovery code is in a safe place."""
    row = tx.session.get(Setting, _RECOVERY_WAITS)
    return bool(row and row.value)


def set_recovery_waits(tx: Tx, *, waits: bool) -> None:
    """Keeps whether the recovery code still has to be brought to a safe place."""
    row = tx.session.get(Setting, _RECOVERY_WAITS)
    if row is None:
        tx.session.add(Setting(key=_RECOVERY_WAITS, value=waits))
    else:
        row.value = waits
    tx.flush()


def next_number(tx: Tx, counter: str) -> int:
    """The counter's next value; the row stays locked until the commit."""
    row = tx.session.get(Counter, counter, with_for_update=True)
    if row is None:
        row = Counter(name=counter, value=0)
        tx.session.add(row)
    row.value += 1
    tx.flush()
    return row.value


def add_resource(tx: Tx, resource: NewResource, position: int = 0) -> int:
    """Adds a room or machine; returns its id."""
    row = tx.add(Resource(kind=resource.kind, name=resource.name, position=position))
    for capability in resource.has:
        tx.add(Capability(resource_id=row.id, capability=capability))
    tx.changed("clinic")
    return row.id


def add_staff(
    tx: Tx,
    *,
    login: str,
    name: str,
    role: Role,
    password_hash: str,
    position: int = 0,
    must_change: bool = False,
) -> StaffRow:
    """Adds a member of staff and the resource that claims name.

    Args:
        must_change: the password was given, and its owner has to choose one.
    """
    resource = tx.add(Resource(kind="staff", name=name, position=position))
    row = tx.add(
        Staff(
            resource_id=resource.id,
            login=login.strip().lower(),
            name=name,
            role=role.value,
            password_hash=password_hash,
            must_change=must_change,
        )
    )
    tx.changed("staff")
    return StaffRow(row.id, resource.id, row.login, name, role, active=True)


def add_hours(tx: Tx, hours: NewHours, *, valid_from: date, resource_id: int | None = None) -> None:
    """Adds weekly opening hours of a resource, or of the clinic."""
    for weekday in hours.weekdays:
        tx.add(
            OpeningHours(
                resource_id=resource_id,
                weekday=weekday,
                starts=hours.starts,
                ends=hours.ends,
                valid_from=valid_from,
            )
        )
    tx.changed("clinic")


def logins(tx: Tx) -> frozenset[str]:
    """All logins in use."""
    return frozenset(tx.session.execute(select(Staff.login)).scalars())


def resource_ids(tx: Tx) -> dict[str, int]:
    """Name to id of every resource."""
    query = select(Resource.name, Resource.id).order_by(Resource.id)
    return {row.name: row.id for row in tx.session.execute(query)}
