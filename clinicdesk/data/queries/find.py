"""Finding patients while somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, Row, Select, bindparam, func, literal_column, select, text

from clinicdesk.data.queries.phones import shown_phones
from clinicdesk.data.search import near_stubs
from clinicdesk.data.tables import PatientSearch, SearchWord
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.people import PatientHit
from clinicdesk.domain.text import terms, words

Found: TypeAlias = Row[int, str, str, str, date, str, str, str]
Query: TypeAlias = Select[int, str, str, str, date, str, str, str]
Terms: TypeAlias = tuple[tuple[str, ...], ...]
_SHORT = 2
_CANDIDATES = 300
_LAST = "\U0010ffff"
_COLUMNS = (
    PatientSearch.patient_id,
    PatientSearch.mrn,
    PatientSearch.family,
    PatientSearch.given,
    PatientSearch.birth_date,
    PatientSearch.sex,
    PatientSearch.family_key,
    PatientSearch.words,
)


def find(tx: Tx, typed: str, on: date, limit: int = 12) -> tuple[PatientHit, ...]:
    """Patients whose names, birth date, numbers or phones begin with every term, best first.

    The phone shown is the one to call ``on`` the day.

    Only when there are none, names that differ by a slip or two: hits with ``guess``.
    """
    wanted = terms(typed)[:8]
    if not wanted:
        return ()
    rows = _matching(tx, wanted, limit)
    guess = not rows
    if guess:
        wanted = _mended(tx, wanted)
        rows = _by_words(tx, wanted) if wanted else []
    ranked = sorted(rows, key=_Rank(wanted))[:limit]
    phones = shown_phones(tx, [row.patient_id for row in ranked], on)
    return tuple(
        PatientHit(
            r.patient_id, r.mrn, r.family, r.given, r.birth_date,
            phones.get(r.patient_id, ""), r.sex, guess,
        )
        for r in ranked
    )  # fmt: skip


class _Rank:
    """Sort key: whole names before beginnings, family before given names, then the alphabet."""

    def __init__(self, wanted: Terms) -> None:
        self._wanted = wanted

    def __call__(self, row: Found) -> tuple[int, str, object]:
        family, given = words(row.family), words(row.given)
        joined = ("".join(family), "".join(given))
        total = 0
        for place, forms in enumerate(self._wanted):
            total += min(
                _score(form, (*family, joined[0]), (*given, joined[1]), row.mrn) + 3 * n
                for n, form in enumerate(forms)
            )
            if place == 0 and forms[0] not in (row.family_key[: len(forms[0])], *given):
                total += 1
        return total, row.family_key, row.birth_date


def _score(form: str, family: Sequence[str], given: Sequence[str], mrn: str) -> int:
    if form in family or form == mrn:
        return 0
    if form in given:
        return 1
    if any(word.startswith(form) for word in family):
        return 2
    if any(word.startswith(form) for word in given):
        return 3
    return 4


def _matching(tx: Tx, wanted: Terms, limit: int) -> list[Found]:
    """Names in index order first; the rest by full text where that leaves room."""
    rows = {row.patient_id: row for row in _by_order(tx, wanted, limit)}
    # One digit begins too many dates and numbers to be worth a look.
    worthwhile = len(wanted) > 1 or not (wanted[0][0].isdigit() and len(wanted[0][0]) == 1)
    if worthwhile and (len(rows) < limit or len(wanted) > 1):
        for row in _by_words(tx, wanted):
            rows.setdefault(row.patient_id, row)
    return list(rows.values())


def _by_order(tx: Tx, wanted: Terms, limit: int) -> Iterable[Found]:
    start = " ".join(forms[0] for forms in wanted)
    keys = (
        (PatientSearch.mrn,)
        if start.isdigit()
        else (PatientSearch.family_key, PatientSearch.given_key)
    )
    for key in keys:
        query = (
            select(*_COLUMNS).where(key >= start, key < start + _LAST).order_by(key).limit(limit)
        )
        yield from tx.session.execute(query)


def _by_words(tx: Tx, wanted: Terms) -> list[Found]:
    """All terms as beginnings of words. Short ones only sieve what the longer ones found."""
    long = tuple(forms for forms in wanted if len(forms[0]) > _SHORT)
    short = tuple(forms for forms in wanted if len(forms[0]) <= _SHORT) if long else ()
    query = _full_text(tx, long or wanted).limit(_CANDIDATES)
    for n, forms in enumerate(short):
        query = query.where(_has_beginning(forms[0], n))
    return list(tx.session.execute(query))


def _has_beginning(term: str, n: int) -> ColumnElement[bool]:
    spaced = literal_column("' '").op("||")(PatientSearch.words)
    return spaced.like(bindparam(f"short_{n}", f"% {term}%"))


def _full_text(tx: Tx, wanted: Terms) -> Query:
    query: Query = select(*_COLUMNS)
    if tx.dialect == "sqlite":
        match = " AND ".join(
            "(" + " OR ".join(f'"{form}"*' for form in forms) + ")" for forms in wanted
        )
        found = text(
            "patient_search.patient_id IN"
            " (SELECT rowid FROM patient_fts WHERE patient_fts MATCH :match LIMIT 3000)"
        )
        return query.where(found.bindparams(match=match))
    match = " & ".join("(" + " | ".join(f"'{form}':*" for form in forms) + ")" for forms in wanted)
    vector = func.to_tsvector(literal_column("'simple'"), PatientSearch.words)
    return query.where(
        vector.op("@@")(func.to_tsquery(literal_column("'simple'"), bindparam("match", match)))
    )


def _mended(tx: Tx, wanted: Terms) -> Terms:
    """Each mistyped name replaced by the names it may be, likeliest first; () if none fits."""
    mended: list[tuple[str, ...]] = []
    for forms in wanted:
        term = forms[0]
        if not term.isalpha() or len(term) <= _SHORT:
            mended.append(forms)
            continue
        likely = _likely_words(tx, term)
        if not likely:
            return ()
        mended.append(likely)
    return () if tuple(mended) == wanted else tuple(mended)


def _likely_words(tx: Tx, term: str) -> tuple[str, ...]:
    query = select(SearchWord.word).where(SearchWord.stub.in_(near_stubs(term))).distinct()
    allowed = 1 if len(term) <= 4 else 2
    scored: list[tuple[int, str]] = []
    for word in tx.session.execute(query).scalars():
        # Somebody may still be typing: the word's beginning counts too, at a small price.
        slips = min(OSA.distance(term, word), OSA.distance(term, word[: len(term)]))
        if slips <= allowed:
            scored.append((slips * 4 + abs(len(word) - len(term)), word))
    return tuple(word for _, word in sorted(scored)[:6])
