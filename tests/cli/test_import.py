"""``import patients``: what it did, in the contract's shape."""

from __future__ import annotations

import json

import pytest

from clinicdesk.__main__ import main

pytestmark = pytest.mark.slow

HEAD = "Id,FIRST,LAST,BIRTHDATE,GENDER,ZIP\n"
GOOD = "a1,Ana,Ruiz,1961-04-05,F,02139\nb2,Ben,Cole7,1970-12-24,M,1013\n"
BAD = "c3,Cy,Dent,2090-01-01,M,02139\n"


@pytest.fixture
def take(clinic, monkeypatch, capsys, tmp_path):
    """Imports a text as the front desk; gives exit code, standard output and error."""
    store = clinic.store
    place = str(store.embedded or store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    file = tmp_path / "patients.csv"

    def run(text: str, *argv: str, user: str = "frontdesk") -> tuple[int, str, str]:
        file.write_text(text, encoding="utf-8")
        code = main(["--database", place, "--user", user, "import", "patients", str(file), *argv])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def _counts(out: str) -> tuple[int, int, int, int, int]:
    report = json.loads(out)
    names = ("read", "added", "updated", "unchanged")
    return (*(report[name] for name in names), len(report["refused"]))


def test_it_says_what_it_did_and_a_second_run_adds_nothing(take):
    code, out, err = take(HEAD + GOOD, "--format", "json")
    assert (code, err) == (0, "")
    assert _counts(out) == (2, 2, 0, 0, 0)
    code, out, _ = take(HEAD + GOOD, "--format", "json")
    assert (code, _counts(out)) == (0, (2, 0, 0, 2, 0))
    changed = HEAD + GOOD.replace("02139", "02140")
    assert _counts(take(changed, "--format", "json")[1]) == (2, 0, 1, 1, 0)


def test_a_refused_row_is_exit_1_with_its_line_and_column(take):
    code, out, _ = take(HEAD + GOOD + BAD, "--format", "json")
    assert code == 1
    assert _counts(out) == (3, 2, 0, 0, 1)
    (row,) = json.loads(out)["refused"]
    assert (row["file"], row["line"], row["column"]) == ("patients.csv", 4, "BIRTHDATE")
    assert row["reason"]


def test_a_dry_run_writes_nothing(take):
    code, out, _ = take(HEAD + GOOD, "--dry-run", "--format", "json")
    assert (code, _counts(out)) == (0, (2, 2, 0, 0, 0))
    assert _counts(take(HEAD + GOOD, "--format", "json")[1]) == (2, 2, 0, 0, 0)


def test_oddities_are_said_and_taken_as_written(take):
    code, out, err = take(HEAD + GOOD)
    assert code == 0
    assert "2 added" in out
    assert "line 3, LAST: digits in a name" in err
    assert "line 3, ZIP" in err


def test_columns_may_be_named(take):
    text = "x1,x2,x3\nAna,1961-04-05,Ruiz\n"
    code, _, err = take(text)
    assert code == 2
    assert "No column holds the names" in err
    argv = ("--map", "x1=given", "--map", "x3=family", "--map", "x2=birth_date")
    code, out, _ = take(text, *argv, "--format", "json")
    assert (code, _counts(out)[:2]) == (0, (1, 1))


@pytest.mark.parametrize(
    ("text", "argv"),
    [
        ("", ()),
        (HEAD, ("--map", "NOPE=family")),
        (HEAD + GOOD, ("--map", "LAST=nonsense")),
        (HEAD + GOOD, ("--allergies", "nowhere.csv")),
    ],
)
def test_a_file_that_cannot_be_read_is_exit_2(take, text, argv):
    code, out, err = take(text, *argv)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_a_nurse_may_not_import(take):
    assert take(HEAD + GOOD, user="nurse")[0] == 3


def test_columns_of_which_nothing_is_taken_are_named_in_every_format(take):
    text = "Id,FIRST,LAST,BIRTHDATE,PREGNANT,DX,SHOE\na1,Ana,Ruiz,1991-04-05,yes,I10,38\n"
    code, out, err = take(text, "--format", "json")
    report = json.loads(out)
    assert (code, report["not_taken"], report["pregnancy"]) == (0, ["DX", "SHOE"], 1)
    assert "Columns not taken over: DX, SHOE." in err


def test_the_same_people_under_another_header_are_asked_about(take):
    take("Id,FIRST,LAST,BIRTHDATE\n1,Ana,Ruiz,1991-04-05\n")
    text = "mrn,FIRST,LAST,BIRTHDATE\n1,Ana,Ruiz,1991-04-05\n"
    code, out, _ = take(text, "--format", "json")
    assert (code, _counts(out)) == (1, (1, 0, 0, 0, 1))
    assert "on record already" in json.loads(out)["refused"][0]["reason"]
    code, out, _ = take(text, "--format", "json", "--duplicates", "skip")
    assert (code, _counts(out)) == (0, (1, 0, 0, 1, 0))
