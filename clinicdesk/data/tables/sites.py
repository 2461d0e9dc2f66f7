"""The clinic's own names of sites."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Moment, refers
from clinicdesk.data.types import BigId


class SiteName(Base):
    """What a free name means at this clinic. Append-only: of one name the newest row counts.

    ``meant`` is the canonical name, the name itself where it is a new site. Records keep what was
    written: it is read by this.
    """

    __tablename__ = "site_name"
    __table_args__ = (CheckConstraint("name <> '' AND meant <> ''", name="name"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(Text)
    meant: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    staff_id: Mapped[int | None] = mapped_column(BigId, refers("staff.id"), default=None)
