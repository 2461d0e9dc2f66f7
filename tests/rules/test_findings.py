"""What the other tables leave open: the facet's sides, the heads of findings, the word for none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from support.vocabulary import CATALOGUE, case_of, read_site

from clinicdesk.rules.case import Phase, Reading
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import CaseError
from clinicdesk.rules.relief import Response, sustained

PACK = CATALOGUE.packs["us-medicare"]


@pytest.mark.parametrize("procedure", ["facet.block", "facet.rfa"])
def test_a_facet_joint_has_no_midline(procedure):
    with pytest.raises(ValueError, match="cannot be midline"):
        read_site("L4-L5 midline", procedure)
    case = {
        "pack": "us-medicare",
        "on": "2026-11-24",
        "plan": {"procedure": procedure, "sites": ["L4-L5 midline"]},
    }
    with pytest.raises(CaseError) as caught:
        case_of(case)
    assert caught.value.path == "$.plan.sites[0]"


def test_an_interlaminar_epidural_may_lie_in_the_midline():
    assert str(read_site("l4-l5  MIDLINE", "esi.interlaminar")) == "L4-L5 midline"


def test_a_finding_carries_its_rules_head():
    plan = {"procedure": "esi.caudal", "sites": ["caudal midline"]}
    verdict = evaluate(PACK, case_of({"pack": "x", "on": "2026-11-24", "plan": plan}))
    for finding in verdict.findings:
        head = next(rule.head for rule in PACK.rules if rule.head.id == finding.rule)
        assert (finding.kind, finding.title, finding.source, finding.source_date) == (
            head.kind,
            head.title,
            head.source,
            head.source_date,
        )
        assert finding.verified is head.verified


def _scores(*values: tuple[str, str]) -> list[Reading]:
    """A baseline of 8 on 2 March, then follow-up scores."""
    day = date(2026, 3, 2)
    return [
        Reading("a", day, Phase.BASELINE, "NRS", Decimal(8)),
        *(
            Reading("a", date.fromisoformat(on), Phase.FOLLOWUP, "NRS", Decimal(value))
            for on, value in values
        ),
    ]


def test_too_late_a_good_score_and_then_a_bad_one_is_told_with_its_reading():
    until, half = date(2026, 6, 2), Fraction(1, 2)
    held = sustained(_scores(("2026-05-20", "3"), ("2026-06-20", "6")), half, until)
    assert held.response is Response.UNKNOWN
    assert (held.scale, held.day, held.relief) == ("NRS", date(2026, 6, 20), Fraction(1, 4))
    assert held.lacks == "followup"


def test_a_good_score_before_the_end_alone_lacks_one_after_it():
    until, half = date(2026, 6, 2), Fraction(1, 2)
    held = sustained(_scores(("2026-05-20", "3")), half, until)
    assert (held.response, held.lacks) == (Response.UNKNOWN, "followup")
