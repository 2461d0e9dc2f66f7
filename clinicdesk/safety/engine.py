"""Asks every check about a case, and puts what they found in the contract's order."""

from __future__ import annotations

from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.safety.answer import Found
from clinicdesk.safety.bleeding import bleeding_class
from clinicdesk.safety.case import Case
from clinicdesk.safety.checks import allergies, doses, implants, needle, patient, thinners
from clinicdesk.safety.holds import asked_back, holds, recognised
from clinicdesk.safety.knowledge import Knowledge
from clinicdesk.safety.session import session_of

_RANK = {level: rank for rank, level in enumerate(SafetyLevel)}


def check(case: Case, knowledge: Knowledge) -> SafetyCard:
    """The whole answer to a case that was parsed; never raises for one."""
    session = session_of(case, knowledge)
    drugs = recognised(case.patient.drugs or (), knowledge)
    bleeding, moved_up = bleeding_class(session, [drug for __, drug in drugs])
    held = tuple(
        asked_back(each, knowledge) for each in holds(case, drugs, bleeding, knowledge.guideline)
    )
    found = [
        *allergies.checks(session),
        *patient.checks(session),
        *thinners.checks(session, held),
        *implants.checks(session),
        *needle.checks(session),
        *doses.checks(session),
    ]
    findings = [_finding(each, knowledge) for each in found]
    return SafetyCard(
        bleeding=bleeding,
        moved_up=moved_up,
        findings=tuple(sorted(findings, key=_place)),
        holds=held,
        guideline=knowledge.guideline.key,
        guideline_name=knowledge.guideline.name,
    )


def _finding(found: Found, knowledge: Knowledge) -> SafetyFinding:
    basis = knowledge.checks[found.check]
    return SafetyFinding(
        check=found.check,
        level=found.level,
        because=tuple(dict.fromkeys(found.because)),
        sentence=found.sentence,
        source=basis.source,
        verify=basis.verify or found.verify,
    )


def _place(finding: SafetyFinding) -> tuple[int, str]:
    return _RANK[finding.level], finding.check
