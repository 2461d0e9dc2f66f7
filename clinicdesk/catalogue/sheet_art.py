"""Loads the drawings of sheets: spine, body, icons, and where sites stand on them."""

from __future__ import annotations

import json
from pathlib import Path

from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.sheets import FigurePlace, SheetArt

_FIGURES = ("back", "front", "spine")


def load_art(root: Path) -> SheetArt:
    """The drawings under ``root``; raises Malformed when one is missing."""
    try:
        tokens = json.loads((root / "theme" / "tokens.json").read_text(encoding="utf-8"))
        return SheetArt(
            spine=(root / "figures" / "spine.svg").read_text(encoding="utf-8"),
            body=(root / "figures" / "body.svg").read_text(encoding="utf-8"),
            icons={
                path.stem: path.read_text(encoding="utf-8")
                for path in sorted((root / "icons").glob("*.svg"))
            },
            anchors={
                vertebra: {
                    place: spots if isinstance(spots, dict) else {"midline": spots}
                    for place, spots in places.items()
                }
                for vertebra, places in tokens["spine_anchor_points"].items()
            },
            places=_places(read(root / "documents" / "places.toml")),
        )
    except OSError as error:
        raise Malformed(f"{error.filename}: cannot be read ({error.strerror}).") from error


def _places(table: Table) -> dict[str, FigurePlace]:
    found = {}
    for name, part in table.each():
        found[name] = FigurePlace(
            part.choice("figure", _FIGURES), float(part.number("dx")), float(part.number("y"))
        )
        part.done()
    return found
