"""Blood thinners: whether one is held, or shared with the prescriber, or nobody has asked.

A drug that may be a misspelt blood thinner is asked back: no warning would come from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clinicdesk.domain.rows.safety import SafetyHold
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import ASK, Found, quoted
from clinicdesk.safety.holds import HOLD, SHARED
from clinicdesk.safety.session import Session


def checks(session: Session, holds: Sequence[SafetyHold]) -> Iterator[Found]:
    """One of the three, or nothing."""
    if session.patient.drugs is None:
        sentence = _("Nobody has asked about blood thinners yet.")
        yield Found("thinner.not_asked", ASK, (), sentence)
        return
    yield from _unclear(session)
    for check, action in (("thinner.hold", HOLD), ("thinner.shared", SHARED)):
        meant = [each for each in holds if each.action == action]
        if meant:
            words = tuple(dict.fromkeys(each.written for each in meant))
            sentence = " ".join(each.sentence for each in meant)
            yield Found(check, ASK, words, sentence, verify=any(each.verify for each in meant))
            return


def _unclear(session: Session) -> Iterator[Found]:
    near = {
        written: names
        for written in session.patient.drugs or ()
        if (names := session.knowledge.thinner_words.near(written))
    }
    if near:
        meant = quoted(tuple(name for each in near.values() for name in each))
        said = _("{words} is no drug that is known here. Is {names} meant? Correct the drug.")
        sentence = said.format(words=quoted(tuple(near)), names=meant)
        yield Found("thinner.unclear", ASK, tuple(near), sentence)
