"""What stands at the foot of a sheet: sample wording, or who approved it and when."""

from __future__ import annotations

import pytest
from support import pages
from support.own_texts import APPROVED, PARTS, approve, approve_facet_consent, ours, put
from support.own_texts import speak_french as french_files
from support.sheets import catalogue, plain_facts

from clinicdesk.catalogue.sheets import installed_sheets
from clinicdesk.documents import text
from clinicdesk.documents.render import render
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.rows.documents import RenderedSheet

pytestmark = pytest.mark.slow

FACET = ("facet.block", ("L4-L5 left",), "diagnostic")
TRIGGER = ("tpi", ("trapezius left",), "therapeutic")
SAMPLE = "Sample wording. Needs clinic approval before use."


def printed(kind: str, case: tuple[str, tuple[str, ...], str], language: str) -> RenderedSheet:
    texts = installed_sheets(catalogue().procedures).pick(kind, case[0], language)
    return render(kind, plain_facts(*case), texts, "a4")


def words_of(sheet: RenderedSheet) -> str:
    return pages.words_of(sheet.pdf)


def test_an_approved_consent_says_by_whom_and_when_and_is_no_sample():
    before = printed("consent", FACET, "en")
    assert SAMPLE in words_of(before)
    approve_facet_consent()
    after = printed("consent", FACET, "en")
    assert "Approved by Dr A. Okafor, 20 Nov 2026." in words_of(after)
    assert "Sample" not in words_of(after)
    # Another text of the same version is another document.
    assert after.document_code != before.document_code


def test_a_part_nobody_approved_keeps_it_a_sample():
    approve("words/en", *(f"consent/en/{part}" for part in PARTS if part != "_spine"))
    said = words_of(printed("consent", FACET, "en"))
    assert SAMPLE in said
    assert "Okafor" not in said


def test_several_who_approved_are_named_with_the_last_day():
    approve_facet_consent()
    other = APPROVED.replace("Dr A. Okafor", "Dr B. Lee").replace("11-20", "11-23")
    put("consent/en/_spine", ours("consent/en/_spine") + other)
    said = words_of(printed("consent", FACET, "en"))
    assert "Approved by Dr A. Okafor and Dr B. Lee, 23 Nov 2026." in said


def test_the_name_of_who_approved_is_printed_as_it_is():
    approve_facet_consent()
    for part in ("words/en", *(f"consent/en/{name}" for name in PARTS)):
        put(part, ours(part) + APPROVED.replace("Dr A. Okafor", "Dr <b>{where}</b> & Søn"))
    said = words_of(printed("consent", FACET, "en"))
    assert "Approved by Dr <b>{where}</b> & Søn, 20 Nov 2026." in said


def test_sheets_in_a_language_of_the_clinics_own():
    french_files()
    consent = words_of(printed("consent", TRIGGER, "fr"))
    assert "Formulaire de consentement" in consent
    assert "votre muscle du cou et de l’épaule (trapèze) gauche" in consent
    assert "mardi 24 novembre 2026" in consent
    assert "Texte modèle" in consent
    assert "Prendre soin de vous" in words_of(printed("aftercare", TRIGGER, "fr"))
    assert printed("consent", TRIGGER, "fr-CA").language == "fr"


def test_letters_that_no_font_has_are_said_and_not_printed_as_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    french_files()
    monkeypatch.setattr(text, "font_for", lambda letter: None if letter == "é" else "")
    with pytest.raises(Unavailable, match="these letters of the text: é"):
        printed("consent", TRIGGER, "fr")


def test_a_long_list_of_who_approved_stays_between_code_and_page_number() -> None:
    approve_facet_consent()
    for number, part in enumerate(("words/en", *(f"consent/en/{name}" for name in PARTS))):
        put(part, ours(part) + APPROVED.replace("A. Okafor", f"Number {number} of the Board"))
    said = words_of(printed("consent", FACET, "en"))
    assert "… Page 1 of" in said or "…Page 1 of" in said.replace("… ", "…")
