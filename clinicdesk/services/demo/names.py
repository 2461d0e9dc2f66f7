"""Invented names, streets and payers, from ``resources/demo/names.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from clinicdesk.catalogue.resources import root


@cache
def words(key: str) -> tuple[Any, ...]:
    """A list of the file: ``female``, ``male``, ``family``, ``towns``, ``allergies`` …"""
    text = (root() / "demo" / "names.toml").read_text(encoding="utf-8")
    return tuple(tuple(w) if isinstance(w, list) else w for w in tomllib.loads(text)[key])
