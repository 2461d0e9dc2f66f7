"""Asks the interval rules about the sites of one patient: the records are read once for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.anatomy import site_for
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.procedures import Intent, Procedure
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.due.facts import CANNOT, Answer, Wanted
from clinicdesk.due.relief import Benefit
from clinicdesk.rules.case import Case, Plan, State
from clinicdesk.rules.engine import evaluate, next_turn, possible_since
from clinicdesk.rules.kinds.gap import Gap
from clinicdesk.rules.kinds.prerequisite import Prerequisite
from clinicdesk.rules.kinds.response import SustainedResponse
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.parse import CaseError
from clinicdesk.rules.verdict import Finding, Verdict
from clinicdesk.services.case_building import case_of

_ONE_DAY = timedelta(days=1)
_PREREQUISITE = "prerequisite"
_SCORES = frozenset({"followup", "post"})
"""Scores that can still be asked for; one from before the session cannot."""


class Asker:
    """``ask`` of ``due.facts`` for one patient on one day."""

    def __init__(self, records: PatientFacts, catalogue: Catalogue, on: date) -> None:
        self._records, self._catalogue, self._on = records, catalogue, on
        self._case: Case | None = None

    def __call__(self, wanted: Wanted, after: date, leave_out: frozenset[int]) -> Answer:
        """The rules' answer for ``wanted``; bookings ``leave_out`` are the session itself."""
        try:
            case = self._about(wanted, leave_out)
        except (CaseError, Invalid, NotFound) as error:
            return Answer(self._on, CANNOT, None, problem=str(error))
        pack = self._catalogue.packs[case.pack]
        today = evaluate(pack, case)
        allowed = _allowed_from(pack, case, today, after)
        first = today if allowed <= self._on else evaluate(pack, replace(case, on=allowed))
        return _answer(pack, case, allowed, first)

    def _about(self, wanted: Wanted, leave_out: frozenset[int]) -> Case:
        if self._case is None:
            request = PlanRequest(
                patient_id=0,
                procedure=wanted.procedure,
                sites=wanted.sites,
                on=self._on,
                intent=Intent(wanted.intent),
            )
            self._case = case_of(self._records, request, self._catalogue)
        own = {f"b{planned}" for planned in leave_out}
        return replace(
            self._case,
            plan=_plan(wanted, self._catalogue.procedure(wanted.procedure)),
            history=tuple(entry for entry in self._case.history if entry.id not in own)
            if own
            else self._case.history,
        )


def _plan(wanted: Wanted, kind: Procedure) -> Plan:
    """The usual plan, at these sites and with this intent."""
    try:
        sites = tuple(site_for(text, kind) for text in wanted.sites)
    except ValueError as error:
        raise Invalid({"sites": str(error)}) from error
    usual = kind.usual_at(site.name for site in sites)
    return Plan(
        procedure=wanted.procedure,
        sites=sites,
        intent=Intent(wanted.intent),
        guidance=usual.guidance,
        contrast=usual.contrast,
        steroids=usual.steroids,
    )


def _allowed_from(pack: Pack, case: Case, today: Verdict, after: date) -> date:
    """The first possible day; where that is past, the day from which it has been possible.

    Never before the day after ``after``, the last session of the site, nor before the score that
    made it possible. A session of today counts for tomorrow: on its own day it would be the same
    one.
    """
    tomorrow = case.on + _ONE_DAY
    if after >= case.on:
        return evaluate(pack, replace(case, on=after + _ONE_DAY)).earliest
    if today.earliest > case.on:
        return today.earliest
    if any(entry.date == case.on and entry.state is State.DONE for entry in case.history):
        first = evaluate(pack, replace(case, on=tomorrow)).earliest
        if first > tomorrow:
            return first
    return possible_since(pack, case, after)


def _answer(pack: Pack, case: Case, allowed: date, verdict: Verdict) -> Answer:
    before = next((f for f in verdict.findings if f.kind == _PREREQUISITE), None)
    return Answer(
        allowed_from=allowed,
        status=verdict.status.value,
        turn=next_turn(pack, case, case.on),
        missing=_lacking(verdict.findings, case.on),
        benefit=_benefit(pack, case),
        good=before.used if before else None,
        required=before.allowed if before else None,
        enough=_enough(pack, before.rule) if before else None,
        unscored=_lacking((before,), case.on) if before else (),
    )


def _benefit(pack: Pack, case: Case) -> Benefit | None:
    """The relief that the pack asks of the last session, and for how long; None: it asks none."""
    for rule in pack.rules:
        if not rule.applies.matches(case.plan) or not rule.head.in_force(case.on):
            continue
        if isinstance(rule, SustainedResponse):
            return Benefit(rule.relief, rule.lasting)
        if isinstance(rule, Gap) and rule.relief is not None:
            return Benefit(rule.relief, rule.wait)
    return None


def _enough(pack: Pack, name: str) -> Fraction | None:
    """The relief that makes a block a good one, by the prerequisite of this name."""
    rule = next((rule for rule in pack.rules if rule.head.id == name), None)
    return rule.relief if isinstance(rule, Prerequisite) else None


def _lacking(findings: Iterable[Finding], on: date) -> tuple[date, ...]:
    """Days of sessions whose score is missing by now; one that is not due yet is not missing."""
    return tuple(
        sorted(
            {
                lack.day
                for finding in findings
                for lack in finding.missing
                if lack.day is not None
                and lack.what in _SCORES
                and (lack.from_day is None or lack.from_day <= on)
            }
        )
    )
