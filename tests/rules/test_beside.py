"""What the payer asks for besides stands beside the verdict, and changes nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.vocabulary import CATALOGUE, VOCABULARY, case_of

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.packs import read_pack
from clinicdesk.catalogue.strict import parse
from clinicdesk.domain.errors import Malformed
from clinicdesk.rules.engine import evaluate, next_turn, possible_since
from clinicdesk.rules.kinds import REGISTRY
from tests.rules.table_notation import case, read_tables

PACK = CATALOGUE.packs["us-medicare"]
BARE = replace(PACK, beside=())
ROWS = read_tables(Path(__file__).with_name("beside"))
CAUDAL = "esi.caudal: caudal midline | fluoroscopy | contrast"
COURSE = ["a 2025-06-10 esi.caudal: caudal midline", "b 2026-01-10 esi.caudal: caudal midline"]


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_case(row):
    parsed = case_of(row.case, {PACK.id})
    verdict = evaluate(PACK, parsed)
    asked = {finding.rule: finding.to_json() for finding in verdict.beside}
    for finding in asked.values():
        del finding["message"], finding["source"]
    assert {rule: asked.get(rule) for rule in row.expected} == row.expected, row.why
    if row.overall is not None:
        assert (verdict.status, verdict.earliest.isoformat()) == tuple(row.overall.values())
    without = evaluate(BARE, parsed)
    assert not without.beside
    assert replace(verdict, beside=()) == without
    assert verdict.to_json() == without.to_json()


def test_every_rule_beside_is_shown_and_left_out():
    shown = {(rule, answer is None) for row in ROWS for rule, answer in row.expected.items()}
    assert shown == {(rule.head.id, left_out) for rule in PACK.beside for left_out in (True, False)}


def test_a_turn_of_what_stands_beside_is_a_turn():
    parsed = case_of(case("2026-06-10", CAUDAL, COURSE))
    first = date(2026, 6, 11)
    assert first == next_turn(PACK, parsed, parsed.on)
    assert not evaluate(PACK, parsed).beside
    assert evaluate(PACK, replace(parsed, on=first)).beside


def test_since_when_it_is_possible_knows_nothing_of_it():
    parsed = case_of(case("2026-07-10", CAUDAL, COURSE))
    last = date(2026, 1, 10)
    assert possible_since(PACK, parsed, last) == possible_since(BARE, parsed, last)


SHIPPED = (resources.root() / "rules" / "us-medicare.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rule", "kind"),
    [("esi.cap", "cap"), ("tpi.gap", "gap"), ("esi.response", "response"),
     ("facet.diagnostic.second", "block"), ("later.booked", "later")],
)  # fmt: skip
def test_what_may_forbid_a_day_may_not_stand_there(rule, kind):
    text = SHIPPED.replace(f'[[rule]]\nid = "{rule}"', f'[[beside]]\nid = "{rule}"')
    assert text != SHIPPED
    line = text[: text.index(f'id = "{rule}"')].count("\n") + 2
    with pytest.raises(Malformed) as raised:
        read_pack(parse(text, "mine.toml"), VOCABULARY)
    assert f"mine.toml, line {line}: beside" in str(raised.value)
    assert f"“{kind}” decides on the day; write it under [[rule]]" in str(raised.value)
    assert REGISTRY[kind].decides


def test_only_these_kinds_decide():
    found = {name for name, kind in REGISTRY.items() if kind.decides}
    assert found == {"cap", "gap", "response", "block", "later"}


def test_an_id_stands_once_in_a_pack():
    text = SHIPPED.replace('id = "esi.prolonged"', 'id = "esi.cap"')
    with pytest.raises(Malformed, match="has this id at the same time"):
        read_pack(parse(text, "mine.toml"), VOCABULARY)
