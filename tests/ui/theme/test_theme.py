"""One file of tokens gives the whole look, in both themes and at every view size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QImage, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from clinicdesk.catalogue.families import GLYPHS
from clinicdesk.catalogue.resources import root
from clinicdesk.ui import theme
from clinicdesk.ui.theme.qss import style_sheet
from clinicdesk.ui.widgets import Field, TextEdit

ICONS = sorted(path.stem for path in (root() / "icons").glob("*.svg"))
SOURCES = sorted((Path(__file__).resolve().parents[3] / "clinicdesk" / "ui").rglob("*.py"))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, WCAG 2."""
    ink = QColor(colour)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (ink.redF(), ink.greenF(), ink.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def inks(image: QImage) -> set[str]:
    """Colours of the fully opaque pixels."""
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            pixel = image.pixelColor(x, y)
            if pixel.alpha() == 255:
                found.add(pixel.name())
    return found


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
def test_the_style_has_no_colour_or_picture_missing(name: str, scale: float) -> None:
    made = style_sheet(theme.load_tokens(name), scale)
    assert "$" not in made
    pictures = re.findall(r"url\(([^)]+)\)", made)
    assert pictures
    for picture in pictures:
        assert Path(picture).is_file(), picture


def test_a_larger_view_makes_everything_larger_but_the_hairlines() -> None:
    plain, large = (style_sheet(theme.load_tokens("light"), s) for s in (1.0, 1.3))
    assert "border: 1px solid" in large
    assert "border: 2px solid" in large
    assert "width: 16px; height: 16px" in plain
    assert "width: 21px; height: 21px" in large


def test_switching_changes_palette_style_and_tells_painters(
    qapp: QApplication, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(theme.signals.changed):
        theme.apply(qapp, "dark")
    assert theme.is_dark()
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#1A2322")
    assert "#1A2322" in qapp.styleSheet()
    assert theme.colour("surface").name().upper() == "#1A2322"
    assert theme.family("EPI").strong.name().upper() == "#5EA2FF"
    theme.apply(qapp, "light")
    assert theme.family("EPI").strong.name().upper() == "#2A5EC2"


def test_the_scrim_lets_the_page_shine_through() -> None:
    assert 0 < theme.colour("scrim").alpha() < 255


def test_an_unknown_family_looks_like_a_visit() -> None:
    assert theme.family("XXX") == theme.family("") == theme.family("VIS")


def test_the_typeface_is_ours_on_every_machine() -> None:
    for weight in (400, 500, 600, 700):
        used = QFontInfo(theme.font(13, weight))
        assert used.family() == "Source Sans Pro"
        assert used.exactMatch()
    assert theme.font(13).hintingPreference() == QFont.HintingPreference.PreferNoHinting


def test_figures_are_tabular_so_that_columns_line_up() -> None:
    metrics = QFontMetricsF(theme.font(13))
    assert len({round(metrics.horizontalAdvance(digit * 8), 2) for digit in "0123456789"}) == 1


def test_no_text_is_smaller_than_the_floor() -> None:
    # The design's floor is 11 px.
    small = re.compile(r"(?:theme\.font\(|Label\([^()]*?, )([1-9]|10)(?:\.\d+)?\s*[,)]")
    for path in SOURCES:
        for match in small.finditer(path.read_text(encoding="utf-8")):
            raise AssertionError(f"{path.name}: {match.group()}")


def test_fonts_grow_with_the_view(qapp: QApplication) -> None:
    before = theme.font(13).pixelSize()
    theme.apply(qapp, "light", 1.3)
    assert theme.font(13).pixelSize() == round(before * 1.3)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str) -> None:
    picture = theme.pixmap(name, "#ff00aa", 40)
    assert picture.deviceIndependentSize().toSize() == QSize(40, 40)
    found = inks(picture.toImage())
    assert found, "nothing was drawn"
    assert "#000000" not in found


def test_an_icons_inner_stroke_is_the_ground_of_the_theme(qapp: QApplication) -> None:
    # A white tick in a pale disc cannot be seen in the dark.
    theme.apply(qapp, "dark")
    assert "#ffffff" not in inks(theme.pixmap("status-done", "text2", 42).toImage())


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_ticked_box_shows_its_tick(name: str, qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, name)
    box = QCheckBox("Confirmed")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.resize(120, 30)
    fill = theme.colour("accent").name()
    picture = box.grab().toImage()
    inside = [
        (x, y) for x in range(20) for y in range(30) if picture.pixelColor(x, y).name() == fill
    ]
    assert inside
    left, right = min(x for x, _ in inside), max(x for x, _ in inside)
    top, bottom = min(y for _, y in inside), max(y for _, y in inside)
    shown = {
        picture.pixelColor(x, y).name()
        for x in range(left + 3, right - 2)
        for y in range(top + 3, bottom - 2)
    }
    assert max(contrast(colour, fill) for colour in shown) >= 3


def test_a_mark_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    field = Field("Lot", TextEdit())
    qtbot.addWidget(field)
    field.set_error("Expired August 2026.")
    theme.apply(qapp, "dark")
    field.resize(240, 90)
    light = theme.load_tokens("light").colours["danger"].lower()
    assert light not in inks(field.grab().toImage())


@pytest.mark.parametrize("name", ["light", "dark"])
def test_an_example_in_an_empty_field_can_be_read(
    name: str, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, name)
    edit = TextEdit("MMMMMMMM")
    qtbot.addWidget(edit)
    edit.resize(200, 36)
    edit.ensurePolished()
    ink = edit.palette().color(QPalette.ColorRole.PlaceholderText)
    assert ink.alpha() == 255
    assert contrast(ink.name(), theme.token("surface")) >= 4.5


def test_however_often_the_look_changes_there_is_one_ring(qapp: QApplication) -> None:
    from clinicdesk.ui.theme.focus import FocusRing

    for look in ("dark", "light"):
        theme.apply(qapp, look)
    assert len(qapp.findChildren(FocusRing)) == 1


def test_every_glyph_that_a_file_may_name_is_drawn_and_said(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    drawn = {name.removeprefix("family-") for name in ICONS if name.startswith("family-")}
    assert drawn == set(GLYPHS)
    pictures = [theme.pixmap(f"family-{name}", "text", 14).toImage() for name in GLYPHS]
    assert all(one != two for n, one in enumerate(pictures) for two in pictures[:n])
    readme = (root() / "catalogue" / "README.md").read_text(encoding="utf-8")
    assert [name for name in GLYPHS if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_glyph_is_in_the_colour_of_its_family(qapp: QApplication, mode: str) -> None:
    theme.apply(qapp, mode)
    assert theme.family("VIS").strong.name() in inks(theme.glyph("VIS").toImage())
    assert theme.family("EPI").strong.name() in inks(theme.glyph("EPI").toImage())
    theme.apply(qapp, "light")
