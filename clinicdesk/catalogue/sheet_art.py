"""Loads the drawings of sheets: spine, body, icons, and where sites stand on them."""

from __future__ import annotations

import json
from pathlib import Path

from clinicdesk.catalogue.places import SEGMENTS, read_places
from clinicdesk.catalogue.sheet_files import Source
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.sheets import SheetArt
from clinicdesk.domain.translation import _

_ANCHORS = ("facet", "foramen")


def load_art(root: Path, places: Source | None) -> SheetArt:
    """The drawings under ``root``; raises Malformed when one is missing.

    ``places``: the file that says where sites stand; the clinic's own lies over ours, by site.
    """
    files = [path for path in (places.under, places.path) if path] if places else []
    tables = [read(path) for path in files]
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
            places={name: place for table in tables for name, place in read_places(table).items()},
            segments={
                name: anchor for table in tables for name, anchor in _segments(table).items()
            },
        )
    except OSError as error:
        raise Malformed(
            _("{filename}: cannot be read ({strerror}).").format(
                filename=error.filename, strerror=error.strerror
            )
        ) from error


def _segments(table: Table) -> dict[str, str]:
    """Pattern of ``where`` to the anchor at which a segment is marked."""
    part = table.maybe_table(SEGMENTS)
    if part is None:
        return {}
    names = part.keys()
    found = {name: part.choice(name, _ANCHORS) for name in names}
    part.done()
    return found
