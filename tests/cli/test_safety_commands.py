"""``safety check`` and ``safety``: cases of files, and the record's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.safety import case

from clinicdesk.__main__ import main

CASES = Path(__file__).parent.parent / "safety" / "safety-cases.json"
EXAMPLES = json.loads(CASES.read_text(encoding="utf-8"))


@pytest.fixture
def put(tmp_path):
    """Writes JSON and gives the file's path."""

    def write(name: str, value: object) -> str:
        path = tmp_path / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return str(path)

    return write


def test_one_line_for_each_case_in_order(put, capsys):
    assert main(["safety", "check", put("all.json", [each["case"] for each in EXAMPLES])]) == 0
    lines = capsys.readouterr().out.splitlines()
    found = [
        {each["check"]: each["level"] for each in json.loads(line)["findings"]} for line in lines
    ]
    assert found == [each["expected"]["findings"] for each in EXAMPLES]


def test_a_file_may_hold_one_case(put, capsys):
    assert main(["safety", "check", put("a.json", case()), put("b.json", case())]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == second
    assert first["bleeding"] == "intermediate"
    assert list(first)[:3] == ["bleeding", "findings", "holds"]


def test_what_is_malformed_is_named_and_nothing_printed(put, capsys):
    wrong = case(drugs=["apixaban", 3])
    assert main(["safety", "check", put("a.json", case()), put("b.json", [case(), wrong])]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert "b.json: $[1].patient.drugs[1]: expected a drug" in captured.err


def test_a_file_that_is_not_there_is_said(capsys, tmp_path):
    assert main(["safety", "check", str(tmp_path / "none.json")]) == 2
    assert "$: cannot be read" in capsys.readouterr().err


def test_without_a_case_it_is_wrong_use(capsys):
    assert main(["safety", "check"]) == 2
    assert "CASE" in capsys.readouterr().err


def test_what_is_missing_for_the_record_is_said(capsys):
    assert main(["safety", "--patient", "1", "--procedure", "tpi"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "These are missing: --site, --on." in captured.err


@pytest.mark.parametrize("typed", ["dexamethasone-10", "dexamethasone-10:x", ":1", "a:0", "a:-1"])
def test_a_medication_needs_its_volume(typed, capsys):
    words = ["--patient", "1", "--procedure", "tpi", "--site", "trapezius left"]
    assert main(["safety", *words, "--on", "2026-12-01", "--medication", typed]) == 2
    assert "is not PRODUCT:ML" in capsys.readouterr().err
