"""Entries of the safety lists as typed."""

from __future__ import annotations

from datetime import date

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.domain import fact_entries
from clinicdesk.domain.rows.safety_facts import (
    KINDS,
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    Entry,
    ImplantEntry,
    SurgeryEntry,
    Topic,
)

WORDS = CATALOGUE.entry_words


def read(topic: Topic, text: str) -> Entry:
    """A line as typed, with what the shipped tables tell."""
    return fact_entries.completed(fact_entries.read_entry(topic, text), WORDS)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Latex", AllergyEntry("Latex", category="latex")),
        ("IV dye (hives, Moderate)", AllergyEntry("IV dye", "hives", "moderate", "contrast")),
        ("Penicillin (rash, itching)", AllergyEntry("Penicillin", "rash, itching", "", "drug")),
        ("Omnipaque (severe)", AllergyEntry("Omnipaque", "", "severe", "contrast")),
        ("Povidone-iodine", AllergyEntry("Povidone-iodine", category="drug")),
        ("Shellfish (swelling)", AllergyEntry("Shellfish", "swelling", "", "food")),
        (
            "Iodinated contrast (hives, 2019)",
            AllergyEntry("Iodinated contrast", "hives, 2019", "", "contrast"),
        ),
        ("House dust mite", AllergyEntry("House dust mite", category="environment")),
    ],
)
def test_an_allergy(text: str, entry: AllergyEntry) -> None:
    assert read(Topic.ALLERGIES, text) == entry


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Apixaban 5 mg twice a day", DrugEntry("Apixaban", "5 mg twice a day", "anticoagulant")),
        ("insulin glargine 18 units", DrugEntry("insulin glargine", "18 units", "other")),
        ("heart tablet", DrugEntry("heart tablet", kind="other")),
        ("5-fluorouracil", DrugEntry("5-fluorouracil", kind="other")),
    ],
)
def test_a_drug(text: str, entry: DrugEntry) -> None:
    assert read(Topic.DRUGS, text) == entry


@pytest.mark.parametrize(
    ("text", "site", "prosthesis"),
    [
        ("Pacemaker", "", False),
        ("TKR", "knee", True),
        ("total knee replacement left", "knee left", True),
        ("hip prosthesis R", "hip right", True),
        ("Both hips: THR", "hip bilateral", True),
        ("left and right knee replacement", "knee bilateral", True),
        ("Joint replacement", "", True),
        ("Aortic valve replacement", "", False),
        ("Lens prosthesis", "", False),
        ("Disc prosthesis", "", False),
        ("Great toe prosthesis", "", True),
        ("AC joint arthroplasty left", "acromioclavicular joint left", True),
        ("left knee and right hip replacement", "", True),
        ("awaiting TKR left", "", False),
        ("no joint replacement", "", False),
        ("Pacemaker (left shoulder)", "", False),
    ],
)
def test_an_implant(text: str, site: str, prosthesis: bool) -> None:
    assert read(Topic.IMPLANTS, text) == ImplantEntry(text, site, prosthesis)


@pytest.mark.parametrize("text", ["none", "NKDA", "No known allergies.", " nil "])
def test_nothing_is_an_answer(text: str) -> None:
    assert fact_entries.says_none(text)


@pytest.mark.parametrize("text", ["", "n", "nonesuch", "no known problems with latex"])
def test_other_words_are_none(text: str) -> None:
    assert not fact_entries.says_none(text)


@pytest.mark.parametrize(
    "entry",
    [
        AllergyEntry("IV dye", "hives", "moderate", "contrast"),
        AllergyEntry("Latex", category="latex"),
        DrugEntry("Apixaban", "5 mg", "anticoagulant"),
        ImplantEntry("Prosthesis", "thumb base right", prosthesis=True),
        ImplantEntry("left TKR", "knee left", prosthesis=True),
    ],
)
def test_what_is_written_is_read_again(entry: Entry) -> None:
    topics = {kind: topic for topic, kind in KINDS.items()}
    assert read(topics[type(entry)], fact_entries.entry_text(entry)) == entry


def test_two_entries_about_the_same_thing() -> None:
    plain, full = AllergyEntry("IV dye"), AllergyEntry("iv DYE", "hives")
    other = AllergyEntry("IV dye", "anaphylaxis")
    assert fact_entries.key(plain) == fact_entries.key(full)
    assert fact_entries.adds_to(full, plain)
    assert fact_entries.repeats(plain, full)
    assert not fact_entries.adds_to(other, full)
    assert not fact_entries.repeats(other, full)


@pytest.mark.parametrize(
    "entry",
    [
        AllergyEntry(""), DrugEntry(""), ConditionEntry(""), ImplantEntry(""),
        SurgeryEntry("knee", date(2027, 1, 20)), AllergyEntry("x", severity="bad"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_has_a_sentence(entry: Entry) -> None:
    assert fact_entries.problem(entry).endswith(".")


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Eliquis 5 mg, clopidogrel", [("Eliquis", "5 mg"), ("clopidogrel", "")]),
        ("metformin 500 mg, Plavix 75 mg", [("metformin", "500 mg"), ("Plavix", "75 mg")]),
        ("aspirin and clopidogrel", [("aspirin", ""), ("clopidogrel", "")]),
        ("aspirin/clopidogrel", [("aspirin", ""), ("clopidogrel", "")]),
        ("metformin; ramipril 5 mg", [("metformin", ""), ("ramipril", "5 mg")]),
        ("Eliquis 5 mg + metoprolol", [("Eliquis", "5 mg"), ("metoprolol", "")]),
        # What stands behind may be the dose.
        ("Eliquis 2,5 mg, twice a day", [("Eliquis", "2,5 mg, twice a day")]),
        ("warfarin 5 mg/day and as told", [("warfarin", "5 mg/day and as told")]),
        ("apixaban 5 mg", [("apixaban", "5 mg")]),
    ],
)
def test_several_drugs_on_a_line_are_several(text: str, drugs: list[tuple[str, str]]) -> None:
    read = fact_entries.read_entries(Topic.DRUGS, text, WORDS)
    assert [(e.drug, e.dose) for e in read if isinstance(e, DrugEntry)] == drugs


def test_other_lists_take_a_line_as_it_is() -> None:
    (entry,) = fact_entries.read_entries(Topic.ALLERGIES, "IV dye, and latex", WORDS)
    assert isinstance(entry, AllergyEntry)
    assert entry.substance == "IV dye, and latex"
