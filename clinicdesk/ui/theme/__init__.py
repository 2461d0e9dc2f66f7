"""The look: colours, type, icons and the style sheet, all from ``resources/theme/tokens.json``.

Painters ask here by token name and repaint when ``signals.changed`` is emitted.
"""

from clinicdesk.ui.theme.current import (
    colour,
    is_dark,
    name,
    scale,
    scaled,
    signals,
    token,
)
from clinicdesk.ui.theme.dressing import apply
from clinicdesk.ui.theme.families import Family, families, family, use_families
from clinicdesk.ui.theme.fonts import font
from clinicdesk.ui.theme.icons import glyph, icon, pixmap
from clinicdesk.ui.theme.tokens import Tokens, load_tokens

__all__ = [
    "Family",
    "Tokens",
    "apply",
    "colour",
    "families",
    "family",
    "font",
    "glyph",
    "icon",
    "is_dark",
    "load_tokens",
    "name",
    "pixmap",
    "scale",
    "scaled",
    "signals",
    "token",
    "use_families",
]
