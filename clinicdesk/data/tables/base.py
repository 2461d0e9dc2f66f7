"""What all tables share: naming of constraints, ids, versions, and short forms for columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from clinicdesk.data.types import BigId, UtcDateTime

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]
Words = Annotated[str, mapped_column(Text, default="")]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Day = Annotated[date, mapped_column(Date)]


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=CONVENTION)


class Versioned:
    """A row that several desks may edit: each UPDATE counts ``version`` up.

    A change to child rows alone sets ``changed_at`` (``Tx.touch``), so that it counts too.
    """

    version: Mapped[int] = mapped_column(Integer, default=1)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": version}


def table_of(mapped: type[Base]) -> Table:
    """The table itself, for statements that read or write no objects."""
    table = mapped.__table__
    assert isinstance(table, Table)
    return table


def one_of(column: str, values: Iterable[str], *, nullable: bool = False) -> CheckConstraint:
    """CHECK that ``column`` holds one of ``values``."""
    listed = ", ".join(f"'{value}'" for value in values)
    null = f"{column} IS NULL OR " if nullable else ""
    return CheckConstraint(f"{null}{column} IN ({listed})", name=column)


def refers(target: str) -> ForeignKey:
    """A reference that forbids deleting what it points at."""
    return ForeignKey(target, ondelete="RESTRICT")
