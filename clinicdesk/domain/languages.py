"""Languages by name."""

from __future__ import annotations

from functools import lru_cache


def language_name(code: str) -> str:
    """``Spanish`` for ``es``, ``Brazilian Portuguese`` for ``pt-BR``; else the code itself."""
    known = _names()
    found = known.get(code.replace("-", "_")) or known.get(code.split("-", maxsplit=1)[0])
    return found or code.upper()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    return {str(code): str(name) for code, name in Locale("en").languages.items()}
