"""The procedure families as they look: colours of the theme in use, names and glyphs.

Which there are the clinic's files say; ``use_families`` is called once they are read. Until then,
and in tools that open no clinic, they are those that came with the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from clinicdesk.ui.theme import current

if TYPE_CHECKING:  # the look is loaded before the first window; no procedure is needed for it
    from clinicdesk.domain import procedures


@dataclass(frozen=True)
class Family:
    """A family in the theme in use; the names as in the catalogue."""

    code: str
    name: str
    label: str
    chip: str
    glyph: str
    visits: bool
    strong: QColor
    tint: QColor
    border: QColor
    done: QColor


class _State:
    known: tuple[procedures.Family, ...] = ()


def use_families(families: Iterable[procedures.Family]) -> None:
    """The families to be shown, in their order."""
    _State.known = tuple(families)
    _drawn.cache_clear()


def families() -> tuple[Family, ...]:
    """The families there are, in their order."""
    return tuple(_drawn(current.name()).values())


def family(code: str) -> Family:
    """A family by its code; a visit has none, and what no file describes looks like one."""
    drawn = _drawn(current.name())
    return drawn.get(code) or next(each for each in drawn.values() if each.visits)


def _known() -> tuple[procedures.Family, ...]:
    if not _State.known:
        from clinicdesk.catalogue.loader import load_catalogue

        _State.known = load_catalogue().vocabulary.shown_families
    return _State.known


@cache
def _drawn(theme: str) -> dict[str, Family]:
    return {each.code: _dressed(each, each.colours[theme]) for each in _known()}


def _dressed(each: procedures.Family, colours: procedures.FamilyColours) -> Family:
    return Family(
        each.code, each.name, each.label, each.chip, each.glyph, each.visits,
        QColor(colours.strong), QColor(colours.tint), QColor(colours.border), QColor(colours.done),
    )  # fmt: skip
