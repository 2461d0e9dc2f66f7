"""The points of the figures: which site each one means. No Qt here.

Anchors of the spine come with the drawing, keyed by vertebra. A foramen under a
cervical vertebra Cn holds the root Cn+1 (under C7: C8); under Tn and Ln the root
bears the vertebra's own name. A facet joint or interlaminar space under a vertebra
belongs to the segment that it forms with the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinicdesk.domain.anatomy import SEGMENTS, Side, Sort, site_for
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _

SPINE_BOX = (10.0, 0.0, 200.0, 573.0)
BODY_BOX = (4.0, -2.0, 112.0, 292.0)
_SPINE_MIDDLE = 112.0
_BODY_MIDDLE = 60.0

Anchors = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class FigurePoint:
    """One place to click.

    Attributes:
        figure: ``spine``, ``back`` or ``front``.
        name: the site's name; with ``side`` it makes the site's text.
        x, y: in the units of the figure's drawing.
        shape: ``ring``, ``diamond`` or ``cross``.
        row: what stands in the margin beside it, e.g. ``L5``; empty on the body.
        spoken: for the readout, e.g. ``C5-C6 foramen (C6 nerve)``.
    """

    figure: str
    name: str
    side: Side
    x: float
    y: float
    shape: str
    row: str
    spoken: str

    @property
    def site(self) -> str:
        """The site's text, e.g. ``L5 left``."""
        return f"{self.name} {self.side}"


def points_for(procedure: Procedure | None, anchors: Anchors) -> tuple[FigurePoint, ...]:
    """The points that fit ``procedure``, in the order in which keys walk them; none without one."""
    if procedure is None:
        return ()
    sort = Sort(procedure.site_sort)
    if sort is Sort.ROOT:
        found = _roots(anchors)
    elif sort is Sort.SEGMENT:
        place = _PLACES[procedure.anchor]
        found = place(anchors)
    elif sort is Sort.CAUDAL:
        found = [FigurePoint("spine", "caudal", Side.MIDLINE, _SPINE_MIDDLE, 553.0, "ring",
                             _("Caudal"), _("sacral hiatus"))]  # fmt: skip
    elif sort is Sort.SI_JOINT:
        found = _pair(
            "spine", "si joint", (30.0, 511.0), "diamond", _("SI joint"), _("sacroiliac joint")
        )
    else:
        found = _body(procedure)
    return tuple(point for point in found if _fits(point, procedure))


def _fits(point: FigurePoint, procedure: Procedure) -> bool:
    try:
        site_for(point.site, procedure)
    except ValueError:
        return False
    return True


def _under(vertebra: str) -> str:
    """The segment under a vertebra: ``L4`` → ``L4-L5``."""
    return next(name for name in SEGMENTS if name.startswith(f"{vertebra}-"))


def _roots(anchors: Anchors) -> list[FigurePoint]:
    found = []
    for vertebra, places in anchors.items():
        cervical = vertebra.startswith("C")
        root = f"C{int(vertebra[1:]) + 1}" if cervical else vertebra
        spoken = _("{under} foramen ({root} nerve)").format(under=_under(vertebra), root=root)
        found += _sided(places["foramen"], root, root, "ring", spoken)
    for root, (dx, y) in {"S1": (13.0, 503.3), "S2": (11.5, 515.3)}.items():
        found += _pair(
            "spine",
            root,
            (dx, y),
            "ring",
            root,
            _("{root} foramen ({root} nerve)").format(root=root),
        )
    return found


def _facets(anchors: Anchors) -> list[FigurePoint]:
    found = []
    for vertebra, places in anchors.items():
        segment = _under(vertebra)
        found += _sided(
            places["facet"],
            segment,
            segment,
            "ring",
            _("{segment} facet joint").format(segment=segment),
        )
    return found


def _interlaminar(anchors: Anchors) -> list[FigurePoint]:
    """The midline and both sides of each space: laterality is never guessed."""
    found = []
    for vertebra, places in anchors.items():
        segment = _under(vertebra)
        x, y = places["interlaminar"]
        spoken = _("{segment} interlaminar space").format(segment=segment)
        sides = ((Side.LEFT, x - 12.0), (Side.MIDLINE, x), (Side.RIGHT, x + 12.0))
        found += [
            FigurePoint("spine", segment, side, px, y, "ring", segment, spoken)
            for side, px in sides
        ]
    return found


def _sided(
    places: Mapping[str, Sequence[float]], name: str, row: str, shape: str, spoken: str
) -> list[FigurePoint]:
    found = []
    for side in (Side.LEFT, Side.RIGHT):
        x, y = places[side.value]
        found.append(FigurePoint("spine", name, side, x, y, shape, row, spoken))
    return found


def _pair(
    figure: str, name: str, offset: tuple[float, float], shape: str, row: str, spoken: str
) -> list[FigurePoint]:
    """The same place on both sides of the middle; seen from the front, left is on the right."""
    dx, y = offset
    middle = _SPINE_MIDDLE if figure == "spine" else _BODY_MIDDLE
    sign = 1 if figure == "front" else -1
    return [
        FigurePoint(figure, name, Side.LEFT, middle + sign * dx, y, shape, row, spoken),
        FigurePoint(figure, name, Side.RIGHT, middle - sign * dx, y, shape, row, spoken),
    ]


_PLACES = {"facet": _facets, "interlaminar": _interlaminar}
"""Where a segment may stand, by the procedure's ``anchor``."""


def _body(procedure: Procedure) -> list[FigurePoint]:
    """The catalogue's free sites that have a place on the body."""
    found = []
    for name, place in procedure.places.items():
        found += _pair(place.figure, name, (place.dx, place.y), procedure.mark, "", name)
    return found
