"""``clinicdesk demo PATH``: a demo clinic, made beside its place and then put there whole."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from clinicdesk.cli.arguments import count
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note
from clinicdesk.domain.clock import SystemClock
from clinicdesk.domain.errors import ClinicError, Malformed, Unavailable
from clinicdesk.domain.server_address import refuse_address
from clinicdesk.domain.translation import _

NAME, PLACE = "demo", 50
HELP = _("make a demo clinic")

PASSPHRASE = "demo"  # noqa: S105 - the known passphrase of every demo clinic
_ENDINGS = ("", ".key", "-wal", "-shm", "-wal.of")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("path", metavar="PATH", type=Path)
    parser.add_argument("--patients", type=count, default=5000, metavar="N")
    parser.add_argument("--years", type=count, default=5, metavar="Y")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--force", action="store_true", help=_("replace what is there"))


def run(args: argparse.Namespace) -> Exit:
    """Nothing is left behind when it is stopped; what was there stays until the new one is done."""
    from clinicdesk.services.demo import create_demo

    refuse_address(args.path)
    path = args.path.expanduser().absolute()
    if not _may_take(path, force=args.force):
        note(
            _(
                "clinicdesk: there is already something at {path}. Use --force to replace a demo."
            ).format(path=path)
        )
        return Exit.WRONG
    fresh = path.with_name(path.name + ".new")
    _remove(fresh)
    progress = _Share()
    # Ended by the system, it clears up as after Ctrl+C.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        create_demo(
            fresh,
            patients=args.patients,
            years=args.years,
            seed=args.seed,
            clock=SystemClock(),
            progress=progress,
        )
        _put(fresh, path)
    finally:
        progress.end()
        _remove(fresh)
        signal.signal(signal.SIGTERM, before)
    note(
        _(
            "{path}: a demo clinic of {patients:,} patients. Passphrase: demo. Users: frontdesk, "
            "nurse, physician, manager, each with the password demo."
        ).format(path=path, patients=args.patients)
    )
    return Exit.DONE


def _may_take(path: Path, *, force: bool) -> bool:
    """Whether the place is free, or holds what --force may replace: never a real clinic."""
    if path.is_dir():
        raise Unavailable(
            _("{path} is a folder. Give the name of a file.").format(path=path), "other"
        )
    if path.exists() and not path.is_file():
        # It would be taken away before the demo is put there.
        raise Unavailable(
            _("{path} is no file: a device or a pipe. Give the name of a file.").format(path=path),
            "other",
        )
    if not any(_beside(path, ending).exists() for ending in _ENDINGS):
        return True
    return force and not _is_real_clinic(path)


def _is_real_clinic(path: Path) -> bool:
    """Whether a key lies there that the demo's passphrase does not open."""
    if not _beside(path, ".key").exists():
        return False
    from clinicdesk.services.clinics import open_clinic

    try:
        clinic = open_clinic(path, PASSPHRASE, keyring=False)
    except ClinicError as error:
        if isinstance(error, Unavailable) and error.kind == "wrong-key":
            raise Unavailable(
                _("{path} is a clinic of its own, not a demo; it was left as it is.").format(
                    path=path
                ),
                "other",
            ) from error
        if isinstance(error, Malformed):
            # It was not even looked at: nothing may be replaced.
            raise
        # A demo that was damaged or never finished.
        return False
    try:
        real = not clinic.settings.demo
    finally:
        clinic.close()
    if real:
        raise Unavailable(
            _("{path} is a real clinic; it was left as it is.").format(path=path), "other"
        )
    return False


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _remove(path: Path) -> None:
    for ending in _ENDINGS:
        _beside(path, ending).unlink(missing_ok=True)


def _put(fresh: Path, path: Path) -> None:
    """The old files go only now; the key is in place before the database is."""
    _remove(path)
    _beside(fresh, ".key").replace(_beside(path, ".key"))
    fresh.replace(path)


class _Share:
    """Told a share from 0 to 1 and a sentence; shows a bar on a terminal."""

    _WIDTH = 30

    def __init__(self) -> None:
        self._live = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, share: float, sentence: str = "") -> None:
        if not self._live:
            return
        full = round(self._WIDTH * max(0.0, min(1.0, share)))
        bar = "█" * full + "·" * (self._WIDTH - full)
        sys.stderr.write(f"\r{bar} {share:4.0%} {sentence}\x1b[K")
        sys.stderr.flush()

    def end(self) -> None:
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
