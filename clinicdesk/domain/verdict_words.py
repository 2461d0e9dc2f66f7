"""What is said of a verdict that was acted upon: on the signed record and in its note."""

from __future__ import annotations

from clinicdesk.domain.rows.log import KeptVerdict
from clinicdesk.domain.states import VerdictStatus

NO_RULE = "No interval rule for this"
PARTIAL = "Within the caps and gaps checked"
_STATUSES = {
    VerdictStatus.OK: "Within limits",
    VerdictStatus.NOT_BEFORE: "Before the first allowed day",
    VerdictStatus.NEEDS_REASON: "Needed a reason",
    VerdictStatus.CANNOT_DETERMINE: "Could not be determined",
}


def answer_words(kept: KeptVerdict) -> str:
    """What the interval rules said; never more consent than there was."""
    if kept.status == VerdictStatus.OK and kept.partial:
        return PARTIAL
    if kept.status == VerdictStatus.OK and not kept.ruled:
        return NO_RULE
    words = {status.value: said for status, said in _STATUSES.items()}
    return words.get(kept.status, kept.status)
