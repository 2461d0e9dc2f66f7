"""Reads colour families, ``families.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.procedures import Family, FamilyColours
from clinicdesk.domain.translation import _

GLYPHS = (
    *("diamond", "dots", "bolt", "ring", "triangle", "hexagon", "cross", "square", "pulse"),
    *("drop", "star", "bars"),
)
"""The drawings there are: a family is told by its colour and by one of them."""
_THEMES = ("light", "dark")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
_LONGEST_RELIEF = 60
_LONGEST_LABEL, _LONGEST_CHIP = 12, 10
"""Letters that fit on a button of the booking panel and on a chip of the due list."""


def read_families(table: Table) -> dict[str, Family]:
    """``[families]`` by code, in the order in which they are shown."""
    return {code: _family(code, part) for code, part in table.each()}


def check_visits(table: Table, families: Mapping[str, Family]) -> None:
    """Appointments without a procedure are shown as one family, and that one is known."""
    visits = [code for code, family in families.items() if family.visits]
    if len(visits) != 1:
        named = ", ".join(visits) or "none"
        table.fail(
            None,
            _("one family must say “visits = true”; here it is said by: {named}.").format(
                named=named
            ),
        )


def _family(code: str, table: Table) -> Family:
    colours = table.table("colours")
    months, source = _relief(table)
    family = Family(
        code=code,
        name=table.text("name"),
        label=_short(table, "label", _LONGEST_LABEL),
        chip=_short(table, "chip", _LONGEST_CHIP),
        glyph=table.choice("glyph", GLYPHS),
        visits=table.flag("visits", default=False),
        colours={theme: _colours(colours.table(theme)) for theme in _THEMES},
        relief_months=months,
        relief_source=source,
    )
    colours.done()
    table.done()
    return family


def _short(table: Table, key: str, longest: int) -> str:
    text = table.text(key)
    if len(text) > longest:
        table.fail(
            key,
            _("“{text}” is longer than {longest} letters: it would not fit there.").format(
                text=text, longest=longest
            ),
        )
    return text


def _colours(table: Table) -> FamilyColours:
    found = {}
    for key in ("strong", "tint", "border", "done"):
        found[key] = table.text(key)
        if not _COLOUR.fullmatch(found[key]):
            table.fail(key, _("expected a colour like “#2A5EC2”."))
    table.done()
    return FamilyColours(**found)


def _relief(table: Table) -> tuple[tuple[int, int] | None, str]:
    relief = table.maybe_table("relief")
    if relief is None:
        return None, ""
    least, most = relief.whole("least_months"), relief.whole("most_months")
    if not 1 <= least <= most <= _LONGEST_RELIEF:
        relief.fail(
            "most_months",
            _("expected 1 to {longest_relief}, least_months or more.").format(
                longest_relief=_LONGEST_RELIEF
            ),
        )
    source = relief.text("source")
    relief.flag("verify", default=False)
    relief.done()
    return (least, most), source
