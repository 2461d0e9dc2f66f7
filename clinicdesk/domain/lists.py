"""Several things named in one sentence, joined as the language joins them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clinicdesk.domain.translation import _


def listed(names: Sequence[str], joint: str = "and") -> str:
    """``a, b and c``; with the joint ``or``: ``a, b or c``."""
    if len(names) < 2:
        return "".join(names)
    pattern = _("{others} or {last}") if joint == "or" else _("{others} and {last}")
    return pattern.format(others=", ".join(names[:-1]), last=names[-1])


def both(parts: Iterable[str]) -> str:
    """``a and b and c``, where the parts have commas of their own."""
    return _chained(parts, _("{others} and {last}"))


def either(parts: Iterable[str]) -> str:
    """``a or b or c``."""
    return _chained(parts, _("{others} or {last}"))


def _chained(parts: Iterable[str], pattern: str) -> str:
    whole = ""
    for part in parts:
        whole = pattern.format(others=whole, last=part) if whole else part
    return whole
