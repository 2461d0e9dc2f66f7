"""What a booking on the command line needs a reason for, and which ``--reason`` answers which.

One sentence answers one need. ``ID=TEXT`` says which; a sentence alone answers a need that stands
alone. A coded reason of the clinic is ``ID=CODE``, or ``ID=CODE: TEXT``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clinicdesk.cli.output import note
from clinicdesk.domain.errors import Invalid, ReasonNeeded
from clinicdesk.domain.one_fact import without_shared
from clinicdesk.domain.rows.reviews import OTHER, GivenReason, SafetyReason
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.safety_reasons import NO_SENTENCE, says_enough
from clinicdesk.domain.states import SafetyLevel, VerdictStatus
from clinicdesk.domain.translation import _, _n

INTERVAL = "interval"
"""The id of what the interval rules ask."""
# Any word before an equals sign names something: a mistyped ID is told, never read as a sentence.
_NAMED = re.compile(r"([A-Za-z][\w.-]*)\s*=\s*(.*)", re.DOTALL)
_ASKING = (VerdictStatus.NOT_BEFORE, VerdictStatus.NEEDS_REASON)


@dataclass(frozen=True)
class Need:
    """Something that wants a reason: ``interval``, or the check that found a danger."""

    id: str
    sentence: str


def needs_of(verdict: VerdictCard, safety: SafetyCard) -> tuple[Need, ...]:
    """What the rules ask, then each danger; a fact that both name is one need."""
    rules = without_shared(verdict, safety)
    found = [Need(each.check, each.sentence) for each in safety.of_level(SafetyLevel.REASON)]
    if rules.status in _ASKING:
        why = [each.message for each in rules.findings if each.status == rules.status]
        found.insert(0, Need(INTERVAL, " ".join(why)))
    return tuple(found)


def answers(needs: Sequence[Need], reasons: Sequence[str], *, notes: bool) -> dict[str, str]:
    """Each need with what was said to it.

    Args:
        needs: what wants a reason.
        reasons: as typed, ``TEXT`` or ``ID=TEXT``.
        notes: a sentence to a danger answers nothing, it goes to the physician who does: one of
            them may go with several dangers.

    Raises:
        Invalid: a reason names what nobody asks, or more than one names nothing.
        ReasonNeeded: a need is left without, or its reason is no sentence; each was named.
    """
    ids = [need.id for need in needs]
    said: dict[str, str] = {}
    alone: list[str] = []
    for text in reasons:
        match = _NAMED.fullmatch(text.strip())
        if match is None:
            alone.append(text.strip())
        elif match[1] not in ids:
            known = ", ".join(ids) or _("nothing")
            sentence = _("Nobody asks for “{id}” here. A reason is asked for: {known}.")
            raise Invalid({"reason": sentence.format(id=match[1], known=known)})
        else:
            said[match[1]] = match[2].strip()
    if len(alone) > 1:
        raise Invalid({"reason": _("Say which reason answers what: --reason ID=TEXT.")})
    left = [need for need in needs if need.id not in said]
    of_dangers = notes and all(need.id != INTERVAL for need in left)
    if alone and alone[0] and (len(left) == 1 or of_dangers):
        said |= {need.id: alone[0] for need in left}
        left = []
    if left:
        _name(needs, notes=notes)
        raise ReasonNeeded(
            _n(
                "Nothing was booked: {n} thing needs a reason.",
                "Nothing was booked: {n} things need a reason, each its own.",
                len(left),
            ).format(n=len(left))
        )
    return said


def _name(needs: Sequence[Need], *, notes: bool) -> None:
    """Each need and how it is answered, a line each."""
    for need in needs:
        if need.id == INTERVAL or not notes:
            said = _("{sentence} Answer it with: --reason {id}=TEXT")
        else:
            said = _("{sentence} Book it for a physician's review with: --reason {id}=TEXT")
        note(said.format(sentence=need.sentence, id=need.id))


def answered(
    request: BookRequest,
    said: Mapping[str, str],
    known: Mapping[str, SafetyReason],
    *,
    notes: bool,
) -> BookRequest:
    """The request with its answers.

    Raises:
        ReasonNeeded: what was said is no sentence.
    """
    given = {}
    for need, text in said.items():
        code, __, words = text.partition(":")
        coded = need != INTERVAL and not notes and code.strip() in known
        if not coded and not says_enough(text):
            raise ReasonNeeded(NO_SENTENCE.format(text=text))
        given[need] = (
            GivenReason(code.strip(), words.strip()) if coded else GivenReason(OTHER, text)
        )
    interval = said.get(INTERVAL, "")
    dangers = tuple((need, reason) for need, reason in given.items() if need != INTERVAL)
    if not notes:
        return replace(request, reason=interval, safety=dangers)
    note_words = "; ".join(dict.fromkeys(reason.words for __, reason in dangers))
    return replace(request, reason=interval, for_review=bool(dangers), review_note=note_words)
