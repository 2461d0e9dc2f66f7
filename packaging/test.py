"""Sets the machine up and runs every check of ClinicDesk.

    python3 packaging/test.py             everything
    python3 packaging/test.py --fast      what needs no window, no server and no patience: a minute
    python3 packaging/test.py -k verdict  arguments go to pytest; the other checks are skipped

Linting, types, import contracts, then the tests, in an order drawn anew each time: on the encrypted
embedded database and on a PostgreSQL server that is started on loopback (never as root) and stopped
again. At the end stand the slowest tests and how much of each room the tests walk through.
"""

from __future__ import annotations

import os
import shutil
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
# What needs a window or a database server, or is dear (the mark "slow").
WINDOW = ("tests/ui", "tests/journeys", "tests/screens")
FAST = [*(f"--ignore={folder}" for folder in WINDOW), "-m", "not postgres and not slow"]


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
        **_in_memory(),
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    # Compiled once: each of some hundred processes that the tests start reads our modules.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    failed = []
    if arguments in ([], ["--fast"]):
        failed += [name for name, command in CHECKS if not _check(venv, env, name, command)]
    if arguments:
        asked = [part for given in arguments for part in (FAST if given == "--fast" else [given])]
    else:
        asked = [f"--durations={SLOWEST}"]
        shutil.rmtree(venv / "rooms", ignore_errors=True)
        env["CLINICDESK_ROOMS"] = str(venv / "rooms")
    failed += [] if _tests(venv, env, asked) == 0 else ["tests"]
    if failed:
        environment.say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _in_memory() -> dict[str, str]:
    """Where a machine has memory to spare, no test waits for a disk to keep its databases."""
    memory = Path("/dev/shm")
    spare = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 * 2**30
    return {"PYTEST_DEBUG_TEMPROOT": str(memory)} if spare else {}


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
