"""One fact that both engines name is one line: a danger with the payer's rule beside it.

A rule of a pack says in ``same_as`` which safety checks speak of the same fact. Where such a check
has found a danger, the rule's *needs reason* asks for nothing more than the danger does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.domain.states import SafetyLevel, VerdictStatus

_WORST_FIRST = tuple(status.value for status in VerdictStatus)


def shared(verdict: VerdictCard | None, safety: SafetyCard | None) -> Mapping[str, FindingRow]:
    """By check: the finding of the interval rules that names the same fact as its danger."""
    if verdict is None or safety is None:
        return {}
    dangers = {finding.check for finding in safety.of_level(SafetyLevel.REASON)}
    return {
        check: row
        for row in verdict.findings
        if row.status == VerdictStatus.NEEDS_REASON
        for check in row.same_as
        if check in dangers
    }


def without_shared(verdict: VerdictCard, safety: SafetyCard | None) -> VerdictCard:
    """The verdict as it stands beside the dangers: what they say already is left out."""
    said = {row.rule for row in shared(verdict, safety).values()}
    if not said:
        return verdict
    left = tuple(row for row in verdict.findings if row.rule not in said)
    found = {row.status for row in left}
    status = next((one for one in _WORST_FIRST if one in found), VerdictStatus.OK.value)
    return replace(verdict, findings=left, status=status, said_above=True)
