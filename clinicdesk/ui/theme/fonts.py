"""One typeface on every system, with tabular figures."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from clinicdesk.installed import typeface
from clinicdesk.ui.theme import current

FAMILY = "Source Sans Pro"
_WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Normal, 600: QFont.Weight.DemiBold,
            700: QFont.Weight.Bold}  # fmt: skip


@cache
def register() -> None:
    """Loads the font files, sorted, so that every machine resolves weights alike."""
    for path in typeface():
        QFontDatabase.addApplicationFont(str(path))


@cache
def _font(px: int, weight: int) -> QFont:
    register()
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(_WEIGHTS[weight])
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def font(px: float = 13, weight: int = 400) -> QFont:
    """A font by the design's size and weight (400, 500, 600, 700).

    The design's sizes were drawn in a larger face, so one pixel is added.
    """
    return QFont(_font(current.scaled(px + 1), weight))
