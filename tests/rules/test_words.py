"""Rules in words: whom they concern, what they look at, what they ask."""

from __future__ import annotations

import pytest
from support.vocabulary import CATALOGUE, GROUPS, PROCEDURES, selector

from clinicdesk.domain.procedures import Intent
from clinicdesk.rules import words

MEDICARE = {rule.head.id: rule for rule in CATALOGUE.packs["us-medicare"].rules}


def test_every_group_and_procedure_has_its_words():
    for key, group in GROUPS.items():
        assert group.counted == words.plans(selector(groups=frozenset({key})))
    for kind in PROCEDURES.values():
        assert kind.counted in words.plans(selector(procedures=frozenset({kind.id})))


@pytest.mark.parametrize(
    ("whom", "says"),
    [
        (selector(groups=frozenset({"esi"})), "epidurals"),
        (selector(procedures=frozenset({"esi.caudal", "esi.interlaminar"})),
         "interlaminar epidurals and caudal epidurals"),
        (selector(groups=frozenset({"facet", "rfa", "tpi"})),
         "facet blocks, facet radiofrequency and trigger points"),
        (selector(groups=frozenset({"facet"}), intent=Intent.DIAGNOSTIC),
         "diagnostic facet blocks"),
        (selector(procedures=frozenset({"sij.injection"}), intent=Intent.THERAPEUTIC),
         "therapeutic SI joint injections"),
        (selector(groups=frozenset({"joint"}), steroids=True),
         "joint and soft-tissue injections with a steroid"),
        (selector(procedures=frozenset({"esi.transforaminal"}), steroids=True,
                  regions=frozenset({"cervical-thoracic"})),
         "transforaminal epidurals with a steroid in the cervical-thoracic region"),
        (selector(groups=frozenset({"esi"}), regions=frozenset({"lumbar-sacral",
                  "cervical-thoracic"})),
         "epidurals in the cervical-thoracic or lumbar-sacral region"),
        (selector(groups=frozenset({"sij"}), procedures=frozenset({"sij.rfa", "tpi"})),
         "SI joint radiofrequency"),
    ],
)  # fmt: skip
def test_whom_a_rule_concerns(whom, says):
    assert words.plans(whom) == says


def test_a_session_counts_where_its_steroid_is_not_known():
    joint = selector(groups=frozenset({"joint"}), steroids=True)
    assert words.entries(joint).endswith(", unless given without a steroid")


@pytest.mark.parametrize(
    ("rule", "scope", "asks"),
    [
        ("esi.cap", "spinal region",
         "at most 4 epidural sessions in any 12 months, this one included"),
        ("esi.response", "spinal region",
         ("the last epidural session brought 50 % relief for 3 months; otherwise a reason, and not "
         "before 14 days after it")),
        ("esi.levels", "session of that day",
         ("at most 1 spinal region; one kind of procedure; 1 level of interlaminar epidurals and "
         "caudal epidurals; 2 levels of transforaminal epidurals; caudal epidurals and "
         "interlaminar epidurals not on both sides")),
        ("esi.guidance", "plan",
         ("in pregnancy: ultrasound without contrast; with a contrast allergy: fluoroscopy, CT or "
         "ultrasound without contrast; else: fluoroscopy or CT with contrast")),
        ("esi.dose", "session of that day",
         ("at most methylprednisolone 80 mg, triamcinolone 80 mg, betamethasone 12 mg, "
         "dexamethasone 15 mg; of several together their share of it")),
        ("facet.diagnostic.second", "site and side",
         ("the last diagnostic facet session brought 80 % relief or more; otherwise a reason; not "
         "before 14 days after it")),
        ("rfa.prerequisite", "site and side",
         ("2 diagnostic facet sessions, each with 80 % relief or more; not asked within 24 months "
         "after radiofrequency; otherwise a reason")),
        ("sij.therapeutic.prerequisite", "site and side",
         "1 diagnostic SI joint session with 75 % relief or more; otherwise a reason"),
        ("tpi.gap", "site and side", "not before 6 weeks after the last trigger point session"),
        ("tpi.guidance", "plan", "landmark"),
        ("joint.arthroplasty", "plan",
         "a reason where the joint is to be replaced within 3 months"),
        ("session.mix", "that day",
         ("a reason where another of these is on that day: epidurals, facet blocks, facet "
         "radiofrequency, SI joint injections and radiofrequency, trigger points or sympathetic "
         "blocks")),
        ("later.booked", "later bookings",
         "a reason where a later booking would exceed its cap or come too soon"),
    ],
)  # fmt: skip
def test_what_a_rule_asks(rule, scope, asks):
    assert (words.scope(MEDICARE[rule]), MEDICARE[rule].terms()) == (scope, asks)
