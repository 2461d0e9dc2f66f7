"""The verdicts that were acted upon."""

from __future__ import annotations

from clinicdesk.data.tables import VerdictRecord
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.verdict import VerdictCard


def add_verdict(
    tx: Tx,
    card: VerdictCard,
    reason: str,
    appointment_id: int | None = None,
    procedure_id: int | None = None,
) -> int:
    """Keep a verdict that somebody acted upon; its id."""
    row = tx.add(
        VerdictRecord(
            patient_id=card.patient_id,
            appointment_id=appointment_id,
            procedure_id=procedure_id,
            pack=card.pack,
            pack_version=card.pack_version,
            status=card.status,
            case_json=card.case_json,
            verdict_json=card.verdict_json,
            reason=reason,
            staff_id=tx.staff_id,
            at=tx.now,
        )
    )
    return row.id
