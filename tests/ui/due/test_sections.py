"""Ids under their headings: every line is one thing, and every shown id has one line."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.domain.rows.due import DueGroup, DueList
from clinicdesk.ui.due.sections import Heading, Sections, sections_of

GROUPS = tuple(DueGroup)


@st.composite
def lists(draw: st.DrawFn) -> Sections:
    counts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=len(GROUPS)))
    groups = tuple(zip(GROUPS, counts, strict=False))
    folded = draw(st.frozensets(st.sampled_from(GROUPS)))
    return Sections(tuple(range(100 + sum(counts), 100, -1)), groups, folded)


def by_hand(sections: Sections) -> list[Heading | int]:
    lines: list[Heading | int] = []
    rest = list(sections.ids)
    for group, count in sections.groups:
        folded = group in sections.folded
        lines.append(Heading(group, count, folded))
        here, rest = rest[:count], rest[count:]
        lines += [] if folded else here
    return lines


@given(lists())
def test_lines_are_what_one_would_write_down_by_hand(sections: Sections) -> None:
    lines = by_hand(sections)
    assert sections.lines == len(lines)
    assert [sections.at(line) for line in range(sections.lines)] == lines
    shown = [item for item in lines if isinstance(item, int)]
    assert list(sections.shown()) == shown
    for number in sections.ids:
        line = sections.line_of(number)
        assert line == (lines.index(number) if number in shown else None)
        assert sections.holds(number)
    assert sections.hidden(set(sections.ids)) == len(sections.ids) - len(shown)
    assert [lines[n] for n in sections.headings()] == [
        item for item in lines if isinstance(item, Heading)
    ]


@given(lists(), st.integers(0, 40), st.integers(0, 40))
def test_a_range_holds_the_ids_between_two_lines(sections: Sections, one: int, two: int) -> None:
    lines = by_hand(sections)
    low, high = min(one, two), max(one, two)
    wanted = [item for item in lines[low : high + 1] if isinstance(item, int)]
    assert list(sections.between(one, two)) == wanted


def test_an_unknown_id_has_no_line() -> None:
    sections = Sections((1, 2), ((DueGroup.NOW, 2),), frozenset())
    assert sections.line_of(3) is None
    assert not sections.holds(3)


def test_a_count_that_cannot_be_shows_no_line() -> None:
    answer = DueList(date(2026, 11, 24), (), ((DueGroup.NOW, -1),), (), (), None,
                     ((DueGroup.NOW, ()),))  # fmt: skip
    assert sections_of(answer, frozenset()).lines == 0


def test_counts_go_around_the_filter_of_groups_and_the_lines_do_not() -> None:
    answer = DueList(
        date(2026, 11, 24), (7, 8),
        ((DueGroup.OVERDUE, 5), (DueGroup.NOW, 2), (DueGroup.SOON, 0)), (), (), None,
    )  # fmt: skip
    sections = sections_of(answer, frozenset(), frozenset({DueGroup.NOW}))
    assert sections.groups == ((DueGroup.NOW, 2),)
    assert sections.shown() == (7, 8)
