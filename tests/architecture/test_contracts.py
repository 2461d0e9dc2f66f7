"""The rooms: who may import whom is a contract that fails when it is broken."""

from __future__ import annotations

import ast
import re
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "clinicdesk").rglob("*.py"))

ONLY_IN = {
    "sqlalchemy": "data",
    "alembic": "data",
    "sqlcipher3": "data",
    "psycopg": "data",
    "reportlab": "documents",
    "PySide6": "ui",
}


@cache
def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_stays_in_its_room(library: str) -> None:
    room = ROOT / "clinicdesk" / ONLY_IN[library]
    strays = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if library in _imports(path) and room not in path.parents
    ]
    assert strays == []


AGREED = {
    "pyproject.toml", "clinicdesk", "resources", "tests", "packaging",
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md",
    ".ci", ".gitignore",
}  # fmt: skip


def test_the_top_level_is_what_was_agreed() -> None:
    found = {entry.name for entry in ROOT.iterdir()}
    assert found >= AGREED
    # Hidden entries are those of the tools people work with; the others are ours, or made here.
    made = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()]
    strays = {name for name in found - AGREED if not name.startswith(".")}
    assert [name for name in strays if not any(fnmatch(name, part) for part in made)] == []


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    for name in ("run.lock", "test.lock"):
        text = (ROOT / "packaging" / name).read_text()
        assert "://" not in text
        assert "index" not in text.lower()
        for entry in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "packaging" / "run.lock").read_text().lower()
    for requirement in project["dependencies"]:
        name = re.split(r"[\[<>=!]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), name


def test_packaging_is_no_package() -> None:
    # A package of that name would shadow the library that pip and pytest import.
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not (ROOT / "tests" / "packaging").exists()
