"""The names that free sites go by: canonical ones, plurals, other names, a clinic's own.

A name means one site, whoever wrote it, and is looked up here and nowhere else. Names that stand
on no list are kept as written: what they may mean is asked, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_NOT_WORDS = re.compile(r"[\W_]+")
_SIDES = frozenset({"left", "right", "bilateral", "midline"})
_NEAR = 0.8
"""Likeness from which a spelling is offered, 0 to 1 (``difflib``)."""
_OFFERS = 3
_MOST_SEEN = 20_000


def name_key(name: str) -> str:
    """A name as names are compared: without case, points, hyphens and extra spaces."""
    return _NOT_WORDS.sub(" ", name.casefold()).strip()


def site_name(text: str) -> str:
    """``knee`` of ``knee left``: a free site without its side."""
    name, __, side = text.rpartition(" ")
    return name if name and side.casefold() in _SIDES else text


class SiteNames:
    """What free names mean. Reading one is a look-up in a dictionary.

    The lists of the files never change. The clinic's own may grow while the program runs: all who
    hold this object know a new name at once.
    """

    def __init__(
        self,
        listed: Mapping[str, Iterable[str]] | None = None,
        fixed: Mapping[str, Iterable[str]] | None = None,
        offered: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Args: ``listed``: canonical free name to its other names. ``fixed``: the same for places
        of the spine (``si joint``, ``caudal``). ``offered``: procedure id to canonical names."""
        self._listed = _by_key(listed or {})
        self._fixed = _by_key(fixed or {})
        self._offered = {key: tuple(names) for key, names in (offered or {}).items()}
        self._spoken = {name: (name, *others) for name, others in (listed or {}).items()}
        self._own: dict[str, str] = {}
        self._all = self._listed
        self._seen: dict[str, str] = {}
        self._near: dict[tuple[str, str], tuple[str, ...]] = {}

    def __repr__(self) -> str:
        """Of what the files say alone: kept results rest on it."""
        return repr((self._listed, self._fixed, self._offered))

    def for_a_clinic(self) -> SiteNames:
        """The same lists, for another clinic to lay its own over."""
        other = SiteNames()
        other._listed, other._fixed, other._offered = self._listed, self._fixed, self._offered
        other._spoken, other._all = self._spoken, self._listed
        return other

    # -- reading -----------------------------------------------------------------------------

    def read(self, name: str) -> str:
        """The canonical name; a name of no list as it is written."""
        found = self._seen.get(name)
        if found is None:
            found = self._all.get(name_key(name), name)
            if len(self._seen) >= _MOST_SEEN:
                self._seen = {}
            self._seen[name] = found
        return found

    def read_site(self, text: str) -> str:
        """``glenohumeral joint left`` as ``shoulder left``; the side, if any, is never touched."""
        name, __, side = text.rpartition(" ")
        return f"{self.read(name)} {side}" if name and side in _SIDES else self.read(text)

    def fixed(self, name: str) -> str:
        """The place of the spine that a name means; empty where it means none."""
        return self._fixed.get(name_key(name), "")

    def lists(self, name: str) -> bool:
        """Whether a free name stands on a list; on an empty one, everything does."""
        return not self._all or name_key(name) in self._all

    # -- offering ----------------------------------------------------------------------------

    def of(self, procedure: str) -> tuple[str, ...]:
        """The canonical names offered for a procedure, the clinic's own new ones last."""
        new = (name for name in self._own.values() if self._listed.get(name_key(name)) != name)
        return tuple(dict.fromkeys((*self._offered.get(procedure, ()), *new)))

    def canonical(self) -> tuple[str, ...]:
        """Every canonical name, in the order of the alphabet."""
        return tuple(sorted(set(self._all.values())))

    def spoken(self, name: str) -> tuple[str, ...]:
        """All names by which a canonical name goes, itself first."""
        return self._spoken.get(name, (name,))

    def near(self, name: str, procedure: str = "") -> tuple[str, ...]:
        """Canonical names that an unlisted one may mean, likeliest first.

        By spelling, or where all words of the one stand in the other. Those offered for the
        procedure; of all others only where none of these will do.
        """
        asked = (name, procedure)
        if asked not in self._near:
            mine = set(self.of(procedure))
            here = {key: meant for key, meant in self._all.items() if meant in mine}
            self._near[asked] = _near(name_key(name), here) or _near(name_key(name), self._all)
        return self._near[asked]

    # -- the clinic's own --------------------------------------------------------------------

    @property
    def own(self) -> Mapping[str, str]:
        """The clinic's own names by key, each with what it means in the end."""
        return self._own

    def listed(self, name: str) -> str:
        """What the files alone say that a name means; empty where they do not know it."""
        return self._listed.get(name_key(name), "")

    def learn(self, own: Mapping[str, str]) -> None:
        """Takes the clinic's own names: name to what it means, itself where it is a new site."""
        said = {name_key(name): meant for name, meant in own.items()}
        self._own = {key: self._end(key, said) for key in said}
        self._all = {**self._listed, **self._own}
        self._seen, self._near = {}, {}

    def _end(self, key: str, said: Mapping[str, str]) -> str:
        """What a name means where what it means was itself given another meaning later."""
        passed: list[str] = []
        while True:
            passed.append(key)
            meant = said[key]
            after = name_key(meant)
            if after in passed or after not in said:
                return self._listed.get(after, meant)
            key = after


def _by_key(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {name_key(each): name for name, others in names.items() for each in (name, *others)}


def _near(key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    if not key:
        return ()
    found = [known[each] for each in get_close_matches(key, known, _OFFERS, _NEAR)]
    words = set(key.split())
    for other, meant in known.items():
        parts = set(other.split())
        if words <= parts or parts <= words:
            found.append(meant)
    return tuple(dict.fromkeys(found))[:_OFFERS]


NO_NAMES = SiteNames()
"""No list: every name is kept as it is written."""
