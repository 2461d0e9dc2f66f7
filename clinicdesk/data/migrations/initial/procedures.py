"""The procedure log. As of the first revision; never changed again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f

from clinicdesk.data.types import BigId, ExactDecimal, Json, UtcDateTime


def procedure() -> None:
    op.create_table(
        "procedure",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("appointment_id", BigId, nullable=True),
        sa.Column("planned_id", BigId, nullable=True),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("physician_id", BigId, nullable=True),
        sa.Column("room_id", BigId, nullable=True),
        sa.Column("guidance", sa.Text(), nullable=True),
        sa.Column("contrast", sa.Boolean(), nullable=True),
        sa.Column("fluoroscopy_seconds", ExactDecimal(12, 3), nullable=True),
        sa.Column("air_kerma_mgy", ExactDecimal(14, 4), nullable=True),
        sa.Column("kap_ugym2", ExactDecimal(14, 4), nullable=True),
        sa.Column("steroids_known", sa.Boolean(), nullable=False),
        sa.Column("complications", Json, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("side_change_reason", sa.Text(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "guidance IS NULL OR guidance IN ('fluoroscopy', 'ct', 'ultrasound', 'landmark')",
            name=f("ck_procedure_guidance"),
        ),
        sa.CheckConstraint(
            "intent IN ('diagnostic', 'therapeutic')", name=f("ck_procedure_intent")
        ),
        sa.CheckConstraint(
            "outcome = 'outside' OR physician_id IS NOT NULL", name=f("ck_procedure_physician_id")
        ),
        sa.CheckConstraint(
            "outcome IN ('done', 'aborted', 'outside')", name=f("ck_procedure_outcome")
        ),
        sa.CheckConstraint("state IN ('open', 'signed')", name=f("ck_procedure_state")),
        sa.CheckConstraint("air_kerma_mgy >= 0", name=f("ck_procedure_air_kerma_mgy")),
        sa.CheckConstraint("ended_at >= started_at", name=f("ck_procedure_order")),
        sa.CheckConstraint("fluoroscopy_seconds >= 0", name=f("ck_procedure_fluoroscopy_seconds")),
        sa.CheckConstraint("kap_ugym2 >= 0", name=f("ck_procedure_kap_ugym2")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=f("fk_procedure_appointment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["staff.id"], name=f("fk_procedure_created_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_procedure_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["physician_id"],
            ["resource.id"],
            name=f("fk_procedure_physician_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["planned_id"],
            ["planned_procedure.id"],
            name=f("fk_procedure_planned_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["resource.id"], name=f("fk_procedure_room_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_procedure")),
        sa.UniqueConstraint("planned_id", name=f("uq_procedure_planned_id")),
    )
    op.create_index(f("ix_procedure_appointment_id"), "procedure", ["appointment_id"])
    op.create_index("ix_procedure_patient_id", "procedure", ["patient_id", "performed_on"])
    op.create_index("ix_procedure_performed_on", "procedure", ["performed_on"])
    op.create_index("ix_procedure_state", "procedure", ["state", "performed_on"])


def procedure_site() -> None:
    op.create_table(
        "procedure_site",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("procedure_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.CheckConstraint(
            "side IN ('left', 'right', 'bilateral', 'midline')", name=f("ck_procedure_site_side")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_procedure_site_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_procedure_site")),
        sa.UniqueConstraint(
            "procedure_id", "position", name=f("uq_procedure_site_procedure_id_position")
        ),
    )


def lot() -> None:
    op.create_table(
        "lot",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("expiry", sa.Date(), nullable=True),
        sa.Column("expiry_month_only", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_lot")),
        sa.UniqueConstraint(
            "product",
            "lot",
            "expiry",
            "expiry_month_only",
            name=f("uq_lot_product_lot_expiry_expiry_month_only"),
        ),
    )
    op.create_index(f("ix_lot_lot"), "lot", ["lot"])


def administration() -> None:
    op.create_table(
        "administration",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("procedure_id", BigId, nullable=False),
        sa.Column("site_id", BigId, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("drug", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lot_id", BigId, nullable=True),
        sa.Column("lot_text", sa.Text(), nullable=False),
        sa.Column("expiry", sa.Date(), nullable=True),
        sa.Column("expiry_month_only", sa.Boolean(), nullable=False),
        sa.Column("per_ml", ExactDecimal(14, 6), nullable=True),
        sa.Column("volume_ml", ExactDecimal(12, 4), nullable=True),
        sa.Column("dose", ExactDecimal(16, 8), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("waste_ml", ExactDecimal(12, 4), nullable=True),
        sa.CheckConstraint("dose >= 0", name=f("ck_administration_dose")),
        sa.CheckConstraint("per_ml >= 0", name=f("ck_administration_per_ml")),
        sa.CheckConstraint("volume_ml > 0", name=f("ck_administration_volume_ml")),
        sa.CheckConstraint("waste_ml >= 0", name=f("ck_administration_waste_ml")),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=f("fk_administration_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_administration_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["procedure_site.id"],
            name=f("fk_administration_site_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_administration")),
        sa.UniqueConstraint(
            "procedure_id", "position", name=f("uq_administration_procedure_id_position")
        ),
    )
    op.create_index(f("ix_administration_lot_id"), "administration", ["lot_id"])


def reading() -> None:
    op.create_table(
        "reading",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("value", ExactDecimal(9, 4), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.CheckConstraint("value >= 0", name=f("ck_reading_value")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_reading_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=f("fk_reading_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_reading")),
    )
    op.create_index("ix_reading_patient_id", "reading", ["patient_id", "local_date"])


def reading_link() -> None:
    op.create_table(
        "reading_link",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("reading_id", BigId, nullable=False),
        sa.Column("procedure_id", BigId, nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "phase IN ('baseline', 'post', 'followup')", name=f("ck_reading_link_phase")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_reading_link_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
            name=f("fk_reading_link_reading_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_reading_link")),
        sa.UniqueConstraint(
            "reading_id",
            "procedure_id",
            "phase",
            name=f("uq_reading_link_reading_id_procedure_id_phase"),
        ),
    )
    op.create_index(f("ix_reading_link_procedure_id"), "reading_link", ["procedure_id"])


def follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("procedure_id", BigId, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", BigId, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.CheckConstraint("(done_at IS NULL) = (outcome = '')", name=f("ck_follow_up_outcome")),
        sa.ForeignKeyConstraint(
            ["done_by"], ["staff.id"], name=f("fk_follow_up_done_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_follow_up_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=f("fk_follow_up_procedure_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_follow_up")),
    )
    op.create_index("ix_follow_up_due_on", "follow_up", ["due_on"])
    op.create_index(f("ix_follow_up_patient_id"), "follow_up", ["patient_id"])
    op.create_index(f("ix_follow_up_procedure_id"), "follow_up", ["procedure_id"])
