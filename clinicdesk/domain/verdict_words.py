"""What is said of a verdict that was acted upon: on the signed record and in its note."""

from __future__ import annotations

from clinicdesk.domain.rows.log import KeptVerdict
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _

NO_RULE = _("No interval rule for this")
PARTIAL = _("Within the caps and gaps checked")
MORE_ASKED = _("Within limits; the payer asks for more")
ALSO_ASKS = _("The payer also asks")
_STATUSES = {
    VerdictStatus.OK: _("Within limits"),
    VerdictStatus.NOT_BEFORE: _("Before the first allowed day"),
    VerdictStatus.NEEDS_REASON: _("Needed a reason"),
    VerdictStatus.CANNOT_DETERMINE: _("Could not be determined"),
}


def also_asked(message: str) -> str:
    """What the payer asks for besides, as a sentence of its own."""
    return _("The payer also asks: {message}").format(message=message)


def was_assumed(payer: str) -> str:
    """That the rules of a signed record were not known to be the payer's."""
    return _("Rules only assumed: “{payer}” was not mapped to rules when this was signed.").format(
        payer=payer
    )


def answer_words(kept: KeptVerdict) -> str:
    """What the interval rules said; never more consent than there was."""
    if kept.status == VerdictStatus.OK and (kept.partial or kept.assumed):
        return PARTIAL
    if kept.status == VerdictStatus.OK and not kept.ruled:
        return NO_RULE
    if kept.status == VerdictStatus.OK and kept.beside:
        return MORE_ASKED
    words = {status.value: said for status, said in _STATUSES.items()}
    return words.get(kept.status, kept.status)
