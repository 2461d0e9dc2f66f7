"""``clinicdesk print consent|aftercare``: a sheet as PDF, stored like any print."""

from __future__ import annotations

import argparse
from pathlib import Path

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.errors import Unavailable


def run(args: argparse.Namespace) -> Exit:
    """Writes the stored bytes to the file; the stored sheet and the file are the same.

    Exit 1 where the language asked for has no text yet and English was taken.
    """
    from clinicdesk.services.sheets import note_use, prepare

    target = args.output.expanduser()
    _check_folder(target)
    with signed_in(args) as (clinic, actor):
        sheet = prepare(
            clinic,
            actor,
            args.kind,
            appointment_id=args.appointment,
            procedure_id=args.procedure,
            language=args.language,
            paper=args.paper,
            large=args.large,
        ).value
        _write(target, sheet.pdf)
        note_use(clinic, actor, sheet.row.id, "saved")
    note(f"{target}: {sheet.row.title}, stored as document {sheet.row.id}")
    if args.language and sheet.row.language != args.language:
        note(f"There is no text in “{args.language}” yet; this sheet is in English.")
        return Exit.LOOK
    return Exit.DONE


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: a half sheet never bears the name asked for."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _check_folder(path: Path) -> None:
    """Refuse before anything is stored."""
    folder = path.expanduser().absolute().parent
    if not folder.is_dir():
        raise Unavailable(f"The folder {folder} is not there. Make it first.", "missing")
    if path.is_dir():
        raise Unavailable(f"{path} is a folder. Give the name of a file.", "other")
