"""Finds the text files of sheets, ours and the clinic's own over them, and reads what each is.

A file of the clinic's of the same name takes the place of ours. A file that would not be used is
refused, as everywhere in the clinic's own folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.catalogue import own
from clinicdesk.catalogue.strict import SEAL, Table, read
from clinicdesk.domain.sheets import KINDS, Approval, TextFile
from clinicdesk.domain.translation import _

FOLDER = "documents"
RECALL, WORDS, PLACES = "recall", "words", "places"
COUNTRIES, MEANINGS = "countries", "meanings"
_UNREVIEWED = "needs clinic approval"
_ABOUT = ("approved", "made_from", "reviewer")
"""Keys that say what a file is; they are no part of what it says."""


@dataclass(frozen=True)
class Source:
    """A text file that counts.

    ``name`` as ``consent/en/tpi.toml``; ``own``: the clinic's; ``under``: ours that it lies over.
    """

    name: str
    path: Path
    own: bool
    under: Path | None = None

    @property
    def stem(self) -> str:
        return self.path.stem


class Sources:
    """The text files of both folders by name; raises Malformed for what would not be used."""

    def __init__(self, base: Path, overlay: Path | None) -> None:
        ours = dict(_walk(base / FOLDER))
        mine = dict(_walk(overlay / FOLDER)) if overlay else {}
        self._found = {
            name: Source(name, mine[name], own=True, under=ours.get(name))
            if name in mine
            else Source(name, ours[name], own=False)
            for name in sorted({*ours, *mine})
        }

    def below(self, folder: str) -> dict[str, Source]:
        """The files of a folder, ``consent/en``, by their name without ending."""
        return {
            source.stem: source
            for name, source in self._found.items()
            if name.rpartition("/")[0] == folder
        }

    def languages(self, kind: str) -> dict[str, Source]:
        """Language to one of its files, for every folder of a kind that holds any."""
        return {
            name.split("/")[1]: source
            for name, source in self._found.items()
            if name.startswith(f"{kind}/")
        }


def own_names(overlay: Path) -> tuple[str, ...]:
    """The clinic's own texts by name, ``consent/en/tpi.toml``; raises Malformed."""
    return tuple(name for name, __ in _walk(overlay / FOLDER))


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of every text of a folder of documents, and nothing else in it."""
    yield from _texts(folder, "", (PLACES, COUNTRIES, MEANINGS))
    for below in own.folders(folder, (*KINDS, RECALL, WORDS)):
        if below.name in KINDS:
            own.toml_files(below, ())
            for language in own.folders(below):
                yield from _texts(language, f"{below.name}/{language.name}/")
                own.folders(language, ())
        else:
            yield from _texts(below, f"{below.name}/")
            own.folders(below, ())


def _texts(
    folder: Path, front: str, names: tuple[str, ...] | None = None
) -> Iterator[tuple[str, Path]]:
    for path in own.toml_files(folder, names):
        yield f"{front}{path.stem}.toml", path


# -- what a file says of itself --------------------------------------------------------------


def about(table: Table, source: Source) -> TextFile:
    """Approval and origin of a file. Only the clinic's own may say them.

    ``[approved]``: ``by``, ``on``, and ``seal`` of what was approved; ``made_from``: the seal of
    our text beneath.
    """
    reviewer = table.text("reviewer", "")
    if reviewer not in ("", _UNREVIEWED):
        table.fail(
            "reviewer", _("is not read. Say who approved it under [approved], with by and on.")
        )
    if not source.own:
        return TextFile(source.name, own=False, seal=table.seal(_ABOUT))
    approval, sealed = _approval(table)
    return TextFile(
        name=source.name,
        own=True,
        seal=table.seal(_ABOUT),
        approval=approval,
        sealed=sealed,
        made_from=_seal(table, "made_from"),
        ours=read(source.under).seal(_ABOUT) if source.under else "",
    )


def _approval(table: Table) -> tuple[Approval | None, str]:
    part = table.maybe_table("approved")
    if part is None:
        return None, ""
    by = part.text("by").strip()
    if not by:
        part.fail("by", _("must name who approved this text."))
    found = Approval(by, part.day("on")), _seal(part, "seal")
    part.done()
    return found


def _seal(table: Table, key: str) -> str:
    text = table.text(key, "")
    if text and not re.fullmatch(f"[0-9a-f]{{{SEAL}}}", text):
        table.fail(
            key,
            _("expected the {seal} letters and digits that “clinicdesk doctor” prints.").format(
                seal=SEAL
            ),
        )
    return text
