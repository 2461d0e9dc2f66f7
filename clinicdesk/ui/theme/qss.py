"""The one application style sheet, made from the tokens."""

from __future__ import annotations

import re
from string import Template

from clinicdesk.catalogue.resources import root
from clinicdesk.ui.theme.tokens import Tokens

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)px")


def style_sheet(tokens: Tokens, scale: float) -> str:
    """``resources/theme/clinicdesk.qss`` with colours filled in and lengths scaled.

    Raises:
        KeyError: the style sheet names a colour that the tokens lack.
    """
    text = (root() / "theme" / "clinicdesk.qss").read_text(encoding="utf-8")
    pictures = {"icons": (root() / "icons").as_posix(), "theme": tokens.name}
    filled = Template(text).substitute(tokens.colours, **pictures)
    if scale == 1.0:
        return filled

    def longer(match: re.Match[str]) -> str:
        value = float(match.group(1))
        return f"{value if value <= 2 else round(value * scale):g}px"

    return _LENGTH.sub(longer, filled)
