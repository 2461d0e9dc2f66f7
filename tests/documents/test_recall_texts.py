"""The recall letters as data: strictly read, easy to read, and every reason has its words."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.letters import LATER, ON, REASONS, item, recall_facts
from support.reading import grade, huerta, inflesz, spanish_syllables
from support.sheets import CASES, catalogue, library, plain_facts

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.sheets import load_sheets
from clinicdesk.documents.places import read_sites, words_for
from clinicdesk.documents.recall_wording import RecallWording
from clinicdesk.domain.anatomy import Side
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.rows.documents import RecallFacts
from clinicdesk.domain.rows.due import DueReason

LANGUAGES = ("en", "es")
DAYS: tuple[date | None, ...] = (None, ON, LATER)
BLOCKS = ("title", "lead", "next", "call", "ready", "scale")
LABELS = ("call", "ready", "weeks", "closing")


def said(facts: RecallFacts, language: str) -> list[str]:
    """Every line the patient reads, the table's row as a sentence."""
    wording = RecallWording(facts, library().letter(language))
    lines = [wording.words(line.text) for name in BLOCKS for line in wording.lines(name)]
    lines += [wording.label_words(name, phone="") for name in LABELS]
    return lines + [f"{wording.treatment(x)}. {wording.place(x)}" for x in facts.items]


