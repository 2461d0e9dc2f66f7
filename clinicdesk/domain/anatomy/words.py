"""A site in words that a patient understands."""

from __future__ import annotations

from clinicdesk.domain.anatomy.sites import Side, Site, Sort
from clinicdesk.domain.procedures import Procedure

_PARTS = {"C": "neck", "T": "upper back", "L": "lower back", "S": "lower back"}
_ON_SIDE = {
    Side.LEFT: "on your left side",
    Side.RIGHT: "on your right side",
    Side.BILATERAL: "on both sides",
    Side.MIDLINE: "in the middle",
}
_NERVE_NOUNS = ("nerve", "nerves", "plexus", "ganglion")


def plain_words(site: Site, procedure: Procedure | None = None) -> str:
    """The site as said to the patient: ``the L5 nerve on your left side``, ``your right knee``.

    ``procedure`` sharpens free names (a nerve block's site is a nerve) and facet joints.
    """
    where = _ON_SIDE[site.side]
    group = procedure.group if procedure else ""
    if site.sort is Sort.ROOT:
        return f"the {site.name} nerve {where}"
    if site.sort is Sort.SEGMENT:
        return _segment(site, where, group)
    if site.sort is Sort.CAUDAL:
        return "the base of your spine, near the tailbone"
    if site.sort is Sort.SI_JOINT:
        return _one_or_both("sacroiliac joint, low in your back", site.side)
    if group in {"nerve", "sympathetic"}:
        return _nerve(site, where, group)
    return _one_or_both(site.name, site.side)


def _segment(site: Site, where: str, group: str) -> str:
    part = _PARTS[site.name[0]]
    upper, lower = site.name.split("-")
    if group in {"facet", "rfa"}:
        noun = "joints" if site.side is Side.BILATERAL else "joint"
        return f"the small {noun} between {upper} and {lower} in your {part}, {where}"
    return f"your {part} between {upper} and {lower}, {where}"


def _nerve(site: Site, where: str, group: str) -> str:
    if site.name.split()[-1] in _NERVE_NOUNS:
        return f"the {site.name} {where}"
    noun = "nerve" if group == "nerve" else "level"
    return f"the {site.name} {noun} {where}"


def _one_or_both(name: str, side: Side) -> str:
    if side in (Side.LEFT, Side.RIGHT):
        return f"your {side} {name}"
    return f"your {name}, {_ON_SIDE[side]}"
