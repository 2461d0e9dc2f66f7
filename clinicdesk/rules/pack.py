"""A pack: rules as data, with their sources. Files are read by the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from clinicdesk.domain.procedures import Intent, Steroid
from clinicdesk.rules.case import PROCEDURES, Entry, Plan, regions_of
from clinicdesk.rules.kinds.base import Rule


@dataclass(frozen=True)
class Selector:
    """Which plans and entries are meant; an empty part means "any".

    Attributes:
        steroids: of a plan, that it lists one; of an entry, that it is not known to be without.
        regions: at least one site is in one of these coverage regions.
    """

    groups: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    intent: Intent | None = None
    steroids: bool = False
    regions: frozenset[str] = frozenset()

    @cached_property
    def covers(self) -> frozenset[str]:
        """The procedure ids that may be meant."""
        return frozenset(
            procedure
            for procedure, kind in PROCEDURES.items()
            if (not self.groups or kind.group in self.groups)
            and (not self.procedures or procedure in self.procedures)
        )

    def matches(self, item: Plan | Entry) -> bool:
        """Whether the plan or entry is one of those meant."""
        if item.procedure not in self.covers:
            return False
        if self.intent is not None and item.intent is not self.intent:
            return False
        given: tuple[Steroid, ...] | None = item.steroids
        if self.steroids and given == ():
            return False
        return not self.regions or bool(self.regions & regions_of(item.sites))


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
        effective_from: first day for which the text is known to hold. Rules as old as this speak
            for earlier days too (nothing older is known); newer ones begin on their own day.
        partial: sentence that says what is not checked; empty for a whole pack.
        payers: names of payers, folded, whose patients it is for.
        muscles: name of a muscle, folded, to the part of the body it is counted under.
        rules: in the order in which findings are shown.
    """

    id: str
    title: str
    version: str
    effective_from: date
    source: str
    partial: str
    kinds: Mapping[str, SessionKind]
    rules: tuple[Rule, ...]
    payers: tuple[str, ...] = ()
    muscles: Mapping[str, str] = field(default_factory=dict)
