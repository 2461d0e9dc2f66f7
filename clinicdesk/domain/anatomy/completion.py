"""Completing a site from few letters: ``l5 l`` → ``L5 left``, ``l45 r`` → ``L4-L5 right``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinicdesk.domain.anatomy.sites import (
    ROOTS,
    SEGMENTS,
    Side,
    Site,
    Sort,
    fold,
    listed_site,
    parse_site,
    site_for,
)
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
    ``bil``, ``(R)``). Without a side the procedure's usual sides are offered. A site is found
    by each of its names. What a name of no list may mean is asked: ``near_sites``.
    """
    readings = tuple(_readings(fold(typed)))
    found = [
        text
        for name_text, side in readings
        for name in _names(name_text, procedure)
        for text in _with_sides(name, side, procedure)
    ]
    return tuple(dict.fromkeys(found))[:limit]


def entered_site(typed: str, procedure: Procedure) -> Site:
    """The one site that was entered, in the window or on the command line: ``knee (R)``, ``l5 l``.

    A text that names its side beside one name alone is completed; no side is ever supplied.

    Raises:
        UnlistedSite: a free name that nobody listed.
        ValueError: it is no site of the procedure, or may be several.
    """
    try:
        return listed_site(typed, procedure)
    except ValueError:
        offers = complete_site(typed, procedure) if names_side(typed) else ()
        if len({text.rpartition(" ")[0] for text in offers}) == 1:
            return site_for(offers[0], procedure)
        words = _side_in_full(typed)
        if offers or words == fold(typed):
            raise
    return listed_site(words, procedure)


def _side_in_full(typed: str) -> str:
    """``sholder (R)``, ``rt sholder`` as ``sholder right``: what is wrong with it is the name."""
    text = fold(typed)
    if not names_side(text):
        return text
    name, side = next(_readings(text))
    return f"{name} {side}"


def near_sites(typed: str, procedure: Procedure) -> tuple[str, ...]:
    """Sites that a free name of no list may mean, likeliest first, for the question; else empty.

    Without a side the usual sides of each.
    """
    if procedure.site_sort != Sort.FREE:
        return ()
    name_text, side = next(_readings(fold(typed)))
    names = procedure.names
    if not name_text or names.lists(name_text):
        return ()
    return tuple(
        text
        for name in names.near(name_text, procedure.id)
        for text in _with_sides(name, side, procedure)
    )


def new_name(typed: str, procedure: Procedure) -> tuple[str, str]:
    """The free name of no list in what was typed, and its side if one was said; else empty."""
    if procedure.site_sort != Sort.FREE:
        return "", ""
    name_text, side = next(_readings(fold(typed)))
    try:
        parse_site(f"{name_text} {Side.LEFT}", Sort.FREE)
    except ValueError:
        return "", ""
    names = procedure.names
    if names.lists(name_text) or names.fixed(name_text) or name_text.upper() in ROOTS:
        return "", ""
    return name_text, side.value if side else ""


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
    free = procedure.site_sort == Sort.FREE
    names = procedure.names
    exact = [names.read(text)] if free and names.lists(text) and known else []
    # What this procedure is done at first; then exactly what was typed, whatever it is of.
    own, other = (exact, []) if exact and exact[0] in known else ([], exact)
    said = {name: names.spoken(name) if free else (name,) for name in known}
    for fits in (_is, _begins, _words_begin):
        own += [name for name in known if any(fits(text, each) for each in said[name])]
    return tuple(dict.fromkeys(own + other))


def _known(procedure: Procedure) -> tuple[str, ...]:
    every: dict[str, tuple[str, ...]] = {
        Sort.SEGMENT: SEGMENTS,
        Sort.ROOT: ROOTS,
        Sort.CAUDAL: ("caudal",),
        Sort.SI_JOINT: ("si joint",),
    }
    free = procedure.names.of(procedure.id) if procedure.site_sort == Sort.FREE else ()
    return tuple(dict.fromkeys(procedure.sites + free + every.get(procedure.site_sort, ())))


def _is(text: str, name: str) -> bool:
    typed = _bare(text)
    return bool(typed) and typed in _keys(name)


def _begins(text: str, name: str) -> bool:
    typed = _bare(text)
    return bool(typed) and any(key.startswith(typed) for key in _keys(name))


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
