"""Hindi and Tamil letters that are written together: put together, found as spelt, always alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.pages import words_of
from support.sheets import library, plain_facts

from clinicdesk.documents import fonts
from clinicdesk.documents.render import render

pytest.importorskip("uharfbuzz", reason="built for most systems, not for all")

HINDI, TAMIL = "StandIn-Lohit-Devanagari", "StandIn-Lohit-Tamil"
PRIVATE = range(0xE000, 0xF900)


def drawn(font: str, word: str) -> str:
    letter = fonts.font_for(word[0])
    assert letter == font
    return fonts.shaped(font, word)


def sheet(given: str, family: str) -> bytes:
    facts = plain_facts("esi.transforaminal", ("L5 left",), "therapeutic")
    facts = replace(facts, given_name=given, family_name=family)
    return render("consent", facts, library().pick("consent", facts.procedure, "en"), "a4").pdf


@pytest.mark.parametrize(
    ("font", "word", "glyphs"),
    [
        (HINDI, "क्ष", 1), (HINDI, "श्री", 2), (HINDI, "द्वि", 2), (HINDI, "कमला", 4),
        (TAMIL, "க்ஷ", 1), (TAMIL, "ஸ்ரீ", 2), (TAMIL, "கொ", 3),
    ],
)  # fmt: skip
def test_letters_become_one_where_the_font_has_one(font: str, word: str, glyphs: int) -> None:
    assert len(drawn(font, word)) == glyphs


def test_no_virama_is_left_standing_and_the_vowel_stands_first() -> None:
    assert "\u094d" not in drawn(HINDI, "कृष्णा")
    assert drawn(HINDI, "हि") == "\u093fह"
    assert drawn(TAMIL, "மெ") == "\u0bc6ம"


def test_what_needs_no_putting_together_stays() -> None:
    assert drawn(HINDI, "कमला") == "कमला"
    assert fonts.shaped("", "Teresa") == "Teresa"


@pytest.mark.parametrize("name", ["कृष्णा", "ज्ञानेश्वर", "கிருஷ்ணன்", "லக்ஷ்மி"])
def test_the_name_is_found_on_the_page_as_it_is_spelt(name: str) -> None:
    text = words_of(sheet(name, ""))
    assert name in text
    assert not any(ord(letter) in PRIVATE for letter in text)


def test_the_bytes_do_not_depend_on_what_was_printed_before() -> None:
    before = sheet("कृष्णा", "शर्मा")
    sheet("ज्ञानेश्वर", "द्विवेदी")
    assert sheet("कृष्णा", "शर्मा") == before
