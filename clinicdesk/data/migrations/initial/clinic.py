"""The clinic, its staff, rooms and hours. As of the first revision; never changed again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.op import f

from clinicdesk.data.types import BigId, Json, UtcDateTime


def clinic() -> None:
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_urgent", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("name <> ''", name=f("ck_clinic_name")),
        sa.CheckConstraint("paper IN ('letter', 'a4')", name=f("ck_clinic_paper")),
        sa.CheckConstraint("id = 1", name=f("ck_clinic_one")),
        sa.PrimaryKeyConstraint("id", name=f("pk_clinic")),
    )


def setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", Json, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=f("pk_setting")),
    )


def counter() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=f("pk_counter")),
    )


def resource() -> None:
    op.create_table(
        "resource",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('staff', 'room', 'equipment', 'bay')", name=f("ck_resource_kind")
        ),
        sa.CheckConstraint("name <> ''", name=f("ck_resource_name")),
        sa.PrimaryKeyConstraint("id", name=f("pk_resource")),
    )


def resource_capability() -> None:
    op.create_table(
        "resource_capability",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("resource_id", BigId, nullable=False),
        sa.Column("capability", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
            name=f("fk_resource_capability_resource_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_resource_capability")),
        sa.UniqueConstraint(
            "resource_id", "capability", name=f("uq_resource_capability_resource_id_capability")
        ),
    )


def staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("resource_id", BigId, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("login = lower(login) AND login <> ''", name=f("ck_staff_login")),
        sa.CheckConstraint(
            "role IN ('front_desk', 'nurse', 'physician', 'manager')", name=f("ck_staff_role")
        ),
        sa.CheckConstraint("failed_count >= 0", name=f("ck_staff_failed_count")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=f("fk_staff_resource_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_staff")),
        sa.UniqueConstraint("login", name=f("uq_staff_login")),
        sa.UniqueConstraint("resource_id", name=f("uq_staff_resource_id")),
    )


def opening_hours() -> None:
    op.create_table(
        "opening_hours",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("resource_id", BigId, nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("ends > starts", name=f("ck_opening_hours_order")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=f("ck_opening_hours_valid")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=f("ck_opening_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
            name=f("fk_opening_hours_resource_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_opening_hours")),
    )
    op.create_index(f("ix_opening_hours_resource_id"), "opening_hours", ["resource_id"])


def block() -> None:
    op.create_table(
        "block",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('lunch', 'calls', 'closed', 'meeting', 'cleaning', 'other')",
            name=f("ck_block_kind"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=f("ck_block_order")),
        sa.PrimaryKeyConstraint("id", name=f("pk_block")),
    )
    op.create_index(f("ix_block_local_date"), "block", ["local_date"])
