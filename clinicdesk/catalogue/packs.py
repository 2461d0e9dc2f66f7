"""Reads rule packs, ``rules/*.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from clinicdesk.catalogue import own
from clinicdesk.catalogue.pack_fields import Known, read_field
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.anatomy import CERVICAL_THORACIC, LUMBAR_SACRAL, Sort, fold
from clinicdesk.domain.lists import listed
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.site_names import SiteNames
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.kinds import REGISTRY
from clinicdesk.rules.kinds.base import Contradiction, Head, Rule
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Scope
from clinicdesk.safety.answer import CHECKS, OWN

_INTENTS = tuple(intent.value for intent in Intent)
_REGIONS = (CERVICAL_THORACIC, LUMBAR_SACRAL)
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""As in the verdict contract."""
_IN_THE_SPINE = frozenset({Sort.SEGMENT, Sort.ROOT, Sort.CAUDAL})
_MUSCLE = "muscle"
_OF_OTHERS = ("prerequisite", "succeeded")
"""Kinds of rule that look at sessions of another procedure than the planned one."""


def load_packs(vocabulary: Vocabulary, *folders: Path) -> dict[str, Pack]:
    """All packs of the folders by id; a later folder's pack replaces one of the same id.

    Later folders' packs come first, so that they are found first by a payer's name.
    Raises Malformed with file and line; a folder that is not there holds no packs.
    """
    packs: dict[str, Pack] = {}
    for folder in folders:
        here: dict[str, Pack] = {}
        for path in own.toml_files(folder):
            table = read(path)
            pack = read_pack(table, vocabulary)
            if pack.id in here:
                table.fail(
                    "id",
                    _("another file of {folder} already holds a pack of this name.").format(
                        folder=folder
                    ),
                )
            _check_payers(table, pack, here)
            here[pack.id] = pack
        packs = here | {id_: pack for id_, pack in packs.items() if id_ not in here}
    return packs


def _check_payers(table: Table, pack: Pack, others: Mapping[str, Pack]) -> None:
    """A payer's name must lead to one pack."""
    for other in others.values():
        both = sorted({*pack.payers} & {*other.payers})
        if both:
            table.fail(
                "payers",
                _(
                    "“{both}” stands in the pack “{other_id}” too; expected each payer in one pack."
                ).format(both=both[0], other_id=other.id),
            )


def read_pack(table: Table, vocabulary: Vocabulary) -> Pack:
    """A pack from its file; raises Malformed."""
    if not table.keys():
        table.fail(None, _("the file is empty; expected a rule pack."))
    effective_from = _day(table, "effective_from")
    muscles = _muscles(table, vocabulary.names)
    kinds = {
        name: _session(name, part, vocabulary) for name, part in table.table("sessions").each()
    }
    parts = table.tables("rule")
    if not parts:
        table.fail("rule", _("a pack needs at least one rule."))
    beside_parts = table.tables("beside", optional=True)
    why = table.text("verify_why", "")
    every = (*parts, *beside_parts)
    found = tuple(_rule(part, kinds, effective_from, vocabulary, why) for part in every)
    for part, rule in zip(every, found, strict=True):
        _check_places(part, rule, muscles)
    _check_ids(every, found)
    rules, beside = found[: len(parts)], found[len(parts) :]
    _check_last(parts, rules)
    _check_beside(beside_parts, beside)
    pack = Pack(
        id=_id(table),
        title=table.text("title"),
        version=table.text("version"),
        effective_from=effective_from,
        source=table.text("source"),
        partial=table.text("partial", ""),
        kinds=kinds,
        rules=_in_turn(rules),
        vocabulary=vocabulary,
        payers=tuple(fold(name) for name in table.texts("payers", ())),
        muscles=muscles,
        beside=_in_turn(beside),
    )
    table.done()
    return pack


def _id(table: Table) -> str:
    text = table.text("id")
    if not _ID.fullmatch(text):
        table.fail("id", _("expected small letters, digits, dots and hyphens, like “my-clinic”."))
    return text


