"""How hard a text is to read: the Flesch–Kincaid grade (Kincaid and others, 1975)."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,:]\d+)*")
_SENTENCE = re.compile(r"[^.!?:]+")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Syllables of an English word by the usual rules of thumb; a number counts as two."""
    text = word.lower().replace("’", "'")
    if text[0].isdigit():
        return 2
    return sum(_part(part) for part in re.split(r"[-']", text) if len(part) > 1) or 1


def _part(text: str) -> int:
    count = len(_VOWELS.findall(text))
    if text.endswith("e") and not text.endswith(("le", "ee", "ie", "ye")) and count > 1:
        count -= 1
    if re.search(r"[^td]ed$", text) and count > 1:
        count -= 1
    if re.search(r"(ia|io|eo|ua|rea$)(?!u)", text) and not re.search(r"(tion|sion|cia|tial)", text):
        count += 1
    return max(count, 1)


def grade(lines: list[str]) -> float:
    """The school grade that can read ``lines``; each line ends a sentence."""
    sentences = words = beats = 0
    for line in lines:
        for sentence in _SENTENCE.findall(re.sub(r"(?<=\d)[.:](?=\d)|\bDr\.", "", line)):
            found = _WORD.findall(sentence)
            if found:
                sentences += 1
                words += len(found)
                beats += sum(map(syllables, found))
    return 0.39 * words / sentences + 11.8 * beats / words - 15.59
