"""Reads how a language writes dates, sides and places, ``words/<language>.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from babel import Locale, UnknownLocaleError

from clinicdesk.catalogue.sheet_files import Source
from clinicdesk.catalogue.sheet_layers import Layers
from clinicdesk.catalogue.sheet_lines import checked_text
from clinicdesk.catalogue.strict import Table
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.sheets import PatientWords, TextFile
from clinicdesk.domain.translation import _

_SIDES = ("left", "right", "bilateral", "midline")
_DATES = ("long", "day", "short", "tiny", "time", "at")
_PARTS = ("C", "T", "L", "S")
_MARKS = ("left", "right", "and", "joined", "your_back", "nowhere")


def read_words(source: Source) -> tuple[PatientWords, TextFile]:
    """The words of a language; raises Malformed with file and line."""
    _check_language(source)
    layers = Layers(source)
    words = PatientWords(
        language=source.stem,
        name=layers.of("name").text("name"),
        dates=_texts(layers, "dates", _DATES),
        sides=_texts(layers, "sides", _SIDES),
        where=layers.merged("where", _where),
        many=layers.merged("many", _many),
        parts=_texts(layers, "parts", _PARTS),
        names=layers.listed("place", _names),
        marks=_texts(layers, "marks", _MARKS),
    )
    layers.done()
    return words, layers.file


def _check_language(source: Source) -> None:
    """A language that has dates, and that the sheets can set."""
    try:
        locale = Locale.parse(source.stem, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise Malformed(
            _("{path}, line 1: “{stem}” is not the code of a language, such as fr.").format(
                path=source.path, stem=source.stem
            )
        ) from error
    if locale.text_direction == "rtl":
        raise Malformed(
            _(
                "{path}, line 1: sheets cannot be set from right to left yet ({english_name})."
            ).format(path=source.path, english_name=locale.english_name)
        )


def _where(table: Table) -> dict[str, Mapping[str, str]]:
    return _patterns(table, frozenset({"name", "part", "upper", "lower"}))


def _many(table: Table) -> dict[str, Mapping[str, str]]:
    return _patterns(table, frozenset({"name", "part"}))


def _patterns(table: Table, allowed: frozenset[str]) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for name, part in table.each():
        found[name] = {side: checked_text(part, side, allowed) for side in _SIDES}
        part.done()
    return found


def _texts(layers: Layers, key: str, names: tuple[str, ...]) -> dict[str, str]:
    part = layers.of(key).table(key)
    found = {name: part.text(name) for name in names}
    part.done()
    return found


def _names(tables: Iterable[Table]) -> dict[str, str]:
    found = {}
    for table in tables:
        found[table.text("site")] = table.text("words")
        table.done()
    return found
