"""Relief as the rules read it: ``domain/relief.py``, which the due list asks, too."""

from __future__ import annotations

from clinicdesk.domain.relief import (
    Response,
    Sustained,
    baselines,
    block_relief,
    percent,
    relief_of,
    sustained,
)

__all__ = [
    "Response",
    "Sustained",
    "baselines",
    "block_relief",
    "percent",
    "relief_of",
    "sustained",
]
