"""How much wider than drawn a person wants the panels at the right, on this computer."""

from __future__ import annotations

from clinicdesk.ui import theme
from clinicdesk.ui.preferences import Preferences

MOST = 300


class _State:
    preferences = Preferences()


def use(preferences: Preferences) -> None:
    """Where it is remembered from now on."""
    _State.preferences = preferences


def extra() -> int:
    """Pixels of the design that are added."""
    return _State.preferences.panel


def wide(drawn: int) -> int:
    """The width of a panel that is drawn that wide, in pixels."""
    return theme.scaled(drawn + extra())


def change(to: int) -> None:
    """Another width, kept between nothing and ``MOST`` more; ``keep`` remembers it."""
    _State.preferences.panel = max(0, min(MOST, to))


def keep() -> None:
    """Remembers it for the next start."""
    _State.preferences.save()
