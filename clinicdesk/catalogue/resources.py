"""Where the files are that are not code."""

from __future__ import annotations

from pathlib import Path


def root() -> Path:
    """The folder of resources: packed into the package, else the repository's own.

    An editable installation holds no packed resources.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"
