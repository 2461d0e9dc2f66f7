"""The look: colours, type, icons and the style sheet, all from ``resources/theme/tokens.json``.

Painters ask here by token name and repaint when ``signals.changed`` is emitted.
"""

from clinicdesk.ui.theme.current import (
    colour,
    family,
    is_dark,
    name,
    scale,
    scaled,
    signals,
    token,
)
from clinicdesk.ui.theme.dressing import apply
from clinicdesk.ui.theme.fonts import font
from clinicdesk.ui.theme.icons import icon, pixmap
from clinicdesk.ui.theme.tokens import FamilyColours, Tokens, load_tokens

__all__ = [
    "FamilyColours",
    "Tokens",
    "apply",
    "colour",
    "family",
    "font",
    "icon",
    "is_dark",
    "load_tokens",
    "name",
    "pixmap",
    "scale",
    "scaled",
    "signals",
    "token",
]
