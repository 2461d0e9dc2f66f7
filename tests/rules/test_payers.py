"""Names of payers: which are one, which pack they lead to, and what is suggested for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.domain.payers import Basis, PayerPack, pack_on, payer_key
from clinicdesk.domain.rows.cases import CoverageFact, PatientFacts
from clinicdesk.rules.payer_hints import nearest
from clinicdesk.rules.payers import choose_pack

ON = date(2026, 11, 24)
PACKS = CATALOGUE.packs


def facts(payer: str, *mapped: PayerPack, pack: str = "") -> PatientFacts:
    return PatientFacts(1, ON, coverage=CoverageFact(1, payer, pack), payer_packs=mapped)


# -- one payer, in many spellings --------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Medicare Part B", "medicare  part-b"),
        ("Medicare Part B", "MEDICARE, PART B."),
        ("BCBS of MA", "B.C.B.S. of MA"),
        ("BCBS of MA", " bcbs of ma "),
        ("U.H.C.", "UHC"),
        ("Blue Cross/Blue Shield", "Blue Cross & Blue Shield"),
        ("Aetna PPO", "Aetna\u00a0PPO"),
        ("Workers’ compensation", "workers' compensation"),
        ("Straße", "STRASSE"),
    ],
)
def test_case_spaces_and_punctuation_make_no_other_payer(one: str, other: str) -> None:
    assert payer_key(one) == payer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Medicare", "Medicare Advantage HMO"),
        ("Medicare", "Medicare Part B"),
        ("Medicare", "Medicare+"),
        ("Aetna", "Aetna PPO"),
        ("BCBS of MA", "BCBS of ME"),
        ("Medicare", "Medicaid"),
        ("UHC", "UHC 2"),
    ],
)
def test_anything_more_is_another_payer(one: str, other: str) -> None:
    assert payer_key(one) != payer_key(other)


def test_a_payer_of_signs_alone_has_a_key_and_nothing_has_none() -> None:
    assert payer_key(" - ") == "-"
    assert payer_key("  ") == ""


# -- the pack that is asked --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payer", "pack", "basis"),
    [
        ("Medicare", "us-medicare", Basis.EXACT),
        ("Original Medicare", "us-medicare", Basis.EXACT),
        ("Medicare Part B", "us-medicare", Basis.EXACT),
        ("medicare part-b", "us-medicare", Basis.EXACT),
        ("NHS", "uk-nhs", Basis.EXACT),
        ("Medicare Advantage HMO", "clinic-default", Basis.ASSUMED),
        ("Medicare Advantage", "clinic-default", Basis.ASSUMED),
        ("Medicare HMO", "clinic-default", Basis.ASSUMED),
        ("Aetna Medicare", "clinic-default", Basis.ASSUMED),
        ("BCBS of MA", "clinic-default", Basis.ASSUMED),
        ("UHC", "clinic-default", Basis.ASSUMED),
        ("Aetna PPO", "clinic-default", Basis.ASSUMED),
        ("Aetna", "clinic-default", Basis.ASSUMED),
        ("Cigna", "clinic-default", Basis.ASSUMED),
        ("", "clinic-default", Basis.NO_PAYER),
        ("   ", "clinic-default", Basis.NO_PAYER),
    ],
)
def test_a_payer_nobody_mapped(payer: str, pack: str, basis: Basis) -> None:
    chosen = choose_pack(facts(payer), PACKS)
    assert (chosen.pack, chosen.basis) == (pack, basis)


def test_a_mapping_goes_before_the_packs_own_names_and_what_is_said_before_both() -> None:
    mapped = PayerPack(payer_key("Medicare"), "us-commercial", ON)
    assert choose_pack(facts("MEDICARE", mapped), PACKS).basis is Basis.MAPPED
    assert choose_pack(facts("Medicare", mapped), PACKS).pack == "us-commercial"
    on_coverage = choose_pack(facts("Medicare", mapped, pack="uk-nhs"), PACKS)
    assert (on_coverage.pack, on_coverage.basis) == ("uk-nhs", Basis.SAID)
    assert choose_pack(facts("Medicare", mapped), PACKS, "clinic-default").basis is Basis.SAID


def test_an_assumed_pack_is_the_clinics_own() -> None:
    chosen = choose_pack(replace(facts("UHC"), clinic_pack="us-medicare"), PACKS)
    assert (chosen.pack, chosen.basis, chosen.payer) == ("us-medicare", Basis.ASSUMED, "UHC")


@pytest.mark.parametrize(
    ("day", "pack"),
    [
        (ON - timedelta(days=1), None),
        (ON, "us-commercial"),
        (ON + timedelta(days=9), "us-commercial"),
        (ON + timedelta(days=10), "us-medicare"),
    ],
)
def test_a_mapping_holds_from_its_day_until_the_next(day: date, pack: str | None) -> None:
    mapped = (
        PayerPack("uhc", "us-medicare", ON + timedelta(days=10)),
        PayerPack("uhc", "uk-nhs", ON),
        PayerPack("uhc", "us-commercial", ON),  # entered later, for the same day
    )
    found = pack_on(mapped, "uhc", day)
    assert (found.pack if found else None) == pack


def test_no_company_stands_in_the_commercial_pack_without_a_source() -> None:
    assert PACKS["us-commercial"].payers == ()


# -- what is suggested -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payer", "pack", "sure"),
    [
        ("Aetna PPO", "us-commercial", True),
        ("BCBS of MA", "us-commercial", True),
        ("Blue Cross Blue Shield of Texas", "us-commercial", True),
        ("Anthem Blue Cross", "us-commercial", True),
        ("Cigna Health", "us-commercial", True),
        ("United Healthcare Choice Plus", "us-commercial", True),
        ("UnitedHealthcare", "us-commercial", True),
        ("UHC", "us-commercial", False),
        ("UHC PPO", "us-commercial", False),
        ("U.H.C.", "us-commercial", False),
        ("Atena PPO", "us-commercial", False),
        ("Medicare A & B", "us-medicare", True),
        ("Medicare B", "us-medicare", True),
        ("Railroad Medicare", "us-medicare", True),
        ("MEDICARE PART B NGS", "us-medicare", True),
        ("Medicate", "us-medicare", False),
        ("NHS England", "uk-nhs", True),
        ("Self-pay", "", False),
        ("Workers' compensation", "", False),
        ("Tufts Health Plan", "", False),
    ],
)
def test_the_nearest_pack(payer: str, pack: str, sure: bool) -> None:
    found = nearest(payer, CATALOGUE.payer_hints)
    assert (found.pack, found.sure) == (pack, sure)
    assert not found.apart


@pytest.mark.parametrize(
    "payer",
    [
        "Medicare Advantage HMO",
        "MEDICARE ADVANTAGE",
        "Medicare-Advantage",
        "MedicareAdvantage PPO",
        "Aetna Medicare",
        "BCBS Medicare PPO",
        "UHC Medicare Advantage",
        "AARP Medicare Complete",
        "Blue Cross Senior Advantage",
        "Humana Gold Plus",
        "Medicare Part C",
        "Medicare+",
    ],
)
def test_medicare_advantage_is_a_choice_of_its_own(payer: str) -> None:
    found = nearest(payer, CATALOGUE.payer_hints)
    assert found.pack == ""
    assert "Medicare Advantage" in found.apart


@pytest.mark.parametrize("payer", ["Medigap Plan G", "AARP Medicare Supplement"])
def test_a_supplement_is_no_private_plan_in_place_of_medicare(payer: str) -> None:
    found = nearest(payer, CATALOGUE.payer_hints)
    assert (found.pack, "A supplement pays after Medicare" in found.apart) == ("", True)


@pytest.mark.parametrize("payer", ["Medicaid", "MassHealth", "Medi-Cal", "Aetna Better Medicaid"])
def test_so_is_medicaid(payer: str) -> None:
    found = nearest(payer, CATALOGUE.payer_hints)
    assert (found.pack, found.apart) == ("", "Medicaid follows the rules of its state.")
