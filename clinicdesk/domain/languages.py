"""Languages by name."""

from __future__ import annotations

import re
from functools import lru_cache

from clinicdesk.domain.text import fold


def language_name(code: str) -> str:
    """``Spanish`` for ``es``, ``Brazilian Portuguese`` for ``pt-BR``; else the code itself."""
    known = _names()
    found = known.get(code.replace("-", "_")) or known.get(code.split("-", maxsplit=1)[0])
    return found or code.upper()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    return {str(code): str(name) for code, name in Locale("en").languages.items()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Codes by their names in English and in themselves, and by their codes; folded."""
    from babel import Locale
    from babel.core import get_global

    codes = dict(_names())
    found = {fold(name): code for code, name in codes.items()}
    for code in ("es", "de", "fr", "pt", "it", "ru", "pl", "nl", "tr", "vi", "uk", "hy", "zh"):
        found.setdefault(fold(str(Locale(code).languages[code])), code)
    aliases = {str(old): str(new) for old, new in get_global("language_aliases").items()}
    found.update({old: new for old, new in aliases.items() if len(old) == 3 and new in codes})
    found.update({code.lower(): code for code in codes})
    found.update({"sign language": "", "farsi": "fa", "castilian": "es"})
    return found


def read_language(text: str) -> str | None:
    """The code of a language by its whole name or code (``Armenian``, ``spa``, ``en-US``).

    None where it is no name of one language: nothing is told by first letters.
    """
    words = fold(text.strip())
    known = _by_name()
    for part in (words, re.split(r"[;,(/]", words)[0].strip(), words.replace("_", "-")):
        if found := known.get(part):
            return found.partition("_")[0]
    tag = re.fullmatch(r"([a-z]{2,3})[-_][a-z0-9]{2,4}", words)
    return known.get(tag[1]) or None if tag else None
