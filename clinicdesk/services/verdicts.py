"""May it be repeated yet? The interval rules asked about a patient's records."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.data.queries import facts, kept_verdicts, sessions
from clinicdesk.data.tables import Patient
from clinicdesk.domain.errors import Malformed, NotFound
from clinicdesk.domain.payers import Basis
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.verdict import FindingRow, MissingFact, VerdictCard
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _
from clinicdesk.rules.case import Case, State
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.parse import CaseError
from clinicdesk.rules.verdict import Finding, Lack, Verdict
from clinicdesk.services.case_building import case_of, case_text, chosen_pack, not_before_birth
from clinicdesk.services.context import Work, ask, look
from clinicdesk.services.unmatched import unmatched

OK = VerdictStatus.OK.value


@ask(Permission.SEE_SCHEDULE)
def assess(work: Work, plan: PlanRequest) -> VerdictCard:
    """The verdict while choosing, before anything is booked.

    Raises:
        Invalid: on ``procedure``, ``sites``, ``on`` or ``pack``.
        NotFound: no such patient.
    """
    return assess_in(work, plan)


@look("verdict.ask", Permission.SEE_SCHEDULE)
def assess_audited(work: Work, plan: PlanRequest) -> VerdictCard:
    """As ``assess``, kept in the audit: for those who ask without opening the chart."""
    work.tx.concerns(plan.patient_id)
    return assess_in(work, plan)


def assess_in(work: Work, plan: PlanRequest) -> VerdictCard:
    """As ``assess``, inside a transaction that goes on to act upon the verdict."""
    catalogue = work.catalogue
    if not catalogue.packs:
        raise NotFound(_("No rule pack is installed. Put the files of resources/rules back."))
    not_before_birth(work.tx.get(Patient, plan.patient_id).birth_date, plan.on)
    records = facts.facts_of(work.tx, plan.patient_id, plan.on, work.newest_names())
    return assess_records(records, plan, catalogue)


def assess_records(records: PatientFacts, plan: PlanRequest, catalogue: Catalogue) -> VerdictCard:
    """As ``assess``, of what the records say on the day of the plan."""
    try:
        case = case_of(records, plan, catalogue)
    except CaseError as error:
        raise Malformed(
            _(
                "The interval rules cannot read one of this patient's entries, so nothing was "
                "checked. Please report this: {error}"
            ).format(error=error)
        ) from error
    pack = catalogue.packs[case.pack]
    others = records.without(appointment_id=plan.appointment_id, procedure_id=plan.procedure_id)
    card = _card(plan, pack, evaluate(pack, case), case)
    if doubt := unmatched(others, case, catalogue):
        card = replace(card, partial=f"{card.partial} {doubt}".strip())
    chosen = chosen_pack(records, plan, catalogue)
    return replace(card, assumed=chosen.payer) if chosen.basis is Basis.ASSUMED else card


@ask(Permission.SEE_SCHEDULE)
def assess_appointment(work: Work, appointment_id: int, on: date) -> tuple[VerdictCard, ...]:
    """As ``assess_moved``, while choosing a day to move an appointment to."""
    return assess_moved(work, appointment_id, on)


def assess_moved(work: Work, appointment_id: int, on: date) -> tuple[VerdictCard, ...]:
    """The verdict of each planned procedure of an appointment, were it on the day ``on``.

    Asks about what was planned as it was said: intent, guidance, contrast and steroids.
    """
    plans = sessions.planned_requests(work.tx, appointment_id, on)
    return tuple(assess_in(work, plan) for plan in plans)


def record(
    work: Work,
    card: VerdictCard,
    reason: str = "",
    appointment_id: int | None = None,
    procedure_id: int | None = None,
) -> int:
    """Keep the verdict that was acted upon, with the reason given; its id."""
    kept = replace(card, verdict_json=_kept_json(card))
    return kept_verdicts.add_verdict(work.tx, kept, reason, appointment_id, procedure_id)


def _kept_json(card: VerdictCard) -> str:
    """The verdict as it was shown: with what the payer asked for besides, where it did, and the
    payer whose rules were only assumed."""
    more: dict[str, object] = {}
    if card.beside:
        more["beside"] = [
            {"rule": row.rule, "status": row.status, "message": row.message, "source": row.source}
            for row in card.beside
        ]
    if card.assumed:
        more["assumed"] = card.assumed
    return json.dumps({**json.loads(card.verdict_json), **more}) if more else card.verdict_json


def _card(plan: PlanRequest, pack: Pack, verdict: Verdict, case: Case) -> VerdictCard:
    fullest = _fullest(verdict.findings)
    return VerdictCard(
        status=verdict.status.value,
        on=plan.on,
        earliest=verdict.earliest,
        findings=tuple(_row(finding) for finding in verdict.findings),
        pack=pack.id,
        pack_version=pack.version,
        pack_title=pack.title,
        partial=pack.partial,
        used=fullest.used if fullest else None,
        allowed=fullest.allowed if fullest else None,
        window_start=fullest.window_start if fullest else None,
        case_json=case_text(case),
        verdict_json=json.dumps(verdict.to_json()),
        patient_id=plan.patient_id,
        booked=_only_booked(case),
        beside=tuple(_row(finding) for finding in verdict.beside),
    )


def _only_booked(case: Case) -> frozenset[date]:
    """Days on which an entry is booked and none is done."""
    days = {
        state: {entry.date for entry in case.history if entry.state is state} for state in State
    }
    return frozenset(days[State.BOOKED] - days[State.DONE])


def _row(finding: Finding) -> FindingRow:
    cap = finding.window_start is not None
    return FindingRow(
        rule=finding.rule,
        title=finding.title,
        status=finding.status.value,
        earliest=finding.earliest,
        counted=finding.counted,
        message=finding.message,
        source=finding.source,
        verified=finding.verified,
        source_date=finding.source_date,
        used=finding.used if cap else None,
        allowed=finding.allowed if cap else None,
        window_start=finding.window_start,
        leaves=finding.leaves,
        missing=tuple(_missing(lack) for lack in finding.missing),
        same_as=finding.same_as,
        verify_why=finding.verify_why,
    )


def _missing(lack: Lack) -> MissingFact:
    """Entries of a case are named after the records they come from (``case_building``)."""
    logged = tuple(int(entry[1:]) for entry in lack.entries if entry.startswith("p"))
    return MissingFact(lack.what, lack.day, logged, lack.from_day)


def _fullest(findings: tuple[Finding, ...]) -> Finding | None:
    """The cap with the least room left."""
    caps = [finding for finding in findings if finding.window_start is not None]
    return min(caps, key=_room, default=None)


def _room(finding: Finding) -> int:
    return (finding.allowed or 0) - (finding.used or 0)
