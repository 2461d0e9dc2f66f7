"""Cases of the safety checks, built from what differs."""

from __future__ import annotations

from typing import Any

from support.vocabulary import CATALOGUE

from clinicdesk.safety.case import Case
from clinicdesk.safety.engine import check
from clinicdesk.safety.parse import parse_case
from clinicdesk.safety.write import card_to_json

KNOWLEDGE = CATALOGUE.safety
ASKED_NONE = {
    "birth_date": "1958-03-14", "sex": "female", "weight_kg": 70, "allergies": [], "drugs": [],
    "conditions": [], "implants": [], "pregnant": False,
}  # fmt: skip
"""A patient of 68 who was asked about everything, and nothing was found."""


def case(
    procedure: str = "esi.transforaminal",
    *sites: str,
    on: str = "2026-12-01",
    plan: dict[str, Any] | None = None,
    **patient: Any,
) -> dict[str, Any]:
    """A case as JSON: by default nothing known against a lumbar transforaminal."""
    return {
        "on": on,
        "patient": {**ASKED_NONE, **patient},
        "plan": {"procedure": procedure, "sites": list(sites or ("L5 left",)), **(plan or {})},
    }


def parsed(value: Any) -> Case:
    """The case that JSON says."""
    return parse_case(value, KNOWLEDGE)


def answer(value: Any) -> dict[str, Any]:
    """The answer to a case in JSON, as JSON."""
    return card_to_json(check(parsed(value), KNOWLEDGE))


def levels(value: Any) -> dict[str, str]:
    """Check to level, the house's own among them."""
    found = answer(value)
    return {each["check"]: each["level"] for each in (*found["findings"], *found["also"])}


def hold_of(value: Any, drug: str) -> dict[str, Any] | None:
    """The hold of one drug; None where it was not recognised."""
    return next((each for each in answer(value)["holds"] if each["drug"] == drug), None)
