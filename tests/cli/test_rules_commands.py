"""``rules explain`` and ``rules test``; the clinic's own packs in every command."""

from __future__ import annotations

import csv
import io
import json
import os
import tomllib
from pathlib import Path

import pytest

from clinicdesk.__main__ import main
from clinicdesk.catalogue import resources
from clinicdesk.cli import explained

pytestmark = pytest.mark.slow

CASES = Path(__file__).parent.parent / "rules" / "verdict-cases.json"
EXAMPLES = json.loads(CASES.read_text(encoding="utf-8"))
MEDICARE = (resources.root() / "rules" / "us-medicare.toml").read_text(encoding="utf-8")
SHIPPED = [path.stem for path in sorted((resources.root() / "rules").glob("*.toml"))]
MEDICARE_WHY = tomllib.loads(MEDICARE)["verify_why"]
RULES = MEDICARE.count("[[rule]]") + MEDICARE.count("[[beside]]")


@pytest.fixture
def put(tmp_path):
    """Writes a file (a value as JSON) and gives its path."""

    def write(name: str, content: object) -> str:
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def own_pack():
    """Installs a pack of the clinic."""

    def install(text: str, name: str = "mine.toml") -> Path:
        folder = resources.own_folder() / "rules"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return install


# -- explain --------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", SHIPPED)
def test_a_pack_is_explained_within_the_width(pack, capsys):
    assert main(["rules", "explain", pack]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert captured.err == ""
    assert lines[1].startswith(f"{pack}, version ")
    assert max(map(len, lines)) == 100
    assert all(line == line.rstrip() for line in lines)


def test_head_sessions_and_rules_in_the_packs_order(capsys):
    main(["rules", "explain", "us-medicare"])
    out = capsys.readouterr().out
    assert out.startswith(
        "US Medicare (LCD)\nus-medicare, version 2026.12, effective from 14 May 2025\nSource: CMS"
    )
    assert "Payers: medicare, original medicare, medicare part b" in out
    assert "sij.diagnostic      diagnostic SI joint session: diagnostic SI joint" in out
    places = [out.index(f"\n{rule} ") for rule in ("esi.cap", "esi.dose", "tpi.gap", "joint.gap")]
    assert places == sorted(places)
    assert out.count("[verify]") == MEDICARE.count("verify = true")
    asked = out.index("\nThe payer also asks: shown with the verdict, never part of it\n")
    assert out.index("\nlater.booked ") < asked < out.index("\nesi.prolonged ")
    told = out[out.index("verify: this has still to be checked in its source.") :]
    assert "the determination itself was not read in full" in " ".join(told.split())
    assert "joint.gap, joint.cap: Known from a digest" in " ".join(told.split())


@pytest.mark.parametrize("width", [80, 132])
def test_on_a_terminal_the_table_takes_its_width(width, capsys, monkeypatch):
    monkeypatch.setattr(
        explained.shutil, "get_terminal_size", lambda *_, **__: os.terminal_size((width, 40))
    )
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["rules", "explain", "us-medicare"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) == width
    # Nothing is cut within a word, not even in the narrow table.
    for word in ("transforaminal", "radiofrequency", "methylprednisolone", "communication"):
        assert word in out


def test_csv_and_json_have_one_row_a_rule(capsys):
    assert main(["rules", "explain", "us-medicare", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert main(["rules", "explain", "us-medicare", "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(table) == RULES
    assert rows[0] == {
        "pack": "us-medicare", "version": "2026.12", "rule": "esi.cap", "kind": "cap",
        "title": "Epidurals per spinal region", "applies_to": "epidurals",
        "scope": "spinal region",
        "asks": "at most 4 epidural sessions in any 12 months, this one included",
        "source": "LCD L39240 (rolling 12 months, per spinal region)",
        "source_date": "4 Apr 2025", "effective_from": "2025-04-04", "effective_to": None,
        "verified": False, "verify_why": MEDICARE_WHY, "beside": False,
    }  # fmt: skip
    beside = [row["rule"] for row in rows if row["beside"]]
    assert beside == ["esi.prolonged", "facet.diagnostic.ablated", "sij.therapeutic.prolonged"]
    assert [row["asks"] for row in table] == [row["asks"] for row in rows]


def test_a_file_is_explained_before_it_is_installed(put, capsys):
    text = MEDICARE.replace('id = "us-medicare"', 'id = "mine"', 1)
    text = text.replace(
        "effective_from = 2025-04-04", "effective_from = 2027-01-01\neffective_to = 2027-12-31", 1
    )
    assert main(["rules", "explain", put("mine.toml", text)]) == 0
    out = capsys.readouterr().out
    assert "\nmine, version" in out
    sources = " ".join(line[79:].strip() for line in out.splitlines())
    assert "4 Apr 2025; in force from 1 Jan 2027; in force until 31 Dec 2027 " in sources


@pytest.mark.parametrize("command", [["explain", "{}"], ["test", "{}", str(CASES)]])
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("mine.toml", "", "mine.toml, line 1: the file is empty; expected a rule pack."),
        ("mine.toml", MEDICARE.replace("6 weeks", "3 moons"), "“3 moons” is not a duration like"),
        ("mine.toml", MEDICARE.replace("limit = 4", "limt = 4"), "the key “limit” is missing"),
        ("none", None, "There is no rule pack “none”. Known are: "),
        ("none.toml", None, "none.toml: cannot be read"),
        (".", None, "is a directory"),
    ],
)
def test_a_pack_that_cannot_be_read_is_one_line(
    command, name, content, says, put, tmp_path, capsys
):
    pack = put(name, content) if content is not None else name
    pack = str(tmp_path) + "/" if name == "." else pack
    assert main(["rules", *(part.format(pack) for part in command)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert says.casefold() in captured.err.casefold()


# -- test -----------------------------------------------------------------------------------


def test_the_worked_cases_of_the_contract_pass(capsys):
    assert main(["rules", "test", "us-medicare", str(CASES)]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0] == f"ok      {EXAMPLES[0]['name']}"
    assert lines[-1] == f"{len(EXAMPLES)} passed, 0 failed"
    assert captured.err == ""


def test_a_stricter_pack_fails_field_by_field(put, capsys):
    path = put("mine.toml", MEDICARE.replace("limit = 4", "limit = 3", 1))
    example = {**EXAMPLES[0], "expected": {**EXAMPLES[0]["expected"]}}
    assert main(["rules", "test", path, put("cases.json", [example])]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"FAILED  {example['name']}",
        "          earliest: expected 2027-04-02; came 2027-07-08",
        "          esi.cap, earliest: expected 2027-04-02; came 2027-07-08",
        "0 passed, 1 failed",
    ]


def test_a_missing_and_an_added_finding_are_named(put, capsys):
    renamed = put("mine.toml", MEDICARE.replace('id = "esi.levels"', 'id = "esi.places"'))
    assert main(["rules", "test", renamed, put("cases.json", EXAMPLES[:1])]) == 1
    out = capsys.readouterr().out
    assert "esi.levels: expected ok; came no finding" in out
    assert "esi.places: expected no finding; came ok" in out


def test_the_order_of_the_findings_counts(put, capsys):
    expected = EXAMPLES[0]["expected"]
    turned = {**expected, "findings": expected["findings"][::-1]}
    cases = put("cases.json", [{**EXAMPLES[0], "expected": turned}])
    assert main(["rules", "test", "us-medicare", cases]) == 1
    assert "order of the findings: expected session.mix, " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        ({"status": "not-before"}, 0),
        ({"earliest": "2027-04-02"}, 0),
        ({"status": "ok"}, 1),
        ({"earliest": "2027-04-03"}, 1),
        ({"earliest": "2027-04-01"}, 1),
        ({"findings": []}, 1),
    ],
)
def test_only_what_is_expected_is_compared(expected, code, put, capsys):
    case = {key: value for key, value in EXAMPLES[0]["case"].items() if key != "pack"}
    cases = put("cases.json", [{"name": "x", "case": case, "expected": expected}])
    assert main(["rules", "test", "us-medicare", cases]) == code
    assert f"{1 - code} passed, {code} failed" in capsys.readouterr().out


def test_the_result_as_json(put, capsys):
    wrong = {**EXAMPLES[0], "expected": {"status": "ok"}}
    cases = put("cases.json", [EXAMPLES[1], wrong])
    assert main(["rules", "test", "us-medicare", cases, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {"file": cases, "name": EXAMPLES[1]["name"], "passed": True, "differences": []},
        {"file": cases, "name": wrong["name"], "passed": False,
         "differences": [{"what": "status", "expected": "ok", "came": "not-before"}]},
    ]  # fmt: skip


def _spoilt(path: str, value: object) -> list[object]:
    """The first example with another value at ``path`` (``case.plan.sites``)."""
    example = json.loads(json.dumps(EXAMPLES[0]))
    *parents, last = path.split(".")
    place = example
    for key in parents:
        place = place[int(key)] if key.isdigit() else place[key]
    place[last] = value
    return [example]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "$: expected JSON"),
        ("[[", "$: expected JSON"),
        ({}, "$: expected a list"),
        ([], "$: expected at least one case"),
        ([3], "$[0]: expected an object"),
        ('[{"name": "a", "name": "b"}]', "$[0].name: expected each field once"),
        ([{"name": "x", "case": {}}], "$[0].expected: expected this field; it is missing"),
        (_spoilt("name", ""), "$[0].name: expected a name for the case"),
        (_spoilt("whi", "x"), "$[0].whi: unknown field; expected one of name, case, expected, why"),
        (_spoilt("expected", {}), "$[0].expected: expected at least one of status, earliest, find"),
        (_spoilt("expected.status", "fine"), "$[0].expected.status: expected one of not-before"),
        (_spoilt("expected.earliest", "2027-02-30"), "$[0].expected.earliest: expected a real day"),
        (_spoilt("expected.findings.0.rule", ""), "$[0].expected.findings[0].rule: expected"),
        (_spoilt("expected.findings.1.rule", "esi.cap"), "[1].rule: expected each rule once"),
        (_spoilt("expected.findings.0.status", "ok"), "findings[0].earliest: expected this field"),
        (_spoilt("expected.findings.0.message", "x"), "findings[0].message: unknown field"),
        (_spoilt("expected.findings.0.counted", ["x"]), "findings[0].counted[0]: expected a real"),
        (_spoilt("case.pack", "mine"), ("$[0].case.pack: this case is for the pack “mine”, but "
                                       "“us-medicare” is tested")),
        (_spoilt("case.pack", 7), "$[0].case.pack: expected the id of a pack"),
        (_spoilt("case.plan.sites", ["L6 left"]), "$[0].case.plan.sites[0]: expected a site of"),
        (_spoilt("case.history.0.sites", ["L6 left"]), "$[0].case.history[0].sites[0]: expected"),
        (_spoilt("case.history.0.date", "2030-01-01"), ("$[0].case.history[0].date: expected a "
                                                       "done entry on or before 2027-03-15")),
        (_spoilt("case", None), "$[0].case: expected an object"),
    ],
)  # fmt: skip
def test_a_case_file_with_a_slip_is_one_line(content, says, put, capsys):
    path = put("cases.json", content)
    assert main(["rules", "test", "us-medicare", path]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert captured.err.startswith(f"{path}: ")
    assert says in captured.err


def test_the_other_files_are_tested_as_usual(put, tmp_path, capsys):
    (tmp_path / "noise.json").write_bytes(b"\xff\xfe")
    argv = [str(tmp_path / "noise.json"), str(tmp_path), str(tmp_path / "gone.json")]
    assert main(["rules", "test", "us-medicare", *argv, put("a.json", EXAMPLES[:1])]) == 2
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == "1 passed, 0 failed"
    assert len(captured.err.splitlines()) == 3


def test_check_names_an_unknown_pack(put, capsys):
    case = {**EXAMPLES[0]["case"], "pack": "mine"}
    assert main(["rules", "check", put("case.json", case)]) == 2
    assert "$.pack: unknown pack; expected one of " in capsys.readouterr().err


# -- the clinic's own packs -----------------------------------------------------------------


def test_an_own_pack_is_known_to_every_rules_command(own_pack, put, capsys):
    own_pack(MEDICARE.replace('id = "us-medicare"', 'id = "mine"', 1))
    case = {**EXAMPLES[0]["case"], "pack": "mine"}
    assert main(["rules", "check", put("case.json", case)]) == 0
    assert main(["rules", "explain", "mine"]) == 0
    example = {**EXAMPLES[0], "case": case}
    assert main(["rules", "test", "mine", put("cases.json", [example])]) == 0
    assert capsys.readouterr().err == ""


def test_an_own_pack_of_the_same_id_answers_in_ours_place(own_pack, put, capsys):
    own_pack(MEDICARE.replace("limit = 4", "limit = 3", 1))
    assert main(["rules", "check", put("case.json", EXAMPLES[0]["case"])]) == 0
    assert json.loads(capsys.readouterr().out)["earliest"] == "2027-07-08"


def _clinic_commands(tmp_path: Path) -> list[list[str]]:
    database = ["--database", str(tmp_path / "clinic.db")]
    return [
        ["rules", "check", str(CASES)],
        ["rules", "explain", "us-medicare"],
        ["rules", "test", "us-medicare", str(CASES)],
        ["demo", str(tmp_path / "demo.db"), "--patients", "3"],
        [*database, "--user", "a", "search", "soto"],
        [*database, "--user", "a", "audit", "verify"],
        [*database, "--user", "a", "verdict", "--patient", "1", "--procedure", "tpi",
         "--site", "trapezius left", "--on", "2026-12-01"],
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(7))
def test_with_a_broken_own_pack_no_command_works_with_other_rules(
    number, own_pack, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    path = own_pack(MEDICARE.replace('"6 weeks"', '"3 moons"', 1))
    assert main(_clinic_commands(tmp_path)[number]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert captured.err.startswith(f"clinicdesk: {path}, line ")
    assert "“3 moons” is not a duration like “12 months”" in captured.err
    assert not (tmp_path / "demo.db").exists()


def test_force_replaces_nothing_while_an_own_pack_is_broken(own_pack, tmp_path, capsys):
    """A real clinic lies there, of which nothing can be asked."""
    for name in ("clinic.db", "clinic.db.key"):
        (tmp_path / name).write_text("a clinic", encoding="utf-8")
    own_pack("id = 1")
    assert main(["demo", str(tmp_path / "clinic.db"), "--patients", "3", "--force"]) == 2
    assert "mine.toml, line 1" in capsys.readouterr().err
    assert (tmp_path / "clinic.db").read_text(encoding="utf-8") == "a clinic"


def test_doctor_says_which_own_files_are_in_use(own_pack, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("CLINICDESK_CONFIG", str(tmp_path))
    folder = resources.own_folder()
    assert main(["doctor"]) == 0
    assert f"ok    The clinic's own files: none in {folder}" in capsys.readouterr().out
    own_pack(MEDICARE.replace('id = "us-medicare"', 'id = "mine"', 1))
    assert main(["doctor"]) == 0
    line = f"ok    The clinic's own files: rules/mine.toml in {folder}"
    assert line in capsys.readouterr().out
    own_pack("")
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    found = next(line for line in lines if "own files" in line)
    assert found.startswith("look  The clinic's own files: not well — ")
    assert "mine.toml, line 1: the file is empty" in found
