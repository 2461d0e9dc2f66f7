"""The command line: exit codes, what goes to which stream, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinicdesk import __version__
from clinicdesk.__main__ import main
from clinicdesk.cli import commands, parser

CASES = Path(__file__).parent.parent / "rules" / "verdict-cases.json"


@pytest.fixture
def case_file(tmp_path):
    """Writes a case file and gives its path."""

    def write(value: object, name: str = "case.json") -> str:
        path = tmp_path / name
        text = value if isinstance(value, str) else json.dumps(value)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


SOUND = json.loads(CASES.read_text(encoding="utf-8"))[0]["case"]


def test_version_and_help(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"clinicdesk {__version__}\n"
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for command in ("demo", "search", "import", "verdict", "rules", "book", "print", "audit"):
        assert command in out


@pytest.mark.parametrize(
    "argv",
    [
        ["fly"],
        ["rules"],
        ["rules", "check"],
        ["search"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--format", "xml"],
        ["demo"],
        ["demo", "x", "--patients", "-3"],
        ["print", "invoice", "--appointment", "1", "-o", "x.pdf"],
        ["print", "consent", "-o", "x.pdf"],
        ["print", "consent", "--appointment", "1", "--procedure", "2", "-o", "x.pdf"],
        ["verdict", "--patient", "x", "--procedure", "tpi", "--site", "a left", "--on", "today"],
        ["book", "--patient", "1"],
        ["import", "patients"],
        ["import", "patients", "x.csv", "--map", "family"],
        ["audit"],
        ["--passphrase", "secret", "doctor"],
    ],
)
def test_wrong_use_is_exit_2_and_says_so_on_standard_error(argv, capsys):
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err


def test_one_verdict_per_case_in_the_order_given(case_file, capsys):
    other = {**SOUND, "on": "2027-05-01"}
    assert main(["rules", "check", case_file([SOUND, other]), case_file(SOUND, "b.json")]) == 0
    captured = capsys.readouterr()
    verdicts = [json.loads(line) for line in captured.out.splitlines()]
    assert [verdict["status"] for verdict in verdicts] == ["not-before", "ok", "not-before"]
    assert captured.err == ""


def test_a_malformed_file_prints_one_line_of_error_and_no_verdict(case_file, capsys):
    bad = {**SOUND, "plan": {**SOUND["plan"], "sites": ["L4 right", "L9 right"]}}
    path = case_file([SOUND, bad])
    assert main(["rules", "check", path, case_file(SOUND, "b.json")]) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 1
    assert len(captured.err.splitlines()) == 1
    assert captured.err.startswith(f"{path}: $[1].plan.sites[1]: expected")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", "$"),
        ("[[", "$"),
        ("{}", "$.pack"),
        ('["x"]', "$[0]"),
        ("3", "$"),
        ('{"pack": "us-medicare", "on": "2026-02-30", "plan": {}}', "$.on"),
        ("\ufeff{", "$"),
    ],
)
def test_the_json_path_is_named(text, path, case_file, capsys):
    assert main(["rules", "check", case_file(text)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"case.json: {path}: " in captured.err


def test_a_file_that_is_not_there_or_no_text(tmp_path, capsys):
    (tmp_path / "noise.json").write_bytes(b"\xff\xfe\x00\x01")
    argv = [str(tmp_path / "missing.json"), str(tmp_path / "noise.json"), str(tmp_path)]
    assert main(["rules", "check", *argv]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert all(": $: " in line for line in lines)


def test_an_empty_list_of_cases_is_answered_with_nothing(case_file, capsys):
    assert main(["rules", "check", case_file([])]) == 0
    assert capsys.readouterr().out == ""


def test_a_line_of_error_stays_one_line_whatever_the_file_says(case_file, capsys):
    bad = {**SOUND, "plan": {**SOUND["plan"], "sites": ["L4\nright\ud800 \x1b[2J"]}}
    assert main(["rules", "check", case_file(bad)]) == 2
    line = capsys.readouterr().err
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert "half a sign" in line


def _clinicdesk(*argv: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("CLINICDESK")}
    return subprocess.run(
        [sys.executable, "-m", "clinicdesk", *argv],
        capture_output=True,
        text=True,
        env={**clean, **env},
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


def test_the_real_process_answers_too_in_any_locale():
    done = _clinicdesk("rules", "check", str(CASES), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{CASES}: $[0].name: unknown field")


def test_checking_rules_needs_neither_database_nor_window():
    code = (
        "import sys; from clinicdesk.__main__ import main; "
        f"main(['rules', 'check', {str(CASES)!r}]); "
        "heavy = {'PySide6', 'sqlalchemy', 'reportlab'}; "
        "sys.exit(any(name.split('.')[0] in heavy for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_a_new_module_in_the_room_is_a_new_command(tmp_path, monkeypatch, capsys):
    (tmp_path / "greet.py").write_text(
        "from clinicdesk.cli.output import say\n"
        "NAME, PLACE, HELP = 'greet', 999, 'say hello'\n"
        "def arguments(parser):\n    parser.add_argument('who')\n"
        "def run(args):\n    say(f'hello {args.who}')\n    return 0\n"
    )
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    assert main(["greet", "world"]) == 0
    assert capsys.readouterr().out == "hello world\n"
    assert main(["--help"]) == 0
    assert "say hello" in capsys.readouterr().out


def test_every_command_has_a_place_of_its_own_and_says_what_it_does():
    found = list(parser.found())
    assert len({command.PLACE for command in found}) == len(found)
    assert all(command.HELP for command in found)


def test_a_command_begins_with_the_word_its_file_begins_with():
    # By that word it is found without loading all the others.
    for command in parser.found():
        file = command.__name__.rpartition(".")[2]
        assert file.partition("_")[0] == command.NAME.partition(" ")[0]


@pytest.mark.parametrize(
    ("argv", "loaded"),
    [
        ([], set()),
        (["--demo"], set()),
        (["--database", "search", "--user", "due"], set()),
        (["--database", "a.db", "rules", "check", "x.json"], {"rules"}),
        (["doctor", "--help"], {"doctor"}),
    ],
)
def test_only_what_is_asked_for_is_loaded(argv, loaded):
    choices = next(a.choices for a in parser.build(argv)._actions if a.dest == "name")
    assert set(choices) == loaded


def test_a_word_that_is_no_command_is_told_what_there_is(capsys):
    assert main(["bok"]) == 2
    said = capsys.readouterr().err
    assert "bok" in said
    assert "audit" in said
