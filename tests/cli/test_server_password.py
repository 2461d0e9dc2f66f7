"""A password in the address of a server ends nowhere: no folder, preference, log or answer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from clinicdesk.__main__ import main
from clinicdesk.services import logfile
from clinicdesk.ui import preferences

AWAY = "postgresql://nobody:geheim-7@127.0.0.1:1/clinic"


@pytest.mark.parametrize(
    "argv",
    [
        ["demo", AWAY],
        ["demo", AWAY, "--force"],
        ["--database", AWAY.replace("postgresql", "mysql"), "doctor"],
        ["--database", AWAY, "doctor"],
        ["--database", AWAY.replace(":1/", ":x/"), "doctor"],
        ["--database", AWAY, "--user", "frontdesk", "search", "soto"],
        ["--database", AWAY, "audit", "verify", "--user", "manager"],
    ],
)
def test_it_is_neither_said_nor_written(argv, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "x")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "x")
    assert main(argv) != 0
    captured = capsys.readouterr()
    assert "geheim" not in captured.out + captured.err
    assert "fault inside" not in captured.err
    assert list(tmp_path.iterdir()) == []
    assert "geheim" not in logfile.path().read_text(encoding="utf-8")
    assert not (preferences.config_folder() / "preferences.json").exists()


def test_whoever_writes_it_is_told_a_better_way(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    main(["--database", AWAY, "doctor"])
    assert "set PGPASSWORD" in capsys.readouterr().err


def test_one_that_an_earlier_version_kept_goes_out_of_the_file():
    path = preferences.config_folder() / "preferences.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"last_clinic": AWAY, "theme": "dark"}), encoding="utf-8")
    path.chmod(0o644)
    assert preferences.load().last_clinic == AWAY
    assert "geheim" not in path.read_text(encoding="utf-8")
    assert preferences.load().last_clinic == "postgresql://nobody@127.0.0.1:1/clinic"
    assert preferences.load().theme == "dark"
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_starter_hands_it_on_where_only_this_account_reads_it(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "packaging"))
    import run

    handed = []
    monkeypatch.setattr(run.environment, "check_python", lambda: None)
    monkeypatch.setattr(run.environment, "install_system", lambda wanted: None)
    monkeypatch.setattr(run.environment, "make_environment", lambda lock: Path("/venv"))
    monkeypatch.setattr(run.os, "execv", lambda program, words: handed.extend(words))
    monkeypatch.setenv("PGPASSWORD", "")
    run.main(["--database", AWAY, "doctor"])
    assert handed[1:] == ["--database", "postgresql://nobody@127.0.0.1:1/clinic", "doctor"]
    assert os.environ["PGPASSWORD"] == "geheim-7"
