"""Every sentence a person sees goes through gettext, and the translators' template knows it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from support.shown import SKIPPED, formatted_inside, hidden, strays

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for path in sorted((ROOT / "clinicdesk").rglob("*.py"))
    if not SKIPPED.match(path.relative_to(ROOT).as_posix())
]


@pytest.mark.parametrize(
    "source",
    [
        'Label("patient")',
        'button.setToolTip(f"Print {name}")',
        'raise NotFound("This row is gone.")',
        'raise Invalid({"start": "late"})',
        'parser.add_argument("--user", help="who acts")',
        'def f(): return f"{n} rows"',
        '_LABELS = {"a": "In room", "b": "left"}',
        'words = "fall" if n == 1 else "all falls"',
        'lines.append(f"Last score: {row.score}.")',
        'Field(_("Note"), TextArea("", "Note"))',
        'x = _("a {b}").format(b="the other")',
        'def f(title: str = "No match"): ...',
        'for key, name in (("a", "Drug"),): ...',
        'names = " and ".join(found)',
    ],
)
def test_a_shown_literal_is_noticed(source: str) -> None:
    assert list(strays(source))


@pytest.mark.parametrize(
    "source",
    [
        'Label(_("patient"))',
        '_("Print {name}").format(name=name)',
        '_n("{n} row", "{n} rows", n).format(n=n)',
        '"""A module about rows."""',
        'status = "booked"',
        'row["family name"]',
        'if text == "two words": ...',
        'log.warning("not saved: %s", error)',
        'Button(_("Book"), "calplus", "primary", key_hint="Ctrl B")',
        'connection.execute(text("SELECT a FROM b"))',
        'class Side(StrEnum):\n    LEFT = "Left side"',
        'format_date(day, "d MMM y")',
        'f"{family}, {given}"',
    ],
)
def test_what_is_no_sentence_is_not(source: str) -> None:
    assert not list(strays(source))


@pytest.mark.parametrize("source", ['_(f"{n} rows")', "_(text)", '_n(f"{n} row", "rows", n)'])
def test_gettext_is_given_whole_literals(source: str) -> None:
    assert list(formatted_inside(source))


@pytest.mark.parametrize(
    "line", ["for _ in range(3): pass", "first, _, rest = text.partition(' ')", "f = lambda _: 1"]
)
def test_gettext_is_not_hidden_by_a_throw_away_name(line: str) -> None:
    assert list(hidden(f"from clinicdesk.domain.translation import _\n{line}"))
    assert not list(hidden(line))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_file_shows_nothing_that_cannot_be_translated(path: Path) -> None:
    source, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
    assert [f"{name}:{stray}" for stray in strays(source, name)] == []
    assert [f"{name}:{line}" for line in formatted_inside(source)] == []
    assert [f"{name}:{line}: call it __" for line in hidden(source)] == []


def _command() -> Any:
    # packaging is no package (see test_contracts): its scripts are loaded by their path.
    spec = importlib.util.spec_from_file_location("words", ROOT / "packaging" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_template_is_up_to_date() -> None:
    command = _command()
    with command.TEMPLATE.open("rb") as file:
        kept = {(m.context, m.id) for m in read_po(file) if m.id}
    made = {(m.context, m.id) for m in command.catalogue() if m.id}
    assert kept == made, "python packaging/words.py extract"
