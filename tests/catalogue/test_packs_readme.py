"""How a pack is written, as its README says: complete against the program, its examples sound."""

from __future__ import annotations

import json
import re

import pytest
from support.vocabulary import GROUPS, PROCEDURES, VOCABULARY

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.packs import read_pack
from clinicdesk.catalogue.strict import parse
from clinicdesk.domain.procedures import Guidance
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.expected import differences, parse_examples
from clinicdesk.rules.kinds import REGISTRY
from clinicdesk.rules.kinds.guidance import WHEN
from clinicdesk.rules.parse import load_json
from clinicdesk.rules.sessions import Scope

README = (resources.root() / "rules" / "README.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in README.splitlines()
    if line.startswith("| `")
]


def _ticked(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


KINDS = {_ticked(row[0])[0]: row for row in ROWS if len(row) == 3}


def test_every_kind_is_there_in_the_programs_order():
    assert list(KINDS) == list(REGISTRY)


@pytest.mark.parametrize("kind", REGISTRY)
def test_every_field_is_there_and_marked_where_it_may_be_left_out(kind):
    fields = REGISTRY[kind].fields
    told = [f"{key}?" if sort.endswith("?") else key for key, sort in fields.items()]
    assert _ticked(KINDS[kind][2]) == told
    assert all(f"`{key}`" in KINDS[kind][1] for key in fields if key not in {
        "limit", "window", "sessions", "scope"})  # fmt: skip


def test_groups_procedures_scopes_and_words_are_complete():
    pairs = {_ticked(row[0])[0]: _ticked(row[1]) for row in ROWS if len(row) == 2}
    for group in GROUPS:
        assert pairs[group] == [name for name, kind in PROCEDURES.items() if kind.group == group]
    assert {scope.value for scope in Scope} <= set(pairs)
    words = _ticked(KINDS["guidance"][1])
    assert {*WHEN, *(guidance.value for guidance in Guidance)} <= set(words)


def test_the_examples_of_the_readme_are_sound():
    pack = read_pack(
        parse(re.findall(r"```toml\n(.*?)```", README, re.DOTALL)[0], "README.md"), VOCABULARY
    )
    example = re.findall(r"```json\n(.*?)```", README, re.DOTALL)[0]
    assert json.loads(example)
    for each in parse_examples(load_json(example), pack):
        assert differences(each, evaluate(pack, each.case)) == ()
