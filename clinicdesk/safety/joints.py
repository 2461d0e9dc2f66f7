"""Which joint a site or an implant as written is about, and on which side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clinicdesk.domain.anatomy import Side, Site
from clinicdesk.domain.text import fold
from clinicdesk.safety.case import Implant
from clinicdesk.safety.knowledge import Knowledge
from clinicdesk.safety.recognise import has_any

PROSTHESIS, PLANNED = "=prosthesis", "=planned"
JOINT, ELSEWHERE = "=joint", "=elsewhere"
LEFT, RIGHT, BOTH = "=left", "=right", "=both"
"""What words of an implant mean besides a joint's key."""
SIDES = {"left": LEFT, "right": RIGHT, "both": BOTH}
_SIDES: Mapping[str, tuple[Side, ...]] = {
    LEFT: (Side.LEFT,),
    RIGHT: (Side.RIGHT,),
    BOTH: (Side.LEFT, Side.RIGHT),
}
_PARTS = re.compile(r"[,;&+/\n]| and ")


@dataclass(frozen=True)
class JointSide:
    """A joint on one side; ``side`` None: not said, so it may be either."""

    name: str
    side: Side | None

    def meets(self, other: JointSide) -> bool:
        """Whether both may be the same joint."""
        same_side = self.side is None or other.side is None or self.side is other.side
        return self.name == other.name and same_side


def sides_of(site: Site) -> frozenset[Side | None]:
    """The sides of a site; one in the midline may be either."""
    sides = {spot.side for spot in site.spots}
    return frozenset(None if side is Side.MIDLINE else side for side in sides)


def near_joint(name: str, knowledge: Knowledge, *, only_bursae: bool = False) -> str:
    """The joint of a site as it is named, its key; an unknown name stands for itself.

    With ``only_bursae`` empty for a site that is no bursa of a known joint.
    """
    words = knowledge.bursa_words if only_bursae else knowledge.joint_words
    found = [key for key in words.found(name) if key in knowledge.joints]
    if found:
        return found[0]
    return "" if only_bursae else fold(name)


def replaced_in(
    text: str, knowledge: Knowledge, names: Iterable[str], implant: Implant | None = None
) -> frozenset[JointSide]:
    """The replaced joints that a text names, a joint of a name in ``names`` too.

    Args:
        text: ``TKR left``, ``knee and hip replacement R``.
        knowledge: with the words of joints and sides.
        names: of joints that no table knows (``great toe``): they are looked for as written.
        implant: the record's own fields, where it has them.
    """
    known = implant is not None and implant.prosthesis
    read = _parts(text, knowledge, names, implant)
    return _joints(part for part in read if (part.prosthesis or known) and not part.planned)


def to_replace_in(
    text: str, knowledge: Knowledge, names: Iterable[str], implant: Implant | None = None
) -> frozenset[JointSide]:
    """The joints that a text says are to be replaced: ``awaiting TKR left``; as ``replaced_in``."""
    read = _parts(text, knowledge, names, implant)
    return _joints(part for part in read if part.prosthesis and part.planned)


def _parts(
    text: str, knowledge: Knowledge, names: Iterable[str], implant: Implant | None
) -> list[_Part]:
    whole = text if implant is None else f"{text} {implant.site}"
    known = implant is not None and implant.prosthesis
    if not known and PROSTHESIS not in knowledge.joint_words.found(text):
        return []
    parts = [part for part in _PARTS.split(fold(whole)) if part.strip()]
    read = [_Part.of(part, knowledge, names) for part in parts]
    if not all(part.joints for part in read) or not all(part.prosthesis for part in read):
        read = [_Part.of(whole, knowledge, names)]
    return read


def _joints(parts: Iterable[_Part]) -> frozenset[JointSide]:
    return frozenset(
        JointSide(joint, side) for part in parts for joint in part.joints for side in part.sides
    )


def sides_in(keys: Iterable[str]) -> set[Side | None]:
    """The sides that recognised words tell; None alone where they tell none."""
    return {side for key in keys for side in _SIDES.get(key, ())} or {None}


def side_is_open(joints: Iterable[JointSide]) -> bool:
    """Whether the record tells no side."""
    return all(joint.side is None for joint in joints)


@dataclass(frozen=True)
class _Part:
    joints: tuple[str, ...]
    sides: tuple[Side | None, ...]
    prosthesis: bool
    planned: bool

    @classmethod
    def of(cls, text: str, knowledge: Knowledge, names: Iterable[str]) -> _Part:
        keys = knowledge.joint_words.found(text)
        joints = [key for key in keys if key in knowledge.joints]
        joints += [n for n in names if n not in knowledge.joints and has_any(text, (n,))]
        return cls(
            joints=tuple(joints),
            sides=tuple(sides_in(keys)),
            prosthesis=PROSTHESIS in keys,
            planned=PLANNED in keys,
        )
