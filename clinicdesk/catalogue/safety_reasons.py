"""Reads ``safety/reasons.toml``: what a physician chooses from, and when a hold's steps are due."""

from __future__ import annotations

from collections.abc import Mapping

from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.rows.holds import HoldTerms
from clinicdesk.domain.rows.reviews import OTHER, SafetyReason
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import CHECKS, OWN

_WAITS = ("ask", "tell", "doubt")
_LONGEST = 90


def read_reasons(table: Table) -> dict[str, SafetyReason]:
    """``[reasons]`` by id, in the order in which they are offered."""
    found = {}
    for key, part in table.each():
        checks = part.texts("checks", ())
        for check in checks:
            if check not in (*CHECKS, *OWN):
                part.fail("checks", _("there is no check “{check}”.").format(check=check))
        found[key] = SafetyReason(
            id=key,
            text=part.text("text"),
            checks=checks,
            needs_words=part.flag("needs_words", default=False),
        )
        part.done()
    return found


def check_other(table: Table, reasons: Mapping[str, SafetyReason]) -> None:
    """One reason is left for what no other says, and it wants a sentence."""
    if OTHER not in reasons or not reasons[OTHER].needs_words or reasons[OTHER].checks:
        table.fail(OTHER, _("is needed, for every check, with needs_words = true."))


def read_waits(table: Table) -> dict[str, int]:
    """``[tracking]``: days before the last dose, by step."""
    found = {}
    for key, part in table.each():
        if key not in _WAITS:
            table.fail(
                key, _("is unknown; expected one of {known}.").format(known=", ".join(_WAITS))
            )
        found[key] = part.whole("days")
        if not 0 <= found[key] <= _LONGEST:
            part.fail("days", _("expected 0 to {most}.").format(most=_LONGEST))
        part.text("source")
        part.flag("verify", default=False)
        part.done()
    return found


def hold_terms(waits: Mapping[str, int]) -> HoldTerms:
    """The waits as one value."""
    return HoldTerms(ask_days=waits["ask"], tell_days=waits["tell"], doubt_days=waits["doubt"])
