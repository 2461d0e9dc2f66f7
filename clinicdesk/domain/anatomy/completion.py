"""Completing a site from few letters: ``l5 l`` → ``L5 left``, ``l45 r`` → ``L4-L5 right``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinicdesk.domain.anatomy.sites import ROOTS, SEGMENTS, Side, Sort, fold, site_for
from clinicdesk.domain.procedures import Procedure

_SIDE_WORDS: dict[str, Side] = {
    "lt": Side.LEFT,
    "rt": Side.RIGHT,
    "bil": Side.BILATERAL,
    "both": Side.BILATERAL,
    "mid": Side.MIDLINE,
}
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def names_side(typed: str) -> bool:
    """Whether a text begins or ends with a side, in full or shortened, beside a name."""
    words = _words(fold(typed))
    return len(words) > 1 and any(_side(word) for word in (words[0], words[-1]))


def complete_site(typed: str, procedure: Procedure, limit: int = 8) -> tuple[str, ...]:
    """Canonical sites of ``procedure`` that ``typed`` may mean, best first.

    The side may stand before or after the name and be shortened (``r``, ``lt``,
    ``bil``, ``(R)``). Without a side the procedure's usual sides are offered. A free name
    nobody listed is offered as typed.
    """
    readings = tuple(_readings(fold(typed)))
    found = [
        text
        for name_text, side in readings
        for name in _names(name_text, procedure)
        for text in _with_sides(name, side, procedure)
    ]
    if not found and procedure.site_sort == Sort.FREE:
        name_text, side = readings[0]
        found = list(_with_sides(name_text, side, procedure))
    return tuple(dict.fromkeys(found))[:limit]


def _with_sides(name: str, side: Side | None, procedure: Procedure) -> Iterator[str]:
    """The sites that ``name`` makes with ``side``, or with each usual side."""
    for each in (side,) if side else _sides(procedure):
        try:
            yield str(site_for(f"{name} {each}", procedure))
        except ValueError:
            continue


def _readings(typed: str) -> Iterator[tuple[str, Side | None]]:
    """Ways to split what was typed into a name and a side."""
    words = _words(typed)
    if words:
        last = _side(words[-1])
        if last:
            yield " ".join(words[:-1]), last
        first = _side(words[0])
        if first and len(words) > 1:
            yield " ".join(words[1:]), first
    yield " ".join(words), None


def _words(typed: str) -> list[str]:
    """The words as typed, without what sides are put in: ``knee (R)``, ``knee R.``."""
    return [bare for word in typed.split() if (bare := word.strip("()[].,;:"))]


def _side(word: str) -> Side | None:
    if word in _SIDE_WORDS:
        return _SIDE_WORDS[word]
    return next((side for side in Side if side.value.startswith(word)), None)


def _sides(procedure: Procedure) -> tuple[str, ...]:
    return procedure.sides or tuple(side.value for side in Side)


def _names(text: str, procedure: Procedure) -> tuple[str, ...]:
    """Site names that ``text`` may mean: exact, then by beginning, then by any word."""
    known = _known(procedure)
    if not text:
        return procedure.sites or known[:1]
    exact = [name for name in known if _fits(text, name, exactly=True)]
    begins = [name for name in known if _fits(text, name, exactly=False)]
    inside = [name for name in known if _words_begin(text, name)]
    return tuple(dict.fromkeys(exact + begins + inside))


def _known(procedure: Procedure) -> tuple[str, ...]:
    every: dict[str, tuple[str, ...]] = {
        Sort.SEGMENT: SEGMENTS,
        Sort.ROOT: ROOTS,
        Sort.CAUDAL: ("caudal",),
        Sort.SI_JOINT: ("si joint",),
    }
    return tuple(dict.fromkeys(procedure.sites + every.get(procedure.site_sort, ())))


def _fits(text: str, name: str, *, exactly: bool) -> bool:
    typed = _bare(text)
    if not typed:
        return False
    return any(key == typed if exactly else key.startswith(typed) for key in _keys(name))


def _keys(name: str) -> tuple[str, ...]:
    """Ways to type a name without hyphens: ``l4l5`` and ``l45`` for ``L4-L5``."""
    upper, _, lower = name.casefold().partition("-")
    if lower and lower[0] in "ctls" and lower[1:].isdigit():
        return (upper + lower, upper + lower[1:])
    return (_bare(name),)


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def _words_begin(text: str, name: str) -> bool:
    """Whether every typed word begins some word of the name, in any order."""
    parts, words = name.casefold().split(), text.split()
    if len(words) > len(parts):
        return False
    return all(any(part.startswith(word) for part in parts) for word in words)
