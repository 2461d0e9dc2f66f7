"""A case as JSON of the verdict contract, and its text with decimals exactly as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from clinicdesk.domain.procedures import Steroid
from clinicdesk.rules.case import Case, Entry, Patient, Reading

_MARK = "\0"
_MARKED = re.compile(r'"\\u0000(-?[0-9]+(?:\.[0-9]+)?)"')


def case_to_json(case: Case) -> dict[str, object]:
    """What ``parse_case`` reads as the same case; amounts and scores are decimals.

    A planned dose that nobody knows is null, for which the contract has no word: it is kept so,
    and asked for when it is read.
    """
    plan = case.plan
    return {
        "pack": case.pack,
        "on": case.on.isoformat(),
        "patient": _patient(case.patient),
        "plan": {
            "procedure": plan.procedure,
            "sites": [str(site) for site in plan.sites],
            "intent": plan.intent.value,
            "guidance": plan.guidance.value if plan.guidance else None,
            "contrast": plan.contrast,
            "steroids": _steroids(plan.steroids),
        },
        "history": [_entry(entry) for entry in case.history],
        "readings": [_reading(reading) for reading in case.readings],
    }


def _patient(patient: Patient) -> dict[str, object]:
    """What nobody has asked is left out: the contract has no null for it."""
    found: dict[str, object] = {
        "contrast_allergy": patient.contrast_allergy,
        "pregnant": patient.pregnant,
    }
    if patient.prostheses is not None:
        found["prostheses"] = [str(site) for site in patient.prostheses]
    if patient.arthroplasty_planned is not None:
        found["arthroplasty_planned"] = [
            {"site": str(joint.site), "date": joint.date.isoformat()}
            for joint in patient.arthroplasty_planned
        ]
    return found


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "date": entry.date.isoformat(),
        "state": entry.state.value,
        "procedure": entry.procedure,
        "sites": [str(site) for site in entry.sites],
        "intent": entry.intent.value,
        "steroids": None if entry.steroids is None else _steroids(entry.steroids),
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "session": reading.session,
        "date": reading.date.isoformat(),
        "phase": reading.phase.value,
        "scale": reading.scale,
        "value": reading.value,
    }


def _steroids(steroids: Iterable[Steroid]) -> list[dict[str, object]]:
    return [{"drug": steroid.drug, "mg": steroid.mg} for steroid in steroids]


def dump_case(case: Mapping[str, object]) -> str:
    """One line of JSON; decimals become numbers with the digits they have."""
    return _MARKED.sub(r"\1", json.dumps(case, default=_number))


def _number(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}"
    raise TypeError(type(value).__name__)
