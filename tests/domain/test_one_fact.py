"""A fact that both engines name stands once, and asks for one answer."""

from __future__ import annotations

from datetime import date

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.domain.one_fact import shared, without_shared
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding
from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.domain.states import SafetyLevel

DAY = date(2026, 12, 1)


def safety(*found: tuple[str, SafetyLevel]) -> SafetyCard:
    findings = tuple(SafetyFinding(c, level, (), c, "", verify=False) for c, level in found)
    return SafetyCard("low", False, findings, (), "", "")


def finding(rule: str, status: str, *same_as: str) -> FindingRow:
    return FindingRow(rule, rule, status, None, (), rule, "", verified=True, same_as=same_as)


def verdict(*findings: FindingRow, status: str) -> VerdictCard:
    return VerdictCard(status, DAY, DAY, findings, "p", "1", "P", "")


GUIDANCE = finding("esi.guidance", "needs-reason", "allergy.contrast", "pregnancy.present")
CAP = finding("esi.cap", "needs-reason")
MET = finding("esi.gap", "ok")


@pytest.mark.parametrize(
    ("findings", "status", "dangers", "left", "after"),
    [
        ((GUIDANCE, MET), "needs-reason", [("allergy.contrast", SafetyLevel.REASON)],
         ["esi.gap"], "ok"),
        ((GUIDANCE, CAP), "needs-reason", [("allergy.contrast", SafetyLevel.REASON)],
         ["esi.cap"], "needs-reason"),
        # Nothing was found, or only a question: the rule speaks for itself.
        ((GUIDANCE, MET), "needs-reason", [], ["esi.guidance", "esi.gap"], "needs-reason"),
        ((GUIDANCE, MET), "needs-reason", [("allergy.contrast", SafetyLevel.ASK)],
         ["esi.guidance", "esi.gap"], "needs-reason"),
        ((GUIDANCE,), "needs-reason", [("device.radiofrequency", SafetyLevel.REASON)],
         ["esi.guidance"], "needs-reason"),
        # A wait is no fact of the patient's: it never goes away so.
        ((GUIDANCE, finding("esi.gap", "not-before", "allergy.contrast")), "not-before",
         [("allergy.contrast", SafetyLevel.REASON)], ["esi.gap"], "not-before"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_verdict_beside_the_dangers(
    findings: tuple[FindingRow, ...],
    status: str,
    dangers: list[tuple[str, SafetyLevel]],
    left: list[str],
    after: str,
) -> None:
    card = without_shared(verdict(*findings, status=status), safety(*dangers))
    assert [row.rule for row in card.findings] == left
    assert card.status == after
    assert card.said_above is (len(left) < len(findings))


def test_the_rule_stands_at_the_danger_it_names() -> None:
    both = shared(
        verdict(GUIDANCE, status="needs-reason"), safety(("allergy.contrast", SafetyLevel.REASON))
    )
    assert both == {"allergy.contrast": GUIDANCE}
    assert shared(None, safety()) == {}


@pytest.mark.parametrize("pack", sorted(CATALOGUE.packs))
def test_every_pack_names_the_facts_that_it_shares(pack: str) -> None:
    named = {rule.head.kind: rule.head.same_as for rule in CATALOGUE.packs[pack].rules}
    assert named["prosthesis"] == ("joint.prosthesis",)
    assert named["arthroplasty"] == ("joint.surgery",)
    assert "steroid.particulate" in named["drugs"]
