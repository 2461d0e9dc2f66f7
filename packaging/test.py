"""Sets the machine up and runs every check of ClinicDesk.

    python3 packaging/test.py             everything
    python3 packaging/test.py -k verdict  arguments go to pytest; the other checks are skipped

Linting, types, import contracts, then the tests: on the encrypted embedded database and on a
PostgreSQL server that is started on loopback (never as root) and stopped again.
"""

from __future__ import annotations

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
    if not arguments:
        for name, command in CHECKS:
            started = time.monotonic()
            bad = subprocess.run(
                [str(environment.command_of(venv, command[0])), *command[1:]],
                cwd=environment.ROOT,
                env=env,
                check=False,
            ).returncode
            environment.say(
                f"{name}: {'FAILED' if bad else 'ok'} ({time.monotonic() - started:.0f} s)"
            )
            failed += [name] if bad else []
    failed += [] if _tests(venv, env, arguments) == 0 else ["tests"]
    if failed:
        environment.say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _tests(venv: Path, env: dict[str, str], arguments: list[str]) -> int:
    python = str(environment.python_of(venv))
    started = time.monotonic()
    code = subprocess.run(
        [python, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", *arguments],
        cwd=environment.ROOT,
        env=env,
        check=False,
    ).returncode
    environment.say(f"tests: {'FAILED' if code else 'ok'} ({time.monotonic() - started:.0f} s)")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
