"""The lines of the list: ids under their group's heading, folded or not. Pure, and cheap at any
length: nothing is done per id but looking one up."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from clinicdesk.domain.rows.due import DueGroup, DueList
from clinicdesk.domain.translation import _

TITLES: dict[DueGroup, str] = {
    DueGroup.OVERDUE: _("Overdue"),
    DueGroup.NOW: _("This week"),
    DueGroup.SOON: _("Next weeks"),
    DueGroup.HOLDING: _("Holding"),
    DueGroup.BOOKED: _("Booked"),
    DueGroup.SNOOZED: _("Put aside"),
    DueGroup.LAPSED: _("Long overdue"),
}
FOLDED = frozenset({DueGroup.HOLDING, DueGroup.BOOKED, DueGroup.SNOOZED, DueGroup.LAPSED})
"""What is not for today: folded until somebody opens it."""


@dataclass(frozen=True)
class Heading:
    """The line over a group."""

    group: DueGroup
    count: int
    folded: bool


@dataclass(frozen=True)
class Sections:
    """Which line of the list shows what.

    Attributes:
        ids: of all rows, in order, group after group; None where it is not here yet.
        groups: the groups in that order with their counts; empty ones are left out.
        folded: groups of which only the heading shows.
    """

    ids: tuple[int | None, ...] = ()
    groups: tuple[tuple[DueGroup, int], ...] = ()
    folded: frozenset[DueGroup] = field(default=FOLDED)

    @cached_property
    def _starts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """First line and first id of each group."""
        lines, places, line, place = [], [], 0, 0
        for group, count in self.groups:
            lines.append(line)
            places.append(place)
            line += 1 + (0 if group in self.folded else count)
            place += count
        return tuple(lines), tuple(places)

    @cached_property
    def lines(self) -> int:
        """How many lines there are."""
        return sum(1 + (0 if g in self.folded else count) for g, count in self.groups)

    @cached_property
    def whole(self) -> bool:
        """Whether every id is here."""
        return None not in self.ids

    def completes(self, other: Sections) -> bool:
        """Whether this is the other one with all ids, every known one where it was."""
        return (
            self.whole
            and not other.whole
            and (self.groups, self.folded) == (other.groups, other.folded)
            and all(old in {None, new} for old, new in zip(other.ids, self.ids, strict=True))
        )

    @cached_property
    def _places(self) -> dict[int | None, int]:
        return dict(zip(self.ids, range(len(self.ids)), strict=True))

    def at(self, line: int) -> Heading | int | None:
        """The heading or the row's id on a line; None where the id is not here yet."""
        lines, places = self._starts
        index = bisect_right(lines, line) - 1
        group, count = self.groups[index]
        if line == lines[index]:
            return Heading(group, count, group in self.folded)
        return self.ids[places[index] + line - lines[index] - 1]

    def line_of(self, number: int) -> int | None:
        """The line of an id; None where it is folded away or not on the list."""
        place = self._places.get(number)
        if place is None:
            return None
        lines, places = self._starts
        index = bisect_right(places, place) - 1
        if self.groups[index][0] in self.folded:
            return None
        return lines[index] + 1 + place - places[index]

    def holds(self, number: int) -> bool:
        """Whether the id is on the list, folded away or not."""
        return number in self._places

    def headings(self) -> tuple[int, ...]:
        """The lines that are headings."""
        return self._starts[0]

    def shown(self) -> tuple[int, ...]:
        """The ids on lines, in order, as far as they are here."""
        __, places = self._starts
        found: list[int] = []
        for (group, count), place in zip(self.groups, places, strict=True):
            if group not in self.folded:
                found.extend(n for n in self.ids[place : place + count] if n is not None)
        return tuple(found)

    @cached_property
    def _shown(self) -> frozenset[int]:
        return frozenset(self.shown())

    def hidden(self, numbers: set[int]) -> int:
        """How many of these ids have no line."""
        return len(numbers) - len(numbers & self._shown)

    def between(self, first: int, last: int) -> tuple[int, ...]:
        """The ids on the lines from ``first`` to ``last``, both included, in either direction,
        as far as they are here."""
        low, high = max(0, min(first, last)), min(self.lines - 1, max(first, last))
        found = (self.at(line) for line in range(low, high + 1))
        return tuple(item for item in found if isinstance(item, int))


def sections_of(
    answer: DueList, folded: frozenset[DueGroup], wanted: frozenset[DueGroup] = frozenset()
) -> Sections:
    """The lines of an answer. Counts go around the filter of groups, the ids do not: only the
    groups that are ``wanted`` (empty: all) have lines."""
    groups = tuple(
        (group, count)
        for group, count in answer.groups
        if count > 0 and (not wanted or group in wanted)
    )
    if answer.first is None:
        return Sections(answer.ids, groups, folded)
    known, ids = dict(answer.first), []
    for group, count in groups:
        ids += [*known[group][:count], *[None] * (count - len(known[group]))]
    return Sections(tuple(ids), groups, folded)
