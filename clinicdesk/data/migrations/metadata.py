"""What Alembic compares, and what it leaves alone."""

from __future__ import annotations

from typing import Any


def include(
    _thing: object,
    name: str | None,
    kind: str,
    reflected: bool,
    _against: object,
) -> bool:
    """The full-text tables and indexes belong to ``data/search.py``, not to the models."""
    return not (kind in ("table", "index") and reflected and (name or "").startswith("patient_fts"))


def options() -> dict[str, Any]:
    """For ``context.configure`` and for the test that compares models and schema."""
    return {
        "include_object": include,
        "render_as_batch": True,
        "compare_type": True,
        "compare_server_default": True,
    }
