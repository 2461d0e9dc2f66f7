# ruff: noqa: E501
"""Signatures, addenda, verdicts, printed sheets. As of the first revision; never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f

from clinicdesk.data.types import BigId, UtcDateTime


def signature() -> None:
    op.create_table(
        "signature",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("procedure_id", BigId, nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("meaning IN ('author', 'cosign')", name=f("ck_signature_meaning")),
        sa.CheckConstraint("length(sha256) = 64", name=f("ck_signature_sha256")),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_signature_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_signature_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_signature")),
    )
    op.create_index(f("ix_signature_procedure_id"), "signature", ["procedure_id"])


def addendum() -> None:
    op.create_table(
        "addendum",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("procedure_id", BigId, nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("text <> ''", name=f("ck_addendum_text")),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_addendum_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_addendum_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_addendum")),
    )
    op.create_index(f("ix_addendum_procedure_id"), "addendum", ["procedure_id"])


def strike_out() -> None:
    op.create_table(
        "strike_out",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("procedure_id", BigId, nullable=True),
        sa.Column("reading_id", BigId, nullable=True),
        sa.Column("addendum_id", BigId, nullable=True),
        sa.Column("moved_to", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=f("ck_strike_out_reason")),
        sa.CheckConstraint(
            "(CASE WHEN procedure_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN reading_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN addendum_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=f("ck_strike_out_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["addendum_id"],
            ["addendum.id"],
            name=f("fk_strike_out_addendum_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["moved_to"], ["patient.id"], name=f("fk_strike_out_moved_to"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_strike_out_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=f("fk_strike_out_reading_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_strike_out_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_strike_out")),
        sa.UniqueConstraint("addendum_id", name=f("uq_strike_out_addendum_id")),
        sa.UniqueConstraint("procedure_id", name=f("uq_strike_out_procedure_id")),
        sa.UniqueConstraint("reading_id", name=f("uq_strike_out_reading_id")),
    )


def verdict_record() -> None:
    op.create_table(
        "verdict_record",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("appointment_id", BigId, nullable=True),
        sa.Column("procedure_id", BigId, nullable=True),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("pack_version", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("case_json", sa.Text(), nullable=False),
        sa.Column("verdict_json", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('ok', 'needs-reason', 'cannot-determine', 'not-before')",
            name=f("ck_verdict_record_status"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_verdict_record_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_verdict_record_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_verdict_record_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_verdict_record_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_verdict_record")),
    )
    op.create_index(f("ix_verdict_record_appointment_id"), "verdict_record", ["appointment_id"])
    op.create_index(f("ix_verdict_record_patient_id"), "verdict_record", ["patient_id"])
    op.create_index(f("ix_verdict_record_procedure_id"), "verdict_record", ["procedure_id"])


def document_blob() -> None:
    op.create_table(
        "document_blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=f("ck_document_blob_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=f("pk_document_blob")),
    )


def document() -> None:
    op.create_table(
        "document",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("appointment_id", BigId, nullable=True),
        sa.Column("procedure_id", BigId, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("large", sa.Boolean(), nullable=False),
        sa.Column("template_id", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("document_code", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_document_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["staff.id"], name=f("fk_document_created_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_document_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_document_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["document_blob.sha256"], name=f("fk_document_sha256"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_document")),
    )
    op.create_index(f("ix_document_appointment_id"), "document", ["appointment_id"])
    op.create_index(f("ix_document_patient_id"), "document", ["patient_id"])
    op.create_index(f("ix_document_procedure_id"), "document", ["procedure_id"])


def document_event() -> None:
    op.create_table(
        "document_event",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("document_id", BigId, nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("workstation", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "use IN ('printed', 'saved', 'viewed')", name=f("ck_document_event_use")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=f("fk_document_event_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_document_event_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_document_event")),
    )
    op.create_index(f("ix_document_event_document_id"), "document_event", ["document_id"])
