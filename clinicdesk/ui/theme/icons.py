"""Icons: one-colour SVG drawings, recoloured to the theme and kept."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from clinicdesk.catalogue.resources import root
from clinicdesk.ui.theme import current
from clinicdesk.ui.theme.families import family


@cache
def _source(name: str) -> str:
    return (root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _drawn(name: str, colour: str, ground: str, size: int, ratio: float) -> QPixmap:
    # White is a stroke cut out of a filled disc: it shows the ground.
    svg = _source(name).replace("#fff", ground).replace("#000", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(name: str, colour: str = "text2", size: int = 20) -> QPixmap:
    """An icon as a pixmap, ``colour`` by token (or as ``#rrggbb``)."""
    text = colour if colour.startswith("#") else current.colour(colour).name()
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    ground = current.colour("surface").name()
    return _drawn(name, text, ground, current.scaled(size), ratio)


def glyph(code: str, size: int = 14) -> QPixmap:
    """What a family is told by beside its colour: its drawing, in its colour."""
    drawn = family(code)
    return pixmap(f"family-{drawn.glyph}", drawn.strong.name(), size)


def icon(name: str, colour: str = "text2", size: int = 20) -> QIcon:
    """An icon with a greyed version for disabled controls."""
    made = QIcon(pixmap(name, colour, size))
    made.addPixmap(pixmap(name, "text3", size), QIcon.Mode.Disabled)
    return made
