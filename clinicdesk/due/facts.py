"""The due list of one patient: from the records and the rules' answers to rows. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.relief import Response, whole_percent
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.due import NO_FAMILY, DueReason
from clinicdesk.domain.spans import Span
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.due import words
from clinicdesk.due.relief import (
    Benefit,
    Relief,
    Scored,
    block_scored,
    expected,
    good_share,
    scored,
)
from clinicdesk.due.sites import OpenSite, Session, open_sites, retries, sessions, site_texts

CANNOT = VerdictStatus.CANNOT_DETERMINE.value
NEVER = date(9999, 12, 31)
_FOR_GOOD = Span(1000, "month")
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
        benefit: the relief that the rules ask of the last session; None: they ask none.
        good, required: sessions that must have gone before and how many did well; None where
            the pack asks for none. ``enough``: relief of a good one. ``unscored``: those of them
            without a score.
        problem: why the rules could not read the records; then nothing else counts.
    """

    allowed_from: date
    status: str
    turn: date | None
    missing: tuple[date, ...] = ()
    benefit: Benefit | None = None
    good: int | None = None
    required: int | None = None
    enough: Fraction | None = None
    unscored: tuple[date, ...] = ()
    problem: str = ""


Ask = Callable[[Wanted, date, frozenset[int]], Answer]
"""Asks the rules about a session: after which day (that of the site's last session), and with the
named bookings left out: they are the session itself."""


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
    history = sessions(records.done, vocabulary, on)
    found = []
    for site in open_sites(history, records.booked, vocabulary, on):
        row = _Maker(site, history, on, ask, vocabulary).row()
        if row is not None:
            found.append(row)
    return tuple(found)


class _Maker:
    """Makes the row of one site."""

    def __init__(
        self,
        site: OpenSite,
        history: tuple[Session, ...],
        on: date,
        ask: Ask,
        vocabulary: Vocabulary,
    ) -> None:
        self._site, self._history, self._on, self._know = site, history, on, vocabulary
        self._texts = site_texts(site.spots)
        own = frozenset() if site.booking is None else frozenset({site.booking.id})
        self._ask: Callable[[Wanted], Answer] = lambda wanted: ask(wanted, site.last.day, own)

    def row(self) -> DueFacts | None:
        """The row; None where nothing is to be done next."""
        last = self._site.last
        return self._after_block(last.leads_to) if last.leads_to else self._repeat()

    # -- a repeat of what was done ----------------------------------------------------------

    def _repeat(self) -> DueFacts | None:
        last = self._site.last
        wanted = Wanted(last.procedure, self._texts, last.intent)
        answer = self._ask(wanted)
        usual = self._usual_relief(last.procedure)
        benefit = answer.benefit or self._own_benefit(usual)
        about = scored(last, self._know, benefit.share)
        failed = about.never and benefit.held(last) is Response.FAILED
        if failed and not answer.problem and self._retried(benefit):
            return None
        relief = expected(self._site, about, usual, self._know, benefit.share)
        reason, detail = self._why(about, answer, benefit, failed=failed)
        return self._facts(wanted, answer, about, relief, reason, detail)

    def _own_benefit(self, usual: tuple[int, int] | None) -> Benefit:
        """What the list itself asks where the rules ask nothing: for as long as is usual.

        A bad score from later says that relief was over by then, not that there was none.
        """
        lasting = Span(usual[0], "month") if usual else _FOR_GOOD
        return Benefit(good_share(self._know), lasting)

    def _retried(self, benefit: Benefit) -> bool:
        """Whether a failed session is over: one since then helped, in each of its regions."""
        later = retries(self._site, self._history, self._know)
        return bool(later) and all(
            any(benefit.helped(each, self._know) for each in those) for those in later
        )

    def _why(
        self, about: Scored, answer: Answer, benefit: Benefit, *, failed: bool
    ) -> tuple[DueReason, str]:
        """What is known goes before what is missing."""
        last, allowed, on = self._site.last, answer.allowed_from, self._on
        unsure = last.day in answer.missing
        if failed:
            asked = whole_percent(benefit.share)
            return DueReason.FAILED, words.failed_words(last, about, asked, allowed, on)
        if about.below_on is not None and about.never and unsure:
            return DueReason.SCORE_MISSING, words.missing_early_words(about.below_on)
        if about.below_on is not None and not (about.never and answer.missing):
            return DueReason.WORN_OFF, words.worn_words(about, allowed, on, unsure=unsure)
        if unsure:
            since = about.last.day if about.last else last.day
            return DueReason.SCORE_MISSING, words.missing_words(since)
        if answer.missing:
            return DueReason.SCORE_MISSING, words.missing_other_words(max(answer.missing))
        return DueReason.REPEAT, words.repeat_words(last, about, allowed, on)

    # -- what a diagnostic block leads to ---------------------------------------------------

    def _after_block(self, leads_to: str) -> DueFacts | None:
        """What follows from the newest block of the site, whatever the earlier ones brought."""
        last = self._site.last
        goal = Wanted(leads_to, self._texts, _THERAPEUTIC)
        again = Wanted(last.procedure, self._texts, _DIAGNOSTIC)
        answer = self._ask(goal)
        share = good_share(self._know) if answer.enough is None else answer.enough
        about = block_scored(last, self._site.spots, self._know, share)
        if answer.problem:
            return self._step(goal, answer, about, DueReason.REPEAT, "")
        if answer.good is None or answer.required is None:
            block = self._ask(again)
            enough, good = None, 0
        else:
            block = self._until(again, answer)
            enough, good = whole_percent(share), answer.good
        if answer.required is not None and good >= answer.required:
            again, block = goal, answer
        if about.percent is None:
            reason, said = self._unscored(answer)
            return self._step(again, block, about, reason, said)
        if enough is None:
            said = words.review_words(last.day, about.percent)
            return self._step(again, block, about, DueReason.REVIEW, said)
        if about.good_until is None:
            said = words.poor_words(last.day, about.percent, enough, good)
            return self._step(again, block, about, DueReason.REVIEW, said)
        return self._after_good(goal, again, answer, block, about)

    def _unscored(self, answer: Answer) -> tuple[DueReason, str]:
        """After a block of which nobody knows how much it helped."""
        last = self._site.last
        if any(r.phase == "post" and r.scale in self._know.pain for r in last.readings):
            return DueReason.REVIEW, words.unmeasured_words(last.day)
        if last.day in answer.unscored:
            return DueReason.SCORE_MISSING, words.missing_words(last.day)
        return DueReason.SCORE_MISSING, words.unscored_words(last.day)

    def _after_good(
        self, goal: Wanted, again: Wanted, answer: Answer, block: Answer, about: Scored
    ) -> DueFacts | None:
        """After a block that helped: what it leads to, or the next one."""
        last, on = self._site.last, self._on
        good, required = answer.good or 0, answer.required or 0
        if good >= required:
            if goal.procedure == last.procedure:
                said = words.treat_words(last.day, answer.allowed_from, on)
                return self._step(goal, answer, about, DueReason.REPEAT, said)
            family = self._know.families[self._know.procedure(goal.procedure).family]
            said = words.next_words(good, family.name, answer.allowed_from, on)
            return self._step(goal, answer, about, DueReason.NEXT_STEP, said)
        if answer.unscored:
            said = words.unscored_words(max(answer.unscored))
            return self._step(again, block, about, DueReason.SCORE_MISSING, said)
        if good == 0:
            return None  # it lies further back than the rules look
        said = words.second_words(good, required, last.day, block.allowed_from, on)
        return self._step(again, block, about, DueReason.SECOND_BLOCK, said)

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
