"""What a command writes: to standard output, to a file, and on a full disk."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinicdesk.__main__ import main
from clinicdesk.cli.output import say_rows
from clinicdesk.data.keys import CHEAP
from clinicdesk.data.store import Store


def test_csv_runs_no_formula_and_leaves_numbers_as_they_are(capsys):
    rows = [{"name": "=1+1", "site": "@x", "phone": "+1 617 555 0100", "days": -3, "note": None}]
    say_rows(rows, list(rows[0]), "csv")
    (__, line) = csv.reader(io.StringIO(capsys.readouterr().out))
    assert line == ["'=1+1", "'@x", "'+1 617 555 0100", "-3", ""]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_under_the_output_is_called_full():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "clinicdesk", "rules", "explain", "us-medicare"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=dict(os.environ),
        )  # fmt: skip
    assert done.returncode == 4
    assert done.stderr.startswith("clinicdesk: the disk is full")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "says"),
    [
        ("CLINICDESK_PASSPHRASE", "The passphrase given holds bytes that are no text"),
        ("CLINICDESK_PASSWORD", "The password given holds bytes that are no text"),
        ("--user", "The user name holds bytes that are no text"),
    ],
)
def test_bytes_that_are_no_text_are_said_so(small_clinic, monkeypatch, capsys, variable, says):
    monkeypatch.setattr("sys.stdin", None)
    for name in ("CLINICDESK_PASSPHRASE", "CLINICDESK_PASSWORD"):
        monkeypatch.setenv(name, "d\udcff" if name == variable else "demo")
    user = "front\udcff" if variable == "--user" else "frontdesk"
    assert main(["--database", small_clinic, "--user", user, "search", "soto"]) == 3
    err = capsys.readouterr().err
    assert says in err
    assert len(err.splitlines()) == 1


def test_a_file_name_that_is_no_text_is_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    for place in (f"{tmp_path}/c\udcff.db", f"{tmp_path}/c\0.db"):
        assert main(["--database", place, "--user", "frontdesk", "search", "soto"]) in (2, 4)
        err = capsys.readouterr().err
        assert "There is no clinic at" in err
        assert len(err.splitlines()) == 1


@pytest.fixture
def small_clinic(tmp_path) -> str:
    """The file of a clinic that the passphrase ``demo`` opens."""
    path = tmp_path / "c.db"
    Store.create_embedded(path, "demo", kdf=CHEAP, keyring=False)[0].close()
    return str(path)
