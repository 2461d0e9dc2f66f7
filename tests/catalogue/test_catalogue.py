"""The catalogue that comes with the program, and a clinic's own laid over it."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.domain.anatomy import usual_plan
from clinicdesk.domain.errors import Malformed, NotFound
from clinicdesk.domain.procedures import Intent, Steroid

CONTRACT = {
    "esi.interlaminar": ("esi", "segment", True),
    "esi.transforaminal": ("esi", "root", False),
    "esi.caudal": ("esi", "caudal", True),
    "facet.block": ("facet", "segment", False),
    "facet.rfa": ("rfa", "segment", False),
    "sij.injection": ("sij", "si joint", False),
    "sij.rfa": ("sij", "si joint", False),
    "tpi": ("tpi", "free", True),
    "joint.injection": ("joint", "free", True),
    "soft_tissue.injection": ("joint", "free", True),
    "nerve.block": ("nerve", "free", True),
    "sympathetic.block": ("sympathetic", "free", True),
}
"""The table of the verdict contract: id, group, names of its sites, whether they may be midline."""


def test_the_procedures_of_the_verdict_contract_are_shipped_as_it_says():
    found = {
        key: (kind.group, kind.site_sort, kind.midline)
        for key, kind in CATALOGUE.procedures.items()
    }
    assert found == CONTRACT
    apart = {key for key, kind in CATALOGUE.procedures.items() if kind.apart_by_intent}
    assert apart == {"facet.block", "sij.injection"}
    assert {p.family for p in CATALOGUE.procedures.values()} == {
        "EPI", "MBB", "RFA", "JNT", "PNB", "SYM", "TPI",
    }  # fmt: skip


def test_a_joint_injection_carries_its_steroid_and_a_diagnostic_block_none():
    joint = usual_plan(CATALOGUE.procedure("joint.injection"), ("knee left",))
    assert joint.steroids == (Steroid("triamcinolone", Decimal(40)),)
    block = CATALOGUE.procedure("facet.block").usual
    assert (block.intent, block.steroids) == (Intent.DIAGNOSTIC, ())


def test_usual_steroids_are_named_as_the_rules_know_them():
    drugs = {s.drug for p in CATALOGUE.procedures.values() for s in p.usual.steroids}
    assert drugs <= {"dexamethasone", "methylprednisolone", "triamcinolone", "betamethasone"}


def test_facts_carry_their_source():
    assert all(p.source for p in CATALOGUE.products.values())
    assert all(p.bleeding_source for p in CATALOGUE.procedures.values())
    assert all(d.source for d in CATALOGUE.anticoagulants.values())
    assert all(r.head.source for r in CATALOGUE.packs["us-medicare"].rules)


def test_a_local_anaesthetic_has_its_greatest_dose():
    lidocaine = CATALOGUE.limits["lidocaine"]
    assert (lidocaine.mg_per_kg, lidocaine.cap_mg) == (Decimal("4.5"), Decimal(300))
    drugs = {p.drug for p in CATALOGUE.products.values() if p.kind == "local_anaesthetic"}
    assert drugs <= set(CATALOGUE.limits)


def test_particulate_goes_by_product():
    assert CATALOGUE.product("dexamethasone-10").particulate is False
    assert CATALOGUE.product("betamethasone-6").particulate is True
    assert CATALOGUE.product("iohexol-350").intrathecal is False


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Apixaban 5 MG Oral Tablet", "apixaban"),
        ("ELIQUIS", "apixaban"),
        ("Warfarin Sodium 5 MG", "warfarin"),
        ("Enoxaparin prophylactic 40 mg", "enoxaparin-prophylactic"),
        ("Lovenox, 80 mg", "enoxaparin"),
        ("aspirin 81 mg", "aspirin"),
        ("Lisinopril 10 MG", None),
        ("", None),
    ],
)
def test_a_blood_thinner_is_recognised_in_a_drug_list(written, key):
    assert CATALOGUE.safety.thinner_words.found(written) == ((key,) if key else ())


def test_holds_are_read_as_times():
    warfarin = CATALOGUE.anticoagulants["warfarin"]
    assert (warfarin.hold["high"].least, warfarin.hold["low"].kind) == (120, "shared")
    prasugrel = CATALOGUE.anticoagulants["prasugrel"].hold["high"]
    assert (prasugrel.least, prasugrel.most) == (168, 240)


def test_what_is_not_there_is_said_in_words():
    with pytest.raises(NotFound, match="esi\\.magic"):
        CATALOGUE.procedure("esi.magic")


def test_a_clinic_lays_its_own_entry_over_ours(tmp_path):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / "medications.toml").write_text(
        'version = "mine"\n[products.lidocaine-4]\ndrug = "lidocaine"\nname = "Lidocaine 4 %"\n'
        'kind = "local_anaesthetic"\nper_ml = 40\nunit = "mg"\nsource = "Label"\n'
    )
    own = load_catalogue(overlay=tmp_path)
    assert own.product("lidocaine-4").per_ml == 40
    assert own.product("lidocaine-1") == CATALOGUE.product("lidocaine-1")


ESI = '[procedures."esi.interlaminar"]'


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "says"),
    [
        ("catalogue/procedures.toml", 'family = "EPI"', 'family = "EPX"', 'family = "EPX"', "EPX"),
        ("catalogue/procedures.toml", "minutes = 30", "minuets = 30", ESI, "minutes"),
        (
            "catalogue/procedures.toml",
            "minutes = 30",
            "minutes = 30\nminuets = 30",
            "minuets",
            "minuets",
        ),
        ("catalogue/procedures.toml", '"L5-S1", "L4', '"L5-S2", "L4', "sites = ", "L5-S2"),
        (
            "catalogue/procedures.toml",
            '"lidocaine-1", ml',
            '"lidocain", ml',
            "medications = [",
            "lidocain",
        ),
        (
            "catalogue/medications.toml",
            'unit = "mg"',
            'unit = "mgI"',
            'unit = "mgI"',
            "counted in mg",
        ),
        ("catalogue/medications.toml", "particulate = false\n", "", "[products.", "particulate"),
        ("safety/anticoagulants.toml", '"6 d"', '"6 days"', '"6 days"', "6 days"),
        ("rules/us-medicare.toml", "limit = 4", "limit = 0", None, "from 1 to 100"),
        ("rules/us-medicare.toml", '"6 weeks"', '"6 wk"', None, "6 wk"),
        ("rules/us-medicare.toml", 'sessions = "esi"', 'sessions = "esy"', None, "esy"),
        ("rules/us-medicare.toml", 'scope = "region"', 'scope = "regions"', None, "regions"),
        ("rules/us-medicare.toml", 'id = "tpi.gap"', 'id = "tpi.cap"', None, "this id"),
        ("rules/us-medicare.toml", 'kind = "gap"\n', 'kind = "gab"\n', None, "gab"),
    ],
)  # fmt: skip
def test_a_slip_in_a_file_is_named_with_file_and_line(tmp_path, file, old, new, at, says):
    shutil.copytree(resources.root() / "catalogue", tmp_path / "catalogue")
    shutil.copytree(resources.root() / "rules", tmp_path / "rules")
    shutil.copytree(resources.root() / "safety", tmp_path / "safety")
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Malformed) as caught:
        load_catalogue(tmp_path)
    assert file.rpartition("/")[2] in str(caught.value)
    assert says in str(caught.value)
    if at:
        before = (tmp_path / file).read_text(encoding="utf-8").partition(at)[0]
        assert f", line {before.count(chr(10)) + 1}:" in str(caught.value)
    assert ", line " in str(caught.value)
