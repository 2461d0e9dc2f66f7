"""What holds for every case: the order, each check once, facts that only add."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.safety import KNOWLEDGE, answer, case, levels

from clinicdesk.safety.answer import CHECKS, OWN

pytestmark = pytest.mark.slow

PLANS = (
    ("esi.transforaminal", "L5 left"), ("esi.transforaminal", "C6 left"),
    ("esi.interlaminar", "C5-C6 midline"), ("facet.block", "C4-C5 left"),
    ("facet.rfa", "L4-L5 left"), ("sij.injection", "si joint left"),
    ("joint.injection", "knee left"), ("soft_tissue.injection", "trochanteric bursa right"),
    ("tpi", "trapezius left"), ("nerve.block", "greater occipital left"),
    ("sympathetic.block", "stellate ganglion bilateral"),
)  # fmt: skip
ALLERGIES = ("IV dye", "Omnipaque", "iodine", "Betadine", "gadolinium contrast", "Marcaine",
             "Novocain", "Kenalog", "PEG 3350", "benzyl alcohol", "latex", "nickel")  # fmt: skip
DRUGS = ("apixaban 5 mg", "warfarin", "aspirin", "Plavix", "Aggrenox", "enoxaparin 40 mg",
         "ibuprofen", "metformin", "insulin", "fish oil", "lisinopril", "cilostazol")  # fmt: skip
CONDITIONS = ("T2DM", "prediabetes", "no diabetes", "fever", "history of sepsis",
              "hypertension", "diabetes insipidus", "on antibiotics")  # fmt: skip
IMPLANTS = ("pacemaker", "loop recorder", "TKR left", "hip prosthesis R", "IUD", "knee replacement")
PRODUCTS = tuple(KNOWLEDGE.products)


def _lists(words):
    return st.none() | st.lists(st.sampled_from(words), max_size=3)


@st.composite
def cases(draw):
    procedure, site = draw(st.sampled_from(PLANS))
    plan = {}
    if draw(st.booleans()):
        plan["medications"] = [
            {"product": product, "ml": draw(st.integers(1, 40)) / 2}
            for product in draw(st.lists(st.sampled_from(PRODUCTS), max_size=3))
        ]
    if draw(st.booleans()):
        plan["contrast"] = draw(st.booleans())
    if draw(st.booleans()):
        plan["guidance"] = draw(st.sampled_from(("fluoroscopy", "ct", "ultrasound", "landmark")))
    allergies = draw(_lists(ALLERGIES))
    return case(
        procedure,
        site,
        plan=plan,
        birth_date=draw(st.dates(_day(1930), _day(2020))).isoformat(),
        sex=draw(st.sampled_from(("female", "male", "other", "unknown"))),
        weight_kg=draw(st.none() | st.integers(40, 150)),
        allergies=None if allergies is None else [{"substance": each} for each in allergies],
        drugs=draw(_lists(DRUGS)),
        conditions=draw(_lists(CONDITIONS)),
        implants=draw(_lists(IMPLANTS)),
        pregnant=draw(st.none() | st.booleans()),
        surgeries=[
            {"site": site, "date": day.isoformat()}
            for site in draw(st.lists(st.sampled_from(("knee left", "hip right")), max_size=2))
            for day in [draw(st.dates(_day(2026), _day(2028)))]
        ],
    )


def _day(year):
    return date(year, 1, 1)


@given(cases())
@settings(max_examples=300, deadline=None)
def test_order_and_shape(asked):
    found = answer(asked)
    rank = {"reason": 0, "ask": 1, "note": 2}
    order = [(rank[each["level"]], each["check"]) for each in found["findings"]]
    assert order == sorted(order)
    assert len({check for __, check in order}) == len(order)
    for each in found["findings"]:
        assert each["check"] in CHECKS
        assert each["sentence"].endswith(".")
        assert each["source"]
        assert len(set(each["because"])) == len(each["because"])
    assert found["bleeding"] in {"low", "intermediate", "high"}
    assert len({each["drug"] for each in found["holds"]}) == len(found["holds"])
    held = {each["action"] for each in found["holds"]}
    assert ("thinner.hold" in dict(_checks(found))) is ("hold" in held)


def _checks(found):
    return [(each["check"], each["level"]) for each in found["findings"]]


def _reasons(asked):
    return {check for check, level in levels(asked).items() if level == "reason"}


FACTS = (
    [("allergies", {"substance": each}) for each in ALLERGIES]
    + [("drugs", each) for each in DRUGS]
    + [("conditions", each) for each in CONDITIONS]
    + [("implants", each) for each in IMPLANTS]
)


@given(cases(), st.sampled_from(FACTS))
@settings(max_examples=300, deadline=None)
def test_a_further_fact_takes_no_reason_away(asked, fact):
    topic, entry = fact
    more = deepcopy(asked)
    more["patient"][topic] = [*(more["patient"][topic] or []), entry]
    assert _reasons(asked) <= _reasons(more)


UNKNOWN = st.text("qzxwvj ", min_size=1, max_size=30).filter(str.strip)


@given(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)
@settings(max_examples=100, deadline=None)
def test_unknown_words_give_nothing(allergy, drug, condition, implant):
    for procedure, site in PLANS:
        asked = case(procedure, site)
        more = case(
            procedure,
            site,
            allergies=[{"substance": allergy}],
            drugs=[drug],
            conditions=[condition],
            implants=[implant],
        )
        assert _checks(answer(more)) == _checks(answer(asked))
        assert answer(more)["holds"] == []


@given(st.sampled_from([*DRUGS]), st.text(",;.() 0123456789mg", max_size=12))
@settings(max_examples=100, deadline=None)
def test_dose_words_around_a_drug_change_nothing(drug, around):
    plain = answer(case(drugs=[drug]))
    dosed = answer(case(drugs=[f"{drug.upper()} {around}"]))
    assert [each["drug"] for each in plain["holds"]] == [each["drug"] for each in dosed["holds"]]


def test_every_check_has_a_basis():
    assert set(KNOWLEDGE.checks) == {*CHECKS, *OWN}
