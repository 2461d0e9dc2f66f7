"""The sorts of value a rule of a pack may hold, each with its reader.

A sort that ends in ``?`` may be left out. ``KindOfRule.fields`` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.anatomy import fold
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.spans import Span, parse_span
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.kinds.guidance import WHEN, Choice
from clinicdesk.rules.selector import SessionKind
from clinicdesk.rules.sessions import Scope

_SCOPES = tuple(scope.value for scope in Scope)
_GUIDANCE = tuple(guidance.value for guidance in Guidance)
_LONGEST = {"month": 240, "week": 1040, "day": 7300}
_HUNDRED = 100


@dataclass(frozen=True)
class Known:
    """What a rule may name: the pack's kinds of session, and procedures and groups."""

    kinds: Mapping[str, SessionKind]
    vocabulary: Vocabulary


def read_field(table: Table, key: str, sort: str, known: Known) -> Any:  # noqa: ANN401 - each sort has a type of its own
    """One field of a rule; None for an optional one that was left out. Raises Malformed."""
    if sort.endswith("?") and not table.holds(key):
        table.skip(key)
        return None
    if sort.startswith("session"):
        return known.kinds[table.choice(key, tuple(known.kinds))]
    name = sort.rstrip("?")
    if name in _NAMING:
        return _NAMING[name](table, key, known.vocabulary)
    return _READERS[name](table, key)


def _count(table: Table, key: str) -> int:
    count = table.whole(key)
    if not 1 <= count <= _HUNDRED:
        table.fail(key, _("expected a whole number from 1 to 100."))
    return count


def _span(table: Table, key: str) -> Span:
    try:
        span = parse_span(table.text(key))
    except ValueError as error:
        table.fail(key, f"{error}.")
    if span.count > _LONGEST[span.unit]:
        table.fail(
            key, _("{span} is longer than 20 years: that cannot be meant.").format(span=span)
        )
    return span


def _percent(table: Table, key: str) -> Fraction:
    value = table.number(key)
    if value > _HUNDRED:
        table.fail(key, _("expected a relief in percent, above 0 and at most 100."))
    return Fraction(value) / _HUNDRED


def _scope(table: Table, key: str) -> Scope:
    return Scope(table.choice(key, _SCOPES))


def _flag(table: Table, key: str) -> bool:
    return table.flag(key)


def _text(table: Table, key: str) -> str:
    return table.text(key)


def _some(table: Table, key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        table.fail(key, _("lists nothing."))
    return values


def _procedures(table: Table, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return _some(table, key, table.choices(key, tuple(vocabulary.procedures)))


def _groups(table: Table, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return _some(table, key, table.choices(key, tuple(vocabulary.groups)))


def _drugs(table: Table, key: str) -> tuple[str, ...]:
    return _some(table, key, tuple(fold(drug) for drug in table.texts(key)))


def _ceilings(table: Table, key: str) -> dict[str, Fraction]:
    part = table.table(key)
    found = {fold(drug): Fraction(part.number(drug)) for drug in part.keys()}  # noqa: SIM118 - a table, not a dict
    if not found:
        table.fail(key, _("names no drug."))
    part.done()
    return found


def _levels(table: Table, key: str, vocabulary: Vocabulary) -> dict[str, int]:
    part = table.table(key)
    found: dict[str, int] = {}
    for procedure in part.keys():  # noqa: SIM118 - a table, not a dict
        if procedure not in vocabulary.procedures:
            names = ", ".join(vocabulary.procedures)
            part.fail(
                procedure, _("unknown procedure; expected one of {names}.").format(names=names)
            )
        found[procedure] = _count(part, procedure)
    part.done()
    return found


def _choices(table: Table, key: str) -> tuple[Choice, ...]:
    choices = []
    for part in table.tables(key):
        choices.append(
            Choice(
                when=part.choice("when", WHEN, ""),
                by=tuple(Guidance(word) for word in part.choices("by", _GUIDANCE)),
                contrast=part.maybe_flag("contrast"),
            )
        )
        part.done()
    if not choices:
        table.fail(key, _("lists nothing."))
    return tuple(choices)


_READERS: Mapping[str, Callable[[Table, str], Any]] = {
    "count": _count,
    "span": _span,
    "percent": _percent,
    "scope": _scope,
    "flag": _flag,
    "text": _text,
    "drugs": _drugs,
    "ceilings": _ceilings,
    "choices": _choices,
}
_NAMING: Mapping[str, Callable[[Table, str, Vocabulary], Any]] = {
    "procedures": _procedures,
    "groups": _groups,
    "levels": _levels,
}
"""Sorts of value that name procedures or groups."""
