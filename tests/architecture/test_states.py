"""Where something stands is said by an enumeration, never by a word in quotes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "clinicdesk").rglob("*.py"))

WORDS = frozenset(
    {
        "signed", "draft", "confirmed", "arrived", "preparing", "in_room", "recovering",
        "cancelled", "no_show", "not-before", "needs-reason", "cannot-determine",
    }
)  # fmt: skip
"""States that mean nothing else. Those that do (``ready``, ``left``, ``open``) are looked for where
a state or status is compared or set."""

NAMED = {"state", "status", "procedure_state"}

ENUMERATIONS = ("domain/states.py", "domain/appointments.py")
NOT_STATES = {
    "data/tables/audit.py": "the name of a table",
    "catalogue/sheet_letters.py": "the name of a passage of a letter",
    "documents/recall_wording.py": "the name of a passage of a letter",
}


def strays_in(source: str) -> Iterator[str]:
    """States in quotes, each with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value in WORDS:
            yield f"{node.lineno}: “{node.value}”"
        elif isinstance(node, ast.Compare) and getattr(node.left, "attr", "") in NAMED:
            for word in filter(_is_word, node.comparators):
                yield f"{word.lineno}: compared with {ast.unparse(word)}"
        elif isinstance(node, ast.keyword) and node.arg in NAMED and _is_word(node.value):
            yield f"{node.value.lineno}: set to {ast.unparse(node.value)}"


def _is_word(node: ast.expr) -> bool:
    # A state of an address (``MA``) is none of ours.
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.islower()


@pytest.mark.parametrize(
    "source",
    ["row.state == 'open'", "card.status != 'ok'", "save(state='open')", "x = ('cancelled',)"],
)
def test_a_state_in_quotes_is_noticed(source: str) -> None:
    assert list(strays_in(source))


@pytest.mark.parametrize(
    "source", ["row.state == LogState.OPEN", "icon('left')", "save(status='')", "tone = 'ok'"]
)
def test_what_is_none_is_not(source: str) -> None:
    assert not list(strays_in(source))


def test_no_state_stands_in_quotes() -> None:
    strays = []
    for path in SOURCES:
        name = path.relative_to(ROOT / "clinicdesk").as_posix()
        # What a revision of the schema once wrote never changes.
        if name in ENUMERATIONS or name in NOT_STATES or name.startswith("data/migrations/"):
            continue
        strays += [f"{name}:{stray}" for stray in strays_in(path.read_text(encoding="utf-8"))]
    assert strays == []
