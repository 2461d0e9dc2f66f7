"""The patients' search index: what is stored, and the full-text structures of both databases.

``patient_search`` holds a row per patient that can be found; the full-text
index over its words is an FTS5 table on SQLite and a GIN index on PostgreSQL.
``search_word`` forgives slips and knows words by their middle: see ``near_stubs``, ``middles``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, islice
from typing import TypeVar

from sqlalchemy import Row, delete, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from clinicdesk.data.current import is_current, not_over
from clinicdesk.data.queries.phones import shown_phone
from clinicdesk.data.queries.settings import clinic_day
from clinicdesk.data.tables import (
    Identifier,
    Patient,
    PatientName,
    PatientSearch,
    Phone,
    SearchWord,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.text import date_words, key, name_words, number_words, phone_words

T = TypeVar("T")
_CHUNK = 500
MIDDLE_SIGN = "~"
SHORTEST_MIDDLE = 3
_MIDDLE = 20

FTS_SQLITE = (
    "CREATE VIRTUAL TABLE patient_fts USING fts5("
    "words, content='', contentless_delete=1, detail='none', prefix='3 4', "
    'tokenize="unicode61 remove_diacritics 0")'
)
FTS_POSTGRES = "CREATE INDEX patient_fts ON patient_search USING gin (to_tsvector('simple', words))"


def full_text(dialect: str) -> str:
    """DDL of the full-text structure."""
    return FTS_SQLITE if dialect == "sqlite" else FTS_POSTGRES


def near_stubs(word: str) -> frozenset[str]:
    """What is left of a word's first 7 letters when none, one or (from 7 on) two go missing.

    Two words that share a stub differ by at most so many slips there, so that
    candidates for a mistyped word are a few index look-ups, at any size.
    """
    head = word[:7]
    found = {head}
    for gone in range(1, 3 if len(head) >= 7 else 2):
        if len(head) - gone < 2:
            break
        for left in combinations(head, len(head) - gone):
            found.add("".join(left))
    return frozenset(found)


def middles(word: str) -> frozenset[str]:
    """Under what a word is found by its middle: each of its ends, behind a sign no stub has.

    What begins with ``~lobos`` holds ``lobos`` within, so that this too is an index look-up.
    """
    ends = (word[at : at + _MIDDLE] for at in range(1, len(word) - SHORTEST_MIDDLE + 1))
    return frozenset(MIDDLE_SIGN + end for end in ends)


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    source = iter(values)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def index_patients(tx: Tx, ids: Sequence[int]) -> None:
    """Writes the search rows of these patients anew.

    Done by itself for patients changed through the ORM; bulk inserts call it.
    """
    tx.session.flush()
    seen: set[str] = set()
    for chunk in _chunks(ids):
        _index(tx, chunk, seen)


def _index(tx: Tx, ids: list[int], seen: set[str]) -> None:
    session = tx.session
    session.execute(delete(PatientSearch).where(PatientSearch.patient_id.in_(ids)))
    if tx.dialect == "sqlite":
        session.connection().exec_driver_sql(
            "DELETE FROM patient_fts WHERE rowid = ?", [(n,) for n in ids]
        )
    rows = list(_rows(tx, ids))
    if not rows:
        return
    session.connection().execute(insert(PatientSearch), rows)
    if tx.dialect == "sqlite":
        session.connection().exec_driver_sql(
            "INSERT INTO patient_fts (rowid, words) VALUES (?, ?)",
            [(row["patient_id"], row["words"]) for row in rows],
        )
    _add_words(tx, {word for row in rows for word in row["words"].split() if word.isalpha()}, seen)


def _rows(tx: Tx, ids: list[int]) -> Iterator[dict[str, str]]:
    names = _grouped(tx, select(PatientName).where(PatientName.patient_id.in_(ids)))
    phones = _grouped(
        tx, select(Phone).where(Phone.patient_id.in_(ids)).order_by(Phone.kind.desc(), Phone.id)
    )
    numbers = _grouped(tx, select(Identifier).where(Identifier.patient_id.in_(ids)))
    day = clinic_day(tx)
    patients = tx.session.execute(
        select(Patient.__table__).where(Patient.id.in_(ids), Patient.merged_into.is_(None))
    )
    for patient in patients:
        yield _row(
            patient,
            names.get(patient.id, []),
            phones.get(patient.id, []),
            numbers.get(patient.id, []),
            day,
        )


def _grouped(tx: Tx, query: object) -> dict[int, list[Row[tuple[object, ...]]]]:
    found: dict[int, list[Row[tuple[object, ...]]]] = {}
    entity = query.column_descriptions[0]["entity"]  # type: ignore[attr-defined]
    plain = query.with_only_columns(*entity.__table__.columns)  # type: ignore[attr-defined]
    for row in tx.session.execute(plain):
        found.setdefault(row.patient_id, []).append(row)
    return found


def _row(
    patient: Row[tuple[object, ...]],
    names: list[Row[tuple[object, ...]]],
    phones: list[Row[tuple[object, ...]]],
    numbers: list[Row[tuple[object, ...]]],
    day: date,
) -> dict[str, str]:
    found = set(name_words(patient.family, patient.given))
    for name in names:
        found |= name_words(name.family, name.given)
    found.update(date_words(patient.birth_date))
    found |= number_words(patient.mrn)
    for number in numbers:
        found |= number_words(number.value)
    for phone in phones:  # one that begins later is found already; which is shown, the day decides
        if not_over(phone, day):
            found |= phone_words(phone.number, phone.digits)
    return {
        "patient_id": patient.id,
        "family_key": key(patient.family, patient.given),
        "given_key": key(patient.given, patient.family),
        "mrn": patient.mrn,
        "family": patient.family,
        "given": patient.given,
        "birth_date": patient.birth_date,
        "sex": patient.sex,
        "phone": shown_phone(phone for phone in phones if is_current(phone, day)),
        "words": " ".join(sorted(found)),
    }


def _add_words(tx: Tx, words: set[str], seen: set[str]) -> None:
    """Words of names are few against patients: only new ones are written.

    Args:
        seen: words dealt with before in this run; grows.
    """
    unseen = sorted(words - seen)
    seen.update(unseen)
    known: set[str] = set()
    for chunk in _chunks(unseen):
        pairs = [(word[:7], word) for word in chunk]
        query = select(SearchWord.word).where(tuple_(SearchWord.stub, SearchWord.word).in_(pairs))
        known.update(tx.session.execute(query).scalars())
    fresh = [
        {"stub": stub, "word": word}
        for word in unseen
        if word not in known
        for stub in sorted(near_stubs(word) | middles(word))
    ]
    if fresh:
        # Another desk may add the same word at the same moment.
        made = (
            sqlite.insert(SearchWord) if tx.dialect == "sqlite" else postgresql.insert(SearchWord)
        )
        tx.session.connection().execute(made.on_conflict_do_nothing(), fresh)
