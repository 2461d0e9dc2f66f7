"""Sets the machine up and runs every check of ClinicDesk.

    python3 packaging/test.py             everything
    python3 packaging/test.py --fast      what needs no window and no server, in about a minute
    python3 packaging/test.py -k verdict  arguments go to pytest; the other checks are skipped

Linting, types, import contracts, then the tests, in an order drawn anew each time: on the encrypted
embedded database and on a PostgreSQL server that is started on loopback (never as root) and stopped
again. At the end stand the slowest tests and how much of each room the tests walk through.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import environment

CHECKS = (
    ("ruff", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
)
SLOWEST = 20
# What needs a window, or a database server.
WINDOW = ("tests/ui", "tests/journeys", "tests/screens")
FAST = [*(f"--ignore={folder}" for folder in WINDOW), "-m", "not postgres"]


def main(arguments: list[str]) -> int:
    """Returns 0 when everything passed."""
    try:
        environment.check_python()
        environment.install_system([*environment.WINDOW, *environment.TESTS])
        venv = environment.make_environment("test.lock")
    except environment.SetupError as problem:
        environment.say(str(problem))
        return 4
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    failed = []
    if arguments in ([], ["--fast"]):
        failed += [name for name, command in CHECKS if not _check(venv, env, name, command)]
    if arguments:
        asked = [part for given in arguments for part in (FAST if given == "--fast" else [given])]
    else:
        env["COVERAGE_FILE"] = str(venv / "coverage")
        asked = [f"--durations={SLOWEST}", "--cov", "--cov-report="]
    failed += [] if _tests(venv, env, asked) == 0 else ["tests"]
    if not arguments:
        _say_rooms(venv, env)
    if failed:
        environment.say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _check(venv: Path, env: dict[str, str], name: str, command: list[str]) -> bool:
    started = time.monotonic()
    bad = subprocess.run(
        [str(environment.command_of(venv, command[0])), *command[1:]],
        cwd=environment.ROOT,
        env=env,
        check=False,
    ).returncode
    environment.say(f"{name}: {'FAILED' if bad else 'ok'} ({time.monotonic() - started:.0f} s)")
    return not bad


def _tests(venv: Path, env: dict[str, str], arguments: list[str]) -> int:
    started = time.monotonic()
    code = subprocess.run(
        [
            str(environment.python_of(venv)), "-m", "pytest", "-q",
            "-n", "2", "--dist", "worksteal", *arguments,
        ],
        cwd=environment.ROOT,
        env=env,
        check=False,
    ).returncode  # fmt: skip
    environment.say(f"tests: {'FAILED' if code else 'ok'} ({time.monotonic() - started:.0f} s)")
    return code


def _say_rooms(venv: Path, env: dict[str, str]) -> None:
    """How many of a room's lines the tests ran, by the folders of ``clinicdesk``."""
    report = venv / "coverage.json"
    done = subprocess.run(
        [str(environment.command_of(venv, "coverage")), "json", "-q", "-o", str(report)],
        cwd=environment.ROOT,
        env=env,
        check=False,
    )
    if done.returncode:
        environment.say("coverage: not known")
        return
    rooms: dict[str, list[int]] = {}
    for name, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        parts = Path(name).parts
        room = rooms.setdefault(parts[1] if len(parts) > 2 else "(beside the rooms)", [0, 0])
        room[0] += file["summary"]["covered_lines"]
        room[1] += file["summary"]["num_statements"]
    environment.say("lines of each room that the tests ran:")
    for room, (run, all_of_them) in sorted(rooms.items()):
        environment.say(f"  {room:20}{run / max(all_of_them, 1):>7.1%}{all_of_them:>8} lines")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
