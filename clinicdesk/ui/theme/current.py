"""The theme in use: its colours and its scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

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


def use(tokens: Tokens, view_scale: float) -> None:
    """From now on these colours and this scale; who puts them on emits ``signals.changed``."""
    _state.tokens = tokens
    _state.scale = view_scale


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
