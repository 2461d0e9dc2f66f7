"""How much of each room the tests walk through, at the price of a few percent.

A tracer that is called on every line doubles the time of tests that are plain Python. So every
block of statements (the body of a function, of an ``if``, of a loop …) is given one mark of its own
as it is imported, and a block whose mark was set counts with all its statements.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

PACKAGE = "clinicdesk"
_ROOT = Path(__file__).resolve().parents[2]
_MARKS = "__blocks_run__"
_seen: dict[str, tuple[list[int], bytearray]] = {}
"""By file: how many statements each block has, and whether it ran."""


class _Marker(ast.NodeTransformer):
    def __init__(self) -> None:
        self.sizes: list[int] = []

    def mark(self, body: list[ast.stmt], first: int = 0) -> list[ast.stmt]:
        """The block with its mark before its first statement (or a later one)."""
        number = len(self.sizes)
        self.sizes.append(sum(_size(part) for part in body))
        done = [self.visit(part) for part in body]
        if first < len(body):
            mark = ast.parse(f"{_MARKS}[{number}] = 1").body[0]
            for node in ast.walk(mark):
                ast.copy_location(node, body[first])
            done.insert(first, mark)
        return done

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body:
                inside = isinstance(node, ast.ClassDef)
                marked = [self.visit(part) for part in body] if inside else self.mark(body)
                setattr(node, name, marked)
        for name in ("handlers", "cases"):
            for part in getattr(node, name, []):
                self.generic_visit(part)
        return node


def _size(part: ast.stmt) -> int:
    # A class is made where it stands; what its functions hold are blocks of their own.
    return 1 + (sum(_size(p) for p in part.body) if isinstance(part, ast.ClassDef) else 0)


def _marked(source: bytes) -> tuple[ast.Module, list[int]]:
    tree, marker = ast.parse(source), _Marker()
    first = 1 if ast.get_docstring(tree, clean=False) is not None else 0
    while first < len(tree.body) and _of_future(tree.body[first]):
        first += 1
    tree.body = marker.mark(tree.body, first)
    return tree, marker.sizes


def _of_future(part: ast.stmt) -> bool:
    return isinstance(part, ast.ImportFrom) and part.module == "__future__"


class _Loader(SourceFileLoader):
    def path_stats(self, path: str) -> Any:
        # So that no marked code is kept beside the source.
        raise OSError(path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:
        tree, sizes = _marked(bytes(data))
        _seen[str(path)] = (sizes, bytearray(len(sizes)))
        return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)

    def exec_module(self, module: ModuleType) -> None:
        code = self.get_code(module.__name__)
        assert code is not None
        module.__dict__[_MARKS] = _seen[self.path][1]
        exec(code, module.__dict__)


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name.split(".", maxsplit=1)[0] != PACKAGE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def install() -> None:
    """From now on the package's modules are marked as they are imported."""
    sys.meta_path.insert(0, _Finder())  # type: ignore[arg-type]


FOLDER = os.environ.get("CLINICDESK_ROOMS", "")
"""Where packaging/test.py wants to find what ran; empty: nobody asks."""
if FOLDER:
    install()


def keep(folder: Path) -> None:
    """Leaves what ran in this process, for ``table``."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {file: [i for i, ran in enumerate(run) if ran] for file, (_, run) in _seen.items()}
    (folder / f"{os.getpid()}.json").write_text(json.dumps(found), encoding="utf-8")


def table(folder: Path) -> list[str]:
    """A line per room: the share of its statements that stand in blocks that ran."""
    ran: dict[str, set[int]] = {}
    for path in folder.glob("*.json"):
        for file, blocks in json.loads(path.read_text(encoding="utf-8")).items():
            ran.setdefault(file, set()).update(blocks)
    rooms: dict[str, list[int]] = {}
    for path in sorted((_ROOT / PACKAGE).rglob("*.py")):
        _, sizes = _marked(path.read_bytes())
        parts = path.relative_to(_ROOT / PACKAGE).parts
        room = rooms.setdefault(parts[0] if len(parts) > 1 else "beside the rooms", [0, 0])
        room[0] += sum(sizes[block] for block in ran.get(str(path), ()))
        room[1] += sum(sizes)
    return [
        f"{room:18}{run / max(every, 1):>7.1%} of {every:>6} statements"
        for room, (run, every) in rooms.items()
    ]
