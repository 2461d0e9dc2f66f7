"""Staff, for signing in and for choosing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from clinicdesk.data.tables import Staff
from clinicdesk.data.tx import Tx
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.rows.staff import Account


def staff(tx: Tx, role: Role | None = None, *, active_only: bool = True) -> tuple[StaffRow, ...]:
    """Members of staff in the order in which they were added."""
    query = select(
        Staff.id, Staff.resource_id, Staff.login, Staff.name, Staff.role, Staff.active
    ).order_by(Staff.id)
    if role is not None:
        query = query.where(Staff.role == role.value)
    if active_only:
        query = query.where(Staff.active)
    return tuple(
        StaffRow(r.id, r.resource_id, r.login, r.name, Role(r.role), r.active)
        for r in tx.session.execute(query)
    )


def account(tx: Tx, login: str) -> Account | None:
    """The account of a login, whatever its case; locked while the transaction writes."""
    query = select(Staff).where(Staff.login == login.strip().lower())
    if tx.writing:
        query = query.with_for_update()
    row = tx.session.execute(query).scalar_one_or_none()
    if row is None:
        return None
    return Account(
        row.id,
        row.login,
        row.name,
        Role(row.role),
        row.active,
        row.password_hash,
        row.failed_count,
        row.paused_until,
        row.must_change,
    )


def set_password(tx: Tx, staff_id: int, password_hash: str) -> None:
    """The password its owner has chosen."""
    row = tx.get(Staff, staff_id)
    row.password_hash, row.must_change = password_hash, False
    tx.flush()


def set_failures(tx: Tx, staff_id: int, count: int, paused_until: datetime | None) -> None:
    """Keeps how many times in a row sign-in failed, and until when it is paused."""
    row = tx.get(Staff, staff_id)
    row.failed_count, row.paused_until = count, paused_until
    tx.flush()
