"""One site has one name: which names are read as which site, and which are asked about."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.reference_verdict import verdict as reference
from support.vocabulary import CATALOGUE

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.site_names import check_names, read_sites
from clinicdesk.catalogue.strict import parse
from clinicdesk.domain.anatomy import UnlistedSite, listed_site, near_sites, new_name, site_for
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.procedures import Steroid
from clinicdesk.domain.rows.cases import (
    DoneRow,
    ImplantFact,
    PatientFacts,
    PersonFacts,
    SurgeryFact,
)
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.write import case_to_json
from clinicdesk.safety.engine import check
from clinicdesk.services.case_building import case_of
from clinicdesk.services.safety_case import case_from_facts

PROCEDURES = CATALOGUE.procedures
ON = date(2026, 12, 1)
# Read here on its own, without a look at how the program reads it.
FILE = tomllib.loads((resources.root() / "catalogue" / "sites.toml").read_text("utf-8"))["sites"]
FREE = {name: entry for name, entry in FILE.items() if "procedures" in entry}
SPOKEN = [
    (other, name, entry["procedures"][0])
    for name, entry in FREE.items()
    for other in (name, *entry.get("plurals", ()), *entry.get("names", ()))
]


@pytest.mark.parametrize(("other", "name", "procedure"), SPOKEN)
def test_every_name_of_the_list_is_read_as_its_site(other: str, name: str, procedure: str) -> None:
    for said in (other, other.upper(), f"  {other} ", other.replace(" ", "-")):
        assert str(listed_site(f"{said} left", PROCEDURES[procedure])) == f"{name} left"


@pytest.mark.parametrize(
    ("typed", "procedure", "site"),
    [
        ("shoulders left", "joint.injection", "shoulder left"),
        ("Shoulder Joint right", "joint.injection", "shoulder right"),
        ("glenohumeral joint bilateral", "joint.injection", "shoulder bilateral"),
        ("AC joint left", "joint.injection", "acromioclavicular joint left"),
        ("SIJ left", "sij.injection", "si joint left"),
        ("sacroiliac joint right", "sij.rfa", "si joint right"),
        ("sacral hiatus midline", "esi.caudal", "caudal midline"),
        ("coeliac plexus midline", "sympathetic.block", "celiac plexus midline"),
        ("L3 left", "sympathetic.block", "L3 left"),
        ("rhomboids left", "tpi", "rhomboid left"),
    ],
)
def test_plurals_and_other_names_are_read_as_the_site(
    typed: str, procedure: str, site: str
) -> None:
    assert str(listed_site(typed, PROCEDURES[procedure])) == site


@pytest.mark.parametrize(
    ("typed", "procedure", "near"),
    [
        ("sholder left", "joint.injection", ("shoulder left",)),
        ("glenohumral joint left", "joint.injection", ("shoulder left",)),
        ("pes bursa right", "soft_tissue.injection", ("pes anserine bursa right",)),
        ("upper trapezius left", "tpi", ("trapezius left",)),
        ("trocanteric bursa left", "joint.injection", ("trochanteric bursa left",)),
        ("north spur left", "tpi", ()),
    ],
)
def test_a_near_spelling_is_a_question_and_never_an_answer(
    typed: str, procedure: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(UnlistedSite) as asked:
        listed_site(typed, PROCEDURES[procedure])
    assert asked.value.near == near
    assert all(site in str(asked.value) for site in near)
    # A record keeps what was written: a site of its own until somebody has said what it means.
    assert str(site_for(typed, PROCEDURES[procedure])) == typed


def test_a_plural_without_a_side_is_asked_for_the_side() -> None:
    with pytest.raises(ValueError, match="no side"):
        listed_site("shoulders", PROCEDURES["joint.injection"])


def test_a_place_in_the_spine_is_no_free_site_under_any_of_its_names() -> None:
    with pytest.raises(ValueError, match="place in the spine"):
        listed_site("sacroiliac joint left", PROCEDURES["joint.injection"])


def test_what_the_field_asks() -> None:
    joint = PROCEDURES["joint.injection"]
    assert near_sites("r sholder", joint) == ("shoulder right",)
    assert near_sites("sholder", joint) == ("shoulder left", "shoulder right", "shoulder bilateral")
    assert new_name("north spur (L)", joint) == ("north spur", "left")
    assert near_sites("knee left", joint) == ()
    assert new_name("knee left", joint) == new_name("l4-l5 left", joint) == ("", "")
    assert new_name("sholder", PROCEDURES["facet.block"]) == ("", "")


# -- the clinic's own list -----------------------------------------------------------------------


def test_a_clinics_own_names_are_known_to_all_who_read_and_to_no_other_clinic() -> None:
    one, other = CATALOGUE.vocabulary.for_a_clinic(), CATALOGUE.vocabulary.for_a_clinic()
    joint = one.procedures["joint.injection"]
    one.names.learn({"north spur": "north spur", "sholder": "shoulder", "shuoldr": "sholder"})
    assert str(listed_site("North Spur left", joint)) == "north spur left"
    assert str(listed_site("sholder left", joint)) == "shoulder left"
    # What it means was itself matched: it means what that means.
    assert str(listed_site("shuoldr left", joint)) == "shoulder left"
    assert "north spur" in one.names.of("joint.injection")
    assert not other.names.lists("sholder")
    assert not CATALOGUE.vocabulary.names.lists("sholder")
    assert one.digest == other.digest


def test_names_that_mean_one_another_end_somewhere() -> None:
    names = CATALOGUE.vocabulary.for_a_clinic().names
    names.learn({"spur": "north spur", "north spur": "spur"})
    assert {names.read("spur"), names.read("north spur")} <= {"spur", "north spur"}


# -- the file ------------------------------------------------------------------------------------

GOOD = '[sites.knee]\nprocedures = ["joint.injection"]\nnames = ["knee joint"]\n'


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ('[sites.hip]\nnames = ["knee joint"]\n', 4, "knee"),
        ('[sites.hip]\nnames = ["hip joint", "Hip-Joint"]\n', 4, "twice"),
        ('[sites.hip]\nnames = ["hip left"]\n', 4, "names a side twice"),
        ('[sites.hip]\nnames = ["si joint"]\n', 4, "place in the spine"),
        ('[sites.Hip]\nnames = ["hip joint"]\n', 4, "small letters"),
        ('[sites.hip]\nnicknames = ["hip joint"]\n', 5, "unknown"),
        ('[sites.hip]\nprocedures = ["facet.block"]\n', 5, "facet.block"),
    ],
)
def test_a_wrong_line_is_named(more: str, line: int, said: str) -> None:
    table = parse(GOOD + more, "sites.toml").table("sites")
    with pytest.raises(Malformed, match=said) as wrong:
        check_names(table, read_sites(table), PROCEDURES)
    assert f"line {line}:" in str(wrong.value)


# -- a history under any name --------------------------------------------------------------------

spoken = st.sampled_from([each for each in SPOKEN if each[2] in ("joint.injection", "tpi")])
sides = st.sampled_from(["left", "right", "bilateral"])


def _facts(entries: list[tuple[int, str, str]]) -> PatientFacts:
    given_then = (Steroid("triamcinolone", Decimal(40)),)
    done = tuple(
        DoneRow(number, date.fromordinal(ON.toordinal() - days), procedure, "therapeutic", (site,),
                given_then, ())
        for number, (days, procedure, site) in enumerate(entries, 1)
    )  # fmt: skip
    return PatientFacts(1, ON, done=done, clinic_pack="us-medicare", allergies=(), implants=())


@given(spoken, sides, sides, st.lists(st.tuples(st.integers(1, 400), spoken, sides), max_size=4))
def test_a_history_under_any_name_gives_the_verdict_of_the_canonical_one(
    planned: Any, side: str, replaced: str, past: list[Any]
) -> None:
    other, name, procedure = planned
    written = _facts([(days, p, f"{o} {s}") for days, (o, __, p), s in past])
    meant = _facts([(days, p, f"{n} {s}") for days, (__, n, p), s in past])
    implants = [
        (ImplantFact(1, "Prosthesis", f"{each} {replaced}", True),) for each in (other, name)
    ]
    surgeries = [(SurgeryFact(1, "arthroplasty", f"{each} {side}", ON),) for each in (other, name)]
    written = replace(written, implants=implants[0], surgeries=surgeries[0])
    meant = replace(meant, implants=implants[1], surgeries=surgeries[1])
    asked = PlanRequest(1, procedure, (f"{other} {side}",), ON)
    canonical = PlanRequest(1, procedure, (f"{name} {side}",), ON)
    case = case_of(written, asked, CATALOGUE)
    assert case == case_of(meant, canonical, CATALOGUE)
    verdict = evaluate(CATALOGUE.packs["us-medicare"], case).to_json()
    # The judge of the engine, which knows no names, is given the canonical history.
    judged = reference(case_to_json(case_of(meant, canonical, CATALOGUE)))
    assert (verdict["status"], verdict["earliest"]) == (judged["status"], judged["earliest"])
    person = PersonFacts(date(1960, 1, 1), "female", None)
    found = [
        check(case_from_facts(facts, person, plan, CATALOGUE), CATALOGUE.safety)
        for facts, plan in ((written, asked), (meant, canonical))
    ]
    assert [f.check for f in found[0].findings] == [f.check for f in found[1].findings]
