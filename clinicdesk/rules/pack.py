"""A pack: rules as data, with their sources. Files are read by the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clinicdesk.domain.procedures import Intent, Steroid
from clinicdesk.rules.calendar import Span
from clinicdesk.rules.case import PROCEDURES, Entry, Plan
from clinicdesk.rules.kinds.base import Rule


@dataclass(frozen=True)
class Selector:
    """Which plans and entries are meant; an empty part means "any".

    Attributes:
        steroids: leaves out what is known to be without steroid.
    """

    groups: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    intent: Intent | None = None
    steroids: bool = False

    def matches(self, item: Plan | Entry) -> bool:
        """Whether the plan or entry is one of those meant."""
        given: tuple[Steroid, ...] | None = item.steroids
        return (
            (not self.groups or PROCEDURES[item.procedure].group in self.groups)
            and (not self.procedures or item.procedure in self.procedures)
            and (self.intent is None or item.intent is self.intent)
            and not (self.steroids and given == ())
        )


@dataclass(frozen=True)
class SessionKind:
    """A kind of session that rules count: ``esi``, ``facet.diagnostic``; ``name`` for sentences."""

    id: str
    name: str
    selector: Selector


@dataclass(frozen=True)
class Pack:
    """All rules of one payer or clinic.

    Attributes:
        version: of the file's content.
        effective_from: first day for which the text is known to hold.
        partial: sentence that says what is not checked; empty for a whole pack.
        rules: in the order of the contract's table.
    """

    id: str
    title: str
    version: str
    effective_from: date
    source: str
    partial: str
    kinds: Mapping[str, SessionKind]
    rules: tuple[Rule, ...]

    @property
    def spans(self) -> frozenset[Span]:
        """Every duration any rule uses: where answers may change."""
        return frozenset(span for rule in self.rules for span in rule.spans)
