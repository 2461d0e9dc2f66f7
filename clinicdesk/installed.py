"""Where the files are that came with the program and are not code."""

from __future__ import annotations

from pathlib import Path


def root() -> Path:
    """The folder of resources: packed into the package, else the repository's own.

    An editable installation holds no packed resources.
    """
    package = Path(__file__).resolve().parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"


def typeface() -> tuple[Path, ...]:
    """The font files of window and paper, sorted, so that every machine registers them alike."""
    return tuple(sorted((root() / "fonts").glob("*.ttf")))


def script_fonts() -> tuple[Path, ...]:
    """Fonts for names in scripts that the typeface lacks, sorted; for paper."""
    return tuple(sorted((root() / "fonts" / "scripts").glob("*.ttf")))