def _day(table: Table, key: str) -> date:
    day = table.day(key)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        table.fail(
            key,
            _(
                "expected a day in the years 1900 to 2199. Leave “effective_to” out where "
                "no end is known."
            ),
        )
    return day


def _muscles(table: Table, names: SiteNames) -> dict[str, str]:
    """``[muscles]``: part of the body to its muscles; turned about, muscle to part."""
    part = table.maybe_table("muscles")
    table.skip("muscles")
    found: dict[str, str] = {}
    for name in part.keys() if part is not None else ():
        assert part is not None
        for muscle in part.texts(name):
            if fold(muscle) in found:
                part.fail(
                    name,
                    _("“{muscle}” stands under “{found}” too.").format(
                        muscle=muscle, found=found[fold(muscle)]
                    ),
                )
            found[fold(muscle)] = name
    # A site goes by its canonical name, whichever of its names the pack has.
    for muscle, name in tuple(found.items()):
        found.setdefault(names.read(muscle), name)
    return found


def _session(name: str, table: Table, vocabulary: Vocabulary) -> SessionKind:
    kind = SessionKind(name, table.text("name"), _selector(table, vocabulary))
    table.done()
    return kind


def _selector(table: Table, vocabulary: Vocabulary) -> Selector:
    intent = table.choice("intent", _INTENTS, "")
    selector = Selector(
        vocabulary,
        groups=frozenset(table.choices("groups", tuple(vocabulary.groups), ())),
        procedures=frozenset(table.choices("procedures", tuple(vocabulary.procedures), ())),
        intent=Intent(intent) if intent else None,
        steroids=table.flag("steroids", default=False),
        regions=frozenset(table.choices("regions", _REGIONS, ())),
    )
    if not selector.groups and not selector.procedures:
        table.fail(None, _("say which are meant: give “groups” or “procedures”."))
    if not selector.covers:
        table.fail("procedures", _("none of these is in the groups named beside them."))
    apart = [key for key, kind in vocabulary.procedures.items() if kind.apart_by_intent]
    if intent and not selector.covers <= set(apart):
        others = ", ".join(sorted(selector.covers - set(apart)))
        table.fail(
            "intent",
            _("makes no difference for {others}; only for {apart}.").format(
                others=others, apart=listed(apart)
            ),
        )
    if selector.regions and not _all_in_the_spine(selector):
        table.fail("regions", _("only sites in the spine have a region."))
    return selector


def _all_in_the_spine(selector: Selector) -> bool:
    return all(
        selector.vocabulary.procedures[procedure].site_sort in _IN_THE_SPINE
        for procedure in selector.covers
    )


def _all_in_muscles(selector: Selector) -> bool:
    return all(
        selector.vocabulary.procedures[procedure].noun == _MUSCLE for procedure in selector.covers
    )


def _rule(
    table: Table,
    kinds: Mapping[str, SessionKind],
    pack_begins: date,
    vocabulary: Vocabulary,
    verify_why: str,
) -> Rule:
    name = table.choice("kind", tuple(REGISTRY))
    kind = REGISTRY[name]
    begins = _day(table, "effective_from")
    ends = _day(table, "effective_to") if table.holds("effective_to") else None
    table.skip("effective_to")
    if ends is not None and ends < begins:
        table.fail("effective_to", _("lies before “effective_from”."))
    verify = table.flag("verify", default=False)
    why = table.text("verify_why", "")
    if why and not verify:
        table.fail("verify_why", _("goes with “verify = true”."))
    head = Head(
        id=table.text("id"),
        kind=name,
        title=table.text("title"),
        source=table.text("source"),
        source_date=table.text("source_date"),
        effective_from=begins,
        effective_to=ends,
        begins=begins if begins > pack_begins else None,
        verified=not verify,
        same_as=_same_as(table),
        verify_why=(why or verify_why) if verify else "",
    )
    selects = table.table("applies")
    applies = _selector(selects, vocabulary)
    selects.done()
    known = Known(kinds, vocabulary)
    fields = {key: read_field(table, key, sort, known) for key, sort in kind.fields.items()}
    table.done()
    try:
        return kind.build(head, applies, fields)
    except Contradiction as error:
        table.fail(error.key, error.sentence)


