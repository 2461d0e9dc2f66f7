"""``limits``: what one session may hold: regions, procedures, levels, sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from clinicdesk.domain.anatomy import SEGMENTS, Side, Site
from clinicdesk.domain.lists import listed
from clinicdesk.domain.translation import _, _n
from clinicdesk.rules.case import Entry, Plan, regions_of, spots_of
from clinicdesk.rules.kinds.base import Contradiction, Head, KindOfRule, Outcome, Rule, Timeless
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past, turns
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Limits:
    """Limits of the session on a day: the plan with all entries of its group on that day.

    Attributes:
        regions: coverage regions at most; None: any number.
        one_procedure: whether all of it must be one kind of procedure.
        levels: procedure id to the most levels (distinct names).
        per_side: whether levels are counted on each side by itself.
        one_sided: procedures that may not be done on both sides.
        contiguous: whether the levels must be neighbours.
    """

    head: Head
    applies: Selector
    regions: int | None
    one_procedure: bool
    levels: Mapping[str, int]
    per_side: bool
    one_sided: frozenset[str]
    contiguous: bool

    def bind(self, past: Past) -> BoundLimits:
        return BoundLimits(self, past)

    def terms(self) -> str:
        parts, words = [], self.applies.vocabulary.procedures
        if self.regions:
            parts.append(
                _n("{regions} spinal region", "{regions} spinal regions", self.regions).format(
                    regions=self.regions
                )
            )
        if self.one_procedure:
            parts.append(_("one kind of procedure"))
        for count in sorted(set(self.levels.values())):
            named = [words[each].counted for each, most in self.levels.items() if most == count]
            level = _n("{count} level", "{count} levels", count).format(count=count)
            pattern = _("{level} of {named}")
            if self.per_side:
                pattern = _("{level} of {named} on each side")
            parts.append(pattern.format(level=level, named=listed(named)))
        if self.contiguous:
            parts.append(_("neighbouring levels"))
        if self.one_sided:
            named = [words[each].counted for each in sorted(self.one_sided)]
            parts.append(_("{named} not on both sides").format(named=listed(named)))
        return _("at most {parts}").format(parts="; ".join(parts)) if parts else ""


@dataclass(frozen=True)
class BoundLimits(Timeless):
    """Limits with the case."""

    rule: Limits
    past: Past

    def outcome(self, day: date) -> Outcome:
        plan = self.past.case.plan
        group = self.past.group()
        parts: tuple[Plan | Entry, ...] = (plan, *self.past.on(group, day))
        wrong = list(self._wrong(parts))
        if wrong:
            return Outcome(
                Status.NEEDS_REASON, _("In one session: {wrong}").format(wrong="; ".join(wrong))
            )
        return Outcome(Status.OK, _("What is planned stays within the limits of one session"))

    def _wrong(self, parts: tuple[Plan | Entry, ...]) -> Iterable[str]:
        rule = self.rule
        sites = tuple(site for part in parts for site in part.sites)
        regions = sorted(regions_of(sites))
        if rule.regions is not None and len(regions) > rule.regions:
            yield _("{count} spinal regions ({regions}), not {rule_regions}").format(
                count=len(regions), regions=", ".join(regions), rule_regions=rule.regions
            )
        by_procedure: dict[str, list[Site]] = {}
        for part in parts:
            by_procedure.setdefault(part.procedure, []).extend(part.sites)
        if rule.one_procedure and len(by_procedure) > 1:
            yield _("{count} kinds of procedure, not one").format(count=len(by_procedure))
        for procedure, placed in by_procedure.items():
            yield from self._levels(procedure, tuple(placed))

    def _levels(self, procedure: str, sites: tuple[Site, ...]) -> Iterable[str]:
        rule = self.rule
        most = rule.levels.get(procedure)
        for where, names in _counted(sites, per_side=rule.per_side):
            if most is not None and len(names) > most:
                limit = _n("{most} level", "{most} levels", most).format(most=most)
                yield _("{count} levels{where} ({names}), not {limit}").format(
                    count=len(names), where=where, names=", ".join(names), limit=limit
                )
            if rule.contiguous and not _neighbours(names):
                yield _("levels{where} that are not neighbours ({names})").format(
                    where=where, names=", ".join(names)
                )
        sides = {spot.side for spot in spots_of(sites)}
        if procedure in rule.one_sided and {Side.LEFT, Side.RIGHT} <= sides:
            yield _("both sides, not one")

    def turns(self) -> Iterable[date]:
        group = self.past.group()
        return turns(self.past.days_of((group,)))


def _counted(sites: tuple[Site, ...], *, per_side: bool) -> Iterable[tuple[str, list[str]]]:
    """Names of levels: all of them, or those of each side."""
    if not per_side:
        yield "", sorted({site.name for site in sites})
        return
    spots = spots_of(sites)
    for side in sorted({spot.side for spot in spots}):
        yield f" {side}", sorted({spot.name for spot in spots if spot.side is side})


def _neighbours(names: list[str]) -> bool:
    places = sorted(SEGMENTS.index(name) for name in names if name in SEGMENTS)
    return all(later - earlier == 1 for earlier, later in pairwise(places))


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:
    levels: Mapping[str, int] = fields["levels"] or {}
    sided = frozenset(fields["one_sided"] or ())
    for key, named in (("levels", set(levels)), ("one_sided", set(sided))):
        strange = sorted(named - applies.covers)
        if strange:
            raise Contradiction(
                key, _("the rule does not apply to {strange}.").format(strange=", ".join(strange))
            )
    rule = Limits(
        head,
        applies,
        fields["regions"],
        bool(fields["one_procedure"]),
        levels,
        bool(fields["per_side"]),
        sided,
        bool(fields["contiguous"]),
    )
    if not rule.terms():
        raise Contradiction("levels", _("this rule limits nothing: give at least one limit."))
    return rule


KIND = KindOfRule(
    says=_("limits of one session: regions, levels, sides"),
    fields={
        "regions": "count?",
        "one_procedure": "flag?",
        "levels": "levels?",
        "per_side": "flag?",
        "one_sided": "procedures?",
        "contiguous": "flag?",
    },
    build=_build,
)
