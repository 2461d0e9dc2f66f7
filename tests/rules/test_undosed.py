"""A planned steroid whose dose nobody knows yet: it counts as one, and its sum is not judged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.domain.procedures import Steroid
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.write import case_to_json


def _found(procedure, site, steroids, rule, pack="us-medicare"):
    case = case_of(
        {"pack": pack, "on": "2026-12-01", "plan": {"procedure": procedure, "sites": [site]}},
        (pack,),
    )
    case = replace(case, plan=replace(case.plan, steroids=steroids))
    findings = {f.rule: f for f in evaluate(CATALOGUE.packs[pack], case).findings}
    return case, findings.get(rule)


@pytest.mark.parametrize(
    ("steroids", "status"),
    [
        ((Steroid("dexamethasone", None),), "cannot-determine"),
        (
            (Steroid("dexamethasone", None), Steroid("triamcinolone", Decimal(40))),
            "cannot-determine",
        ),
        ((Steroid("dexamethasone", None), Steroid("triamcinolone", Decimal(81))), "needs-reason"),
        ((Steroid("dexamethasone", Decimal(15)),), "ok"),
    ],
)
def test_a_sum_with_an_unknown_dose_cannot_be_told(steroids, status):
    case, found = _found("esi.transforaminal", "L5 left", steroids, "esi.dose")
    assert found.status == status
    assert ("the dose of dexamethasone is not known" in found.message.lower()) is (
        status == "cannot-determine"
    )
    written = case_to_json(case)["plan"]["steroids"]
    assert [each["mg"] for each in written] == [steroid.mg for steroid in steroids]


def test_particles_are_judged_by_the_drug_alone():
    steroids = (Steroid("triamcinolone", None),)
    __, found = _found("esi.transforaminal", "C6 left", steroids, "esi.particulate")
    assert found.status == "needs-reason"


@pytest.mark.parametrize(
    ("steroids", "asked"), [((Steroid("triamcinolone", None),), True), ((), False)]
)
def test_the_gap_of_a_joint_asks_about_it(steroids, asked):
    __, found = _found("joint.injection", "elbow left", steroids, "joint.gap", "clinic-default")
    assert (found is not None) is asked
