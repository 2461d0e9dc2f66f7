"""``clinicdesk import patients FILE``: patients and their allergies from CSV files."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import Progress, note, say, say_json
from clinicdesk.cli.session import signed_in

if TYPE_CHECKING:
    from clinicdesk.services.importing import ImportReport


def run(args: argparse.Namespace) -> Exit:
    """Done, with something to look at where rows were refused."""
    from clinicdesk.services.importing import ImportSource, import_patients

    source = ImportSource(args.file, args.allergies, dict(args.map))
    progress = Progress("rows")
    with signed_in(args) as (clinic, actor):
        try:
            done = import_patients(clinic, actor, source, progress=progress, dry_run=args.dry_run)
        finally:
            progress.end()
    report = done.value
    if args.format == "json":
        say_json(_plain(report))
    else:
        _tell(report, dry_run=args.dry_run)
    return Exit.LOOK if report.refused else Exit.DONE


def _plain(report: ImportReport) -> dict[str, object]:
    return {
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": [asdict(r) for r in report.refused],
        "allergies": report.allergies,
        "oddities": [asdict(o) for o in report.oddities],
        "withheld": list(report.withheld),
    }


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    say(f"read       {report.read}")
    for name in ("added", "updated", "unchanged"):
        say(f"{name:<10} {getattr(report, name)}")
    say(f"{'allergies':<10} {report.allergies}")
    say(f"{'refused':<10} {len(report.refused)}")
    for refusal in report.refused:
        say(f"  {refusal.file} line {refusal.line} {refusal.column}: {refusal.reason}")
    if report.withheld:
        note(f"Not taken over (identity documents): {', '.join(report.withheld)}")
    if report.oddities:
        note(f"{len(report.oddities)} oddities were taken as written; --format json lists them.")
    if dry_run:
        note("This was a trial: nothing was written.")
