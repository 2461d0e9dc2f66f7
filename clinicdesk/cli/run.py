"""Runs a command line: parse, dispatch, and say every failure in one line."""

from __future__ import annotations

import argparse
import errno
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from clinicdesk.cli import parser
from clinicdesk.cli.exits import Exit, exit_for
from clinicdesk.cli.output import note, prepare_streams
from clinicdesk.domain.errors import ClinicError, NotFound
from clinicdesk.domain.server_address import password_in
from clinicdesk.domain.translation import _
from clinicdesk.services import logfile

log = logging.getLogger(__name__)
_RECORDS = {
    "patient": _("There is no patient with the number {number}."),
    "appointment": _("There is no appointment with the number {number}."),
    "procedure": _("There is no logged procedure with the number {number}."),
}


def run(argv: Sequence[str] | None = None) -> int:
    """The exit code of ``clinicdesk argv``; never raises, never shows a traceback."""
    prepare_streams()
    try:
        words = sys.argv[1:] if argv is None else argv
        args = parser.build(words).parse_args(words)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else Exit.WRONG
    if args.demo and args.command is not None:
        note(_("clinicdesk: --demo opens the window; it goes with no command."))
        return Exit.WRONG
    if args.database and password_in(args.database):
        note(
            _(
                "clinicdesk: whoever works on this computer can read the password in that address "
                "while this runs. Leave it out, and set PGPASSWORD."
            )
        )
    try:
        if args.command is None:
            from clinicdesk.app import run_window

            return run_window(args.database, args.user, demo=args.demo)
        with logfile.kept(args.command.rpartition(".")[2]):
            return _command(args)
    except ClinicError as error:
        note(_("clinicdesk: {error}").format(error=_words(error, args)))
        return exit_for(error)
    except BrokenPipeError:
        # Whoever read our output has had enough (``| head``): that is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except ImportError as error:
        note(
            _(
                "clinicdesk: something it needs is not installed: {error}. "
                "Run packaging/run.py again, or look with: clinicdesk doctor"
            ).format(error=error)
        )
        return Exit.ENVIRONMENT
    except KeyboardInterrupt:
        note(_("clinicdesk: stopped."))
        return Exit.ENVIRONMENT
    except OSError as error:
        _say_os(error)
        return Exit.ENVIRONMENT
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback, ever
        note(
            _(
                "clinicdesk: a fault inside ClinicDesk ended the command ({place}). "
                "What it had not finished was not saved. Please report this line."
            ).format(place=_place(error))
        )
        return Exit.ENVIRONMENT


def _say_os(error: OSError) -> None:
    """What the system refused; a full disk by its name."""
    where = f"{error.filename}: " if error.filename else ""
    said = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        said = _("the disk is full; what was being written is not whole. Make room, then repeat it")
    note(_("clinicdesk: {where}{strerror}").format(where=where, strerror=said))
    try:
        sys.stdout.flush()
    except OSError:
        # Else Python tries once more when it ends, and says so in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(args: argparse.Namespace) -> int:
    """Runs it; what ends it is kept in the log, by its kind alone."""
    try:
        code = importlib.import_module(args.command).run(args)
        sys.stdout.flush()
    except ClinicError as error:
        log.info("ended", extra={"facts": {"by": type(error).__name__}})
        raise
    except (OSError, ImportError, KeyboardInterrupt) as error:
        log.warning("ended", extra={"facts": {"by": type(error).__name__}})
        raise
    except Exception as error:
        log.exception("fault", extra={"facts": {"number": logfile.number_of(error)}})
        raise
    return int(code)


def _words(error: ClinicError, args: argparse.Namespace) -> str:
    """Its sentence; of a record that is not there its number, for there is no page to refresh."""
    if not isinstance(error, NotFound) or error.kind not in _RECORDS:
        return str(error)
    number = getattr(args, error.kind, None)
    if not isinstance(number, int):
        return str(error)
    return _RECORDS[error.kind].format(number=number)


def _place(error: BaseException) -> str:
    """Kind of fault and where, without the values that may name a patient."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = os.path.basename(trace.tb_frame.f_code.co_filename)  # noqa: PTH119 - a name, no path
    return _("{name} at {file}:{tb_lineno}").format(
        name=type(error).__name__, file=file, tb_lineno=trace.tb_lineno
    )
