"""``reason``: a reason is always asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.translation import _
from clinicdesk.rules.kinds.base import Head, KindOfRule, Outcome, Rule, Timeless
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class AlwaysReason:
    """``says``: what the clinician has to say, a sentence without its full stop."""

    head: Head
    applies: Selector
    says: str

    def bind(self, past: Past) -> BoundReason:  # noqa: ARG002 - it asks nothing of the case
        return BoundReason(self)

    def terms(self) -> str:
        return _("always a reason: {says}").format(says=self.says)


@dataclass(frozen=True)
class BoundReason(Timeless):
    """The same for every case."""

    rule: AlwaysReason

    def outcome(self, day: date) -> Outcome:  # noqa: ARG002 - the same on every day
        return Outcome(Status.NEEDS_REASON, self.rule.says)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:
    return AlwaysReason(head, applies, fields["says"].rstrip("."))


KIND = KindOfRule(says=_("a reason is always asked for"), fields={"says": "text"}, build=_build)
