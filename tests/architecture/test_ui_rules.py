"""Rules of the window's room that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "clinicdesk" / "ui").rglob("*.py"))
MODAL = {"QMessageBox", "QInputDialog", "QErrorMessage", "QProgressDialog"}


def calls(tree: ast.AST, method: str) -> Iterator[ast.Call]:
    """Calls of a method of that name."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == method
        ):
            yield node


def strays_in(source: str) -> list[str]:
    """What breaks a rule in one file, each with its line."""
    tree = ast.parse(source)
    found = [
        f"{call.lineno}: a function without an object is connected to a signal"
        for call in calls(tree, "connect")
        if any(isinstance(argument, ast.Lambda) or _is_partial(argument) for argument in call.args)
    ]
    found += [
        f"{node.lineno}: {node.id} is a modal box"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in MODAL
    ]
    found += [
        f"{call.lineno}: {call.func.value.id}.{call.func.attr}() asks the machine's clock"
        for name in ("now", "today", "utcnow")
        for call in calls(tree, name)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("date", "datetime")
    ]
    found += [f"{node.lineno}: sleeps" for node in calls(tree, "sleep") if _of_time(node)]
    found += [
        f"{node.lineno}: turns the event loop by hand" for node in calls(tree, "processEvents")
    ]
    found += [
        f"{call.lineno}: Qt hands the word of a StrEnum back as plain text"
        for name in ("itemData", "currentData", "findData")
        for call in calls(tree, name)
    ]
    return found


def _is_partial(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name == "partial"


def _of_time(call: ast.Call) -> bool:
    where = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(where, ast.Name) and where.id in ("time", "QThread")


@pytest.mark.parametrize(
    "source",
    [
        "button.clicked.connect(lambda: save())",
        "button.clicked.connect(partial(save, 1))",
        "button.clicked.connect(functools.partial(save, 1))",
        "QMessageBox.warning(None, 'a', 'b')",
        "today = date.today()",
        "now = datetime.now(zone)",
        "time.sleep(1)",
        "QApplication.processEvents()",
        "status = box.currentData()",
    ],
)
def test_the_rules_are_noticed(source: str) -> None:
    assert strays_in(source)


@pytest.mark.parametrize(
    "source",
    ["button.clicked.connect(self.save)", "clock.now()", "actions.sleep(True)",
     "lane.submit(lambda: find(text), self._show, owner=self)"],
)  # fmt: skip
def test_what_is_allowed_is_not(source: str) -> None:
    assert strays_in(source) == []


# The demo day without a screen turns the event loop itself: that is what it is for.
_DRIVES_ITSELF = ("tour",)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT / "clinicdesk")))
def test_a_file_of_the_window_keeps_them(path: Path) -> None:
    found = strays_in(path.read_text(encoding="utf-8"))
    if path.parent.name in _DRIVES_ITSELF:
        found = [stray for stray in found if "event loop" not in stray]
    assert found == []


# The mark and the sign-in page's teal side never change; the figures' own colours are looked for
# in their drawings, to be replaced by the theme's.
_REDRAW = ("side.py", "mark.py", "drawing.py")


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT / "clinicdesk")))
def test_no_colour_is_written_outside_the_theme(path: Path) -> None:
    if path.parent.name == "theme" or path.name in _REDRAW:
        return
    colours = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) in (4, 7, 9)
        and node.value.startswith("#")
        and all(c in "0123456789abcdefABCDEF" for c in node.value[1:])
    ]
    assert colours == []
