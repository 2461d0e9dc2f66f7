"""Which plans and entries a rule means, and which sessions it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from clinicdesk.domain.procedures import Intent, Steroid
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.case import Entry, Plan, regions_of


@dataclass(frozen=True)
class Selector:
    """Which plans and entries are meant; an empty part means "any".

    Attributes:
        vocabulary: of the procedures it selects from.
        steroids: of a plan, that it lists one; of an entry, that it is not known to be without.
        regions: at least one site is in one of these coverage regions.
    """

    vocabulary: Vocabulary = field(compare=False, repr=False)
    groups: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    intent: Intent | None = None
    steroids: bool = False
    regions: frozenset[str] = frozenset()

    @cached_property
    def covers(self) -> frozenset[str]:
        """The procedure ids that may be meant."""
        return frozenset(
            key
            for key, kind in self.vocabulary.procedures.items()
            if (not self.groups or kind.group in self.groups)
            and (not self.procedures or key in self.procedures)
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

    def among(self, history: Iterable[Entry]) -> list[Entry]:
        """The entries that are meant. In a long history most are of another procedure."""
        covers = self.covers
        return [entry for entry in history if entry.procedure in covers and self.matches(entry)]


@dataclass(frozen=True)
class SessionKind:
    """A kind of session that rules count: ``esi``, ``facet.diagnostic``; ``name`` for sentences."""

    id: str
    name: str
    selector: Selector
