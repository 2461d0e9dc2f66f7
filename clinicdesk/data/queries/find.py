"""Finding patients while somebody types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz.distance import OSA
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
)

from clinicdesk.data.queries.phones import shown_phones
from clinicdesk.data.search import MIDDLE_SIGN, SHORTEST_MIDDLE, near_stubs
from clinicdesk.data.tables import PatientSearch, SearchWord
from clinicdesk.data.tx import Tx
from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.rows.people import PatientHit
from clinicdesk.domain.search_terms import Term, Terms, readings
from clinicdesk.domain.text import words

Found: TypeAlias = Row[int, str, str, str, date, str, str, str]
Query: TypeAlias = Select[int, str, str, str, date, str, str, str]
_SHORT = 2
_CANDIDATES = 300
_LAST = "\U0010ffff"
_WORDS, _WORDS_USED, _LIKELY = 400, 40, 3000
_MIDDLE_LETTERS, _GOES_ON = 20, 4
_WORTH_A_MIDDLE = 4
"""Letters from which a name that only holds them is shown below those that begin with them."""
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


def find(
    tx: Tx, typed: str, on: date, limit: int = 12, customs: Customs | None = None
) -> tuple[PatientHit, ...]:
    """Patients whose names, birth date, numbers or phones begin with every term, best first.

    Below them those whose names only hold it. Only when there are none, names that differ by a
    slip or two: hits with ``guess``.

    Args:
        typed: any text at all.
        on: today; the phone shown is the one to call then, and nobody is born later.
        customs: how people write dates here; of the United States if left out.
    """
    ways = readings(typed, on, customs or customs_of("US"))
    wanted, rows, guess = _as_typed(tx, ways, limit)
    if not rows:
        wanted, rows = _mended(tx, ways)
        guess = True
    ranked = sorted(rows, key=_Rank(wanted))[:limit]
    phones = shown_phones(tx, [row.patient_id for row in ranked], on)
    return tuple(
        PatientHit(
            r.patient_id, r.mrn, r.family, r.given, r.birth_date,
            phones.get(r.patient_id, ""), r.sex, guess,
        )
        for r in ranked
    )  # fmt: skip


def _as_typed(tx: Tx, ways: Sequence[Terms], limit: int) -> tuple[Terms, list[Found], bool]:
    """By the first way that finds somebody: names that begin so, then names that hold it."""
    for wanted in ways:
        rows = _matching(tx, wanted, limit)
        if rows:
            if len(rows) < limit:
                rows = _with_middles(tx, wanted, rows, _WORTH_A_MIDDLE)
            return wanted, rows, False
    for wanted in ways:
        rows = _with_middles(tx, wanted, [], SHORTEST_MIDDLE)
        if rows:
            return wanted, rows, False
    return (), [], False


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
        query = query.where(_has_beginning(forms[0], f"{n}"))
    return list(tx.session.execute(query))


def _has_beginning(term: str, n: str) -> ColumnElement[bool]:
    spaced = literal_column("' '").op("||")(PatientSearch.words)
    return spaced.like(bindparam(f"short_{n}", f"% {term}%"))


def _full_text(tx: Tx, wanted: Terms) -> Query:
    """Those with a word for every term; what the index may not know is sieved besides."""
    query: Query = select(*_COLUMNS)
    indexed = [known for forms in wanted if all(known := [_known(form) for form in forms])]
    for n, forms in enumerate(wanted):
        if any(_known(form) != form for form in forms):
            query = query.where(or_(*(_has_beginning(f, f"{n}_{i}") for i, f in enumerate(forms))))
    if not indexed:
        return query
    if tx.dialect == "sqlite":
        match = " AND ".join(
            "(" + " OR ".join(f'"{form}"*' for form in forms) + ")" for forms in indexed
        )
        found = text(
            "patient_search.patient_id IN"
            " (SELECT rowid FROM patient_fts WHERE patient_fts MATCH :match LIMIT 3000)"
        )
        return query.where(found.bindparams(match=match))
    match = " & ".join("(" + " | ".join(f"'{form}':*" for form in forms) + ")" for forms in indexed)
    vector = func.to_tsvector(literal_column("'simple'"), PatientSearch.words)
    return query.where(
        vector.op("@@")(func.to_tsquery(literal_column("'simple'"), bindparam("match", match)))
    )


@lru_cache(maxsize=1024)
def _known(form: str) -> str:
    """The beginning of a form of which both indexes know that it is one word.

    Each has its own Unicode, older than Python's: a letter that it does not know parts words
    there. The oldest Python has is older than both.
    """
    if form.isascii():
        return form
    for at, sign in enumerate(form):
        if unicodedata.ucd_3_2_0.category(sign)[0] not in "LN":
            return form[:at]
    return form


# -- names that hold it, names that are nearly it -------------------------------------------------


def _with_middles(tx: Tx, wanted: Terms, rows: list[Found], shortest: int) -> list[Found]:
    """Below the rows those whose names have every term within."""
    within = tuple(
        forms + _holding(tx, forms[0])
        if forms[0].isalpha() and len(forms[0]) >= shortest
        else forms
        for forms in wanted
    )
    if within == wanted:
        return rows
    found = {row.patient_id: row for row in rows}
    for row in _by_words(tx, within):
        found.setdefault(row.patient_id, row)
    return list(found.values())


def _holding(tx: Tx, term: str) -> tuple[str, ...]:
    """Words with the term in their middle or at their end, the shortest first."""
    start = MIDDLE_SIGN + term[:_MIDDLE_LETTERS]
    query = (
        select(SearchWord.word)
        .where(SearchWord.stub >= start, SearchWord.stub < start + _LAST)
        .limit(_WORDS)
    )
    words_found = {word for word in tx.session.execute(query).scalars() if term in word[1:]}
    return tuple(sorted(words_found, key=lambda word: (len(word), word)))[:_WORDS_USED]


def _mended(tx: Tx, ways: Sequence[Terms]) -> tuple[Terms, list[Found]]:
    """By what a mistyped name may be, likeliest first; the last way holds the least besides."""
    for wanted in reversed(ways):
        mended = tuple(_may_be(tx, forms) for forms in wanted)
        rows = _by_words(tx, mended) if mended != wanted else []
        if rows:
            return mended, rows
    return (), []


def _may_be(tx: Tx, forms: Term) -> Term:
    """A term as typed, then the names it may be; a part may be right where another is not."""
    term = forms[0]
    if not term.isalpha() or len(term) <= _SHORT:
        return forms
    return tuple(dict.fromkeys((*forms, *_likely_words(tx, term), *_holding(tx, term))))


def _likely_words(tx: Tx, term: str) -> tuple[str, ...]:
    near = or_(*map(_begins_near, sorted(near_stubs(term))))
    query = select(SearchWord.word).where(near).limit(_LIKELY).distinct()
    allowed = 1 if len(term) <= 4 else 2
    scored: list[tuple[int, str]] = []
    for word in tx.session.execute(query).scalars():
        # Somebody may still be typing: the word's beginning counts too, at a small price.
        slips = min(OSA.distance(term, word), OSA.distance(term, word[: len(term)]))
        if slips <= allowed:
            scored.append((slips * 4 + abs(len(word) - len(term)), word))
    return tuple(word for _, word in sorted(scored)[:6])


def _begins_near(stub: str) -> ColumnElement[bool]:
    """Of a longer one also what goes on: the word may not be typed to its end."""
    if len(stub) < _GOES_ON:
        return SearchWord.stub == stub
    return and_(SearchWord.stub >= stub, SearchWord.stub < stub + _LAST)
