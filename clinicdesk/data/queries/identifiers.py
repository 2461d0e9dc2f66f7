"""The number by which a country knows a patient: one is current, earlier ones are kept."""

from __future__ import annotations

from sqlalchemy import select

from clinicdesk.data.tables import Identifier
from clinicdesk.data.tx import Tx
from clinicdesk.domain.customs import NATIONAL_SYSTEMS, customs_of

_FORMER = "-former"


def national_number(tx: Tx, patient_id: int) -> str:
    """As it is written; empty where none is on record."""
    query = select(Identifier.value).where(
        Identifier.patient_id == patient_id, Identifier.system.in_(NATIONAL_SYSTEMS)
    )
    return tx.session.scalars(query.order_by(Identifier.id.desc())).first() or ""


def national_owner(tx: Tx, country: str, value: str) -> int | None:
    """Whose number it is; None where nobody's, or where the country has none."""
    kind = customs_of(country).national
    if kind is None:
        return None
    query = select(Identifier.patient_id).where(
        Identifier.system == kind.system, Identifier.value == value
    )
    return tx.session.scalars(query).first()


def keep_national(tx: Tx, patient_id: int, country: str, value: str) -> bool:
    """Makes ``value`` the patient's number; the one before stays as a former one.

    Returns whether anything changed.
    """
    kind = customs_of(country).national
    if kind is None or value == national_number(tx, patient_id):
        return False
    query = select(Identifier).where(
        Identifier.patient_id == patient_id, Identifier.system == kind.system
    )
    for row in tx.session.scalars(query):
        row.system = f"{kind.system}{_FORMER}-{row.id}"
    tx.flush()
    if value:
        tx.add(Identifier(patient_id=patient_id, system=kind.system, value=value))
    return True
