"""What stands about a booked appointment: dangers and answers, held drugs, open questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clinicdesk.domain.appointments import OVER
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.reviews import ReviewRow
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.states import ReviewOutcome, SafetyLevel
from clinicdesk.domain.translation import _n
from clinicdesk.services import holds, reviews, safety
from clinicdesk.services.context import Clinic
from clinicdesk.ui.safety.words import QUESTIONS, worst


@dataclass(frozen=True)
class Standing:
    """Of one appointment.

    ``questions``: what nobody has asked the patient yet. ``over``: it is logged or left, or the
    patient has died: only what was answered is told, and nothing is open.
    """

    reviews: tuple[ReviewRow, ...] = ()
    holds: tuple[HoldTrack, ...] = ()
    questions: tuple[SafetyFinding, ...] = ()
    over: bool = False

    @property
    def dangers(self) -> tuple[ReviewRow, ...]:
        """What waits for a physician, or what one did not let pass."""
        if self.over:
            return ()
        return tuple(
            row for row in self.reviews if row.open or row.outcome is ReviewOutcome.REFUSED
        )

    @property
    def doses(self) -> tuple[HoldTrack, ...]:
        """Drugs whose last dose the patient has not stated."""
        return tuple(
            track for track in self.holds if track.hold.action != "none" and track.stated is None
        )

    @property
    def open(self) -> int:
        """How much is still to be settled before the needle."""
        return len(self.dangers) + len(self.questions) + len(self.doses)


def ask_standing(clinic: Clinic, actor: Actor, row: AppointmentRow) -> Standing:
    """Asks for it; in the lane. Of what is over only the answers are told."""
    raised = tuple(
        each
        for each in reviews.of_appointment(clinic, actor, row.id)
        if each.outcome is not ReviewOutcome.FELL_AWAY
    )
    if row.procedure_id is not None or row.status in OVER or "died" in row.flags:
        return Standing(tuple(each for each in raised if not each.open), over=True)
    if not row.planned:
        return Standing(raised)
    cards = safety.safety_of_appointment(clinic, actor, row.id, row.start.date(), row.start)
    asked = {
        finding.check: finding
        for card in cards
        for finding in card.of_level(SafetyLevel.ASK)
        if finding.check in QUESTIONS
    }
    tracks = holds.of_appointment(clinic, actor, row.id)
    held = tuple(track for track in tracks if track.hold.action != "none")
    return Standing(raised, held, tuple(asked.values()))


def said_here(standing: Standing, cards: Iterable[SafetyCard]) -> SafetyCard | None:
    """Of what the checks find the dangers that stand here as lines, for the rules beside them."""
    card = worst(cards)
    if card is None:
        return None
    lines = {row.check for row in standing.reviews}
    return replace(card, findings=tuple(f for f in card.findings if f.check in lines))


def open_words(standing: Standing) -> str:
    """``1 for a physician, 2 not asked, 1 last dose not stated``; empty where nothing is open."""
    parts = []
    if dangers := len(standing.dangers):
        parts.append(_n("{n} for a physician", "{n} for a physician", dangers).format(n=dangers))
    if questions := len(standing.questions):
        parts.append(
            _n("{n} question not asked", "{n} questions not asked", questions).format(n=questions)
        )
    if doses := len(standing.doses):
        parts.append(
            _n("{n} last dose not stated", "{n} last doses not stated", doses).format(n=doses)
        )
    return ", ".join(parts)


def arrived_words(who: str, standing: Standing) -> str:
    """The line that stands over the day after a check-in."""
    count = standing.open
    return _n(
        "{who} is here, and {n} thing is open: {what}.",
        "{who} is here, and {n} things are open: {what}.",
        count,
    ).format(who=who, n=count, what=open_words(standing))
