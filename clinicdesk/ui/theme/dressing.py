"""Puts a theme on the whole program: palette, typeface, style and style sheet."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from clinicdesk.ui.theme import current
from clinicdesk.ui.theme.focus import FocusRing
from clinicdesk.ui.theme.fonts import font, register
from clinicdesk.ui.theme.qss import style_sheet
from clinicdesk.ui.theme.style import ClinicStyle
from clinicdesk.ui.theme.tokens import load_tokens


def _palette() -> QPalette:
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: "canvas",
        roles.WindowText: "text",
        roles.Base: "surface",
        roles.AlternateBase: "canvas",
        roles.Text: "text",
        roles.Button: "surface",
        roles.ButtonText: "text",
        roles.PlaceholderText: "text3",
        roles.Highlight: "atint2",
        roles.HighlightedText: "text",
        roles.ToolTipBase: "now",
        roles.ToolTipText: "onnow",
        roles.Link: "aink",
        roles.Accent: "accent",
        roles.Mid: "line2",
        roles.Dark: "line2",
        roles.Shadow: "line2",
        roles.Light: "line",
        roles.Midlight: "line",
    }
    palette = QPalette()
    for role, key in pairs.items():
        palette.setColor(role, current.colour(key))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, current.colour("text3"))
    return palette


def apply(app: QApplication, theme: str, view_scale: float = 1.0) -> None:
    """Puts a theme on the whole program.

    Args:
        app: the application.
        theme: ``light`` or ``dark``.
        view_scale: 1.0, 1.15 or 1.3.
    """
    tokens = load_tokens(theme)
    current.use(tokens, view_scale)
    register()
    # (Once there is a style sheet, ``app.style()`` is Qt's own, with ours beneath it.)
    if app.findChild(FocusRing) is None:
        app.setStyle(ClinicStyle())
        FocusRing(app)
    app.setPalette(_palette())
    app.setFont(font(13))
    app.setStyleSheet(style_sheet(tokens, view_scale))
    current.signals.changed.emit()
