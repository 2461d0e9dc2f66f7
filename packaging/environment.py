"""Makes the machine ready: system libraries, a virtual environment, locked packages.

Shared by ``run.py`` and ``test.py``; needs nothing but Python's own library, and
does nothing (and asks no network) when everything is there already.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOWEST_PYTHON = (3, 11)

WINDOW = [
    "libglib2.0-0",
    "libfontconfig1",
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libcups2",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-image0",
    "libxcb-render-util0",
    "libxcb-xkb1",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxkbcommon-x11-0",
]
TESTS = ["xvfb", "xdotool", "poppler-utils", "binutils", "postgresql-15", "fonts-dejavu-core"]
VENV = ["python3-venv"]


class SetupError(Exception):
    """One line that says what a person has to do."""


def say(line: str) -> None:
    """Tells the person at the terminal; standard output is left to the program."""
    print(line, file=sys.stderr, flush=True)


def python_of(venv: Path) -> Path:
    """The interpreter inside a virtual environment, on any system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def command_of(venv: Path, name: str) -> Path:
    """A console command inside a virtual environment, on any system."""
    return venv / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")


def check_python() -> None:
    """Refuses an interpreter that the program does not run on."""
    if sys.version_info < LOWEST_PYTHON:
        raise SetupError(
            f"ClinicDesk needs Python {LOWEST_PYTHON[0]}.{LOWEST_PYTHON[1]} or newer; "
            f"this is {platform.python_version()}. Install a newer Python and start again."
        )


def _is_debian() -> bool:
    return sys.platform == "linux" and shutil.which("dpkg-query") is not None


def _installed(package: str) -> bool:
    # A library may bear a newer name than the one asked for (t64 packages of newer releases).
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Status}\n", package, f"{package}t64"],
        capture_output=True,
        text=True,
        check=False,
    )
    return "install ok installed" in done.stdout


def _administrator() -> list[str] | None:
    """How to run a command as root: nothing before it, ``sudo``, or None if neither works."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        return ["sudo", "-n"]
    return None


def install_system(packages: Iterable[str]) -> None:
    """Installs missing Debian packages, or names them in one line.

    Raises:
        SetupError: they are missing and this account may not install them.
    """
    if not _is_debian():
        return
    missing = [p for p in packages if not _installed(p)]
    if not missing:
        return
    line = "apt-get install --no-install-recommends " + " ".join(missing)
    admin = _administrator()
    if admin is None:
        raise SetupError(f"System libraries are missing. Ask an administrator to run: sudo {line}")
    say(f"Installing system libraries: {' '.join(missing)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if any(p.startswith("postgresql") for p in missing):
        _keep_postgresql_quiet(admin, env)
    keep = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["apt-get", "update", "-q"], [*line.split(), "-y", "-q"]):
        done = subprocess.run(
            [*admin, *keep, *command], env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SetupError(
                f"`{' '.join(command)}` failed: {(done.stderr.strip().splitlines() or ['?'])[-1]} "
                f"Then run: sudo {line}"
            )


def _keep_postgresql_quiet(admin: list[str], env: dict[str, str]) -> None:
    # Debian's package would make and start a cluster on port 5432; the tests start their own.
    config = "/etc/postgresql-common/createcluster.conf"
    if Path(config).exists():
        return
    script = f"mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' > {config}"
    subprocess.run([*admin, "sh", "-c", script], env=env, check=True)


def _fingerprint(lock: Path) -> str:
    parts = [lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join([*parts, str(ROOT).encode()])).hexdigest()


def make_environment(lock_name: str, venv: Path | None = None) -> Path:
    """Creates or updates the virtual environment from a lock file.

    Args:
        lock_name: ``run.lock`` or ``test.lock`` (the latter holds the former).
        venv: where; ``.venv`` beside the project if left out.

    Returns:
        The folder of the environment.

    Raises:
        SetupError: a step failed, with what to do.
    """
    venv = venv or ROOT / ".venv"
    lock = ROOT / "packaging" / lock_name
    stamp = venv / f".clinicdesk-{lock_name}"
    wanted = _fingerprint(lock)
    if stamp.exists() and stamp.read_text() == wanted and python_of(venv).exists():
        return venv
    if importlib.util.find_spec("ensurepip") is None:
        install_system(VENV)
    if not python_of(venv).exists():
        say(f"Making the virtual environment in {venv.name}")
        _step([sys.executable, "-m", "venv", str(venv)], "python3 -m venv failed")
    say("Installing locked packages (a few minutes, once)")
    pip = [str(python_of(venv)), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    _step(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)],
        "the packages could not be installed; is the network there?",
    )
    _step(
        [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
        "ClinicDesk itself could not be installed",
    )
    for old in venv.glob(".clinicdesk-*"):
        old.unlink()
    stamp.write_text(wanted)
    if lock_name == "test.lock":
        (venv / ".clinicdesk-run.lock").write_text(_fingerprint(ROOT / "packaging" / "run.lock"))
    return venv


def _step(command: list[str], failure: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-3:]
        raise SetupError(f"{failure}: {' '.join(last)}")
