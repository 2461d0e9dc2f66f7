"""No module imports one that imports it, however many stand between, and for types only neither.

Every ``import`` of a file counts, wherever it stands: at the top, under ``TYPE_CHECKING``, in a
function. One that waits for its call hides a circle from Python, not from whoever reads.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Graph = Mapping[str, set[str]]


def modules(root: Path) -> dict[str, str]:
    """Every module of the package with its text: ``clinicdesk.ui.bus``; a package by its name."""
    found = {}
    for path in sorted((root / "clinicdesk").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


def graph_of(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Which module imports which; only those of ``texts``."""
    return {name: set(_imports(text, texts)) - {name} for name, text in texts.items()}


def _imports(text: str, texts: Mapping[str, str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in texts)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                # ``from a import b`` means the module a.b where there is one, else a name of a.
                module = f"{node.module}.{alias.name}"
                if module in texts:
                    yield module
                elif node.module in texts:
                    yield node.module


def circles(graph: Graph) -> list[tuple[str, ...]]:
    """The groups of modules that reach each other, each sorted (Tarjan's components)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    found: list[tuple[str, ...]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        open_.append(name)
        for other in sorted(graph[name]):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in open_:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            at = open_.index(name)
            group = tuple(sorted(open_[at:]))
            del open_[at:]
            if len(group) > 1:
                found.append(group)

    for name in sorted(graph):
        if name not in order:
            visit(name)
    return sorted(found)


TOP = "from clinicdesk.b import x"
TYPES = f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {TOP}"
LATE = f"def f():\n    {TOP}"


PLAIN, NAMED = "import clinicdesk.b", "from clinicdesk import b"


@pytest.mark.parametrize("text", [TOP, TYPES, LATE, PLAIN, NAMED])
def test_a_circle_is_noticed(text: str) -> None:
    texts = {
        "clinicdesk": "",
        "clinicdesk.a": text,
        "clinicdesk.b": "from clinicdesk.c import y",
        "clinicdesk.c": "from clinicdesk import a",
        "clinicdesk.d": "from clinicdesk.a import z",
    }
    assert circles(graph_of(texts)) == [("clinicdesk.a", "clinicdesk.b", "clinicdesk.c")]


def test_no_module_stands_in_a_circle() -> None:
    found = circles(graph_of(modules(ROOT)))
    assert found == [], "these import each other: hand over what is needed, not whom it is from"
