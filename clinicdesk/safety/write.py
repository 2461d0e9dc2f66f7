"""The answer as JSON, in the order of the safety contract."""

from __future__ import annotations

from typing import Any

from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding, SafetyHold
from clinicdesk.safety.answer import OWN


def card_to_json(card: SafetyCard) -> dict[str, Any]:
    """``bleeding``, ``findings``, ``holds``, the guideline's key and name, and in ``also`` what
    the house's own checks found: the contract says which findings there are."""
    return {
        "bleeding": card.bleeding,
        "findings": [_finding(each) for each in card.findings if each.check not in OWN],
        "holds": [_hold(each) for each in card.holds],
        "guideline": card.guideline,
        "guideline_name": card.guideline_name,
        "also": [_finding(each) for each in card.findings if each.check in OWN],
    }


def _finding(finding: SafetyFinding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "level": finding.level.value,
        "because": list(finding.because),
        "sentence": finding.sentence,
        "source": finding.source,
        "verify": finding.verify,
    }


def _hold(hold: SafetyHold) -> dict[str, Any]:
    """What does not apply is left out."""
    before = hold.last_dose_before
    told = {
        "days": hold.days,
        "hours": hold.hours,
        "most": hold.most,
        "last_dose_on": hold.last_dose_on and hold.last_dose_on.isoformat(),
        "last_dose_before": before and before.replace(tzinfo=None).isoformat(timespec="minutes"),
        "restart_hours": hold.restart_hours,
        "restart_most": hold.restart_most,
        "inr": hold.inr or None,
        "leaves_time_on": hold.leaves_time_on and hold.leaves_time_on.isoformat(),
    }
    return {
        "drug": hold.drug,
        "action": hold.action,
        **{key: value for key, value in told.items() if value is not None},
        "sentence": hold.sentence,
        "source": hold.source,
        "verify": hold.verify,
    }
