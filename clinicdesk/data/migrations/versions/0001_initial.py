"""Every table, the full-text index, the triggers.

Revision ID: 0001
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

from clinicdesk.data import search, triggers
from clinicdesk.data.migrations.initial import (
    appointments,
    audit,
    clinic,
    patients,
    procedures,
    seals,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    audit.audit_act,
    audit.audit_head,
    clinic.block,
    audit.change_log,
    clinic.clinic,
    clinic.counter,
    seals.document_blob,
    procedures.lot,
    patients.patient,
    clinic.resource,
    patients.search_word,
    clinic.setting,
    patients.address,
    patients.alert,
    patients.allergy,
    audit.audit_item,
    patients.condition,
    patients.coverage,
    patients.identifier,
    patients.implant,
    clinic.opening_hours,
    patients.patient_drug,
    patients.patient_name,
    patients.patient_search,
    patients.phone,
    patients.planned_surgery,
    clinic.resource_capability,
    clinic.staff,
    patients.weight,
    appointments.appointment,
    audit.draft,
    procedures.reading,
    appointments.claim,
    appointments.planned_procedure,
    appointments.status_change,
    appointments.planned_site,
    procedures.procedure,
    seals.addendum,
    seals.document,
    procedures.follow_up,
    procedures.procedure_site,
    procedures.reading_link,
    seals.signature,
    seals.verdict_record,
    procedures.administration,
    seals.document_event,
    seals.strike_out,
)
"""In the order in which they refer to one another."""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        table()
    op.execute(text(search.full_text(dialect)))
    op.execute(text("INSERT INTO audit_head (id, last_id, hash) VALUES (1, 0, '')"))
    for statement in triggers.statements(dialect, revision):
        op.execute(text(statement.replace(":", r"\:")))
