"""A broken file of the catalogue is refused in words, wherever it is broken."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.catalogue.packs import read_pack
from clinicdesk.catalogue.strict import parse
from clinicdesk.domain.errors import Malformed

PACK = (resources.root() / "rules" / "us-medicare.toml").read_text(encoding="utf-8")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PACK) - 1), st.integers(0, 40), st.text(max_size=6))
def test_a_pack_with_a_piece_torn_out_is_read_or_refused(start, length, put):
    torn = PACK[:start] + put + PACK[start + length :]
    with contextlib.suppress(Malformed):
        assert read_pack(parse(torn, "pack.toml")).rules


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
