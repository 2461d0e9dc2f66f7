"""Blood thinners: whether one is held, or shared with the prescriber, or nobody has asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clinicdesk.domain.rows.safety import SafetyHold
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import ASK, Found
from clinicdesk.safety.holds import HOLD, SHARED
from clinicdesk.safety.session import Session


def checks(session: Session, holds: Sequence[SafetyHold]) -> Iterator[Found]:
    """One of the three, or nothing."""
    if session.patient.drugs is None:
        sentence = _("Nobody has asked about blood thinners yet.")
        yield Found("thinner.not_asked", ASK, (), sentence)
        return
    for check, action in (("thinner.hold", HOLD), ("thinner.shared", SHARED)):
        meant = [each for each in holds if each.action == action]
        if meant:
            words = tuple(dict.fromkeys(each.written for each in meant))
            sentence = " ".join(each.sentence for each in meant)
            yield Found(check, ASK, words, sentence, verify=any(each.verify for each in meant))
            return
