"""Reads what is measured on the day, ``measures.toml``."""

from __future__ import annotations

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.measures import GLUCOSE, INR, Measure
from clinicdesk.domain.translation import _


def read_measures(table: Table) -> dict[str, Measure]:
    """``[measures]`` by key."""
    found = {}
    for key, part in table.each():
        low, high = part.number("low"), part.number("high")
        if low >= high:
            part.fail("high", _("expected low and high, 0 < low < high."))
        what = part.choice("what", (GLUCOSE, INR))
        found[key] = Measure(key, what, part.text("name"), part.text("unit", ""), low, high)
        part.text("source")
        part.flag("verify", default=False)
        part.done()
    return found
