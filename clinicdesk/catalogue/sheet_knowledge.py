"""Reads what sheets know besides their words: countries, and what words of a record mean."""

from __future__ import annotations

import re

from clinicdesk.catalogue.sheet_files import Source
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.sheets import LocalHelp, Meanings
from clinicdesk.domain.translation import _


def read_countries(source: Source | None) -> dict[str, LocalHelp]:
    """ISO code to what is known there; the clinic's own file lies over ours, by country."""
    found: dict[str, LocalHelp] = {}
    for table in _layers(source):
        for code, part in table.each():
            if not re.fullmatch("[A-Z]{2}", code):
                table.fail(code, _("expected the two letters of a country, such as GB."))
            found[code] = _country(part)
    return found


def _country(part: Table) -> LocalHelp:
    made = LocalHelp(
        emergency=part.text("emergency", ""),
        advice=part.text("advice", ""),
        regulator=part.text("regulator", ""),
        fahrenheit=part.flag("fahrenheit", default=False),
    )
    part.text("source")
    part.flag("verify", default=False)
    part.done()
    return made


def read_meanings(source: Source | None) -> Meanings:
    """What words mean; the clinic's own file adds its words to ours."""
    near: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    for table in _layers(source):
        if (part := table.maybe_table("chest")) is not None:
            near += _folded(part, "near")
            away += _folded(part, "away")
            part.text("source", "")
            part.flag("verify", default=False)
            part.done()
        table.done()
    return Meanings(near, away)


def _folded(part: Table, key: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in part.texts(key, ()))


def _layers(source: Source | None) -> list[Table]:
    """Ours first, the clinic's own over it."""
    if source is None:
        return []
    return [read(path) for path in (source.under, source.path) if path]
