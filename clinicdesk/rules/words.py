"""What a rule concerns, in words: for a readable table of a pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from clinicdesk.rules.case import GROUPS, PROCEDURES

if TYPE_CHECKING:
    from clinicdesk.rules.pack import Selector

_GROUPS = {
    "esi": "epidurals",
    "facet": "facet blocks",
    "rfa": "facet radiofrequency",
    "sij": "SI joint injections and radiofrequency",
    "tpi": "trigger points",
    "joint": "joint and soft-tissue injections",
    "nerve": "nerve blocks",
    "sympathetic": "sympathetic blocks",
}
_PROCEDURES = {
    "esi.interlaminar": "interlaminar epidurals",
    "esi.transforaminal": "transforaminal epidurals",
    "esi.caudal": "caudal epidurals",
    "facet.block": "facet blocks",
    "facet.rfa": "facet radiofrequency",
    "sij.injection": "SI joint injections",
    "sij.rfa": "SI joint radiofrequency",
    "tpi": "trigger points",
    "joint.injection": "joint injections",
    "soft_tissue.injection": "soft-tissue injections",
    "nerve.block": "nerve blocks",
    "sympathetic.block": "sympathetic blocks",
}
_SCOPES = {
    "patient": "patient",
    "region": "spinal region",
    "spot": "site and side",
    "muscles": "part of the body",
}
_LOOKS_AT = {
    "limits": "session of that day",
    "dose": "session of that day",
    "mix": "that day",
    "later": "later bookings",
}


def group_name(group: str) -> str:
    """``epidurals``."""
    return _GROUPS[group]


def procedure_name(procedure: str) -> str:
    """``interlaminar epidurals``."""
    return _PROCEDURES[procedure]


def listed(names: Sequence[str], joint: str = "and") -> str:
    """``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def plans(selector: Selector) -> str:
    """Which plans a rule applies to: ``diagnostic facet blocks``."""
    return _selected(selector, " with a steroid")


def entries(selector: Selector) -> str:
    """Which entries count as a session: an unknown steroid counts as one."""
    return _selected(selector, ", unless given without a steroid")


def scope(rule: Any) -> str:  # noqa: ANN401 - only some kinds of rule have a scope
    """What the rule looks at: ``spinal region``."""
    found = getattr(rule, "scope", None)
    return _SCOPES[found.value] if found else _LOOKS_AT.get(rule.head.kind, "plan")


def _selected(selector: Selector, with_steroids: str) -> str:
    text = listed(tuple(_named(selector.covers)))
    if selector.intent is not None:
        text = f"{selector.intent.value} {text}"
    if selector.steroids:
        text += with_steroids
    if selector.regions:
        text += f" in the {listed(sorted(selector.regions), 'or')} region"
    return text


def _named(covers: frozenset[str]) -> Iterable[str]:
    """Whole groups by their name, else their procedures one by one."""
    for group in GROUPS:
        every = [procedure for procedure, kind in PROCEDURES.items() if kind.group == group]
        meant = [procedure for procedure in every if procedure in covers]
        if meant == every:
            yield _GROUPS[group]
        else:
            yield from (_PROCEDURES[procedure] for procedure in meant)
