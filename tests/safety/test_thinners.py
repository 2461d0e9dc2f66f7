"""Blood thinners: each drug in each bleeding class, each name, class moves, dates and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from support.safety import KNOWLEDGE, answer, case, hold_of, levels, parsed

from clinicdesk.safety.engine import check
from clinicdesk.safety.holds import holds, recognised

# Transcribed from the domain reference, 2.2: low, intermediate, high; restart of each.
# "5 d" a hold, "-" none, "SA" shared; restart in hours, of a range the lower end.
TABLE = """
aspirin                  | -    | SA   | 6 d  | 24 24 24
diclofenac               | -    | -    | 1 d  | 24 24 24
ketorolac                | -    | -    | 1 d  | 24 24 24
ibuprofen                | -    | -    | 1 d  | 24 24 24
etodolac                 | -    | -    | 2 d  | 24 24 24
indomethacin             | -    | -    | 2 d  | 24 24 24
naproxen                 | -    | -    | 4 d  | 24 24 24
meloxicam                | -    | -    | 4 d  | 24 24 24
nabumetone               | -    | -    | 6 d  | 24 24 24
oxaprozin                | -    | -    | 10 d | 24 24 24
piroxicam                | -    | -    | 10 d | 24 24 24
celecoxib                | -    | -    | -    | - - -
cilostazol               | -    | -    | 2 d  | 24 24 24
dipyridamole             | -    | -    | 2 d  | - - -
warfarin                 | SA   | 5 d  | 5 d  | 6 6 6
acenocoumarol            | SA   | 3 d  | 3 d  | 24 24 24
heparin-iv               | 6 h  | 6 h  | 6 h  | 2 2 2
heparin-sc               | 6 h  | 6 h  | 24 h | 2 2 6
enoxaparin-prophylactic  | 12 h | 12 h | 12 h | 4 12 12
enoxaparin               | 24 h | 24 h | 24 h | 4 12 12
dalteparin               | 24 h | 24 h | 24 h | 4 12 12
fondaparinux             | SA   | 4 d  | 4 d  | 6 24 24
clopidogrel              | SA   | 7 d  | 7 d  | 24 24 24
prasugrel                | SA   | 7 d  | 7 d  | 24 24 24
ticagrelor               | SA   | 5 d  | 5 d  | 24 24 24
cangrelor                | SA   | 3 h  | 3 h  | 24 24 24
dabigatran               | SA   | 4 d  | 4 d  | 24 24 24
rivaroxaban              | SA   | 3 d  | 3 d  | 24 24 24
apixaban                 | SA   | 3 d  | 3 d  | 24 24 24
edoxaban                 | SA   | 3 d  | 3 d  | 24 24 24
abciximab                | 2 d  | 2 d  | 2 d  | 8 8 8
eptifibatide             | 8 h  | 8 h  | 8 h  | 8 8 8
tirofiban                | 8 h  | 8 h  | 8 h  | 8 8 8
fibrinolytics            | 48 h | 48 h | 48 h | 48 48 48
ssri                     | -    | -    | SA   | - - -
snri                     | -    | -    | SA   | - - -
garlic                   | -    | -    | -    | - - -
ginkgo                   | -    | -    | -    | - - -
ginseng                  | -    | -    | -    | - - -
dong-quai                | -    | -    | -    | - - -
danshen                  | -    | -    | -    | - - -
fish-oil                 | -    | -    | -    | - - -
vitamin-e                | -    | -    | -    | - - -
"""
LAST_DOSE = {  # n whole days without it before 1 December, that day not counted
    1: "2026-11-29", 2: "2026-11-28", 3: "2026-11-27", 4: "2026-11-26", 5: "2026-11-25",
    6: "2026-11-24", 7: "2026-11-23", 10: "2026-11-20",
}  # fmt: skip
CLASSES = ("low", "intermediate", "high")


def _rows():
    for line in TABLE.strip().splitlines():
        drug, *spans, restarts = [part.strip() for part in line.split("|")]
        for bleeding, span, restart in zip(CLASSES, spans, restarts.split(), strict=True):
            yield drug, bleeding, span, restart


@pytest.mark.parametrize(("drug", "bleeding", "span", "restart"), list(_rows()))
def test_each_drug_in_each_class(drug, bleeding, span, restart):
    entry = KNOWLEDGE.anticoagulants[drug]
    (hold,) = holds(parsed(case()), [(drug, entry)], bleeding, KNOWLEDGE.guideline)
    count, __, unit = span.partition(" ")
    assert hold.action == {"-": "none", "SA": "shared"}.get(span, "hold")
    assert hold.days == (int(count) if unit == "d" else None)
    assert hold.hours == (int(count) if unit == "h" else None)
    assert str(hold.last_dose_on) == (LAST_DOSE[int(count)] if unit == "d" else "None")
    held = hold.action == "hold"
    assert hold.restart_hours == (int(restart) if held and restart != "-" else None)
    assert hold.inr == (drug in {"warfarin", "acenocoumarol"})
    assert "ASRA 2018" in hold.sentence
    assert ("Never stop it without the prescriber's agreement." in hold.sentence) == held


def test_the_table_is_the_whole_table():
    assert {drug for drug, *__ in _rows()} == set(KNOWLEDGE.anticoagulants)


@pytest.mark.parametrize(
    ("drug", "most", "restart_most"),
    [("prasugrel", 10, None), ("abciximab", 5, 12), ("tirofiban", 24, 12), ("apixaban", None, None),
     ("enoxaparin", None, 24)],
)  # fmt: skip
def test_a_range_is_kept(drug, most, restart_most):
    entry = KNOWLEDGE.anticoagulants[drug]
    (hold,) = holds(parsed(case()), [(drug, entry)], "intermediate", KNOWLEDGE.guideline)
    assert (hold.most, hold.restart_most) == (most, restart_most)


ALIASES = [
    (key, name, drug.terms.together)
    for key, drug in KNOWLEDGE.anticoagulants.items()
    for name in drug.names
]


@pytest.mark.parametrize(("key", "name", "together"), ALIASES)
def test_each_name_is_recognised(key, name, together):
    for word in together or ("",):
        written = f"{name.title()} {word} 5 mg Oral Tablet twice a day"
        assert [drug.key for __, drug in recognised([written], KNOWLEDGE)] == [key]


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Apixaban 5 MG Oral Tablet", ["apixaban"]),
        ("ELIQUIS (apixaban) 2.5mg bid", ["apixaban"]),
        ("eliquis5mg", ["apixaban"]),
        ("Äpixaban", ["apixaban"]),
        ("Aggrenox", ["aspirin", "dipyridamole"]),
        ("Plavix 75, baby aspirin 81 mg", ["clopidogrel", "aspirin"]),
        ("enoxaparin 40 mg s.c. daily", ["enoxaparin"]),
        ("Lovenox 40 mg for DVT prophylaxis", ["enoxaparin-prophylactic"]),
        ("prophylactic enoxaparin", ["enoxaparin-prophylactic"]),
        ("heparin 5000 units sc tid", ["heparin-sc"]),
        ("heparin drip", ["heparin-iv"]),
        ("IV heparin", ["heparin-iv"]),
        ("no aspirin", []),
        ("denies warfarin or aspirin", []),
        ("not on Xarelto", []),
        ("do not stop aspirin", ["aspirin"]),
        ("apixabane", []),
        ("5-ASA 800 mg", []),
        ("Lovenox 40 mg ppx", ["enoxaparin-prophylactic"]),
        ("Lisinopril 10 mg", []),
        ("vitamin D", []),
        ("vitamin E 400 IU", ["vitamin-e"]),
        ("omega-3 capsules", ["fish-oil"]),
        ("Zoloft", ["ssri"]),
        ("duloxetine 60 mg", ["snri"]),
        ("tPA", ["fibrinolytics"]),
    ],
)
def test_free_text(written, keys):
    assert [drug.key for __, drug in recognised([written], KNOWLEDGE)] == keys


def test_holds_stand_in_the_records_order_each_drug_once():
    found = answer(case(drugs=["Plavix", "Aggrenox", "aspirin 81", "Lisinopril", "warfarin"]))
    assert [each["drug"] for each in found["holds"]] == [
        *("clopidogrel", "aspirin", "dipyridamole", "warfarin"),
    ]


@pytest.mark.parametrize(
    ("procedure", "site", "drugs", "bleeding"),
    [
        ("facet.block", "L4-L5 left", [], "low"),
        ("facet.block", "T4-T5 left", [], "low"),
        ("facet.block", "C7-T1 left", [], "intermediate"),
        ("facet.rfa", "C4-C5 left", [], "intermediate"),
        ("esi.caudal", "caudal midline", [], "intermediate"),
        ("tpi", "trapezius left", [], "low"),
        ("sympathetic.block", "L2 left", [], "intermediate"),
        ("facet.block", "L4-L5 left", ["apixaban"], "low"),
        ("facet.block", "L4-L5 left", ["apixaban", "aspirin"], "intermediate"),
        ("facet.block", "L4-L5 left", ["apixaban", "clopidogrel", "aspirin"], "intermediate"),
        ("facet.block", "C4-C5 left", ["apixaban", "aspirin"], "high"),
        ("facet.block", "L4-L5 left", ["apixaban", "cilostazol"], "low"),  # none at intermediate
        ("facet.block", "L4-L5 left", ["Aggrenox"], "low"),  # aspirin counts, dipyridamole not
        ("facet.block", "L4-L5 left", ["apixaban", "ibuprofen"], "low"),
        ("facet.block", "L4-L5 left", ["apixaban", "sertraline", "fish oil"], "low"),
        ("facet.block", "L4-L5 left", ["apixaban", "Eliquis"], "low"),  # one drug, twice
        ("esi.caudal", "caudal midline", ["apixaban", "aspirin", "warfarin"], "high"),
    ],
)
def test_the_bleeding_class(procedure, site, drugs, bleeding):
    assert answer(case(procedure, site, drugs=drugs))["bleeding"] == bleeding


@pytest.mark.parametrize(
    ("procedure", "site", "drugs", "check_"),
    [
        ("esi.transforaminal", "L5 left", None, "thinner.not_asked"),
        ("esi.transforaminal", "L5 left", [], None),
        ("esi.transforaminal", "L5 left", ["Lisinopril"], None),
        ("esi.transforaminal", "L5 left", ["ibuprofen"], None),
        ("esi.transforaminal", "L5 left", ["aspirin"], "thinner.shared"),
        ("esi.transforaminal", "L5 left", ["aspirin", "ibuprofen"], "thinner.shared"),
        ("esi.transforaminal", "L5 left", ["apixaban"], "thinner.hold"),
        ("facet.block", "L4-L5 left", ["apixaban"], "thinner.shared"),
        ("facet.block", "L4-L5 left", ["aspirin"], None),
        ("facet.block", "L4-L5 left", ["aspirin", "apixaban"], "thinner.hold"),
        ("tpi", "trapezius left", ["enoxaparin"], "thinner.hold"),
    ],
)
def test_one_thinner_finding_or_none(procedure, site, drugs, check_):
    found = levels(case(procedure, site, drugs=drugs))
    thinner = {key: level for key, level in found.items() if key.startswith("thinner")}
    assert thinner == ({check_: "ask"} if check_ else {})


def _at(moment: str, zone: str = "America/New_York"):
    start = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    asked = parsed(case(on=moment[:10], drugs=["enoxaparin 80 mg"]))
    return check(replace(asked, start=start), KNOWLEDGE).holds[0].last_dose_before


@pytest.mark.parametrize(
    ("start", "before"),
    [
        ("2026-12-01T09:30", "2026-11-30T09:30"),
        ("2026-03-08T09:30", "2026-03-07T08:30"),  # the clock was set an hour on in the night
        ("2026-11-01T09:30", "2026-10-31T10:30"),  # and back
    ],
)
def test_hours_are_counted_on_the_clock_that_runs(start, before):
    assert _at(start).replace(tzinfo=None).isoformat(timespec="minutes") == before


def test_without_a_start_only_the_hours_are_told():
    hold = hold_of(case(drugs=["enoxaparin 80 mg"]), "enoxaparin")
    assert (hold["hours"], hold["restart_hours"], hold["restart_most"]) == (24, 12, 24)
    assert "last_dose_on" not in hold
    assert "last_dose_before" not in hold


def test_months_and_years_are_crossed():
    hold = hold_of(case(on="2027-01-02", drugs=["warfarin"]), "warfarin")
    assert hold["last_dose_on"] == "2026-12-27"
    assert answer(case(on="2028-03-01", drugs=["apixaban"]))["holds"][0]["last_dose_on"] == (
        "2028-02-26"
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("apixiban 5 mg", "apixaban"), ("Plavex", "plavix"), ("asprin 81", "aspirin"),
        ("rivoroxaban", "rivaroxaban"), ("coumadine", "coumadin"),
    ],
)  # fmt: skip
def test_a_drug_that_may_be_a_misspelt_thinner_is_asked_back(written: str, name: str) -> None:
    told = answer(case("esi.transforaminal", "L5 left", drugs=[written]))
    (found,) = [each for each in told["also"] if each["check"] == "thinner.unclear"]
    assert (found["level"], found["because"]) == ("ask", [written])
    assert f"Is “{name}” meant?" in found["sentence"]


@pytest.mark.parametrize(
    "written",
    ["metoprolol", "amlodipine 5 mg", "tamsulosin", "gabapentin", "prasugrel", "apixaban"],
)
def test_other_drugs_and_those_that_are_known_are_not(written: str) -> None:
    told = answer(case("esi.transforaminal", "L5 left", drugs=[written]))
    assert "thinner.unclear" not in {each["check"] for each in told["also"]}
