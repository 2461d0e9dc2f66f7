"""Patients and what is dated about them. As of the first revision; never changed again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f

from clinicdesk.data.types import BigId, ExactDecimal, SortText, UtcDateTime


def patient() -> None:
    op.create_table(
        "patient",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("mrn", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("deceased_on", sa.Date(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("pregnant", sa.Boolean(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("merged_into", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("birth_date >= '1900-01-01'", name=f("ck_patient_birth_date")),
        sa.CheckConstraint("family <> '' OR given <> ''", name=f("ck_patient_named")),
        sa.CheckConstraint("mrn <> ''", name=f("ck_patient_mrn")),
        sa.CheckConstraint(
            "sex IN ('female', 'male', 'other', 'unknown')", name=f("ck_patient_sex")
        ),
        sa.CheckConstraint(
            "deceased_on IS NULL OR deceased_on >= birth_date", name=f("ck_patient_deceased_on")
        ),
        sa.CheckConstraint(
            "merged_into IS NULL OR merged_into <> id", name=f("ck_patient_merged_into")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["patient.id"], name=f("fk_patient_merged_into"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_patient")),
        sa.UniqueConstraint("mrn", name=f("uq_patient_mrn")),
    )
    op.create_index("ix_patient_birth_date", "patient", ["birth_date"])


def patient_name() -> None:
    op.create_table(
        "patient_name",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('maiden', 'preferred', 'former')", name=f("ck_patient_name_kind")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_patient_name_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_patient_name")),
    )
    op.create_index(f("ix_patient_name_patient_id"), "patient_name", ["patient_id"])


def identifier() -> None:
    op.create_table(
        "identifier",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("system <> '' AND value <> ''", name=f("ck_identifier_filled")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_identifier_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_identifier")),
        sa.UniqueConstraint("system", "value", name=f("uq_identifier_system_value")),
    )
    op.create_index(f("ix_identifier_patient_id"), "identifier", ["patient_id"])


def phone() -> None:
    op.create_table(
        "phone",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('mobile', 'home', 'work', 'other')", name=f("ck_phone_kind")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_phone_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_phone")),
    )
    op.create_index(f("ix_phone_digits"), "phone", ["digits"])
    op.create_index(f("ix_phone_patient_id"), "phone", ["patient_id"])


def address() -> None:
    op.create_table(
        "address",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_address_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_address")),
    )
    op.create_index(f("ix_address_patient_id"), "address", ["patient_id"])


def coverage() -> None:
    op.create_table(
        "coverage",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_coverage_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_coverage")),
    )
    op.create_index(f("ix_coverage_patient_id"), "coverage", ["patient_id"])


def weight() -> None:
    op.create_table(
        "weight",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("kg", ExactDecimal(9, 3), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kg > 0", name=f("ck_weight_kg")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_weight_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_weight")),
    )
    op.create_index(f("ix_weight_patient_id"), "weight", ["patient_id"])


def allergy() -> None:
    op.create_table(
        "allergy",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("substance", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("code_system", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "category IN ('drug', 'latex', 'contrast', 'food', 'environment', 'other')",
            name=f("ck_allergy_category"),
        ),
        sa.CheckConstraint(
            "severity IN ('', 'mild', 'moderate', 'severe')", name=f("ck_allergy_severity")
        ),
        sa.CheckConstraint("substance <> ''", name=f("ck_allergy_substance")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_allergy_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_allergy")),
    )
    op.create_index(f("ix_allergy_patient_id"), "allergy", ["patient_id"])


def patient_drug() -> None:
    op.create_table(
        "patient_drug",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("drug", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dose", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("drug <> ''", name=f("ck_patient_drug_drug")),
        sa.CheckConstraint("kind IN ('anticoagulant', 'other')", name=f("ck_patient_drug_kind")),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_patient_drug_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_patient_drug")),
    )
    op.create_index(f("ix_patient_drug_patient_id"), "patient_drug", ["patient_id"])


def alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("text <> ''", name=f("ck_alert_text")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_alert_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_alert")),
    )
    op.create_index(f("ix_alert_patient_id"), "alert", ["patient_id"])


def implant() -> None:
    op.create_table(
        "implant",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("prosthesis", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_implant_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_implant")),
    )
    op.create_index(f("ix_implant_patient_id"), "implant", ["patient_id"])


def planned_surgery() -> None:
    op.create_table(
        "planned_surgery",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_planned_surgery_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_planned_surgery")),
    )
    op.create_index(f("ix_planned_surgery_patient_id"), "planned_surgery", ["patient_id"])


def condition() -> None:
    op.create_table(
        "condition",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("patient_id", BigId, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code_system", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=f("fk_condition_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_condition")),
    )
    op.create_index(f("ix_condition_patient_id"), "condition", ["patient_id"])


def patient_search() -> None:
    op.create_table(
        "patient_search",
        sa.Column("patient_id", BigId, autoincrement=False, nullable=False),
        sa.Column("family_key", SortText, nullable=False),
        sa.Column("given_key", SortText, nullable=False),
        sa.Column("mrn", SortText, nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
            name=f("fk_patient_search_patient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("patient_id", name=f("pk_patient_search")),
    )
    op.create_index("ix_patient_search_family_key", "patient_search", ["family_key"])
    op.create_index("ix_patient_search_given_key", "patient_search", ["given_key"])
    op.create_index("ix_patient_search_mrn", "patient_search", ["mrn"])


def search_word() -> None:
    op.create_table(
        "search_word",
        sa.Column("stub", SortText, nullable=False),
        sa.Column("word", SortText, nullable=False),
        sa.PrimaryKeyConstraint("stub", "word", name=f("pk_search_word")),
    )