# -- how hard it is to read ------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("reason", REASONS)
def test_english_is_sixth_grade_or_easier(reason: str, day: date | None) -> None:
    assert grade(said(recall_facts(item(reason, day)), "en")) <= 6.0


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("reason", REASONS)
def test_spanish_is_sixth_grade_or_easier(reason: str, day: date | None) -> None:
    lines = said(recall_facts(item(reason, day)), "es")
    assert huerta(lines) >= 70
    assert inflesz(lines) >= 65


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_long(language: str) -> None:
    for reason in REASONS:
        for day in DAYS:
            for line in said(recall_facts(item(reason, day)), language):
                for sentence in re.split(r"[.?:]\s", line):
                    assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize(
    ("word", "count"),
    [("dolor", 2), ("tratamiento", 4), ("llámenos", 3), ("día", 2), ("médico", 3), ("quién", 1),
     ("guía", 2), ("aquí", 2), ("hoy", 1), ("articulación", 5), ("peor", 2), ("cuídese", 3),
     ("sacroilíaca", 5), ("usted", 2), ("agüero", 3), ("cuello", 2)],
)  # fmt: skip
def test_spanish_syllables(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_the_spanish_scale_knows_easy_from_hard() -> None:
    easy = ["El gato come pan. Yo leo un poco."]
    hard = ["administración epidural requiere consideraciones interdisciplinarias"]
    assert huerta(easy) > 90 > 0 > huerta(hard)
    assert inflesz(easy) > 80 > 40 > inflesz(hard)


# -- what it says ----------------------------------------------------------------------------


def test_treatments_are_called_as_in_the_catalogue() -> None:
    english = library().letter("en").treatments
    assert {key: english[key].words for key in english} == {
        key: kind.plain for key, kind in catalogue().procedures.items()
    }
    sheets = library().texts
    for key, treatment in english.items():
        assert treatment.where == sheets["consent", "en", key].where
        assert library().letter("es").treatments[key].where == treatment.where


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_site_of_the_catalogue_has_words(language: str) -> None:
    texts = library().letter(language)
    for procedure in catalogue().procedures.values():
        if procedure.site_sort != "free":
            continue
        for name in procedure.sites:
            known = texts.words.names.get(name, name if language == "en" else "")
            assert known, f"{name} has no words in {language}"


def test_spanish_names_each_side_and_every_pattern() -> None:
    from dataclasses import replace

    letter = library().letter("es")
    for procedure, sites, _ in CASES:
        its = letter.treatments[procedure]
        texts = replace(letter, where=its.where, site_sort=its.site_sort)
        for site in read_sites(sites, texts):
            assert not isinstance(site, str)
            words = words_for(site, texts)
            assert "{" not in words
            assert not re.search(r"\b(left|right|both|nerve|joint)\b", words)
            if its.where != "caudal" and site.side is not Side.MIDLINE:
                assert {"left": "izquierdo", "right": "derecho", "bilateral": "ambos lados"}[
                    site.side.value
                ] in words


def test_no_dose_no_diagnosis_and_only_formal_address() -> None:
    for language in LANGUAGES:
        for reason in REASONS:
            for day in DAYS:
                text = " ".join(said(recall_facts(item(reason, day)), language))
                assert not re.search(r"\d\s?(mg|ml|mcg)\b", text, re.IGNORECASE)
                assert not re.search(r"\b(tú|tu|tus|te|contigo|llámanos)\b", text.casefold())


def test_a_letter_is_in_the_language_of_the_patient_or_else_in_english() -> None:
    assert library().letter("es").language == "es"
    assert library().letter("es-MX").language == "es"
    assert library().letter("en-GB").language == "en"
    assert library().letter("pt").language == "en"


def test_a_day_is_named_only_when_it_is_known() -> None:
    def text(day: date | None) -> str:
        return " ".join(said(recall_facts(item(DueReason.REPEAT, day)), "en"))

    assert "from Tuesday 12 January 2027" in text(LATER)
    assert "You may have it again now" in text(ON)
    assert "We would like to ask how you are" in text(None)
    assert "again" not in text(None)


def test_letters_only_tell_wording_from_letters() -> None:
    with pytest.raises(TypeError):
        RecallWording(plain_facts("tpi", ("trapezius left",), "therapeutic"),
                      library().letter("en"))  # fmt: skip


# -- strictness ------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the resources that a test may spoil."""
    for name in ("documents", "figures", "icons", "theme"):
        shutil.copytree(resources.root() / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Dear {name}", "Dear {nmae}", r"\{nmae\} is unknown"),
        ('when = ["dated", "not open", "not several", "failed"]', 'when = ["failed"]',
         r'\{repeat\} needs when = \["dated"\]'),
        ('when = ["failed"]', 'when = ["faild"]', "“faild” is unknown"),
        ("**Please tell us", "Please tell us", "emphasis"),
        ('effective = 2026-11-25', 'effective = "soon"', "date"),
        ('[treatment.tpi]', '[treatment.tip]', "“tip” is not a procedure"),
        ('where = "caudal"', 'where = "moon"', "moon"),
        ('ready = "Please', 'raedy = "Please', "ready"),
        ('[[lead]]\ntext = "You had the treatment below. We', '[[lead]]\ntxet = "x', "text"),
        ('id = "RL', 'colour = "red"\nid = "RL', "colour"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_file_and_line(copied: Path, old: str, new: str, words: str) -> None:
    path = copied / "documents" / "recall" / "en.toml"
    text = path.read_text()
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(Malformed, match=words) as caught:
        load_sheets(catalogue().procedures, copied)
    found = re.search(r"en\.toml, line (\d+)", str(caught.value))
    assert found is not None
    # The line of the key itself or of the table that holds it.
    assert int(found[1]) <= line + 4


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ('when = ["second_block"]', "nothing is said for .*second_block"),
        ('when = ["not dated", "not score_missing"]', "next: nothing is said for second_block"),
    ],
)
def test_a_reason_without_words_is_refused(copied: Path, old: str, words: str) -> None:
    path = copied / "documents" / "recall" / "es.toml"
    path.write_text(path.read_text().replace(old, 'when = ["next_step", "not dated"]'))
    with pytest.raises(Malformed, match=words):
        load_sheets(catalogue().procedures, copied)


def test_our_letters_name_every_procedure() -> None:
    for language in ("en", "es"):
        assert library().letter_lacks(language, tuple(catalogue().procedures)) == ""


def test_a_treatment_left_out_is_named_and_the_letter_is_in_english(copied: Path) -> None:
    path = copied / "documents" / "recall" / "es.toml"
    text = path.read_text()
    start = text.index("[treatment.tpi]")
    path.write_text(text[:start] + text[text.index("[treatment", start + 5) :])
    made = load_sheets(catalogue().procedures, copied)
    assert made.letter("es", ("facet.rfa",)).language == "es"
    assert made.letter("es", ("facet.rfa", "tpi")).language == "en"
    assert made.letter_lacks("es", ("facet.rfa", "tpi")) == 'recall/es.toml, [treatment."tpi"]'


def test_a_language_without_its_words_is_refused(copied: Path) -> None:
    shutil.copy(copied / "documents/recall/en.toml", copied / "documents/recall/fr.toml")
    with pytest.raises(Malformed, match=r"fr\.toml, line 1: words/fr\.toml"):
        load_sheets(catalogue().procedures, copied)
