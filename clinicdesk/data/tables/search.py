"""The search index: one row per findable patient, and the words names are made of.

Derived from the patients, kept in the same transaction, rebuilt at will; not audited.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from clinicdesk.data.tables.base import Base, Words, refers
from clinicdesk.data.types import BigId, SortText


class PatientSearch(Base):
    """What the type-ahead shows and by what it finds.

    ``family_key`` and ``given_key`` are the folded names in either order; ``words``
    the folded words, forms of the birth date, numbers.
    """

    __tablename__ = "patient_search"
    __audit__ = False
    __table_args__ = (
        Index("ix_patient_search_family_key", "family_key"),
        Index("ix_patient_search_given_key", "given_key"),
        Index("ix_patient_search_mrn", "mrn"),
    )
    patient_id: Mapped[int] = mapped_column(
        BigId, refers("patient.id"), primary_key=True, autoincrement=False
    )
    family_key: Mapped[str] = mapped_column(SortText)
    given_key: Mapped[str] = mapped_column(SortText)
    mrn: Mapped[str] = mapped_column(SortText)
    family: Mapped[str] = mapped_column(Text)
    given: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[date] = mapped_column(Date)
    sex: Mapped[str] = mapped_column(Text)
    phone: Mapped[Words]
    words: Mapped[str] = mapped_column(Text)


class SearchWord(Base):
    """A word that some patient's name contains, and its neighbours: forgiving of slips.

    Each word is stored under itself and under what is left of it when a letter or
    two are taken out; two words that share such a stub are likely slips of each other.
    Behind ``~`` stand its ends: what it holds within.
    """

    __tablename__ = "search_word"
    __audit__ = False
    stub: Mapped[str] = mapped_column(SortText, primary_key=True)
    word: Mapped[str] = mapped_column(SortText, primary_key=True)
