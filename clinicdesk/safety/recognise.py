"""Recognising drugs, allergens, conditions and implants in what people typed.

By whole words, case and accents aside, whatever stands around them (``Eliquis 5 mg bid``). Of
names that begin at one word the longest counts: ``diabetes insipidus`` is no diabetes. What is
said not to be so (``no diabetes``, ``family history of diabetes``) is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from clinicdesk.domain.text import fold

_PART = re.compile(r"[^\W_]+|[,;()\[\]\n]|[.](?=\s|$)")
_GLUED = re.compile(r"([^\W\d_]{3,})([0-9].*)")
_OR_REACH = 4
"""Words over which ``or`` carries a negation: ``no fever, chills or sepsis``."""
_LOOSE_REACH = 3
"""Words over which a loose negation reaches: ``history of left leg MRSA abscess``."""
_LONG, _ALIKE = 6, 0.83
"""Letters of a name from which on, and how closely, a misspelling is looked for."""
_KEPT = 1000
"""Texts that are kept read."""
Words = tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """The words by which one thing is recognised, and what must stand beside them.

    Attributes:
        names: each may stand anywhere in the text.
        alone: only where they are the whole text.
        together: one of these must stand in the text too; empty: none has to. Of several things
            of one name, those that ask for it and find it count, the others do not.
        unless: where one of these stands in the text, the name does not count.
        means: the keys that are recognised; empty: its own.
    """

    names: Words
    alone: Words = ()
    together: Words = ()
    unless: Words = ()
    means: Words = ()


@dataclass(frozen=True)
class Negation:
    """Words that say that something is not so.

    Attributes:
        before: stand before it, with nothing but ``between`` in between.
        between: words that change nothing: ``of``, ``known``.
        joined: carry it on: ``no cough or fever``.
        after: stand right after it, at the end of what is said.
        loose: stand before it, a few other words may be between: ``history of MRSA abscess``.
        firm: words over which a loose one does not reach: ``history of cough and fever``.
        dated: as ``after``, also with a year: ``removed 2019``.
    """

    before: Words = ()
    between: Words = ()
    joined: Words = ()
    after: Words = ()
    loose: Words = ()
    firm: Words = ()
    dated: Words = ()

    def with_more(self, other: Negation) -> Negation:
        """Both together."""
        return Negation(
            (*self.before, *other.before),
            (*self.between, *other.between),
            (*self.joined, *other.joined),
            (*self.after, *other.after),
            (*self.loose, *other.loose),
            (*self.firm, *other.firm),
            (*self.dated, *other.dated),
        )


class _Text(NamedTuple):
    """A text's folded words, and before which of them something ends."""

    words: Words
    breaks: frozenset[int]

    def stands(self, phrase: Words, at: int) -> bool:
        return self.words[at : at + len(phrase)] == phrase

    def holds(self, phrases: Iterable[Words]) -> bool:
        return any(self.stands(phrase, at) for phrase in phrases for at in range(len(self.words)))


class _Meaning(NamedTuple):
    keys: Words
    alone: bool
    together: tuple[Words, ...]
    unless: tuple[Words, ...]

    def counts(self, text: _Text, whole: bool) -> bool:
        if self.alone and not whole:
            return False
        if self.together and not text.holds(self.together):
            return False
        return not text.holds(self.unless)


