"""No procedure, group, family, scale, drug, device, joint or illness is known to the code by name.

What may name them: the invented people of the demo clinic and the day that is worked in it.
"""

from __future__ import annotations

import ast
import re
import tomllib
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
DRUGS = (
    {product.drug for product in CATALOGUE.products.values()}
    | set(CATALOGUE.anticoagulants)
    | set(CATALOGUE.safety.ceilings)
)
WORDS = PROCEDURES | GROUPS | FAMILIES | NAMES | DRUGS | SCALES
ALSO_WORDS = {
    "joint": "the joint between two names in a list; a word of the figure",
    "nerve": "how a site is said",
    "facet": "where a segment stands on the figure of the spine",
}
"""Ids that are plain words too, and what they mean where they stand alone."""
TABLES = ("allergens", "anticoagulants", "conditions", "implants")
KINDS = {
    *("contrast", "diabetes", "infection", "iodine", "latex", "prediabetes"),
    *("steroid", "steroids", "pregnancy", "pregnant"),
}
"""Kinds of what is recognised that bear a name of it, too; each stands for all of its kind."""
EXAMPLES = {"knee"}
"""Names in what is shown of how to write one."""
PARTS = re.compile(r"[^\W_]+")


def recognised() -> Iterator[str]:
    """The names of one word by which the safety checks know drugs, devices, joints, conditions."""
    for table in TABLES:
        text = (ROOT / "resources" / "safety" / f"{table}.toml").read_text(encoding="utf-8")
        for key, part in tomllib.loads(text).items():
            # Words beside a joint's name are plain words.
            if isinstance(part, dict) and key != "words":
                for entry in part.values():
                    yield from _names(entry)


def _names(entry: object) -> Iterator[str]:
    fields = entry if isinstance(entry, dict) else {}
    for field, value in fields.items():
        if isinstance(value, list) and field not in ("together", "unless", "with", "within"):
            yield from (word.casefold() for word in value if PARTS.fullmatch(word))


RECOGNISED = {word for word in recognised() if len(word) > 2} - KINDS


def strays_in(source: str) -> Iterator[str]:
    """Ids and names in quotes, each with its line; sentences for people are not read."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    told: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            told |= {id(part) for part in node.args if node.func.id in ("_", "_n")}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        word = node.value
        if id(node) in prose or word in ALSO_WORDS:
            continue
        # In a list, a mapping, a pattern: parts count as well.
        known = RECOGNISED.intersection(PARTS.findall(word.casefold())) - EXAMPLES
        if word in WORDS or (known and id(node) not in told):
            yield f"{node.lineno}: “{word}”"


@pytest.mark.parametrize(
    "source",
    ['x = "facet.rfa"', 'if group in {"esi"}: pass', 'NAMES = {"EPI": 1}', 'x == "Radiofrequency"',
     'when = ("warfarin",)', 'if "pacemaker" in text: pass', 'SHORT = {"tkr": "left"}',
     'SEEN = re.compile("peanut|omnipaque")', 'DIABETIC = ("niddm",)'],
)  # fmt: skip
def test_a_name_in_the_code_is_noticed(source: str) -> None:
    assert list(strays_in(source))


def test_the_code_knows_no_procedure_by_name() -> None:
    found = []
    for path in SOURCES:
        name = path.relative_to(ROOT / "clinicdesk").as_posix()
        found += [f"{name}:{stray}" for stray in strays_in(path.read_text(encoding="utf-8"))]
    assert found == []


NUMBERS = {
    "domain/anatomy/completion.py": {8},  # sites offered
    "domain/anatomy/sites.py": {5, 8},  # vertebrae and roots there are
    "domain/customs.py": {64},
    "domain/site_names.py": {0.8, 20_000},  # how alike two names are, names kept
    "domain/dates/columns.py": {2000},
    "domain/dates/names.py": {8, 13},  # languages kept, months
    "domain/dates/own.py": {8},
    "domain/dates/reading.py": {9, 14, 29, 600, 1958},
    "domain/dates/times.py": {5, 23, 24, 59, 60, 480},
    "domain/dates/writing.py": {14, 30.44, 61},
    "domain/duplicates.py": {0.7, 0.8, 0.85, 0.9, 0.95},  # how alike two names are
    "domain/last_dose.py": {20, 30, 365, 2000},  # days said as months and years; a century
    "domain/log_checks.py": {60},  # seconds of a minute
    "domain/medications.py": {
        6,
        8,
        2000,
        2099,
        36000,
        100000,
    },  # what a display cannot show; GS1 codes
    "domain/patient_checks.py": {400, 650, 1900},  # what cannot be meant
    "domain/payers.py": {4096},
    "domain/phones.py": {64, 4096},
    "domain/places.py": {64},
    "domain/rows/staff.py": {8, 17},  # opening hours first offered
    "domain/safety_reasons.py": {6},  # signs of a sentence written without spaces
    "domain/sizes.py": {128, 512, 1024},  # bytes of files
    "domain/spans.py": {13, 28, 59, 2023, 2024},  # sample days
    "domain/text.py": {30, 60, 4096},
    "due/facts.py": {31, 9999},  # never
    "due/words.py": {14},  # days that are said as weeks
    "rules/kinds/joints.py": {5},  # months clamp
    "domain/json_reading.py": {300, 1900, 2199},  # nesting; years of the verdict contract
    "safety/holds.py": {24},  # hours of a day
    "rules/payer_hints.py": {5},  # letters of a name that one slip does not hide
    "rules/sessions.py": {5},  # months clamp
}
"""Numbers of the engines and the domain that are no clinical knowledge: a new one is a question."""
SMALL = {-1, 0, 1, 2, 3, 4, 7, 10, 12, 100, 1000}


def numbers_in(source: str) -> set[float]:
    """Numbers of a file that are more than counting, units and percent."""
    found = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    }
    return found - SMALL


def test_a_clinical_number_in_the_code_is_noticed() -> None:
    assert numbers_in("GOOD = 50\nPATIENCE = timedelta(weeks=6)\nshare = 1 / 100") == {50, 6}


def test_the_engines_hold_no_number_of_their_own() -> None:
    found = {}
    for path in SOURCES:
        name = path.relative_to(ROOT / "clinicdesk").as_posix()
        if name.startswith(("domain/", "due/", "rules/", "safety/")):
            strange = numbers_in(path.read_text(encoding="utf-8")) - NUMBERS.get(name, set())
            if strange:
                found[name] = strange
    assert found == {}
