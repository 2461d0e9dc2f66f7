"""Rows of the due list: whom to call, why, and what is known before one picks up the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _

NO_FAMILY = "?"
"""The family of a row whose procedure no file describes (any more)."""


class DueReason(StrEnum):
    """Why a patient and site stand on the list, the most urgent first.

    ``next_step``: enough good blocks were done, what they lead to is possible.
    ``review``: the newest block did not help enough, or the rules in use do not say what follows.
    """

    NEXT_STEP = "next_step"
    SECOND_BLOCK = "second_block"
    REVIEW = "review"
    WORN_OFF = "worn_off"
    FAILED = "failed"
    SCORE_MISSING = "score_missing"
    REPEAT = "repeat"


class DueGroup(StrEnum):
    """Where a row stands on a given day.

    ``overdue``: relief is expected to be over and nothing is booked; ``now``: may be repeated and
    relief is about to end (or has); ``soon``: within the coming weeks; ``holding``: may be
    repeated, relief is expected to last; ``booked``: this very site is booked; ``snoozed``: put
    aside by hand until a day (or for good), with a reason; ``lapsed``: overdue, and last done more
    than 24 months ago.
    """

    OVERDUE = "overdue"
    NOW = "now"
    SOON = "soon"
    HOLDING = "holding"
    BOOKED = "booked"
    LAPSED = "lapsed"
    SNOOZED = "snoozed"


ACTIONABLE = frozenset({DueGroup.OVERDUE, DueGroup.NOW, DueGroup.SOON})
"""Where somebody is to be called."""


@dataclass(frozen=True)
class HandDate:
    """A date somebody set by hand. ``stale``: a newer procedure of that site exists since."""

    day: date
    author: str
    reason: str
    set_on: date
    stale: bool


@dataclass(frozen=True)
class Snooze:
    """Put aside until ``until`` (None: for good), by whom and why."""

    until: date | None
    author: str
    reason: str


@dataclass(frozen=True)
class DueRow:
    """One patient and site on the due list, as the list shows it.

    Attributes:
        id: of the kept row; stable while the same patient, family and site stand on the list.
        procedure, intent, sites: what would be booked (a treatment after good blocks);
            ``next_name``: its short name.
        good_percent: relief below which it counts as over.
        letter_until: so long after a letter no second one is offered first; None: no letter,
            or one that was made and neither printed nor saved.
        family: colour code (``EPI``); ``track``: which interval it is (``esi``, ``rfa``, …).
        site: what the row is about, ``L5 left``.
        last_*: the last procedure of this site: id, day, its name, its sites.
        allowed_from: first day on which no interval rule stands in the way.
        due_on: the day the row is sorted by: the hand-set date, else the later of
            ``allowed_from`` and ``relief_ends``.
        relief_ends, relief_latest: when relief is expected to begin to end, and to be over.
        relief_basis: ``own`` (this patient's earlier durations), ``usual`` (the family's),
            ``worn`` (scores say it is over: it ended from ``relief_ends`` to ``relief_latest``, the
            day after the last good score, or the session's, and the day of the first bad one).
        relief_percent: relief at the last score; None: not scored. ``relief_days``: from the
            procedure to that score. ``last_score``: as text, ``NRS 3 on 14 Sep 2026``.
        status: what the rules say about the first possible day or today, whichever is later.
        detail: one plain sentence: why it is on the list and what to do.
        next_appointment: any future appointment of the patient; ``booked_for``: of this site.
        taken_by: who has the patient's rows in hand at this moment (empty: nobody);
            ``taken_by_me``: the person who asks.
        assumed: the sentence where nobody mapped the patient's payer to rules yet.
    """

    id: int
    patient_id: int
    family_name: str
    given_name: str
    mrn: str
    birth_date: date
    sex: str
    phone: str
    language: str
    group: DueGroup
    reason: DueReason
    family: str
    track: str
    site: str
    procedure: str
    next_name: str
    intent: str
    sites: tuple[str, ...]
    last_procedure_id: int
    last_done: date
    last_name: str
    last_sites: tuple[str, ...]
    allowed_from: date
    due_on: date
    relief_ends: date
    relief_latest: date
    relief_basis: str
    relief_percent: int | None
    relief_days: int | None
    good_percent: int
    last_score: str
    status: str
    detail: str
    contacts: int
    last_contact: date | None
    last_contact_kind: str
    last_contact_outcome: str
    letter_until: date | None
    next_contact: date | None
    next_appointment: datetime | None
    booked_for: datetime | None
    anticoagulant: str
    physician_id: int | None
    physician: str
    hand_date: HandDate | None
    snooze: Snooze | None
    taken_by: str
    taken_by_me: bool
    assumed: str = ""

    @property
    def possible_from(self) -> date | None:
        """From when on it may be done, as list, letter and sheet say it.

        None where the rules cannot tell. A date set by hand counts.
        """
        unknown = self.status == VerdictStatus.CANNOT_DETERMINE
        if unknown or self.reason is DueReason.SCORE_MISSING:
            return None
        if self.hand_date is not None and not self.hand_date.stale:
            return max(self.allowed_from, self.hand_date.day)
        return self.allowed_from

    @property
    def again_from(self) -> date | None:
        """``possible_from`` as the patient takes it home, or None.

        None while a physician decides whether it is repeated at all, and where no rule has a say:
        the day after the session is a bound of the list, not an interval of anybody's.
        """
        possible = self.possible_from
        if possible is None or self.reason is DueReason.REVIEW:
            return None
        return possible if possible > self.last_done + timedelta(days=1) else None


@dataclass(frozen=True)
class DueFilter:
    """What of the list is wanted. Empty parts mean "all".

    ``text`` is part of a name, MRN or site; ``since`` and ``until`` keep rows due on or after,
    on or before that day.
    """

    families: frozenset[str] = frozenset()
    groups: frozenset[DueGroup] = frozenset()
    reasons: frozenset[DueReason] = frozenset()
    physicians: frozenset[int] = frozenset()
    text: str = ""
    until: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class WeekCount:
    """One bar of the chart: rows due in the week that begins on ``monday``."""

    monday: date
    booked: int
    open: int
    overdue: bool


@dataclass(frozen=True)
class DueList:
    """The list for a day: ids in order, and the counts around it.

    ``ids`` are grouped (overdue, now, soon, holding, booked, lapsed, snoozed) and by ``due_on``
    within; the rows themselves are asked for in pages by ``services.due.rows``.
    ``groups`` and ``per_family`` count with all other filters applied.
    ``first``: only these ids of each group are here yet, and ``ids`` is empty; None: it is whole.
    """

    on: date
    ids: tuple[int, ...]
    groups: tuple[tuple[DueGroup, int], ...]
    per_family: tuple[tuple[str, int], ...]
    weeks: tuple[WeekCount, ...]
    booked_share: int | None
    first: tuple[tuple[DueGroup, tuple[int, ...]], ...] | None = None

    @property
    def whole(self) -> bool:
        """Whether every id is here."""
        return self.first is None

    @property
    def count(self) -> int:
        """How many rows are wanted, here or not."""
        if self.first is None:
            return len(self.ids)
        wanted = {group for group, __ in self.first}
        return sum(number for group, number in self.groups if group in wanted)


CALL_OUTCOMES: tuple[tuple[str, str], ...] = (
    ("booked", _("Booked")),
    ("no_answer", _("No answer")),
    ("message", _("Left a message")),
    ("call_back", _("Asked us to call again")),
    ("still_good", _("Relief still good")),
    ("declined", _("Does not want it now")),
    ("wrong_number", _("Wrong number")),
    ("letter", _("Letter sent")),
)
"""How a contact ended: as stored, and as staff say it."""

LETTER_MADE, LETTER_PRINTED, LETTER_SAVED = "letter_made", "letter_printed", "letter_saved"
"""What became of a letter that the program made: it alone knows, so nobody chooses it."""
CONTACT_WORDS: dict[str, str] = {
    **dict(CALL_OUTCOMES),
    LETTER_MADE: _("Letter made, not printed"),
    LETTER_PRINTED: _("Letter printed"),
    LETTER_SAVED: _("Letter saved as PDF"),
}
"""Every outcome of a contact, as staff say it."""


@dataclass(frozen=True)
class ContactForm:
    """A contact to be kept: by ``phone``, ``letter`` or ``other``; ``next_on``: try again then."""

    kind: str
    outcome: str
    note: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class ContactRow:
    """One contact in the history of a row; ``id`` is what ``take_back`` takes."""

    at: datetime
    author: str
    kind: str
    outcome: str
    note: str
    next_on: date | None
    id: int = 0


@dataclass(frozen=True)
class Taken:
    """Whether the patient is in hand: ``mine``, or somebody else's, whose name is ``by``."""

    mine: bool
    by: str
    patient_id: int


@dataclass(frozen=True)
class SiteFacts:
    """One line of the patient page: an interval at a site, due or not.

    ``used`` of ``allowed`` sessions in the rolling window; None where no cap applies.
    ``relief_days``: how long relief of at least half lasted; ``lasting``: it still does.
    ``assumed``: the sentence where nobody mapped the patient's payer to rules yet.
    """

    track: str
    family: str
    site: str
    name: str
    last_done: date
    last_procedure_id: int
    relief_percent: int | None
    relief_days: int | None
    lasting: bool
    last_score: str
    used: int | None
    allowed: int | None
    allowed_from: date
    status: str
    due_on: date
    detail: str
    booked_for: datetime | None
    assumed: str = ""


@dataclass(frozen=True)
class RebuildProgress:
    """How far a full rebuild is."""

    done: int
    total: int


Score = tuple[str, Decimal, date]
"""Scale, value, day."""
