"""What a rule concerns, in words: for a readable table of a pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clinicdesk.domain.lists import listed
from clinicdesk.domain.translation import _
from clinicdesk.rules.selector import Selector

_SCOPES = {
    "patient": _("patient"),
    "region": _("spinal region"),
    "spot": _("site and side"),
    "muscles": _("part of the body"),
}
_LOOKS_AT = {
    "limits": _("session of that day"),
    "dose": _("session of that day"),
    "mix": _("that day"),
    "later": _("later bookings"),
}


def plans(selector: Selector) -> str:
    """Which plans a rule applies to: ``diagnostic facet blocks``."""
    return _selected(selector, _("{text} with a steroid"))


def entries(selector: Selector) -> str:
    """Which entries count as a session: an unknown steroid counts as one."""
    return _selected(selector, _("{text}, unless given without a steroid"))


def scope(rule: Any) -> str:  # noqa: ANN401 - only some kinds of rule have a scope
    """What the rule looks at: ``spinal region``."""
    found = getattr(rule, "scope", None)
    return _SCOPES[found.value] if found else _LOOKS_AT.get(rule.head.kind, "plan")


def _selected(selector: Selector, with_steroids: str) -> str:
    text = listed(tuple(_named(selector)))
    if selector.intent is not None:
        text = f"{selector.intent.value} {text}"
    if selector.steroids:
        text = with_steroids.format(text=text)
    if selector.regions:
        regions = listed(sorted(selector.regions), "or")
        text = _("{text} in the {regions} region").format(text=text, regions=regions)
    return text


def _named(selector: Selector) -> Iterable[str]:
    """Whole groups by their name, else their procedures one by one."""
    vocabulary, covers = selector.vocabulary, selector.covers
    for key, group in vocabulary.groups.items():
        every = vocabulary.of_group(key)
        meant = [kind for kind in every if kind.id in covers]
        if every and len(meant) == len(every):
            yield group.counted
        else:
            yield from (kind.counted for kind in meant)
