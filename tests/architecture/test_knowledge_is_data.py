"""No procedure, group, family, scale or drug is known to the code by its name.

What may name them: the invented people of the demo clinic and the day that is worked in it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.vocabulary import CATALOGUE, VOCABULARY

ROOT = Path(__file__).resolve().parents[2]
INVENTED = ("services/demo/", "ui/tour/")
"""The demo clinic's people and their day: sample data, like a file of names."""
SOURCES = [
    path
    for path in sorted((ROOT / "clinicdesk").rglob("*.py"))
    if not path.relative_to(ROOT / "clinicdesk").as_posix().startswith(INVENTED)
]
PROCEDURES = set(VOCABULARY.procedures)
GROUPS = set(VOCABULARY.groups)
FAMILIES = set(VOCABULARY.families)
NAMES = {kind.name for kind in VOCABULARY.procedures.values()} | {
    family.name for family in VOCABULARY.families.values()
}
SCALES = set(VOCABULARY.scales)
DRUGS = {product.drug for product in CATALOGUE.products.values()} | set(CATALOGUE.anticoagulants)
ALSO_WORDS = {
    "joint": "the joint between two names in a list; a word of the figure",
    "nerve": "how a site is said",
    "facet": "where a segment stands on the figure of the spine",
}
"""Ids that are plain words too, and what they mean where they stand alone."""
NOT_YET = {
    "domain/patient_checks.py": {"iohexol"},  # words by which an allergy as typed is sorted
    "domain/rows/log.py": {"NRS"},  # the scale of a form that nobody changed
    "data/queries/log.py": {"NRS"},  # the same, of records from before the scale was kept
}
"""What still stands in the code; the list only shrinks."""


def strays_in(source: str) -> Iterator[str]:
    """Ids and names in quotes, each with its line; sentences for people are not read."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        word = node.value
        if id(node) in prose or word in ALSO_WORDS:
            continue
        if word in PROCEDURES | GROUPS | FAMILIES | NAMES | DRUGS | SCALES:
            yield f"{node.lineno}: “{word}”"


@pytest.mark.parametrize(
    "source",
    ['x = "facet.rfa"', 'if group in {"esi"}: pass', 'NAMES = {"EPI": 1}', 'x == "Radiofrequency"',
     'when = ("warfarin",)'],
)  # fmt: skip
def test_a_name_in_the_code_is_noticed(source: str) -> None:
    assert list(strays_in(source))


def test_the_code_knows_no_procedure_by_name() -> None:
    found = []
    for path in SOURCES:
        name = path.relative_to(ROOT / "clinicdesk").as_posix()
        left = {f"“{word}”" for word in NOT_YET.get(name, ())}
        strays = list(strays_in(path.read_text(encoding="utf-8")))
        found += [f"{name}:{stray}" for stray in strays if stray.partition(" ")[2] not in left]
    assert found == []
