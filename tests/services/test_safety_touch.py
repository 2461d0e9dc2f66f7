"""What answers would mean for what is booked, asked without keeping them."""

from __future__ import annotations

from typing import Any

from support import settle

from clinicdesk.domain.rows.safety_facts import (
    ConditionEntry,
    DrugEntry,
    FactsAnswer,
    ImplantEntry,
    Said,
    SurgeryEntry,
    Topic,
)
from clinicdesk.domain.rows.touched import Touched
from clinicdesk.services import safety, safety_facts, safety_touch

ANSWERS = (
    FactsAnswer(Topic.ALLERGIES, Said.NONE),
    FactsAnswer(Topic.DRUGS, add=(DrugEntry("warfarin", "5 mg"),)),
    FactsAnswer(Topic.CONDITIONS, add=(ConditionEntry("T2DM"), ConditionEntry("fever"))),
    FactsAnswer(Topic.IMPLANTS, add=(ImplantEntry("knee replacement left"),)),
    FactsAnswer(Topic.SURGERIES, add=(SurgeryEntry("knee left", settle.DAY),)),
)


def touched(clinic: Any, actor: Any, *answers: FactsAnswer) -> Touched:
    (found,) = safety_touch.touched(clinic, actor, clinic.seeded.sean, answers)
    return found


def test_what_is_foreseen_is_what_comes(clinic: Any, frontdesk: Any) -> None:
    """The checks find the same afterwards, once the answers stand on record."""
    number = settle.book(clinic, "frontdesk", "sean", settle.DAY, 9)
    foreseen = touched(clinic, frontdesk, *ANSWERS)
    assert touched(clinic, frontdesk).new == frozenset()
    safety_facts.record(clinic, frontdesk, clinic.seeded.sean, ANSWERS)
    (card,) = safety.safety_of_appointment(clinic, frontdesk, number, settle.DAY, foreseen.start)
    assert foreseen.findings == card.findings
    assert {hold.drug for hold in foreseen.holds} == {"warfarin"}
    assert {"diabetes.steroid", "infection.present", "thinner.hold"} <= foreseen.new


def test_an_entry_that_ends_is_no_none(clinic: Any, frontdesk: Any) -> None:
    settle.knows_dye(clinic)
    settle.book(clinic, "frontdesk", "sean", settle.DAY, 9)
    facts = safety_facts.facts(clinic, frontdesk, clinic.seeded.sean)
    (dye,) = facts.of(Topic.ALLERGIES).entries
    found = touched(clinic, frontdesk, FactsAnswer(Topic.ALLERGIES, end=(dye.id,)))
    assert any("Contrast allergy" in sentence for sentence in found.gone)
    assert "allergies.not_asked" in {finding.check for finding in found.findings}
