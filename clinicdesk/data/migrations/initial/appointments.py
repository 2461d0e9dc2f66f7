# ruff: noqa: E501
"""Appointments, claims and plans. As of the first revision; never changed again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f

from clinicdesk.data.types import BigId, Json, UtcDateTime


def appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("physician_id", BigId, nullable=False),
        sa.Column("room_id", BigId, nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('booked', 'confirmed', 'arrived', 'preparing', 'in_room', 'recovering', 'ready', 'left', 'cancelled', 'no_show')",
            name=f("ck_appointment_status"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=f("ck_appointment_order")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["staff.id"], name=f("fk_appointment_created_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_appointment_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["physician_id"],
            ["resource.id"],
            name=f("fk_appointment_physician_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["resource.id"], name=f("fk_appointment_room_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_appointment")),
    )
    op.create_index("ix_appointment_local_date", "appointment", ["local_date", "starts_at"])
    op.create_index("ix_appointment_patient_id", "appointment", ["patient_id", "starts_at"])


def status_change() -> None:
    op.create_table(
        "status_change",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("appointment_id", BigId, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('booked', 'confirmed', 'arrived', 'preparing', 'in_room', 'recovering', 'ready', 'left', 'cancelled', 'no_show')",
            name=f("ck_status_change_status"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_status_change_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_status_change_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_status_change")),
    )
    op.create_index(f("ix_status_change_appointment_id"), "status_change", ["appointment_id"])


def claim() -> None:
    op.create_table(
        "claim",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("appointment_id", BigId, nullable=True),
        sa.Column("block_id", BigId, nullable=True),
        sa.Column("resource_id", BigId, nullable=True),
        sa.Column("patient_id", BigId, nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("exclusive OR reason <> ''", name=f("ck_claim_reason")),
        sa.CheckConstraint(
            "role IN ('physician', 'room', 'equipment', 'bay', 'nurse', 'assistant', 'patient', 'block')",
            name=f("ck_claim_role"),
        ),
        sa.CheckConstraint(
            "(appointment_id IS NULL) <> (block_id IS NULL)", name=f("ck_claim_one_owner")
        ),
        sa.CheckConstraint(
            "(resource_id IS NULL) <> (patient_id IS NULL)", name=f("ck_claim_one_subject")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=f("ck_claim_order")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_claim_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["block_id"], ["block.id"], name=f("fk_claim_block_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_claim_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=f("fk_claim_resource_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_claim")),
    )
    op.create_index(f("ix_claim_appointment_id"), "claim", ["appointment_id"])
    op.create_index(f("ix_claim_block_id"), "claim", ["block_id"])
    op.create_index("ix_claim_patient_id", "claim", ["patient_id", "starts_at"])
    op.create_index("ix_claim_resource_id", "claim", ["resource_id", "starts_at"])


def planned_procedure() -> None:
    op.create_table(
        "planned_procedure",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("appointment_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.Column("contrast", sa.Boolean(), nullable=True),
        sa.Column("steroids", Json, nullable=True),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "guidance IS NULL OR guidance IN ('fluoroscopy', 'ct', 'ultrasound', 'landmark')",
            name=f("ck_planned_procedure_guidance"),
        ),
        sa.CheckConstraint(
            "intent IS NULL OR intent IN ('diagnostic', 'therapeutic')",
            name=f("ck_planned_procedure_intent"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_planned_procedure_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_planned_procedure")),
        sa.UniqueConstraint(
            "appointment_id", "position", name=f("uq_planned_procedure_appointment_id_position")
        ),
    )


def planned_site() -> None:
    op.create_table(
        "planned_site",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("planned_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "side IN ('left', 'right', 'bilateral', 'midline')", name=f("ck_planned_site_side")
        ),
        sa.ForeignKeyConstraint(
            ["planned_id"],
            ["planned_procedure.id"],
            name=f("fk_planned_site_planned_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_planned_site")),
        sa.UniqueConstraint(
            "planned_id", "position", name=f("uq_planned_site_planned_id_position")
        ),
    )
