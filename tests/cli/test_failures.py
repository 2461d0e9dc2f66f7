"""Whatever goes wrong ends in one line and an exit code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from clinicdesk import app
from clinicdesk.__main__ import main
from clinicdesk.cli.commands import doctor
from clinicdesk.cli.exits import Exit, exit_for
from clinicdesk.domain import errors


def _failing(error: BaseException):
    def run(args: object) -> Exit:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (RuntimeError("Teresa Villalobos"), 4, "RuntimeError at test_failures.py:"),
        (KeyboardInterrupt(), 4, "stopped"),
        (OSError(28, "No space left on device", "x.db"), 4, "x.db: the disk is full"),
        (ModuleNotFoundError("No module named 'PySide6'"), 4, "packaging/run.py"),
        (errors.Unavailable("The disk is full.", "disk-full"), 4, "The disk is full."),
        (errors.Unavailable("Wrong passphrase.", "wrong-key"), 3, "Wrong passphrase."),
        (errors.NotAllowed("Your role may not."), 3, "may not"),
        (errors.SignInFailed("User or password is wrong."), 3, "wrong"),
        (errors.Malformed("a.toml, line 3: no."), 2, "line 3"),
        (errors.Invalid({"site": "Choose a site."}), 2, "Choose a site."),
        (errors.ReasonNeeded("Give the reason."), 1, "reason"),
        (errors.Clash((errors.Hindrance("room", "A", "A is taken."),)), 1, "A is taken."),
    ],
)
def test_every_failure_is_one_line(monkeypatch, capsys, error, code, says):
    monkeypatch.setattr(doctor, "run", _failing(error))
    assert main(["doctor"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert says in captured.err
    assert "Traceback" not in captured.err
    assert "Teresa" not in captured.err


def test_every_kind_of_error_has_an_exit_code():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    clinic = [kind for kind in kinds if issubclass(kind, errors.ClinicError)]
    assert all(
        exit_for(kind.__new__(kind)) in set(Exit)
        for kind in clinic
        if kind is not errors.Unavailable
    )


def test_without_a_command_the_window_opens(monkeypatch):
    asked: list[object] = []

    def run_window(where: str | None, user: str | None, *, demo: bool = False) -> int:
        asked.append((where, user, demo))
        return 0

    monkeypatch.setattr(app, "run_window", run_window)
    assert main([]) == 0
    assert main(["--database", "x.db", "--user", "nurse"]) == 0
    assert main(["--demo"]) == 0
    assert asked == [(None, None, False), ("x.db", "nurse", False), (None, None, True)]


def test_the_demo_window_goes_with_no_command(capsys):
    assert main(["--demo", "doctor"]) == 2


def test_a_reader_that_has_had_enough_is_no_failure():
    script = f"{sys.executable} -m clinicdesk doctor | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
