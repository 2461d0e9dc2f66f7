"""Everybody can read it: WCAG 2 contrast of every pair of colours the window uses, both themes."""

from __future__ import annotations

import pytest
from support.contrast import contrast
from support.vocabulary import CATALOGUE

from clinicdesk.ui.theme import load_tokens

TEXT = [
    ("text", "surface"),
    ("text", "canvas"),
    ("text", "raised"),
    ("text2", "surface"),
    ("text3", "surface"),
    ("text2", "canvas"),
    ("text3", "canvas"),
    ("text2", "raised"),
    ("text3", "raised"),
    ("text2", "sunken"),
    ("text3", "sunken"),
    ("text2", "rail"),
    ("text2", "hatch"),
    ("text", "atint"),
    ("text2", "atint"),
    ("aink", "surface"),
    ("aink", "raised"),
    ("aink", "atint"),
    ("aink", "atint2"),
    ("text", "atint2"),
    ("onaccent", "accent"),
    ("onaccent", "accenth"),
    ("onaccent", "aink"),
    ("ok", "surface"),
    ("ok", "oktint"),
    ("text2", "oktint"),
    ("warn", "surface"),
    ("warn", "warntint"),
    ("danger", "surface"),
    ("danger", "canvas"),
    ("danger", "sunken"),
    ("danger", "dangertint"),
    ("onsolid", "solid"),
    ("info", "infotint"),
    ("text", "infotint"),
    ("text", "oktint"),
    ("text", "warntint"),
    ("text", "dangertint"),
    ("onnow", "now"),
]

GROUNDS = ("surface", "raised", "canvas", "sunken", "rail", "hatch", "atint", "atint2", "warntint",
           "dangertint", "oktint", "infotint")  # fmt: skip
OUTLINES = [
    *((edge, ground) for edge in ("input", "accent", "danger") for ground in GROUNDS),
]

DESIGNED = {
    ("light", "text", "surface"): 16.7,
    ("light", "onaccent", "accent"): 6.3,
    ("light", "text3", "sunken"): 5.3,
    ("dark", "text", "surface"): 13.8,
    ("dark", "onsolid", "solid"): 5.2,
    # Differs from the design (4.3): 3:1 is wanted on every tinted ground, too.
    ("dark", "input", "surface"): 5.1,
}

THEMES = ("light", "dark")
FAMILIES = sorted(CATALOGUE.families)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("key", "ratio"), DESIGNED.items(), ids=str)
def test_the_colours_are_those_of_the_design(key: tuple[str, str, str], ratio: float) -> None:
    name, ink, ground = key
    colours = load_tokens(name).colours
    assert contrast(colours[ink], colours[ground]) == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(name: str, ink: str, ground: str) -> None:
    colours = load_tokens(name).colours
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("edge", "ground"), OUTLINES)
def test_outlines_can_be_seen(name: str, edge: str, ground: str) -> None:
    colours = load_tokens(name).colours
    assert contrast(colours[edge], colours[ground]) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("code", FAMILIES)
def test_a_familys_block_can_be_read_and_its_bar_seen(name: str, code: str) -> None:
    tokens = load_tokens(name)
    look = CATALOGUE.families[code].colours[name]
    for ground in (look.tint, look.done):
        assert contrast(tokens.colours["text"], ground) >= 4.5
        assert contrast(tokens.colours["text2"], ground) >= 4.5
    for ground in (tokens.colours["surface"], look.tint, look.done):
        assert contrast(look.strong, ground) >= 3


def test_both_themes_name_the_same_colours() -> None:
    # A painter asks by name; a name that only one theme knows would fail in the other.
    light, dark = load_tokens("light"), load_tokens("dark")
    assert light.colours.keys() == dark.colours.keys()
