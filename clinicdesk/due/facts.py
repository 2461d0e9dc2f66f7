"""The due list of one patient: from the records and the rules' answers to rows. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.due import NO_FAMILY, DueReason
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.due import words
from clinicdesk.due.relief import Relief, Scored, expected, scored
from clinicdesk.due.sites import OpenSite, open_sites, sessions, site_texts

CANNOT = VerdictStatus.CANNOT_DETERMINE.value
NEVER = date(9999, 12, 31)
_DIAGNOSTIC, _THERAPEUTIC = Intent.DIAGNOSTIC.value, Intent.THERAPEUTIC.value


@dataclass(frozen=True)
class Wanted:
    """The next session of a site, as it would be booked."""

    procedure: str
    sites: tuple[str, ...]
    intent: str


@dataclass(frozen=True)
class Answer:
    """What the interval rules say of a wanted session.

    Attributes:
        allowed_from: first day on which none stands in the way, since the last session.
        status: on that day, or on the day asked if that is later.
        turn: first day on which time alone may change the answer; None: never.
        missing: days of sessions that lack a score the rules need.
        good, required: sessions that must have gone before and how many did well; None where
            the pack asks for none. ``unscored``: those of them without a score.
        problem: why the rules could not read the records; then nothing else counts.
    """

    allowed_from: date
    status: str
    turn: date | None
    missing: tuple[date, ...] = ()
    good: int | None = None
    required: int | None = None
    unscored: tuple[date, ...] = ()
    problem: str = ""


Ask = Callable[[Wanted, frozenset[int]], Answer]
"""Asks the rules about a session, the named bookings left out: they are the session itself."""


@dataclass(frozen=True)
class DueFacts:
    """A row of the list as the records alone make it: nothing set by hand is in it yet.

    ``due_on`` is the later of ``allowed_from`` and the end of relief. ``booked_id``: the planned
    procedure that has this site, on ``booked_on``. ``stale_on``: first day on which time alone
    may change any of it.
    """

    track: str
    site: str
    family: str
    reason: DueReason
    wanted: Wanted
    last_id: int
    last_done: date
    last_procedure: str
    last_sites: tuple[str, ...]
    allowed_from: date
    due_on: date
    relief: Relief
    relief_percent: int | None
    relief_days: int | None
    last_score: str
    status: str
    detail: str
    booked_id: int | None
    booked_on: date | None
    stale_on: date


def due_facts(
    records: PatientFacts, on: date, ask: Ask, vocabulary: Vocabulary
) -> tuple[DueFacts, ...]:
    """All rows of a patient, the newest session first.

    Args:
        records: everything that counts.
        on: the day the list is made for.
        ask: the interval rules.
        vocabulary: how each procedure is followed.
    """
    history = sessions((row for row in records.done if row.day <= on), vocabulary)
    found = []
    for site in open_sites(history, records.booked, vocabulary, on):
        row = _Maker(site, on, ask, vocabulary).row()
        if row is not None:
            found.append(row)
    return tuple(found)


class _Maker:
    """Makes the row of one site."""

    def __init__(self, site: OpenSite, on: date, ask: Ask, vocabulary: Vocabulary) -> None:
        self._site, self._on, self._know = site, on, vocabulary
        self._texts = site_texts(site.spots)
        own = frozenset() if site.booking is None else frozenset({site.booking.id})
        self._ask: Callable[[Wanted], Answer] = lambda wanted: ask(wanted, own)

    def row(self) -> DueFacts | None:
        """The row; None where nothing is to be done next."""
        last = self._site.last
        return self._after_block(last.leads_to) if last.leads_to else self._repeat()

    # -- a repeat of what was done ----------------------------------------------------------

    def _repeat(self) -> DueFacts:
        last = self._site.last
        wanted = Wanted(last.procedure, self._texts, last.intent)
        answer = self._ask(wanted)
        about = scored(last, self._know)
        relief = expected(self._site, about, self._usual_relief(last.procedure), self._know)
        reason, detail = self._why(about, answer)
        return self._facts(wanted, answer, about, relief, reason, detail)

    def _why(self, about: Scored, answer: Answer) -> tuple[DueReason, str]:
        last, allowed, on = self._site.last, answer.allowed_from, self._on
        if about.failed:
            return DueReason.FAILED, words.failed_words(last, about, allowed, on)
        if about.below_on is not None:
            return DueReason.WORN_OFF, words.worn_words(last, about, allowed, on)
        if answer.missing:
            since = about.last.day if about.last else last.day
            return DueReason.SCORE_MISSING, words.missing_words(since)
        return DueReason.REPEAT, words.repeat_words(last, about, allowed, on)

    # -- what a diagnostic block leads to ---------------------------------------------------

    def _after_block(self, leads_to: str) -> DueFacts | None:
        last, on = self._site.last, self._on
        goal = Wanted(leads_to, self._texts, _THERAPEUTIC)
        answer = self._ask(goal)
        about = scored(last, self._know, ("post", "followup"))
        if answer.problem:
            return self._step(goal, answer, about, DueReason.REPEAT, "")
        if answer.good is None or answer.required is None:
            return self._unruled(about)
        if answer.good >= answer.required:
            if leads_to == last.procedure:
                said = words.treat_words(last.day, answer.allowed_from, on)
                return self._step(goal, answer, about, DueReason.REPEAT, said)
            family = self._know.families[self._know.procedure(leads_to).family]
            said = words.next_words(answer.good, family.name, answer.allowed_from, on)
            return self._step(goal, answer, about, DueReason.NEXT_STEP, said)
        again = Wanted(last.procedure, self._texts, _DIAGNOSTIC)
        if answer.unscored:
            said = words.missing_words(max(answer.unscored))
            return self._step(
                again, self._until(again, answer), about, DueReason.SCORE_MISSING, said
            )
        if answer.good == 0:
            return None  # it did not help: nothing follows from it
        block = self._until(again, answer)
        said = words.second_words(answer.good, answer.required, last.day, block.allowed_from, on)
        return self._step(again, block, about, DueReason.SECOND_BLOCK, said)

    def _unruled(self, about: Scored) -> DueFacts | None:
        """After a block, under rules that do not say what follows: that is for the physician.

        No threshold of ours takes the pack's place; relief below half alone leads to nothing.
        """
        last = self._site.last
        if about.percent is not None and about.good_until is None:
            return None
        again = Wanted(last.procedure, self._texts, _DIAGNOSTIC)
        answer = self._ask(again)
        if about.percent is None:
            said = words.unscored_words(last.day)
            return self._step(again, answer, about, DueReason.SCORE_MISSING, said)
        said = words.review_words(last.day, about.percent)
        return self._step(again, answer, about, DueReason.REVIEW, said)

    def _until(self, wanted: Wanted, other: Answer) -> Answer:
        """The answer for ``wanted``, good no longer than the one that led to it."""
        answer = self._ask(wanted)
        turns = [turn for turn in (answer.turn, other.turn) if turn is not None]
        return replace(answer, turn=min(turns, default=None))

    def _step(
        self, wanted: Wanted, answer: Answer, about: Scored, reason: DueReason, said: str
    ) -> DueFacts:
        """A row without relief to wait for: a block numbs for hours."""
        possible = max(answer.allowed_from, self._site.last.day)
        patience = self._know.due.block_patience.after(possible)
        relief = Relief(self._site.last.day, patience, "usual")
        return self._facts(wanted, answer, about, relief, reason, said)

    # -- both -------------------------------------------------------------------------------

    def _facts(
        self,
        wanted: Wanted,
        answer: Answer,
        about: Scored,
        relief: Relief,
        reason: DueReason,
        detail: str,
    ) -> DueFacts:
        last, booking = self._site.last, self._site.booking
        return DueFacts(
            track=last.track,
            site=", ".join(self._texts),
            family=self._family(wanted.procedure),
            reason=reason,
            wanted=wanted,
            last_id=last.id,
            last_done=last.day,
            last_procedure=last.procedure,
            last_sites=last.sites,
            allowed_from=answer.allowed_from,
            due_on=max(answer.allowed_from, relief.ends),
            relief=relief,
            relief_percent=about.percent,
            relief_days=(about.last.day - last.day).days if about.last else None,
            last_score=words.score_words(about.last),
            status=answer.status,
            detail=words.unreadable_words(answer.problem) if answer.problem else detail,
            booked_id=booking.id if booking else None,
            booked_on=booking.day if booking else None,
            stale_on=self._stale_on(answer),
        )

    def _family(self, procedure: str) -> str:
        kind = self._know.procedures.get(procedure)
        return kind.family if kind else NO_FAMILY

    def _usual_relief(self, procedure: str) -> tuple[int, int] | None:
        family = self._know.families.get(self._family(procedure))
        return family.relief_months if family else None

    def _stale_on(self, answer: Answer) -> date:
        """The sentences and the booking turn with the day, too."""
        turns = [answer.turn] if answer.turn else []
        if answer.allowed_from > self._on:
            turns.append(answer.allowed_from)
        if self._site.booking is not None:
            turns.append(self._site.booking.day + timedelta(days=1))
        return min(turns, default=NEVER)
