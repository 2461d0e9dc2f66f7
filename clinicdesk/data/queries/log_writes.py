"""What the procedure log writes: the open record, its signature, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from clinicdesk.data.queries import log
from clinicdesk.data.tables import (
    Addendum,
    Administration,
    Appointment,
    FollowUp,
    Lot,
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    Signature,
    StatusChange,
    StrikeOut,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import Locked, NotFound
from clinicdesk.domain.procedures import Product, Purpose
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _

FROZEN = _("This procedure is signed. Add an addendum instead.")
SiteParts = tuple[str, str]


def save(
    tx: Tx,
    form: LogForm,
    sites: Sequence[SiteParts],
    products: Mapping[str, Product],
    *,
    procedure_id: int | None,
    version: int,
    catalogue_version: str,
    zone_now: datetime,
) -> int:
    """Inserts or updates an unsigned record with its parts; returns its id.

    Args:
        sites: (name, side) of each site, canonical.
        products: those named in the form.
        version: what the editor saw; raises Stale if somebody saved since.
        zone_now: the moment, for the readings.
    """
    if procedure_id is None:
        row = ProcedureRecord(
            **{name: getattr(form, name) for name in log.WHOSE},
            created_at=tx.now,
            created_by=tx.staff_id,
        )
        _fill(row, form, catalogue_version)
        tx.add(row)
    else:
        row = tx.lock(ProcedureRecord, procedure_id, version)
        if row.state == LogState.SIGNED:
            raise Locked(FROZEN)
        _fill(row, form, catalogue_version)
        tx.touch(row)
    placed = _save_sites(tx, row.id, sites)
    _save_given(tx, row.id, form.medications, products, placed)
    _save_score(tx, row, form.scale, "baseline", form.pain_before, zone_now)
    _save_score(tx, row, form.scale, "post", form.pain_after, zone_now)
    tx.flush()
    return row.id


def _fill(row: ProcedureRecord, form: LogForm, catalogue_version: str) -> None:
    for name in log.PLAIN:
        setattr(row, name, getattr(form, name))
    row.outcome = "aborted" if form.aborted or "aborted" in form.complications else "done"
    row.physician_id = form.physician_id
    row.guidance = form.guidance or None
    row.complications = list(form.complications)
    row.fields = _own_fields(form)
    row.catalogue_version = catalogue_version


def _own_fields(form: LogForm) -> dict[str, Any]:
    """What has no column of its own."""
    own: dict[str, Any] = {"scale": form.scale}
    if form.reason:
        own["reason"] = form.reason
    if form.radiation_reason:
        own["radiation_reason"] = form.radiation_reason
    if form.day_reason:
        own["day_reason"] = form.day_reason
    if form.answers:
        own["answers"] = [asdict(answer) for answer in form.answers]
    no_lot = {str(i): e.no_lot_reason for i, e in enumerate(form.medications) if e.no_lot_reason}
    if no_lot:
        own["no_lot"] = no_lot
    return own


def _save_sites(tx: Tx, procedure_id: int, sites: Sequence[SiteParts]) -> dict[str, int]:
    """Site rows brought in step by position; returns site text → row id."""
    rows = log.sites_of(tx, procedure_id)
    for position, (name, side) in enumerate(sites):
        if position < len(rows):
            rows[position].name, rows[position].side = name, side
        else:
            rows.append(
                tx.add(
                    ProcedureSite(
                        procedure_id=procedure_id, position=position, name=name, side=side
                    )
                )
            )
    for row in rows[len(sites) :]:
        for given in log.given_of(tx, procedure_id):
            if given.site_id == row.id:
                given.site_id = None
        tx.flush()
        tx.session.delete(row)
    tx.flush()
    return {f"{row.name} {row.side}": row.id for row in rows[: len(sites)]}


def _save_given(
    tx: Tx,
    procedure_id: int,
    entries: Sequence[MedicationEntry],
    products: Mapping[str, Product],
    placed: Mapping[str, int],
) -> None:
    """Administration rows brought in step by position."""
    rows = log.given_of(tx, procedure_id)
    for position, entry in enumerate(entries):
        fresh = position >= len(rows)
        row = (
            Administration(procedure_id=procedure_id, position=position)
            if fresh
            else rows[position]
        )
        product = products[entry.product]
        row.product, row.drug, row.kind = product.key, product.drug, product.kind
        row.per_ml, row.unit = product.per_ml, product.unit
        row.lot_id, row.lot_text = _lot(tx, entry), entry.lot
        row.expiry, row.expiry_month_only = entry.expiry, entry.expiry_month_only
        row.volume_ml, row.dose, row.waste_ml = entry.volume_ml, entry.dose, entry.waste_ml
        row.site_id = placed.get(entry.site)
        if fresh:
            tx.add(row)
    for row in rows[len(entries) :]:
        tx.session.delete(row)
    tx.flush()


def _lot(tx: Tx, entry: MedicationEntry) -> int | None:
    """The lot's row, made when it is met first; the text is kept exactly as typed."""
    if not entry.lot:
        return None
    found = tx.session.scalar(
        select(Lot.id).where(
            Lot.product == entry.product,
            Lot.lot == entry.lot,
            Lot.expiry.is_(None) if entry.expiry is None else Lot.expiry == entry.expiry,
            Lot.expiry_month_only == entry.expiry_month_only,
        )
    )
    if found is not None:
        return found
    row = Lot(
        product=entry.product,
        lot=entry.lot,
        expiry=entry.expiry,
        expiry_month_only=entry.expiry_month_only,
    )
    return tx.add(row).id


