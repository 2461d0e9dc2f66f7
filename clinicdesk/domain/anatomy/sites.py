"""The site grammar: ``L5 left``, ``L4-L5 midline``, ``si joint bilateral``, ``knee right``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from clinicdesk.domain.procedures import Procedure, SiteDoses, UsualPlan
from clinicdesk.domain.site_names import NO_NAMES, SiteNames
from clinicdesk.domain.translation import _

CERVICAL_THORACIC = "cervical-thoracic"
LUMBAR_SACRAL = "lumbar-sacral"

_CAUDAL = "caudal"
_SI_JOINT = "si joint"


class Side(StrEnum):
    """The second half of every site."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    MIDLINE = "midline"


class Sort(StrEnum):
    """Which names a procedure's sites may bear."""

    SEGMENT = "segment"
    ROOT = "root"
    CAUDAL = "caudal"
    SI_JOINT = "si joint"
    FREE = "free"


class Spot(NamedTuple):
    """A name with one side (never bilateral): what a gap or a cap per spot looks at."""

    name: str
    side: Side

    def __str__(self) -> str:
        return f"{self.name} {self.side}"


@dataclass(frozen=True)
class Site:
    """A place on the body; ``str()`` gives its canonical text.

    Attributes:
        name: canonical: ``L5``, ``L4-L5``, ``caudal``, ``si joint``, or a free name in lower case.
        side: one of four.
        sort: the sort of name it was read as.
    """

    name: str
    side: Side
    sort: Sort

    def __str__(self) -> str:
        return f"{self.name} {self.side}"

    @property
    def spots(self) -> frozenset[Spot]:
        """The spots it covers; two sites overlap when they share one."""
        sides = (Side.LEFT, Side.RIGHT) if self.side is Side.BILATERAL else (self.side,)
        return frozenset(Spot(self.name, side) for side in sides)


def _vertebrae() -> tuple[str, ...]:
    spans = (("C", 0, 7), ("T", 1, 12), ("L", 1, 5), ("S", 1, 1))
    return tuple(f"{part}{n}" for part, first, last in spans for n in range(first, last + 1))


def _roots() -> tuple[str, ...]:
    spans = (("C", 8), ("T", 12), ("L", 5), ("S", 4))
    return tuple(f"{part}{n}" for part, last in spans for n in range(1, last + 1))


_VERTEBRAE = _vertebrae()
SEGMENTS: tuple[str, ...] = tuple(f"{upper}-{lower}" for upper, lower in pairwise(_VERTEBRAE))
"""Motion segments in order, ``C0-C1`` to ``L5-S1``."""

ROOTS: tuple[str, ...] = _roots()
"""Nerve roots in order, ``C1`` to ``S4``."""

_FOLDED_SEGMENTS = {name.casefold(): name for name in SEGMENTS}
_FOLDED_ROOTS = {name.casefold(): name for name in ROOTS}
_FIXED = {Sort.CAUDAL: _CAUDAL, Sort.SI_JOINT: _SI_JOINT}
FIXED_NAMES = frozenset(_FIXED.values())
"""Places of the spine that have one name."""
_NO_MIDLINE = frozenset({Sort.ROOT, Sort.SI_JOINT})
_SIDES = frozenset(side.value for side in Side)


def fold(text: str) -> str:
    """``text`` without case and extra spaces, as names are compared."""
    return " ".join(text.casefold().split())


def parse_site(
    text: str, sort: Sort | str, *, midline: bool | None = None, names: SiteNames = NO_NAMES
) -> Site:
    """Read ``NAME SIDE``; case and extra spaces do not matter.

    Args:
        text: what was typed or stored.
        sort: the sort of name allowed.
        midline: whether the midline is a side of such a site; None decides by the
            sort (not for a root or the si joint). A procedure says it of its own sites.
        names: other names of sites are read as the one that they mean; without, as written.

    Raises:
        ValueError: with a sentence that says what was expected.
    """
    sort = Sort(sort)
    words = fold(text).split()
    if not words:
        said = _("Type a site with its side, for example {example}.")
        raise ValueError(said.format(example=_example(sort)))
    if words[-1] not in _SIDES:
        raise ValueError(
            _("“{text}” has no side: end it with left, right, bilateral or midline.").format(
                text=text
            )
        )
    side = Side(words[-1])
    name = _name(" ".join(words[:-1]), sort, text, names)
    allowed = sort not in _NO_MIDLINE if midline is None else midline
    if side is Side.MIDLINE and not allowed:
        raise ValueError(
            _("“{text}” cannot be midline: say left, right or bilateral.").format(text=text)
        )
    return Site(name, side, sort)


