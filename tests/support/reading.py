"""How hard a text is to read: the Flesch–Kincaid grade (Kincaid and others, 1975)."""

from __future__ import annotations

import re
from itertools import pairwise

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


# -- Spanish ---------------------------------------------------------------------------------

_ES_WORD = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+|\d+(?:[.,:]\d+)*")
_ES_NUCLEUS = re.compile(r"[aeouáéíóúiü]+")
_ES_STRONG = "aeoáéó"


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word; a number counts as two.

    Two strong vowels, or a strong one beside an accented weak one, are two syllables; all
    other neighbours are one. ``y`` is a vowel at the end of a word; ``qu``, ``gue`` and
    ``gui`` have a silent ``u``.
    """
    text = word.lower()
    if text[0].isdigit():
        return 2
    text = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "k", text)
    text = re.sub(r"y$", "i", text)
    count = 0
    for run in _ES_NUCLEUS.findall(text):
        count += 1
        for before, after in pairwise(run):
            strong = (before in _ES_STRONG) + (after in _ES_STRONG)
            count += strong == 2 or (strong == 1 and (before in "íú" or after in "íú"))
    return max(count, 1)


def _spanish_counts(lines: list[str]) -> tuple[int, int, int]:
    """Sentences, words and syllables; each line ends a sentence."""
    sentences = words = beats = 0
    for line in lines:
        for sentence in re.split(r"[.!?:¿¡]+", re.sub(r"(?<=\d)[.:](?=\d)|\bDra?\.", "", line)):
            found = _ES_WORD.findall(sentence)
            if found:
                sentences += 1
                words += len(found)
                beats += sum(map(spanish_syllables, found))
    return sentences, words, beats


def huerta(lines: list[str]) -> float:
    """Fernández Huerta (1959): 206.84 - 60 syllables a word - 1.02 words a sentence.

    80 to 90 is fit for the fifth grade, 70 to 80 for the sixth.
    """
    sentences, words, beats = _spanish_counts(lines)
    return 206.84 - 60 * beats / words - 1.02 * words / sentences


def inflesz(lines: list[str]) -> float:
    """Szigriszt-Pazos (1993), read on the INFLESZ scale: 65 to 80 fairly easy, above very easy."""
    sentences, words, beats = _spanish_counts(lines)
    return 206.835 - 62.3 * beats / words - words / sentences
