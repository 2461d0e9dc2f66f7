"""Drafts: what somebody was typing, kept across locks, crashes and restarts; not audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from clinicdesk.data.store import Store
from clinicdesk.data.tables import Draft
from clinicdesk.data.tx import Tx


@dataclass(frozen=True)
class DraftRow:
    """A kept draft. ``subject`` says what it is about, e.g. ``appointment:17``."""

    kind: str
    subject: str
    body: dict[str, Any]
    saved_at: datetime


def _one(tx: Tx, owner: int, kind: str, subject: str) -> Draft | None:
    query = select(Draft).where(Draft.owner == owner, Draft.kind == kind, Draft.subject == subject)
    return tx.session.execute(query).scalar_one_or_none()


def save(store: Store, owner: int, kind: str, subject: str, body: dict[str, Any]) -> datetime:
    """Keeps the draft, in place of the last of its subject; returns when.

    Args:
        owner: staff id; a draft is shown to nobody else.
        body: what JSON can hold.
    """
    with store.unaudited() as tx:
        row = _one(tx, owner, kind, subject)
        if row is None:
            row = Draft(owner=owner, kind=kind, subject=subject)
            tx.session.add(row)
        row.body, row.saved_at = body, tx.now
        return tx.now


def load(tx: Tx, owner: int, kind: str, subject: str) -> DraftRow | None:
    """The draft of a subject, if there is one."""
    row = _one(tx, owner, kind, subject)
    return DraftRow(row.kind, row.subject, row.body, row.saved_at) if row else None


def listed(tx: Tx, owner: int) -> tuple[DraftRow, ...]:
    """All drafts of a member of staff, newest first."""
    query = select(Draft).where(Draft.owner == owner).order_by(Draft.saved_at.desc())
    return tuple(
        DraftRow(row.kind, row.subject, row.body, row.saved_at)
        for row in tx.session.execute(query).scalars()
    )


def discard(store: Store, owner: int, kind: str, subject: str) -> None:
    """Throws the draft away."""
    with store.unaudited() as tx:
        discard_in(tx, owner, kind, subject)


def discard_in(tx: Tx, owner: int, kind: str, subject: str) -> None:
    """The same inside the transaction that saves the record."""
    tx.session.execute(
        delete(Draft).where(Draft.owner == owner, Draft.kind == kind, Draft.subject == subject)
    )
