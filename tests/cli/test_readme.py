"""What the README says of the command line is there."""

from __future__ import annotations

import re
from pathlib import Path

from clinicdesk.cli import parser
from clinicdesk.data import wal

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_every_command_it_names_is_one():
    known = {command.NAME for command in parser.found()}
    groups = {name.partition(" ")[0] for name in known}
    named = re.findall(r"clinicdesk (?:--[a-z]+ \w+ )?([a-z]+)(?: ([a-z]+))?", README)
    assert len(named) > 10
    for first, second in named:
        assert first in known or f"{first} {second}" in known, (first, second)
        assert first in groups


def test_the_recipe_for_backups_names_all_that_lies_beside_a_file():
    for ending in (".key", *wal.ENDINGS):
        assert f"`NAME{ending}`" in README


def test_it_names_no_variable_that_the_program_does_not_know():
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("clinicdesk", "packaging")
        for path in (Path(__file__).parents[2] / folder).rglob("*.py")
    )
    for name in set(re.findall(r"CLINICDESK_[A-Z]+|PGPASSWORD", README)):
        assert name in source
