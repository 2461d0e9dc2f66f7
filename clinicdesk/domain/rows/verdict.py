"""What the interval rules answered, made for the screens that show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MissingFact:
    """What a *cannot determine* lacks.

    Attributes:
        what: ``followup``, ``post`` or ``baseline`` (a reading of a past session), ``guidance``,
            ``contrast`` or ``steroids`` (of the plan, or of an entry), ``region`` (a muscle that
            the pack does not place), ``ceiling`` (a drug without one).
        day: of the session concerned; None for the plan.
        procedure_ids: the logged procedures of that session (none: it was never logged).
        from_day: of a follow-up the first day on which one would decide; None of all else.
    """

    what: str
    day: date | None = None
    procedure_ids: tuple[int, ...] = ()
    from_day: date | None = None


@dataclass(frozen=True)
class FindingRow:
    """One finding for the card: the rule's title, sentence, source, and whether it is verified.

    ``source_date``: when that text was current. ``used`` of ``allowed`` sessions after
    ``window_start``, of a cap; ``leaves``: the counted session that leaves the window next, with
    the day it does. ``missing``: what a *cannot determine* lacks. ``same_as``: the safety checks
    that speak of the same fact. ``verify_why``: what was read where the source itself was not.
    """

    rule: str
    title: str
    status: str
    earliest: date | None
    counted: tuple[date, ...]
    message: str
    source: str
    verified: bool
    source_date: str = ""
    used: int | None = None
    allowed: int | None = None
    window_start: date | None = None
    leaves: tuple[date, date] | None = None
    missing: tuple[MissingFact, ...] = ()
    same_as: tuple[str, ...] = ()
    verify_why: str = ""


@dataclass(frozen=True)
class VerdictCard:
    """The answer as the screen shows it.

    ``status`` is ``ok``, ``needs-reason``, ``cannot-determine`` or ``not-before``.
    ``partial`` is the sentence that says what was not checked; never green while it is there.
    ``used`` of ``allowed`` sessions, if a cap applies, in the window after ``window_start``.
    ``booked`` are days on which a session is booked and none was done. ``open_on``: of a *not
    before*, the first allowed day on which the clinic is open; None where nobody looked.
    ``case_json`` and ``verdict_json`` are what is kept beside an act; nothing is read from them.
    ``assumed`` is the payer, as written, that is not mapped to rules yet: the clinic's own were
    asked in their place.
    ``beside`` is what the payer asks for besides: no part of the status; never green with it.
    ``said_above``: a rule that asks for a reason stands with the danger it shares, not here.
    """

    status: str
    on: date
    earliest: date
    findings: tuple[FindingRow, ...]
    pack: str
    pack_version: str
    pack_title: str
    partial: str
    used: int | None = None
    allowed: int | None = None
    window_start: date | None = None
    case_json: str = ""
    verdict_json: str = ""
    patient_id: int = 0
    booked: frozenset[date] = frozenset()
    assumed: str = ""
    open_on: date | None = None
    beside: tuple[FindingRow, ...] = ()
    said_above: bool = False