class Recogniser:
    """Finds the things of one table in texts; never changed once made.

    Patients share most of what is written about them: texts that were read lately are kept.
    """

    def __init__(self, things: Mapping[str, Terms], negation: Negation | None = None) -> None:
        negation = negation or Negation()
        self._index: dict[str, list[tuple[Words, list[_Meaning]]]] = {}
        meanings: dict[Words, list[_Meaning]] = {}
        for key, terms in things.items():
            for names, alone in ((terms.names, False), (terms.alone, True)):
                meaning = _Meaning(
                    terms.means or (key,), alone, _phrases(terms.together), _phrases(terms.unless)
                )
                for phrase in _phrases(names):
                    meanings.setdefault(phrase, []).append(meaning)
        for phrase in sorted(meanings, key=len, reverse=True):
            self._index.setdefault(phrase[0], []).append((phrase, meanings[phrase]))
        self._before = _by_last(negation.before)
        self._loose = _by_last(negation.loose)
        self._between = frozenset(negation.between)
        self._joined = frozenset(negation.joined)
        self._firm = frozenset(negation.firm)
        self._kept = lru_cache(maxsize=_KEPT)(self._found)
        self._near = lru_cache(maxsize=_KEPT)(self._alike)
        self._long = [first for (first, *more) in meanings if not more and len(first) >= _LONG]
        self._after: dict[str, list[tuple[Words, bool]]] = {}
        for names, dated in ((negation.after, False), (negation.dated, True)):
            for phrase in _phrases(names):
                self._after.setdefault(phrase[0], []).append((phrase, dated))

    def found(self, text: str) -> Words:
        """The keys of what a text names, in its order, each once."""
        return self._kept(text)

    def near(self, text: str) -> Words:
        """Names that words of a text may be misspellings of; of a text that names nothing."""
        if self.found(text):
            return ()
        hits = (self._near(word) for word in _read(text).words if len(word) >= _LONG)
        return tuple(dict.fromkeys(name for hit in hits for name in hit))

    def _alike(self, word: str) -> Words:
        return tuple(get_close_matches(word, self._long, 1, _ALIKE))

    def _found(self, text: str) -> Words:
        said = _read(text)
        if self._index.keys().isdisjoint(said.words):
            return ()
        keys: dict[str, None] = {}
        at, denied = 0, -1
        while at < len(said.words):
            hit = self._at(said, at)
            if hit is None:
                at += 1
                continue
            phrase, meant = hit
            end = at + len(phrase)
            if self._denied_before(said, at, denied) or self._denied_after(said, end):
                denied = end
            else:
                keys.update(dict.fromkeys(meant))
            at = end
        return tuple(keys)

    def _at(self, said: _Text, at: int) -> tuple[Words, Words] | None:
        for phrase, meanings in self._index.get(said.words[at], ()):
            if not said.stands(phrase, at):
                continue
            whole = len(phrase) == len(said.words)
            counted = [each for each in meanings if each.counts(said, whole)]
            closer = [each for each in counted if each.together] or counted
            if closer:
                return phrase, tuple(key for each in closer for key in each.keys)
        return None

    def _denied_before(self, said: _Text, start: int, denied: int) -> bool:
        """By a word before it, or with what stands before it and was denied."""
        if self._loose and self._denied_afar(said, start):
            return True
        at = start
        while at > 0 and at not in said.breaks:
            if at == denied or _ends(self._before, said, at):
                return True
            word = said.words[at - 1]
            if word in self._joined:
                reach = range(at - 1, max(at - 1 - _OR_REACH, 0), -1)
                return any(_ends(self._before, said, each) for each in reach)
            if word not in self._between:
                return False
            at -= 1
        return False

    def _denied_afar(self, said: _Text, at: int) -> bool:
        """By a word a few words before ``at``, with nothing between that ends what is said."""
        for each in range(at, max(at - _LOOSE_REACH - 1, 0), -1):
            if _ends(self._loose, said, each):
                return True
            if each in said.breaks or said.words[each - 1] in self._firm:
                return False
        return False

    def _denied_after(self, said: _Text, end: int) -> bool:
        if end == len(said.words):
            return False
        for phrase, dated in self._after.get(said.words[end], ()):
            last = end + len(phrase)
            while dated and last < len(said.words) and said.words[last].isdecimal():
                last += 1
            if said.stands(phrase, end) and (last == len(said.words) or last in said.breaks):
                return True
        return False


def phrases(names: Iterable[str]) -> Iterator[Words]:
    """The folded words of each name; one with a hyphen also written in one word."""
    for name in names:
        yield _read(name).words
        if "-" in name:
            yield _read(name.replace("-", "")).words


def has_any(text: str, names: Sequence[str]) -> bool:
    """Whether a text holds one of the names, as whole words."""
    return _read(text).holds(_phrases(names))


def _by_last(names: Iterable[str]) -> dict[str, list[Words]]:
    """The phrases by their last word."""
    found: dict[str, list[Words]] = {}
    for phrase in _phrases(names):
        found.setdefault(phrase[-1], []).append(phrase)
    return found


def _ends(phrases: Mapping[str, list[Words]], said: _Text, at: int) -> bool:
    """Whether one of the phrases, by their last word, ends right before ``at``."""
    if at == 0:
        return False
    return any(
        len(phrase) <= at and said.stands(phrase, at - len(phrase))
        for phrase in phrases.get(said.words[at - 1], ())
    )


def _phrases(names: Iterable[str]) -> tuple[Words, ...]:
    return tuple(dict.fromkeys(each for each in phrases(names) if each))


@lru_cache(maxsize=_KEPT)
def _read(text: str) -> _Text:
    words: list[str] = []
    breaks: set[int] = set()
    for part in _PART.findall(fold(text)):
        if not part[0].isalnum():
            breaks.add(len(words))
        elif glued := _GLUED.fullmatch(part):
            words.extend(glued.groups())
        else:
            words.append(part)
    return _Text(tuple(words), frozenset(breaks))
