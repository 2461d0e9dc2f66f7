"""Reads rule packs, ``rules/*.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.procedures import Intent
from clinicdesk.rules.calendar import Span, parse_span
from clinicdesk.rules.case import GROUPS, PROCEDURES
from clinicdesk.rules.kinds import REGISTRY
from clinicdesk.rules.kinds.base import Head, Rule
from clinicdesk.rules.kinds.sessions import Scope
from clinicdesk.rules.pack import Pack, Selector, SessionKind

_INTENTS = tuple(intent.value for intent in Intent)
FieldValue = int | Span | Scope | SessionKind
_SCOPES = tuple(scope.value for scope in Scope)


def load_packs(*folders: Path) -> dict[str, Pack]:
    """All packs of the folders by id; a later folder's pack replaces one of the same id.

    Raises Malformed with file and line; a folder that is not there holds no packs.
    """
    packs: dict[str, Pack] = {}
    for folder in folders:
        own: dict[str, Pack] = {}
        for path in sorted(folder.glob("*.toml")):
            table = read(path)
            pack = read_pack(table)
            if pack.id in own:
                table.fail("id", f"another file of {folder} already holds a pack of this name.")
            own[pack.id] = pack
        packs.update(own)
    return packs


def read_pack(table: Table) -> Pack:
    """A pack from its file; raises Malformed."""
    kinds = {name: _session(name, part) for name, part in table.table("sessions").each()}
    rules: list[Rule] = []
    for part in table.tables("rule"):
        rule = _rule(part, kinds)
        if any(rule.head.id == other.head.id for other in rules):
            part.fail("id", "another rule of this pack has this id.")
        rules.append(rule)
    pack = Pack(
        id=table.text("id"),
        title=table.text("title"),
        version=table.text("version"),
        effective_from=table.day("effective_from"),
        source=table.text("source"),
        partial=table.text("partial", ""),
        kinds=kinds,
        rules=tuple(rules),
    )
    table.done()
    return pack


def _session(name: str, table: Table) -> SessionKind:
    kind = SessionKind(name, table.text("name"), _selector(table))
    table.done()
    return kind


def _selector(table: Table) -> Selector:
    intent = table.choice("intent", _INTENTS, "")
    return Selector(
        groups=frozenset(table.choices("groups", GROUPS, ())),
        procedures=frozenset(table.choices("procedures", tuple(PROCEDURES), ())),
        intent=Intent(intent) if intent else None,
        steroids=table.flag("steroids", default=False),
    )


def _rule(table: Table, kinds: Mapping[str, SessionKind]) -> Rule:
    kind = REGISTRY[table.choice("kind", tuple(REGISTRY))]
    head = Head(
        id=table.text("id"),
        title=table.text("title"),
        source=table.text("source"),
        source_date=table.text("source_date"),
        effective_from=table.day("effective_from"),
        verified=not table.flag("verify", default=False),
    )
    selects = table.table("applies")
    applies = _selector(selects)
    selects.done()
    fields = {key: _value(table, key, sort, kinds) for key, sort in kind.fields.items()}
    table.done()
    return kind.build(head, applies, fields)


def _value(table: Table, key: str, sort: str, kinds: Mapping[str, SessionKind]) -> FieldValue:
    """One field of a rule, by its sort."""
    if sort == "count":
        count = table.whole(key)
        if count < 1:
            table.fail(key, "expected a whole number above 0.")
        return count
    if sort == "span":
        try:
            return parse_span(table.text(key))
        except ValueError as error:
            table.fail(key, f"{error}.")
    if sort == "scope":
        return Scope(table.choice(key, _SCOPES))
    if sort == "session":
        return kinds[table.choice(key, tuple(kinds))]
    raise AssertionError(sort)
