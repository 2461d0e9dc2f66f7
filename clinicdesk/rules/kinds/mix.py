"""``mix``: different kinds of block on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.lists import listed
from clinicdesk.domain.translation import _
from clinicdesk.rules.kinds.base import Head, KindOfRule, Outcome, Rule, Timeless
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past, turns
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Mix:
    """Another of ``groups`` with an entry on the day needs a reason."""

    head: Head
    applies: Selector
    groups: tuple[str, ...]

    def bind(self, past: Past) -> BoundMix:
        own = past.group()
        return BoundMix(tuple(group for group in self.groups if group != own), past)

    def terms(self) -> str:
        groups = self.applies.vocabulary.groups
        named = listed([groups[group].counted for group in self.groups], "or")
        return _("a reason where another of these is on that day: {named}").format(named=named)


@dataclass(frozen=True)
class BoundMix(Timeless):
    """The other groups, with the case."""

    groups: tuple[str, ...]
    past: Past

    def outcome(self, day: date) -> Outcome:
        found = sorted(
            {entry.procedure for group in self.groups for entry in self.past.on(group, day)}
        )
        if found:
            return Outcome(
                Status.NEEDS_REASON,
                _("Another kind of block is on that day: {found}").format(found=", ".join(found)),
            )
        return Outcome(Status.OK, _("No other kind of block is on that day"))

    def turns(self) -> Iterable[date]:
        return turns(self.past.days_of(self.groups))


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:
    return Mix(head, applies, tuple(fields["groups"]))


KIND = KindOfRule(
    says=_("different kinds of block on one day"), fields={"groups": "groups"}, build=_build
)