def _name(name: str, sort: Sort, text: str, names: SiteNames) -> str:
    """The canonical name, or ValueError."""
    if not name:
        raise ValueError(
            _("“{text}” has a side but no name, for example {example}.").format(
                text=text, example=_example(sort)
            )
        )
    if _SIDES.intersection(name.split()):
        raise ValueError(_("“{text}” names a side twice.").format(text=text))
    if sort is Sort.SEGMENT:
        return _known(
            name, _FOLDED_SEGMENTS, _("two neighbouring vertebrae, the upper first"), text
        )
    if sort is Sort.ROOT:
        return _known(name, _FOLDED_ROOTS, _("a nerve root (C1–C8, T1–T12, L1–L5, S1–S4)"), text)
    if sort in _FIXED:
        meant = names.fixed(name) or name
        return _known(meant, {_FIXED[sort]: _FIXED[sort]}, f"“{_FIXED[sort]}”", text)
    if name in _FOLDED_SEGMENTS or name in _FIXED.values():
        raise ValueError(
            _("“{text}” is a place in the spine, not a site for this procedure.").format(text=text)
        )
    return _FOLDED_ROOTS.get(name) or names.read(name)


def _known(name: str, names: dict[str, str], expected: str, text: str) -> str:
    if name not in names:
        raise ValueError(
            _("“{text}” is not a site for this procedure: expected {expected}.").format(
                text=text, expected=expected
            )
        )
    return names[name]


_EXAMPLES = {
    Sort.SEGMENT: "L4-L5 left",
    Sort.ROOT: "L5 left",
    Sort.CAUDAL: "caudal midline",
    Sort.SI_JOINT: "si joint left",
    Sort.FREE: "knee right",
}


def _example(sort: Sort) -> str:
    return f"“{_EXAMPLES[sort]}”"


def site_for(text: str, procedure: Procedure) -> Site:
    """Read a site of ``procedure``, by whatever name; raises ValueError with a sentence.

    A free name of no list is kept as written: records hold such names. What is entered is read
    by ``listed_site``.
    """
    return parse_site(text, procedure.site_sort, midline=procedure.midline, names=procedure.names)


class UnlistedSite(ValueError):
    """A free name that stands on no list: what it means is asked.

    Attributes:
        name, side: as typed, in small letters.
        near: canonical sites, with the side, that it may mean, likeliest first.
    """

    def __init__(self, text: str, site: Site, near: tuple[str, ...]) -> None:
        self.name, self.side, self.near = site.name, site.side, near
        if near:
            said = _("“{text}” is not on the list of sites. Did you mean {near}?")
            super().__init__(said.format(text=text, near=_one_of(near)))
        else:
            super().__init__(_("“{text}” is not on the list of sites.").format(text=text))


def _one_of(sites: tuple[str, ...]) -> str:
    *first, last = sites
    if not first:
        return last
    return _("{first} or {last}").format(first=", ".join(first), last=last)


def listed_site(text: str, procedure: Procedure) -> Site:
    """Read a site that is entered: as ``site_for``, and a free name must stand on a list.

    Raises:
        UnlistedSite: a free name that nobody listed.
        ValueError: it is no site of the procedure.
    """
    site = site_for(text, procedure)
    if site.sort is not Sort.FREE:
        return site
    names = procedure.names
    place = names.fixed(site.name)
    if place:
        raise ValueError(
            _("“{text}” is a place in the spine, not a site for this procedure.").format(text=text)
        )
    if site.name in ROOTS or names.lists(site.name):
        return site
    near = names.near(site.name, procedure.id)
    raise UnlistedSite(text.strip(), site, tuple(f"{name} {site.side}" for name in near))


def usual_plan(procedure: Procedure, sites: Iterable[str]) -> UsualPlan:
    """The usual plan of ``procedure`` at these sites; one that cannot be read has no known dose."""
    return procedure.usual_at(_name_in(text, procedure) for text in sites)


def site_doses(procedure: Procedure, sites: Iterable[str]) -> SiteDoses | None:
    """What is usual at these sites where it goes by class of site; None where it is not known."""
    return procedure.doses_at(_name_in(text, procedure) for text in sites)


def _name_in(text: str, procedure: Procedure) -> str:
    try:
        return site_for(text, procedure).name
    except ValueError:
        return text


def region(site: Site) -> str | None:
    """The coverage region of a segment, root or caudal site; None for every other sort."""
    if site.sort is Sort.CAUDAL:
        return LUMBAR_SACRAL
    if site.sort in (Sort.SEGMENT, Sort.ROOT):
        return CERVICAL_THORACIC if site.name[0] in "CT" else LUMBAR_SACRAL
    return None
