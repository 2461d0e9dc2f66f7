"""Reads the scales of pain and function, ``scales.toml``."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.readings import Scale
from clinicdesk.domain.translation import _

_KINDS = ("pain", "function")


def read_scales(table: Table) -> dict[str, Scale]:
    """``[scales]`` by key."""
    found = {}
    for key, part in table.each():
        low, high = part.whole("low"), part.whole("high")
        if not 0 <= low < high:
            part.fail("high", _("expected low and high, 0 ≤ low < high."))
        found[key] = Scale(
            key, part.text("name"), Decimal(low), Decimal(high), part.choice("kind", _KINDS)
        )
        part.text("source")
        part.done()
    return found
