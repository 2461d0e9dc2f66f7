"""What the program knows of procedures: one value, read from the files, handed to all who ask.

Nothing else in the program holds a list of procedures, groups or families.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType

from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.procedures import Family, Following, Group, Procedure
from clinicdesk.domain.readings import Scales
from clinicdesk.domain.site_names import NO_NAMES, SiteNames
from clinicdesk.domain.spans import Span
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class DueTerms:
    """The due list's own numbers (``due.toml``).

    Attributes:
        good_percent: relief below which it counts as over, in percent.
        block_patience: a next diagnostic step that is possible for longer than this is overdue.
        now_days, soon_days: how long before it is due a row stands under *now* and under *soon*.
        lapsed_months: overdue and last done longer ago than this has lapsed.
        letter_days: so long after a letter no second one is offered first.
    """

    good_percent: int
    block_patience: Span
    now_days: int
    soon_days: int
    lapsed_months: int
    letter_days: int


@dataclass(frozen=True)
class Vocabulary:
    """Groups, families, procedures and scales by id, in the order of their files; never changed.

    ``names``: what names of sites mean; a clinic's own new ones among them.
    """

    groups: Mapping[str, Group]
    families: Mapping[str, Family]
    procedures: Mapping[str, Procedure]
    scales: Scales
    due: DueTerms
    names: SiteNames = NO_NAMES

    def procedure(self, procedure_id: str) -> Procedure:
        """The procedure, or NotFound with a sentence."""
        if procedure_id not in self.procedures:
            known = ", ".join(self.procedures)
            raise NotFound(
                _("There is no procedure “{procedure_id}”. Known are: {known}.").format(
                    procedure_id=procedure_id, known=known
                )
            )
        return self.procedures[procedure_id]

    def group_of(self, procedure_id: str) -> str:
        """The group of a procedure that is known."""
        return self.procedures[procedure_id].group

    def of_group(self, group: str) -> tuple[Procedure, ...]:
        """The procedures of a group."""
        return tuple(kind for kind in self.procedures.values() if kind.group == group)

    def followed(self, procedure_id: str, intent: str) -> Following | None:
        """How the due list follows a session; None: not at all.

        One of a procedure that no file describes (any more) is followed by its own name: it
        stands on the list with a sentence, not silently nowhere.
        """
        if procedure_id not in self.procedures:
            return Following(track=procedure_id)
        return self.procedures[procedure_id].followed(intent)

    def for_a_clinic(self) -> Vocabulary:
        """The same, with names of sites that one clinic may add to."""
        names = self.names.for_a_clinic()
        kinds = {key: replace(kind, names=names) for key, kind in self.procedures.items()}
        return replace(self, names=names, procedures=MappingProxyType(kinds))

    @cached_property
    def digest(self) -> str:
        """Of all that is in it: another one, and what rests on it is made anew."""
        return sha256(repr(self).encode()).hexdigest()

    @cached_property
    def pain(self) -> tuple[str, ...]:
        """The scales of pain; the first is the usual one."""
        return tuple(key for key, scale in self.scales.items() if scale.kind == "pain")

    @property
    def usual_scale(self) -> str:
        """The scale of pain that is taken where nobody chose one."""
        return self.pain[0]

    @cached_property
    def shown_families(self) -> tuple[Family, ...]:
        """The families that a person can meet: those with a procedure, and that of visits."""
        used = {kind.family for kind in self.procedures.values()}
        return tuple(f for f in self.families.values() if f.code in used or f.visits)

    @cached_property
    def covers(self) -> Mapping[str, frozenset[str]]:
        """Track of a treatment to the tracks of what leads to it: done, it covers those too."""
        found: dict[str, set[str]] = {}
        for kind in self.procedures.values():
            for following in kind.following:
                goal = self.procedures.get(following.leads_to)
                for after in goal.following if goal else ():
                    if after.track != following.track and not after.leads_to:
                        found.setdefault(after.track, set()).add(following.track)
        return {track: frozenset(tracks) for track, tracks in found.items()}
