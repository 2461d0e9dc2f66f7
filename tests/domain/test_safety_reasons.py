"""What is a reason, and what are only letters."""

from __future__ import annotations

import pytest

from clinicdesk.domain.safety_reasons import says_enough

SENTENCES = [
    "premedicated as agreed with the allergist",
    "Label torn off",
    "Travels for half a year",
    "Two good blocks elsewhere",
    "INR 1.9 on 30 Nov, seen",
    "El dolor ha vuelto con fuerza",
    "Schmerz ist zurück, kann kaum gehen",
    "Боль вернулась после падения",
    "통증이 다시 심해져서 왔음",
    "疼痛复发不能行走",
]
LETTERS = [
    "", "abcde", "xxxxx", "asdfg asdfg", "asdfg asdfg asdfg", "xxxxx yyyyy zzzzz",
    "asdfg qwert zxcvb", "seen", "see note", "because because because", "a b c d e f g h",
    "12345 67890 12345", "ok ok ok ok ok", "bcdf ghkl mnpr stvw", ". . . . . . . . .",
    "疼疼疼疼疼疼",
]  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_a_reason(text):
    assert says_enough(text)


@pytest.mark.parametrize("text", LETTERS)
def test_letters_are_none(text):
    assert not says_enough(text)
