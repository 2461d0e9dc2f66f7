"""Calls that were promised after a procedure, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, select

from clinicdesk.data.queries.documents import sites_of
from clinicdesk.data.queries.merged import root_of
from clinicdesk.data.queries.phones import shown_phones
from clinicdesk.data.tables import FollowUp, Patient, ProcedureRecord, StrikeOut
from clinicdesk.data.tx import Tx
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.procedures import Purpose
from clinicdesk.domain.rows.calls import PromisedCall
from clinicdesk.domain.translation import _

_KEPT = timedelta(days=60)
"""A call that nobody made for so long stands no more: the due list asks for the score."""


def open_calls(tx: Tx, on: date) -> tuple[PromisedCall, ...]:
    """Calls due by ``on`` that nobody made, the longest due first; none to who has died.

    Who was called by a record that was merged since is named by the one that it went into.
    """
    struck = exists().where(StrikeOut.procedure_id == ProcedureRecord.id)
    query = (
        select(FollowUp, ProcedureRecord, Patient)
        .join(ProcedureRecord, ProcedureRecord.id == FollowUp.procedure_id)
        .join(Patient, Patient.id == FollowUp.patient_id)
        .where(
            FollowUp.done_at.is_(None),
            FollowUp.due_on <= on,
            FollowUp.due_on > on - _KEPT,
            Patient.deceased_on.is_(None),
            ~struck,
        )
        .order_by(FollowUp.due_on, FollowUp.id)
    )
    found = [
        (call, record, _now(tx, patient)) for call, record, patient in tx.session.execute(query)
    ]
    rows = [row for row in found if row[2].deceased_on is None]
    phones = shown_phones(tx, sorted({patient.id for __, ___, patient in rows}), on)
    sites = sites_of(tx, [record.id for __, record, ___ in rows])
    return tuple(
        PromisedCall(
            id=call.id,
            patient_id=patient.id,
            family_name=patient.family,
            given_name=patient.given,
            birth_date=patient.birth_date,
            mrn=patient.mrn,
            phone=phones.get(patient.id, ""),
            language=patient.language,
            procedure_id=record.id,
            procedure=record.procedure,
            sites=sites.get(record.id, ()),
            done_on=record.performed_on,
            purpose=call.kind,
            due_on=call.due_on,
        )
        for call, record, patient in rows
    )


def _now(tx: Tx, patient: Patient) -> Patient:
    """The record that a patient's was merged into; itself where it was not."""
    return patient if patient.merged_into is None else tx.get(Patient, root_of(tx, patient.id))


def made(tx: Tx, call_id: int, outcome: str) -> int:
    """Keeps what came of a call; the patient's id. Raises NotFound, Invalid if it was made."""
    row = tx.session.get(FollowUp, call_id, with_for_update=True)
    if row is None:
        raise NotFound(_("This call is not on the list any more. Refresh the list."))
    if row.done_at is not None:
        raise Invalid({"call": _("Somebody has made this call already.")})
    row.done_at, row.done_by, row.outcome = tx.now, tx.staff_id, outcome
    return row.patient_id


def score_given(tx: Tx, procedure_ids: Sequence[int], on: date) -> None:
    """The score that a call was to ask for is there: calls due by that day are made."""
    query = select(FollowUp).where(
        FollowUp.procedure_id.in_(procedure_ids),
        FollowUp.kind == Purpose.SCORE.value,
        FollowUp.due_on <= on,
        FollowUp.done_at.is_(None),
    )
    for row in tx.session.scalars(query):
        row.done_at, row.done_by, row.outcome = tx.now, tx.staff_id, "scored"
