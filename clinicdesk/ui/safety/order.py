"""What comes first among a patient's chips: that which the checks name for what is planned."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.ui.widgets import Danger

_RANKS = {SafetyLevel.REASON: 0, SafetyLevel.ASK: 2, SafetyLevel.NOTE: 3}
_HELD, _REST = 1, 4
_PREGNANCY = "pregnancy.present"


class ForThis:
    """The order for one plan, or for all that is planned in a visit.

    First what needs a physician's reason, then drugs that are held, then what is to be asked, then
    what is noted; the others last.
    """

    def __init__(self, cards: Iterable[SafetyCard]) -> None:
        self._named: dict[str, int] = {}
        self._pregnant = _REST
        for card in cards:
            for finding in card.findings:
                rank = _RANKS[finding.level]
                if finding.check == _PREGNANCY:
                    self._pregnant = min(self._pregnant, rank)
                self._name(finding.because, rank)
            self._name((h.written for h in card.holds if h.action != "none"), _HELD)

    def _name(self, words: Iterable[str], rank: int) -> None:
        for each in words:
            self._named[each] = min(rank, self._named.get(each, _REST))

    def rank(self, danger: Danger) -> int:
        """The smaller, the earlier; a drug is named by the checks with its dose."""
        if danger.kind == "pregnant":
            return self._pregnant
        ranks = [
            rank
            for words, rank in self._named.items()
            if words == danger.name or words.startswith(f"{danger.name} ")
        ]
        return min(ranks, default=_REST)
