"""The documents page and the clinic's own texts: languages offered, and what is approved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton
from support.due_print import speaks
from support.own_texts import FRENCH, approve_facet_consent, ours, put, speak_french

from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.rows.safety_facts import AllergyEntry, Topic
from clinicdesk.services import safety_facts, sheet_texts
from clinicdesk.ui.patients.form_widget import PatientFormWidget


def test_french_is_offered_where_its_files_are(desk: Any) -> None:
    speak_french()
    desk.consent(procedure="tpi", sites=(("trapezius", "left"),))
    assert "Language: English" in {b.accessibleName() for b in buttons(desk)}
    desk.click(desk.button("Language: Français"))
    said = desk.page.preview.pages.accessibleDescription()
    assert "Formulaire de consentement" in said
    assert desk.page.options.notice.text() == ""


def test_a_language_that_only_the_files_give_is_offered_for_patients(desk: Any) -> None:
    speak_french()
    put("words/cy", (FRENCH / "words" / "fr.toml").read_text(encoding="utf-8"))
    codes = sheet_texts.languages(desk.clinic)
    widget = PatientFormWidget(desk.clinic.today(), languages=codes)
    desk.qtbot.addWidget(widget)
    choice = widget.editor("language")
    assert isinstance(choice, QComboBox)
    assert choice.findText("Welsh") >= 0
    widget.set_form(replace(PatientForm(), language="cy"))
    assert choice.currentText() == "Welsh"
    assert widget.form()[0].language == "cy"


def buttons(desk: Any) -> list[Any]:
    return [b for b in desk.page.findChildren(QPushButton) if b.isVisible()]


def test_a_sheet_that_is_missing_in_a_language_says_so_in_plain_words(desk: Any) -> None:
    speak_french()
    speaks(desk.clinic, desk.clinic.seeded.teresa, "fr")
    desk.consent()
    notice = desk.page.options.notice
    assert notice.text() == "This sheet is not written in French yet: it is in English."
    assert notice.toolTip() == "Missing text: consent/fr/esi.transforaminal.toml"
    assert "Consent form" in desk.page.preview.pages.accessibleDescription()


def test_the_restart_warning_stands_beside_the_missing_text(desk_of: Any) -> None:
    desk = desk_of("nurse")
    speaks(desk.clinic, desk.clinic.seeded.teresa, "es")
    desk.consent()
    desk.click(desk.button("After-care, Transforaminal ESI"))
    said = desk.page.options.notice.text()
    assert "No restart date of the blood thinner" in said
    assert "not written in Spanish yet" in desk.page.options.notice.text()
    assert "aftercare/es/esi.transforaminal.toml" in desk.page.options.notice.toolTip()


def test_a_consent_that_waits_for_a_physician_says_so_beside_it(desk: Any) -> None:
    clinic, patient = desk.clinic, desk.clinic.seeded.teresa
    dye = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(
        clinic, clinic.seeded.actor("frontdesk"), patient, Topic.ALLERGIES, add=(dye,)
    )
    desk.consent()
    said = desk.page.options.notice.text()
    assert said.startswith("Waits for the physician's answer:")
    assert "IV dye" in said
    assert "Not settled yet" in desk.page.preview.pages.accessibleDescription()
    desk.click(desk.button("After-care, Transforaminal ESI"))
    said = desk.page.options.notice.text()
    assert "Waits for the physician's answer:" in said
    assert "print it again once the procedure is logged" in said


def test_what_is_approved_is_listed_and_the_sheet_comes_back(desk: Any) -> None:
    approve_facet_consent()
    put("consent/en/tpi", 'made_from = "0123456789ab"\n' + ours("consent/en/tpi"))
    desk.consent(procedure="facet.block", sites=(("L4-L5", "left"),))
    assert "Approved by Dr A. Okafor" in desk.page.preview.pages.accessibleDescription()
    desk.click(desk.button("What is approved"))
    words = desk.page.stage.texts.words()
    assert words[:2] == (
        "Own texts over one of ours that has changed since",
        "consent/en/tpi.toml",
    )
    at = words.index("Approved by the clinic")
    assert words[at + 1 : at + 3] == (
        "Consent, Facet / medial branch block (English)",
        "Dr A. Okafor, 20 Nov 2026",
    )
    assert "Consent, Transforaminal ESI (English)" in words
    assert not desk.page.preview.isVisible()
    desk.click(desk.button("Back to the sheet"))
    assert desk.page.preview.isVisible()
    desk.click(desk.button("What is approved"))
    desk.click(desk.button("After-care, Facet"))
    assert desk.page.preview.isVisible()