def _same_as(table: Table) -> tuple[str, ...]:
    """The safety checks that name the same fact as a rule."""
    checks = table.texts("same_as", ())
    for check in checks:
        if check not in (*CHECKS, *OWN):
            table.fail("same_as", _("there is no check “{check}”.").format(check=check))
    return checks


def _check_places(table: Table, rule: Rule, muscles: Mapping[str, str]) -> None:
    """A scope must be one that plan and sessions have; sessions must be able to be counted."""
    scope = getattr(rule, "scope", None)
    if scope is None:
        return
    sessions: SessionKind = rule.sessions  # type: ignore[attr-defined]
    for selector in (rule.applies, sessions.selector):
        if scope is Scope.REGION and not _all_in_the_spine(selector):
            others = ", ".join(sorted(selector.covers))
            table.fail(
                "scope",
                _(
                    "“region” needs sites in the spine; {others} has others. "
                    "Use “spot” or “patient”."
                ).format(others=others),
            )
        if scope is Scope.MUSCLES and not _all_in_muscles(selector):
            table.fail("scope", _("“muscles” is for procedures whose sites are muscles alone."))
    if scope is Scope.MUSCLES and not muscles:
        table.fail("scope", _("“muscles” needs a table [muscles] in this pack."))
    if rule.head.kind not in _OF_OTHERS and not rule.applies.covers & sessions.selector.covers:
        table.fail(
            "sessions",
            _("“{sessions_id}” counts none of the procedures that this rule applies to.").format(
                sessions_id=sessions.id
            ),
        )


def _check_ids(parts: tuple[Table, ...], rules: tuple[Rule, ...]) -> None:
    """One id may stand twice only as versions that follow one another."""
    by_id: dict[str, list[tuple[Head, Table]]] = {}
    for part, rule in zip(parts, rules, strict=True):
        by_id.setdefault(rule.head.id, []).append((rule.head, part))
    for versions in by_id.values():
        for (earlier, __), (later, part) in pairwise(sorted(versions, key=_begins)):
            if earlier.effective_to is None or later.effective_from <= earlier.effective_to:
                part.fail(
                    "id",
                    _(
                        "another rule of this pack has this id at the same time. Give the "
                        "older one an “effective_to” before this one begins."
                    ),
                )


def _in_turn(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Only the oldest version of a rule speaks for the days before it; the next ones begin."""
    oldest: dict[str, date] = {}
    for rule in rules:
        known = oldest.setdefault(rule.head.id, rule.head.effective_from)
        oldest[rule.head.id] = min(known, rule.head.effective_from)
    return tuple(
        rule if rule.head.effective_from == oldest[rule.head.id] else _beginning(rule)
        for rule in rules
    )


def _beginning(rule: Rule) -> Rule:
    head = replace(rule.head, begins=rule.head.effective_from)
    return cast("Rule", replace(cast("Any", rule), head=head))


def _begins(version: tuple[Head, Table]) -> date:
    return version[0].effective_from


def _check_last(parts: tuple[Table, ...], rules: tuple[Rule, ...]) -> None:
    """The rule that asks the others comes after them."""
    for part, rule in zip(parts[:-1], rules[:-1], strict=True):
        if rule.head.kind == "later":
            part.fail("kind", _("a rule of the kind “later” must be the last of the pack."))


def _check_beside(parts: tuple[Table, ...], rules: tuple[Rule, ...]) -> None:
    """What stands beside a verdict forbids no day, and asks no rule of it."""
    for part, rule in zip(parts, rules, strict=True):
        if REGISTRY[rule.head.kind].decides:
            part.fail(
                "kind",
                _(
                    "a rule of the kind “{kind}” decides on the day; write it under [[rule]]."
                ).format(kind=rule.head.kind),
            )
