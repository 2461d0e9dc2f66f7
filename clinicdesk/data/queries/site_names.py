"""The clinic's own names of sites, and the names that stand in the records."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from clinicdesk.data.tables import (
    Appointment,
    Implant,
    PlannedProcedure,
    PlannedSite,
    PlannedSurgery,
    ProcedureRecord,
    ProcedureSite,
    SiteName,
    Staff,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.sites import OwnName

Version = tuple[int, int]
"""Of the list: another one, and it has to be read again."""

_VERSION = select(func.count(), func.coalesce(func.max(SiteName.id), 0))
_NAMES = select(SiteName.name, SiteName.meant).order_by(SiteName.id)


def version(tx: Tx) -> Version:
    """How many rows there are, and the newest."""
    count, newest = tx.session.execute(_VERSION).one()
    return count, newest


def own_names(tx: Tx) -> dict[str, str]:
    """Name to what it means, as was said last."""
    return {row.name: row.meant for row in tx.session.execute(_NAMES)}


def own_rows(tx: Tx) -> tuple[OwnName, ...]:
    """What was said last of each name, by whom and when (UTC), the newest first."""
    query = (
        select(SiteName.name, SiteName.meant, Staff.name.label("by"), SiteName.at)
        .outerjoin(Staff, Staff.id == SiteName.staff_id)
        .order_by(SiteName.id.desc())
    )
    found: dict[str, OwnName] = {}
    for name, meant, by, at in tx.session.execute(query):
        found.setdefault(name, OwnName(name, meant, by or "", at))
    return tuple(found.values())


def add(tx: Tx, name: str, meant: str) -> int:
    """Keeps what a name means from now on; its id."""
    row = tx.add(SiteName(name=name, meant=meant, at=tx.now, staff_id=tx.staff_id))
    tx.changed("site")
    return row.id


def written(tx: Tx, procedures: Collection[str]) -> Iterator[tuple[str, int]]:
    """Every name in the records with its patient: of these procedures, done or planned, and of
    implants and operations, whose side is taken off."""
    kinds = list(procedures)
    done = (
        select(ProcedureSite.name, ProcedureRecord.patient_id)
        .join(ProcedureRecord, ProcedureRecord.id == ProcedureSite.procedure_id)
        .where(ProcedureRecord.procedure.in_(kinds))
    )
    planned = (
        select(PlannedSite.name, Appointment.patient_id)
        .join(PlannedProcedure, PlannedProcedure.id == PlannedSite.planned_id)
        .join(Appointment, Appointment.id == PlannedProcedure.appointment_id)
        .where(PlannedProcedure.procedure.in_(kinds))
    )
    for query in (done, planned):
        for name, patient in tx.session.execute(query):
            yield name, patient
    for table in (Implant, PlannedSurgery):
        sites = select(table.site, table.patient_id).where(table.site != "")
        for text, patient in tx.session.execute(sites):
            yield _without_side(text), patient


_SIDES = ("left", "right", "bilateral", "midline")


def _without_side(text: str) -> str:
    name, __, side = text.rpartition(" ")
    return name if name and side in _SIDES else text
