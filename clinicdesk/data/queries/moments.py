"""When things were recorded: what tells a computer clock that was set back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from clinicdesk.data.tables import AuditAct
from clinicdesk.data.tx import Tx

_NEWEST = 200
"""Entries looked at: one made by a clock that was ahead is of no account for ever."""


class StepBack(NamedTuple):
    """An entry well before one that stands before it in the chain."""

    entry: int
    at: datetime
    before: datetime


def latest_moment(tx: Tx) -> datetime | None:
    """When the latest of the newest entries was made; None before the first."""
    newest = select(AuditAct.at).order_by(AuditAct.id.desc()).limit(_NEWEST).subquery()
    return tx.session.execute(select(func.max(newest.c.at))).scalar()


def steps_back(tx: Tx, tolerance: timedelta) -> Iterator[StepBack]:
    """Where the clock went back by more than the tolerance, in the order of the chain."""
    query = select(AuditAct.id, AuditAct.at).order_by(AuditAct.id)
    before: datetime | None = None
    for number, at in tx.session.execute(query, execution_options={"yield_per": 1000}):
        if before is not None and before - at > tolerance:
            yield StepBack(number, at, before)
        before = at
