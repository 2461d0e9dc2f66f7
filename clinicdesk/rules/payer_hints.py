"""Which pack is nearest to a payer that nobody mapped yet: a suggestion, never a decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from clinicdesk.domain.payers import payer_key
from clinicdesk.domain.text import words

_LONG = 5
"""Letters of a name in which one slip still says what may be meant."""


@dataclass(frozen=True)
class Apart:
    """Payers that are a choice of their own: each ``part`` found in a name, and why."""

    id: str
    parts: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class PayerHints:
    """Names by which a pack is suggested, and what is never suggested. In the files' order."""

    names: Mapping[str, tuple[str, ...]]
    apart: tuple[Apart, ...]


@dataclass(frozen=True)
class Nearest:
    """A pack to suggest. ``sure``: its very name stands in the payer's. ``apart``: why none."""

    pack: str = ""
    sure: bool = False
    apart: str = ""


def nearest(payer: str, hints: PayerHints) -> Nearest:
    """What to suggest for a payer.

    A name of the lists letter by letter; else nothing for what is a choice of its own; else a pack
    one of whose names stands whole in the payer's; else one with its initials or a near spelling,
    which is not sure.
    """
    key = payer_key(payer)
    for pack, names in hints.names.items():
        if any(payer_key(name) == key for name in names):
            return Nearest(pack, sure=True)
    for apart in hints.apart:
        if any(payer_key(part) in key for part in apart.parts):
            return Nearest(apart=apart.because)
    said = words(payer)
    near = {*said, key}
    for pack, names in hints.names.items():
        if any(_stands_in(words(name), said) for name in names):
            return Nearest(pack, sure=True)
    for pack, names in hints.names.items():
        if any(_resembles(words(name), near) for name in names):
            return Nearest(pack)
    return Nearest()


def _stands_in(name: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether the words of a name follow one another among those said."""
    long = len(name)
    return any(said[start : start + long] == name for start in range(len(said) - long + 1))


def _resembles(name: tuple[str, ...], said: Collection[str]) -> bool:
    """Whether one of the words is the name's initials, or the name with one slip."""
    initials = "".join(word[0] for word in name)
    if len(initials) > 2 and initials in said:
        return True
    joined = "".join(name)
    return len(joined) >= _LONG and any(
        OSA.distance(joined, each, score_cutoff=1) <= 1 for each in said
    )
