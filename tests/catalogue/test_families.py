"""Families: how long relief usually lasts, with its source; anything odd is refused."""

from __future__ import annotations

import pytest

from clinicdesk.catalogue.families import read_families
from clinicdesk.catalogue.strict import parse
from clinicdesk.domain.errors import Malformed

TEXT = """[families.EPI]
name = "Epidural"
label = "Epidural"
chip = "Epi"
glyph = "diamond"
colours.light = { strong = "#2A5EC2", tint = "#E3EAF7", border = "#A6BBE5", done = "#F3F6FC" }
colours.dark = { strong = "#5EA2FF", tint = "#283C4E", border = "#3F699C", done = "#1F2D34" }
[families.EPI.relief]
least_months = 3
most_months = 6
source = "A paper of 2020"
"""


def read(text):
    table = parse(text, "families.toml")
    families = read_families(table.table("families"))
    table.done()
    return families


def test_relief_is_read_with_its_source():
    family = read(TEXT)["EPI"]
    assert (family.name, family.relief_months, family.relief_source) == (
        "Epidural", (3, 6), "A paper of 2020",
    )  # fmt: skip


def test_a_family_may_bring_no_relief():
    family = read(TEXT.partition("[families.EPI.relief]")[0])["EPI"]
    assert (family.relief_months, family.relief_source) == (None, "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("least_months = 3", "least_months = 0", "expected 1 to 60"),
        ("most_months = 6", "most_months = 2", "least_months or more"),
        ("most_months = 6", "most_months = 61", "expected 1 to 60"),
        ("most_months = 6", "most_months = 6.5", "whole number"),
        ("most_months = 6\n", "", "“most_months” is missing"),
        ('source = "A paper of 2020"\n', "", "“source” is missing"),
        ("most_months = 6", "most_months = 6\nmost_weeks = 9", "unknown here"),
    ],
)
def test_what_cannot_be_is_refused_with_file_and_line(old, new, said):
    with pytest.raises(
        Malformed, match=r"families\.toml, line \d+: families\.EPI\.relief"
    ) as wrong:
        read(TEXT.replace(old, new))
    assert said in str(wrong.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('label = "Epidural"\n', "", "“label” is missing"),
        ('label = "Epidural"', 'label = "Epidural steroids"', "longer than 12 letters"),
        ('chip = "Epi"', 'chip = "Epidurally so"', "longer than 10 letters"),
        ('glyph = "diamond"', 'glyph = "heart"', "“heart” is unknown"),
        ("#2A5EC2", "blue", "expected a colour like"),
        ("colours.dark =", "colours.night =", "“dark” is missing"),
        ('done = "#1F2D34"', 'done = "#1F2D34", over = "#000000"', "unknown here"),
    ],
)
def test_a_family_is_whole_or_refused_with_file_and_line(old, new, said):
    with pytest.raises(Malformed, match=r"families\.toml, line \d+: families\.EPI") as wrong:
        read(TEXT.replace(old, new))
    assert said in str(wrong.value)


def test_every_family_that_is_injected_says_how_long_it_lasts(catalogue):
    for kind in catalogue.procedures.values():
        family = catalogue.families[kind.family]
        assert family.relief_months is not None, kind.id
        assert family.relief_source, kind.id
    assert catalogue.families["EPI"].relief_months == (3, 6)
    assert catalogue.families["RFA"].relief_months == (6, 12)
