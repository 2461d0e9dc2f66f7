"""Whether a reason answers a danger: a coded one, with a sentence where it needs one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from clinicdesk.domain.rows.reviews import GivenReason, SafetyReason
from clinicdesk.domain.translation import _

LEAST_WORDS, LEAST_LETTERS = 3, 12
"""Below that, words beside a reason explain nothing."""
_LEAST_SIGNS = 6
"""Of a script that writes without spaces."""
_VOWELS = frozenset("aeiouyøæœıł")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "qsdfghjklm")
_RUN = 4
"""So many keys beside each other are no word."""
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
NO_SENTENCE = _("Write it in a sentence of at least three words: “{text}” explains nothing.")


def says_enough(words: str) -> bool:
    """Whether it is a sentence: three different words of some length, and no keys in a row."""
    letters = "".join(_WORD.findall(words))
    if any(unicodedata.name(sign, "").startswith(_UNSPACED) for sign in letters):
        return len(set(letters)) >= _LEAST_SIGNS
    said = {word for word in _WORD.findall(words.casefold()) if _is_word(word)}
    return len(said) >= LEAST_WORDS and len(" ".join(words.split())) >= LEAST_LETTERS


def _is_word(word: str) -> bool:
    plain = unicodedata.normalize("NFKD", word)
    if len(word) < 2 or len(set(plain)) < 2:
        return False
    if len(word) >= _RUN and any(word in row for row in _KEYS):
        return False
    latin = unicodedata.name(plain[0], "").startswith("LATIN")
    return not latin or not _VOWELS.isdisjoint(plain)


def fault(given: GivenReason, check: str, reasons: Mapping[str, SafetyReason]) -> str:
    """Why a reason does not answer a finding of this check; empty if it does."""
    reason = reasons.get(given.code)
    if reason is None:
        return _("Choose a reason from the list.")
    if not reason.answers(check):
        return _("“{reason}” does not answer this. Choose another reason.").format(
            reason=reason.text
        )
    if reason.needs_words and not says_enough(given.words):
        return _("“{reason}” needs a sentence beside it.").format(reason=reason.text)
    return ""


def choices(check: str, reasons: Mapping[str, SafetyReason]) -> tuple[SafetyReason, ...]:
    """The reasons that may answer a finding of this check, in the order of their file."""
    return tuple(reason for reason in reasons.values() if reason.answers(check))
