"""A broken file of the catalogue is refused in words, wherever it is broken."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.vocabulary import VOCABULARY, case_of

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.catalogue.packs import read_pack
from clinicdesk.catalogue.strict import parse, read
from clinicdesk.domain.errors import Malformed
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import load_json
from clinicdesk.rules.words import plans, scope

pytestmark = pytest.mark.slow

PACK = (resources.root() / "rules" / "us-medicare.toml").read_text(encoding="utf-8")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PACK) - 1), st.integers(0, 40), st.text(max_size=6))
def test_a_pack_with_a_piece_torn_out_is_read_or_refused(start, length, put):
    torn = PACK[:start] + put + PACK[start + length :]
    with contextlib.suppress(Malformed):
        assert read_pack(parse(torn, "pack.toml"), VOCABULARY).rules


LINES = PACK.splitlines()
VALUES = ("''", "0", "-1", "true", "[]", "{}", "[[]]", "[{}]", "1e-99", "1e9999", "9" * 30,
          "9999-12-31", "0001-01-01", "2026-01-01", "07:30:00", "'tpi'", "'12 months'", "'region'",
          "'1 day'", "['esi']", "{ a = 1 }", "{ groups = ['tpi'] }", "50")  # fmt: skip
SPOILT = [number for number, line in enumerate(LINES) if " = " in line]
CASES = [
    case_of(example["case"])
    for example in load_json(
        (Path(__file__).parents[1] / "rules" / "verdict-cases.json").read_text(encoding="utf-8")
    )
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SPOILT), st.sampled_from(VALUES), st.sampled_from(CASES))
def test_a_pack_with_another_value_is_refused_or_answers(number, value, case):
    """What is read is also evaluated and explained, without a crash."""
    key = LINES[number].partition(" = ")[0]
    text = "\n".join([*LINES[:number], f"{key} = {value}", *LINES[number + 1 :]])
    pack = None
    with contextlib.suppress(Malformed):
        pack = read_pack(parse(text, "pack.toml"), VOCABULARY)
    if pack is None:
        return
    assert evaluate(pack, case).earliest >= case.on
    assert all(rule.terms() and plans(rule.applies) and scope(rule) for rule in pack.rules)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=120))
def test_any_file_is_a_pack_or_refused_in_words(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("fuzz") / "pack.toml"
    path.write_bytes(content)
    with pytest.raises(Malformed, match=r"pack\.toml"):
        read_pack(read(path), VOCABULARY)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"version = 1", b"version = '1'\n[x]\n"])
@pytest.mark.parametrize("name", ["procedures", "medications", "complications"])
def test_a_file_of_the_clinic_that_is_no_catalogue(tmp_path, name, content):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / f"{name}.toml").write_bytes(content)
    with pytest.raises(Malformed, match=f"{name}.toml"):
        load_catalogue(overlay=tmp_path)


def test_an_overlay_that_is_not_there(tmp_path):
    with pytest.raises(Malformed, match="not there"):
        load_catalogue(overlay=tmp_path / "none")
