"""Files too large or too deep to be meant are refused before they are parsed, wherever they lie."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from clinicdesk.__main__ import main
from clinicdesk.catalogue import resources
from clinicdesk.catalogue.loader import installed_catalogue
from clinicdesk.catalogue.strict import parse, read
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.sizes import JSON_BYTES, TOML_BYTES
from clinicdesk.services.sheet_texts import installed_standing

ENDLESS = ".".join(["a"] * 40_000)
PLACES = (
    "rules/mine.toml", "safety/words.toml", "safety/anticoagulants.toml", "catalogue/sites.toml",
    "catalogue/procedures.toml", "documents/words/en.toml",
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        f"{ENDLESS} = 1",
        f"[{ENDLESS}]",
        f"[[{ENDLESS}]]",
        f"x = {{ {ENDLESS} = 1 }}",
        " . ".join(['"a"'] * 20_000) + " = 1",
        ".".join(["'a b'"] * 20_000) + " = 1",
    ],
)
def test_a_key_of_thousands_of_parts_is_refused_with_its_line(line):
    with pytest.raises(Malformed, match=r"mine.toml, line 2: a key has more than 50 parts"):
        parse(f"# mine\n{line}\n", "mine.toml")


def test_points_in_a_text_are_no_parts_of_a_key():
    text = "Up to 2.5 ml. " * 100 + "." * 200
    assert parse(f'a = "{text}"\n', "x").text("a") == text
    assert parse(f'a = """\n{text}\n"""\n', "x").text("a") == f"{text}\n"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("content", [f"{ENDLESS} = 1\n", "# \n" * TOML_BYTES])
def test_a_file_of_the_clinics_own_says_so(place, content):
    path = resources.own_folder() / place
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    read_all = installed_standing if place.startswith("documents") else installed_catalogue
    with pytest.raises(Malformed, match=r"more than 50 parts|is larger than 128 KB") as refused:
        read_all()
    assert path.name in str(refused.value)


@pytest.mark.parametrize(
    "argv",
    [["rules", "check"], ["rules", "test", "us-medicare"], ["safety", "check"]],
)
def test_a_file_of_cases_says_so(argv, tmp_path, capsys):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(["x" * JSON_BYTES]), encoding="utf-8")
    assert main([*argv, str(path)]) == 2
    assert "at most 512 KB" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/zero").exists() or os.name != "posix", reason="a device")
def test_a_device_without_an_end_is_not_read_to_its_end():
    with pytest.raises(Malformed, match="is larger than"):
        read(Path("/dev/zero"))


def test_what_we_ship_is_far_from_the_limit():
    shipped = list(resources.root().rglob("*.toml"))
    assert shipped
    assert max(path.stat().st_size for path in shipped) * 3 < TOML_BYTES
