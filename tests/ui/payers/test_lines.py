"""What the page says and what it would save: without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from clinicdesk.domain.payers import Basis
from clinicdesk.domain.rows.payers import PayerRow
from clinicdesk.ui.payers.lines import (
    Draft,
    Heading,
    aside,
    foot_words,
    items_of,
    spoken,
    state_words,
)

TITLES = {"clinic-default": "Clinic default", "us-commercial": "US commercial"}
AETNA = PayerRow(
    "aetnappo", "Aetna PPO", ("Aetna PPO",), 96, 7, "clinic-default", Basis.ASSUMED,
    nearest="us-commercial", sure=True,
)  # fmt: skip
UHC = replace(AETNA, key="uhc", payer="UHC", spellings=("UHC", "U.H.C."), patients=1, sure=False)
ADVANTAGE = replace(
    AETNA, key="ma", payer="Medicare Advantage HMO", spellings=("Medicare Advantage HMO",),
    nearest="", sure=False, apart="Private plans.",
)  # fmt: skip
CIGNA = replace(
    AETNA, key="cigna", payer="Cigna", spellings=("Cigna",), pack="us-commercial",
    basis=Basis.MAPPED, since=date(2026, 1, 1), nearest="", sure=False,
)  # fmt: skip
ROWS = (AETNA, ADVANTAGE, UHC, CIGNA)


def test_only_a_clear_one_is_chosen_in_advance_and_only_what_was_seen_is_saved() -> None:
    draft = Draft()
    assert [draft.choice(row) for row in ROWS] == ["us-commercial", "", "", ""]
    assert draft.ready(ROWS) == {}
    assert "1 further down has not been looked at" in foot_words(ROWS, draft)
    draft.seen.add(AETNA.key)
    assert draft.ready(ROWS) == {"Aetna PPO": "us-commercial"}
    assert foot_words(ROWS, draft) == "1 of 3 chosen, 2 stay assumed"


def test_what_a_person_chooses_counts_and_may_be_taken_back() -> None:
    draft = Draft(seen={row.key for row in ROWS})
    draft.choose(AETNA, "")
    draft.choose(UHC, "us-commercial")
    assert draft.ready(ROWS) == {"UHC": "us-commercial"}
    draft.choose(CIGNA, "clinic-default")
    assert draft.choice(CIGNA) == "clinic-default"
    draft.choose(CIGNA, "us-commercial")  # what it has already is no change
    assert draft.choice(CIGNA) == ""
    draft.discard()
    assert draft.ready(ROWS) == {"Aetna PPO": "us-commercial"}


def test_the_words_beside_the_boxes() -> None:
    draft = Draft()
    assert [aside(row, draft, TITLES) for row in ROWS[:3]] == [
        "nearest", "its own choice", "US commercial?",
    ]  # fmt: skip
    draft.choose(UHC, "us-commercial")
    assert aside(UHC, draft, TITLES) == "chosen"
    assert state_words(UHC, TITLES) == "assumed: Clinic default"
    assert state_words(CIGNA, TITLES) == "since 1 Jan 2026"
    assert "1 patient, " in spoken(UHC, draft, TITLES)


def test_headings_and_search() -> None:
    found = items_of(ROWS, TITLES, "")
    first, second = (item for item in found if isinstance(item, Heading))
    assert (first.words, second.words) == ("To map 3", "Mapped 1")
    assert first.note.startswith("193 patients are judged by Clinic default")
    assert [item for item in items_of(ROWS, TITLES, "u.h") if item in ROWS] == [UHC]
    assert items_of(ROWS, TITLES, "nobody") == ()
