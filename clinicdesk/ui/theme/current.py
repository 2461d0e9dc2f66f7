"""The theme in use, and how to change it."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from clinicdesk.ui.theme.tokens import Tokens, load_tokens


class _Signals(QObject):
    """Signals:
    changed: another theme or scale is in use; repaint and ask colours again.
    """

    changed = Signal()


class _State:
    tokens: Tokens | None = None
    scale: float = 1.0


signals = _Signals()
_state = _State()


def _tokens() -> Tokens:
    if _state.tokens is None:
        _state.tokens = load_tokens("light")
    return _state.tokens


def name() -> str:
    """``light`` or ``dark``."""
    return _tokens().name


def is_dark() -> bool:
    """Whether the dark theme is in use."""
    return name() == "dark"


def scale() -> float:
    """The view setting: 1.0, 1.15 or 1.3."""
    return _state.scale


def scaled(px: float) -> int:
    """A length of the design in pixels of the current view setting."""
    return round(px * _state.scale)


def token(key: str) -> str:
    """A colour of the theme as CSS text."""
    return _tokens().colours[key]


@cache
def _parse(text: str) -> QColor:
    if text.startswith("rgba("):
        red, green, blue, alpha = text[5:-1].split(",")
        return QColor(int(red), int(green), int(blue), round(float(alpha) * 255))
    return QColor(text)


def colour(key: str) -> QColor:
    """A colour of the theme by token (``accent``); do not modify the returned object."""
    return _parse(token(key))


class Family:
    """Colours of a procedure family in the theme in use."""

    __slots__ = ("border", "done", "name", "strong", "tint")

    def __init__(self, code: str) -> None:
        entry = _tokens().families.get(code) or _tokens().families["VIS"]
        self.name = entry.name
        self.strong = _parse(entry.strong)
        self.tint = _parse(entry.tint)
        self.border = _parse(entry.border)
        self.done = _parse(entry.done)


@cache
def _family(theme_name: str, code: str) -> Family:  # noqa: ARG001 (the theme keys the cache)
    return Family(code)


def family(code: str) -> Family:
    """Colours of a family by its code; unknown codes look like a visit."""
    return _family(name(), code)


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
        palette.setColor(role, colour(key))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("text3"))
    return palette


def apply(app: QApplication, theme: str, view_scale: float = 1.0) -> None:
    """Puts a theme on the whole program.

    Args:
        app: the application.
        theme: ``light`` or ``dark``.
        view_scale: 1.0, 1.15 or 1.3.
    """
    from clinicdesk.ui.theme.focus import FocusRing
    from clinicdesk.ui.theme.fonts import font, register
    from clinicdesk.ui.theme.qss import style_sheet
    from clinicdesk.ui.theme.style import ClinicStyle

    _state.tokens = load_tokens(theme)
    _state.scale = view_scale
    register()
    # (Once there is a style sheet, ``app.style()`` is Qt's own, with ours beneath it.)
    if app.findChild(FocusRing) is None:
        app.setStyle(ClinicStyle())
        FocusRing(app)
    app.setPalette(_palette())
    app.setFont(font(13))
    app.setStyleSheet(style_sheet(_state.tokens, view_scale))
    signals.changed.emit()