def _save_score(
    tx: Tx,
    record: ProcedureRecord,
    scale: str,
    phase: str,
    value: Decimal | None,
    now: datetime,
) -> None:
    """The score of one phase: set, changed, or struck out when it was taken back."""
    found = tx.session.execute(
        select(ReadingLink, Reading)
        .join(Reading, Reading.id == ReadingLink.reading_id)
        .where(ReadingLink.procedure_id == record.id, ReadingLink.phase == phase)
        .order_by(ReadingLink.id)
        .limit(1)
    ).first()
    if found is None:
        if value is not None:
            _new_score(tx, record, scale, phase, value, now)
        return
    link, reading = found
    if value is None:
        tx.session.delete(link)
        tx.flush()
        tx.add(
            StrikeOut(
                reading_id=reading.id,
                staff_id=tx.staff_id,
                at=tx.now,
                reason=_("Taken back before the log was signed"),
            )
        )
        return
    reading.scale, reading.value, reading.local_date = scale, value, record.performed_on


def _new_score(
    tx: Tx, record: ProcedureRecord, scale: str, phase: str, value: Decimal, now: datetime
) -> None:
    same_day = now.date() == record.performed_on
    reading = tx.add(
        Reading(
            patient_id=record.patient_id,
            scale=scale,
            value=value,
            taken_at=tx.now if same_day else None,
            local_date=record.performed_on,
            staff_id=tx.staff_id,
        )
    )
    tx.add(ReadingLink(reading_id=reading.id, procedure_id=record.id, phase=phase))


def sign(tx: Tx, procedure_id: int, *, name: str, snapshot: str, sha256: str) -> None:
    """Adds the author's signature and freezes the record; nothing of it changes afterwards."""
    if tx.actor is None:
        raise NotFound(_("Nobody is signed in."))
    tx.add(
        Signature(
            procedure_id=procedure_id,
            staff_id=tx.actor.staff_id,
            name=name,
            role=tx.actor.role.value,
            signed_at=tx.now,
            snapshot=snapshot,
            sha256=sha256,
        )
    )
    row = tx.get(ProcedureRecord, procedure_id)
    tx.flush()
    row.state = LogState.SIGNED.value
    tx.flush()


def plan_follow_ups(
    tx: Tx, patient_id: int, procedure_id: int, calls: Sequence[tuple[Purpose, date]]
) -> None:
    """Calls due after a procedure: what for, and the day."""
    for purpose, due_on in calls:
        tx.add(
            FollowUp(
                patient_id=patient_id,
                procedure_id=procedure_id,
                kind=purpose.value,
                due_on=due_on,
            )
        )


def to_recovery(tx: Tx, appointment_id: int) -> date | None:
    """Moves the patient on when he was still in the room; returns the day if it did."""
    row = tx.session.get(Appointment, appointment_id, with_for_update=True)
    if row is None or row.status != Status.IN_ROOM:
        return None
    row.status = Status.RECOVERING.value
    tx.add(
        StatusChange(
            appointment_id=row.id,
            status=Status.RECOVERING.value,
            at=tx.now,
            staff_id=tx.staff_id,
            note=_("Procedure signed"),
        )
    )
    return row.local_date


def addend(tx: Tx, procedure_id: int, text: str) -> int:
    """An addition to a signed record; raises Locked while it is still open."""
    row = tx.get(ProcedureRecord, procedure_id)
    if row.state != LogState.SIGNED:
        raise Locked(_("This log is not signed yet. Change the log itself."))
    entry = Addendum(procedure_id=procedure_id, staff_id=tx.staff_id, at=tx.now, text=text)
    return tx.add(entry).id


def patient_of(tx: Tx, procedure_id: int) -> tuple[int, date]:
    """(patient, day) of a record."""
    row = tx.get(ProcedureRecord, procedure_id)
    return row.patient_id, row.performed_on
