"""Reads what is measured on the day, ``measures.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.measures import GLUCOSE, INR, PAIN, Measure
from clinicdesk.domain.readings import Scale
from clinicdesk.domain.translation import _


def read_measures(table: Table, scales: Mapping[str, Scale]) -> dict[str, Measure]:
    """``[measures]`` by key."""
    found = {}
    for key, part in table.each():
        what = part.choice("what", (GLUCOSE, INR, PAIN))
        scale = part.choice("scale", scales) if what == PAIN else ""
        low, high = (scales[scale].low, scales[scale].high) if scale else _span(part)
        name, unit = part.text("name"), part.text("unit", "")
        normal = part.number("normal") if part.holds("normal") else None
        found[key] = Measure(key, what, name, unit, low, high, scale, normal)
        part.text("source")
        part.flag("verify", default=False)
        part.done()
    return found


def _span(part: Table) -> tuple[Decimal, Decimal]:
    low, high = part.number("low"), part.number("high")
    if low >= high:
        part.fail("high", _("expected low and high, 0 < low < high."))
    return low, high
