"""What is said of a verdict that was acted upon: on the signed record and in its note."""

from __future__ import annotations

from clinicdesk.domain.rows.log import KeptVerdict

NO_RULE = "No interval rule for this"
PARTIAL = "Within the caps and gaps checked"
_STATUSES = {
    "ok": "Within limits",
    "not-before": "Before the first allowed day",
    "needs-reason": "Needed a reason",
    "cannot-determine": "Could not be determined",
}


def answer_words(kept: KeptVerdict) -> str:
    """What the interval rules said; never more consent than there was."""
    if kept.status == "ok" and kept.partial:
        return PARTIAL
    if kept.status == "ok" and not kept.ruled:
        return NO_RULE
    return _STATUSES.get(kept.status, kept.status)
