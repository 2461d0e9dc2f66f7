"""Which rules go with a payer."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Day, Id, Moment, refers
from clinicdesk.data.types import BigId


class PayerPack(Base):
    """A payer and its rule pack from a day on, append-only: a later row takes over.

    ``payer`` as it was written, ``payer_key`` as spellings are compared (``domain.payers``).
    """

    __tablename__ = "payer_pack"
    __table_args__ = (
        CheckConstraint("payer_key <> ''", name="payer_key"),
        CheckConstraint("pack <> ''", name="pack"),
    )
    id: Mapped[Id]
    payer: Mapped[str] = mapped_column(Text)
    payer_key: Mapped[str] = mapped_column(Text, index=True)
    pack: Mapped[str] = mapped_column(Text)
    begins_on: Mapped[Day]
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
