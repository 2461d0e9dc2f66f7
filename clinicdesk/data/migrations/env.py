"""Alembic's environment: runs in the connection and transaction that ``schema.upgrade`` opened."""

from __future__ import annotations

from alembic import context

from clinicdesk.data.migrations.metadata import options
from clinicdesk.data.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=False,
    **options(),
)
context.run_migrations()
