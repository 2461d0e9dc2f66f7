"""Reads the due list's own numbers, ``due.toml``."""

from __future__ import annotations

from collections.abc import Mapping

from clinicdesk.catalogue.procedure_parts import span
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.spans import Span
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import DueTerms

_WAITS = ("block_patience", "due_now", "due_soon", "lapsed", "letter_again")
_RELIEF = "good_relief"
_HUNDRED = 100


def read_terms(table: Table) -> dict[str, int | Span]:
    """``[terms]`` by name: a percent, or a wait; each with its source."""
    found: dict[str, int | Span] = {}
    for name, part in table.each():
        if name == _RELIEF:
            found[name] = part.whole("percent")
            if not 1 <= part.whole("percent") <= _HUNDRED:
                part.fail("percent", _("expected 1 to 100."))
        elif name in _WAITS:
            found[name] = _wait(name, part)
        else:
            table.fail(
                name,
                _("is unknown; expected one of {relief}, {waits}.").format(
                    relief=_RELIEF, waits=", ".join(_WAITS)
                ),
            )
        part.text("source")
        part.flag("verify", default=False)
        part.done()
    return found


def _wait(name: str, table: Table) -> Span:
    wait = span(table, "wait")
    months = wait.unit == "month"
    if months != (name == "lapsed"):
        wanted = _("months") if name == "lapsed" else _("days or weeks")
        table.fail("wait", _("expected {wanted}.").format(wanted=wanted))
    return wait


def due_terms(found: Mapping[str, int | Span]) -> DueTerms:
    """The terms as one value."""
    waits = {name: value for name, value in found.items() if isinstance(value, Span)}
    percent = found[_RELIEF]
    assert isinstance(percent, int)
    return DueTerms(
        good_percent=percent,
        block_patience=waits["block_patience"],
        now_days=_days(waits["due_now"]),
        soon_days=_days(waits["due_soon"]),
        lapsed_months=waits["lapsed"].count,
        letter_days=_days(waits["letter_again"]),
    )


def _days(wait: Span) -> int:
    return wait.count * (7 if wait.unit == "week" else 1)
