"""Rows of the due list by words: of a name, a record number, a site. Indexes answer it.

No row is read that does not hold one of the words: sites are few and each is found once, names
by the full text and by the words that names are made of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
    union,
)

from clinicdesk.data.tables import DueItem, PatientSearch, SearchWord
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.text import key, words

_ITEM = table_of(DueItem)
_ESCAPE = "\\"
_SHORTEST_MIDDLE = 3
_WORDS = 300
"""So many names are looked up of which the word is a middle part."""


def saying(tx: Tx, typed: str) -> frozenset[int]:
    """Ids of the rows of which every word is part of a name, of the record number or the site."""
    parts = typed.split()
    sites = tuple(tx.session.scalars(_sites()))
    at = [_ITEM.c.site.in_([s for s in sites if part.casefold() in s.casefold()]) for part in parts]
    of = [_ITEM.c.patient_id.in_(_named(tx, part)) for part in parts]
    # Either all words are the site's, or one of them is a name's, which leads to the rows.
    ways = [and_(*at)]
    for n, named in enumerate(of):
        others = [or_(at[m], of[m]) for m in range(len(parts)) if m != n]
        ways.append(and_(named, *others))
    query = union(*(select(_ITEM.c.id).where(way) for way in ways))
    return frozenset(tx.session.scalars(query))


@cache
def _sites() -> Select[Any]:
    """Every site there is, each by one step down the index of sites."""
    first = select(func.min(_ITEM.c.site).label("site")).cte("sites", recursive=True)
    following = select(func.min(_ITEM.c.site)).where(_ITEM.c.site > first.c.site).scalar_subquery()
    every = first.union_all(select(following).where(first.c.site.is_not(None)))
    return select(every.c.site).where(every.c.site.is_not(None))


def _named(tx: Tx, part: str) -> Select[Any]:
    """Patients in whose name or record number the word stands."""
    found = PatientSearch
    # The full text knows birth dates and phones besides, and a word by its beginning only.
    here = or_(
        found.family_key.like(_like(key(part) or part), escape=_ESCAPE),
        found.mrn.like(_like(part), escape=_ESCAPE),
    )
    if len(part) < _SHORTEST_MIDDLE and part.isalpha():
        # A letter or two stand in most names there are: no index is shorter than all of them.
        return select(found.patient_id).where(here)
    forms = [form for word in words(part) if (form := _indexed(word))]
    if not forms:
        return select(found.patient_id).where(literal_column("1 = 0"))
    return select(found.patient_id).where(_full_text(tx, forms), here)


def _full_text(tx: Tx, forms: Sequence[str]) -> ColumnElement[bool]:
    """All forms as beginnings of words, or one of the words that the whole is a middle part of."""
    beginnings, longer = tuple(forms), _longer(tx, forms[0]) if len(forms) == 1 else ()
    if tx.dialect == "sqlite":
        match = " AND ".join(f'"{form}"*' for form in beginnings)
        match = " OR ".join((f"({match})", *(f'"{word}"' for word in longer)))
        found = text(
            "patient_search.patient_id IN"
            " (SELECT rowid FROM patient_fts WHERE patient_fts MATCH :match)"
        )
        return and_(found.bindparams(bindparam("match", match, unique=True)))
    match = " & ".join(f"'{form}':*" for form in beginnings)
    match = " | ".join((f"({match})", *(f"'{word}'" for word in longer)))
    vector = func.to_tsvector(literal_column("'simple'"), PatientSearch.words)
    return vector.op("@@")(func.to_tsquery(literal_column("'simple'"), match))


def _longer(tx: Tx, part: str) -> tuple[str, ...]:
    """Words of names that have the part in their middle: names are few against patients."""
    if len(part) < _SHORTEST_MIDDLE or not part.isalpha():
        return ()
    query = (
        select(SearchWord.word)
        .where(SearchWord.word.like(_like(part), escape=_ESCAPE))
        .distinct()
        .order_by(SearchWord.word)
    )
    found = (word for word in tx.session.scalars(query) if not word.startswith(part))
    return tuple(word for word in found if _indexed(word) == word)[:_WORDS]


def _indexed(word: str) -> str:
    """As much of a word as both full texts take for one: their Unicode is older than Python's."""
    for at, sign in enumerate(word):
        if unicodedata.ucd_3_2_0.category(sign)[0] not in "LN":
            return word[:at]
    return word


def _like(part: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        part = part.replace(sign, _ESCAPE + sign)
    return f"%{part}%"
