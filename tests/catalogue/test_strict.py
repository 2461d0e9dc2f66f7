"""Strict TOML: every slip is named with its file and line."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.catalogue.lines import key_lines
from clinicdesk.catalogue.strict import Table, parse
from clinicdesk.domain.errors import Malformed

TEXT = '''# a comment = 1
name = "x"
long = """
fake = 2
"""
list = [
  "a",
  "b", # ] still open
]

[part]
count = 3

[[rule]]
id = "one"

[[rule]]
id = "two"
inner = { deep = 1 }

[rule.below]
flag = true

["quoted.key".sub]
n = 1.25
'''


def test_every_key_has_its_line():
    lines = key_lines(TEXT)
    assert lines[("name",)] == 2
    assert lines[("long",)] == 3
    assert ("fake",) not in lines
    assert lines[("part", "count")] == 12
    assert lines[("rule", 0, "id")] == 15
    assert lines[("rule", 1, "id")] == 18
    assert lines[("rule", 1, "inner")] == 19
    assert lines[("rule", 1, "below", "flag")] == 22
    assert lines[("quoted.key", "sub", "n")] == 25


def _complaint(text: str, use) -> str:
    with pytest.raises(Malformed) as caught:
        use(parse(text, "file.toml"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "use", "says"),
    [
        ("a = 1\nb = 2\n", lambda t: (t.whole("a"), t.done()), "file.toml, line 2: b: this key"),
        ("a = 1\n", lambda t: t.text("a"), "line 1: a: expected a text"),
        ("\na = ''\n", lambda t: t.text("a"), "line 2: a: must not be empty"),
        ("a = 1\n", lambda t: t.text("b"), "the key “b” is missing"),
        ("a = true\n", lambda t: t.whole("a"), "expected a whole number"),
        ("a = -1\n", lambda t: t.number("a"), "above 0"),
        ("a = nan\n", lambda t: t.number("a"), "file.toml"),
        ("a = 'x'\n", lambda t: t.choice("a", ("y", "z")), "expected one of y, z"),
        ("a = ['x', 'x']\n", lambda t: t.texts("a"), "twice"),
        ("a = [1]\n", lambda t: t.texts("a"), "list of texts"),
        ("a = 2026-01-01T00:00:00\n", lambda t: t.day("a"), "without a time"),
        ("a = 1\n", lambda t: t.table("a"), "expected a table"),
        ("a = [1]\n", lambda t: t.tables("a"), "list of tables"),
        ("[t]\nx = 1\n", lambda t: t.table("t").done(), "line 2: t.x: this key"),
        ("[[t]]\n[[t]]\nx = 1\n", lambda t: t.tables("t")[1].done(), "line 3: t[2].x"),
        ("a = \n", lambda t: None, "is not TOML"),
        ("a = 1\na = 2\n", lambda t: None, "is not TOML"),
    ],
)
def test_a_slip_is_named(text, use, says):
    assert says in _complaint(text, use)


def test_numbers_stay_as_written():
    assert str(parse("a = 2.50\n", "f").number("a")) == "2.50"


@pytest.mark.slow
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_without_a_crash(text):
    with contextlib.suppress(Malformed):
        assert isinstance(parse(text, "file.toml"), Table)
