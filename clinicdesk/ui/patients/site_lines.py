"""What the chart says of each interval: last done, relief, sessions used, next date: pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinicdesk.domain import verdict_words
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.payers import assumed_words
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.readings import relief
from clinicdesk.domain.rows.due import SiteFacts
from clinicdesk.domain.rows.people import Actor, PastProcedure, PatientChart, UpcomingAppointment
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import verdicts
from clinicdesk.services.context import Clinic
from clinicdesk.ui.patients.words import sites_text
from clinicdesk.ui.verdict.words import (
    NOT_BEFORE,
    OK,
    PARTIAL_HEADLINE,
    deciding,
    ordered,
    status_words,
    unsure,
)

PARTIAL, MORE_ASKED = "partial", "more-asked"
"""States beside those of a verdict: never in the tone of consent."""


@dataclass(frozen=True)
class SiteLine:
    """One line of the card: the facts, and what would be booked."""

    facts: SiteFacts
    procedure: str
    sites: tuple[str, ...]
    intent: str = ""


def latest_of_each(rows: tuple[PastProcedure, ...]) -> tuple[PastProcedure, ...]:
    """The latest of each procedure, intent and site that was not struck out, newest first."""
    found: dict[tuple[str, str, tuple[str, ...]], PastProcedure] = {}
    for row in sorted(rows, key=_when, reverse=True):
        if not row.struck and row.sites:
            found.setdefault((row.procedure, row.intent, row.sites), row)
    return tuple(found.values())


def _when(row: PastProcedure) -> tuple[date, int]:
    return (row.performed_on, row.id)


def ask_lines(clinic: Clinic, actor: Actor, chart: PatientChart, on: date) -> tuple[SiteLine, ...]:
    """The lines, asked of the rules; a record they cannot read does not hide the others."""
    return tuple(
        SiteLine(_facts(clinic, actor, chart, row, on), row.procedure, row.sites, row.intent)
        for row in latest_of_each(chart.procedures)
    )


def _facts(
    clinic: Clinic, actor: Actor, chart: PatientChart, row: PastProcedure, on: date
) -> SiteFacts:
    percent, days = _relief(row)
    booked = _booked(row, chart.upcoming)
    facts = SiteFacts(
        track=row.procedure,
        family=row.family,
        site=sites_text(row.sites),
        name=row.name,
        last_done=row.performed_on,
        last_procedure_id=row.id,
        relief_percent=percent,
        relief_days=days,
        lasting=percent is not None and percent >= clinic.catalogue.vocabulary.due.good_percent,
        last_score=_score(row),
        used=None,
        allowed=None,
        allowed_from=on,
        status=VerdictStatus.CANNOT_DETERMINE.value,
        due_on=on,
        detail="",
        booked_for=booked.start if booked else None,
    )
    intent = Intent(row.intent) if row.intent else None
    # On its own day a session would count as the one asked about, not as one before it.
    asked = max(on, row.performed_on + timedelta(days=1))
    appointment = booked.id if booked else None
    plan = PlanRequest(
        chart.banner.id, row.procedure, row.sites, asked, intent=intent, appointment_id=appointment
    )
    try:
        card = verdicts.assess(clinic, actor, plan)
    except ClinicError as error:
        return replace(facts, detail=str(error))
    return replace(
        facts,
        used=card.used,
        allowed=card.allowed,
        allowed_from=card.earliest if card.status == NOT_BEFORE else on,
        status=_status(card),
        due_on=max(on, card.earliest if card.status == NOT_BEFORE else on),
        detail=_why(card),
        assumed=assumed_words(card.assumed, card.pack_title) if card.assumed else "",
    )


def _status(card: VerdictCard) -> str:
    """Never in the tone of consent while a part was not checked, or the payer asks for more."""
    if card.status != OK or not unsure(card):
        return card.status
    return PARTIAL if card.partial or card.assumed else MORE_ASKED


def _relief(row: PastProcedure) -> tuple[int | None, int | None]:
    """Relief at the last follow-up score in whole percent, and the days until that score."""
    if row.before is None or row.followup is None or row.followup_on is None:
        return None, None
    share = relief(row.before, row.followup)
    percent = None if share is None else max(0, int(share * 100))
    return percent, (row.followup_on - row.performed_on).days


def _score(row: PastProcedure) -> str:
    if row.followup is None or row.followup_on is None:
        return ""
    return _("{scale} {followup:f} on {followup_on}").format(
        scale=row.scale, followup=row.followup.normalize(), followup_on=day_words(row.followup_on)
    )


def _booked(
    row: PastProcedure, upcoming: tuple[UpcomingAppointment, ...]
) -> UpcomingAppointment | None:
    """The next appointment of the same family and site; that of the session itself is past."""
    return next(
        (
            a
            for a in upcoming
            if a.family == row.family
            and set(a.sites) & set(row.sites)
            and a.start.date() > row.performed_on
        ),
        None,
    )


def _why(card: VerdictCard) -> str:
    """The sentence of the finding that decides; else what the payer asks besides; or empty."""
    found = deciding(card) or next(iter(ordered(card)), None)
    if found is not None and found.status != VerdictStatus.OK:
        return found.message
    return " ".join(verdict_words.also_asked(row.message) for row in card.beside)


def relief_words(facts: SiteFacts) -> str:
    """``60 % relief after 13 weeks``: what is known, no more."""
    if facts.relief_percent is None:
        return _("relief not scored")
    if facts.relief_days is None:
        return _("{relief_percent} % relief").format(relief_percent=facts.relief_percent)
    weeks = facts.relief_days // 7
    span = (
        _n("{count} week", "{count} weeks", weeks).format(count=weeks)
        if weeks > 1
        else _n("{count} day", "{count} days", facts.relief_days).format(count=facts.relief_days)
    )
    said = (
        _("{relief_percent} % relief still after {span}")
        if facts.lasting
        else _("{relief_percent} % relief after {span}")
    )
    return said.format(relief_percent=facts.relief_percent, span=span)


def sessions_words(facts: SiteFacts) -> str:
    """``3 of 4 in the window``; empty where no cap applies."""
    if facts.used is None or facts.allowed is None:
        return ""
    return _("{used} of {allowed} sessions used").format(used=facts.used, allowed=facts.allowed)


def next_words(facts: SiteFacts, today: date) -> str:
    """When it may be repeated, in the words of the verdict."""
    if facts.status == VerdictStatus.NOT_BEFORE or facts.allowed_from > today:
        return _("Not before {allowed_from}").format(allowed_from=day_words(facts.allowed_from))
    if facts.status == PARTIAL:
        return PARTIAL_HEADLINE
    if facts.status == MORE_ASKED:
        return verdict_words.MORE_ASKED
    return (
        _("Within limits now") if facts.status == VerdictStatus.OK else status_words(facts.status)
    )


def spoken_line(facts: SiteFacts, today: date) -> str:
    """The whole line for a screen reader."""
    parts = [
        f"{facts.name}, {facts.site}",
        next_words(facts, today),
        _("last done {last_done}").format(last_done=day_words(facts.last_done)),
        relief_words(facts),
        sessions_words(facts),
        _("booked for {booked_for}").format(booked_for=day_words(facts.booked_for.date()))
        if facts.booked_for
        else "",
        facts.detail,
    ]
    return ". ".join(part for part in parts if part)
