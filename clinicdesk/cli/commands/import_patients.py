"""``clinicdesk import patients FILE``: takes patients over, and accounts for every line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import pair
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import Progress, note, say, say_json
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _, _n

if TYPE_CHECKING:
    from clinicdesk.services.importing import ImportReport, ImportSource

NAME, PLACE = "import patients", 70
HELP = _("import patients from a CSV file")
GROUP = _("take over patients from a file")

_SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--allergies", metavar="FILE", type=Path)
    parser.add_argument("--conditions", metavar="FILE", type=Path)
    parser.add_argument("--drugs", metavar="FILE", type=Path)
    parser.add_argument("--map", metavar="COLUMN=FIELD", action="append", default=[], type=pair)
    parser.add_argument(
        "--duplicates",
        choices=("ask", "skip", "add"),
        default="ask",
        help=_(
            "a row with the name and birth date, or the phone and a like name, of somebody on "
            "record or of a line before; left out: refused and listed"
        ),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would happen, write nothing")
    )
    parser.add_argument(
        "--date-order",
        choices=("ymd", "mdy", "dmy", "serial"),
        help=_("where the file can be read two ways"),
    )
    parser.add_argument(
        "--weight-unit", choices=("kg", "lb"), default="", help=_("of weights without a unit")
    )
    parser.add_argument("--encoding", metavar="NAME", help=_("left out: found out"))
    parser.add_argument("--delimiter", metavar="CHARACTER", help=_("left out: found out"))
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> Exit:
    """Exit 1 where rows were refused; with ``--dry-run`` nothing is written."""
    from clinicdesk.services.importing import import_patients

    progress = Progress(_("Importing"))
    try:
        with signed_in(args) as (clinic, actor):
            report = import_patients(
                clinic, actor, _source(args), progress=progress, dry_run=args.dry_run
            ).value
    finally:
        progress.end()
    _say_left_out(report)
    if args.format == "json":
        say_json(_as_json(report))
    else:
        _say(report, dry_run=args.dry_run)
    if not report.adds_up:
        note(
            _(
                "{read} rows were read, but {accounted} accounted for. Import the file again."
            ).format(read=report.read, accounted=report.accounted)
        )
    return Exit.LOOK if report.refused_count or not report.adds_up else Exit.DONE


def _source(args: argparse.Namespace) -> ImportSource:
    from clinicdesk.services.importing import ImportSource

    return ImportSource(
        path=args.file.expanduser(),
        allergies=args.allergies.expanduser() if args.allergies else None,
        conditions=args.conditions.expanduser() if args.conditions else None,
        drugs=args.drugs.expanduser() if args.drugs else None,
        mapping=dict(args.map),
        encoding=args.encoding,
        delimiter=args.delimiter,
        duplicates=args.duplicates,
        date_order=args.date_order,
        weight_unit=args.weight_unit,
    )


def _as_json(report: ImportReport) -> dict[str, object]:
    """The contract's shape, and what else was seen."""
    return {
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": [
            {"file": row.file, "line": row.line, "column": row.column, "reason": row.reason}
            for row in report.refused
        ],
        "allergies": report.allergies,
        "conditions": report.conditions,
        "drugs": report.drugs,
        "implants": report.implants,
        "pregnancy": report.pregnancy,
        "none": report.none,
        "oddities": [
            {"line": odd.line, "column": odd.column, "value": odd.value, "remark": odd.remark}
            for odd in report.oddities
        ],
        "withheld": list(report.withheld),
        "not_taken": list(report.not_taken),
        "refused_rows": report.refused_rows,
        "accounted": report.accounted,
        "columns": dict(report.columns),
        "encoding": report.encoding,
        "encoding_guessed": report.guessed,
        "date_order": report.date_order,
        "empty_words": dict(report.empties),
    }


def _say_left_out(report: ImportReport) -> None:
    """What holds for whole columns, on standard error whatever the format."""
    if report.guessed:
        note(
            _("Encoding: {name}, guessed. --encoding NAME says another.").format(
                name=report.encoding
            )
        )
    if report.date_order == "serial":
        note(_("Dates: the day numbers of a spreadsheet (21258 is 14 Mar 1958)."))
    for column, count in report.empties.items():
        note(
            _n(
                "{column}: {count} word for “empty” was taken as empty.",
                "{column}: {count} words for “empty” were taken as empty.",
                count,
            ).format(column=column, count=count)
        )
    if report.withheld:
        note(_("Not taken over: {withheld}.").format(withheld=", ".join(report.withheld)))
    if report.not_taken:
        note(
            _("Columns not taken over: {columns}. --map COLUMN=FIELD says what one is.").format(
                columns=", ".join(report.not_taken)
            )
        )


def _say(report: ImportReport, *, dry_run: bool) -> None:
    for row in report.refused:
        sentence = (
            _("refused: {file}, line {line}, {column}: {reason}")
            if row.column
            else _("refused: {file}, line {line}: {reason}")
        )
        say(sentence.format(file=row.file, line=row.line, column=row.column, reason=row.reason))
    for odd in report.oddities[:_SHOWN]:
        note(
            _("odd: line {line}, {column}: {remark}").format(
                line=odd.line, column=odd.column, remark=odd.remark
            )
        )
    if len(report.oddities) > _SHOWN:
        note(
            _("odd: {count:,} more; --format json lists them all.").format(
                count=len(report.oddities) - _SHOWN
            )
        )
    if report.refused_count > len(report.refused):
        more = report.refused_count - len(report.refused)
        say(_("refused: {count:,} more are not listed.").format(count=more))
    done = _("It would be") if dry_run else _("Done")
    say(
        _(
            "{done}: {read} read, {added} added, {updated} updated, "
            "{unchanged} unchanged, {count} refused; "
            "{allergies} allergies."
        ).format(
            done=done,
            read=report.read,
            added=report.added,
            updated=report.updated,
            unchanged=report.unchanged,
            count=report.refused_rows,
            allergies=report.allergies,
        )
    )
    if report.adds_up:
        say(
            _("The sum is right: {added} + {updated} + {unchanged} + {refused} = {read}.").format(
                added=report.added,
                updated=report.updated,
                unchanged=report.unchanged,
                refused=report.refused_rows,
                read=report.read,
            )
        )
    if report.refused_count > report.refused_rows:
        others = report.refused_count - report.refused_rows
        say(_("{count} lines about lists were refused besides.").format(count=others))
    if report.implants or report.pregnancy:
        say(
            _("{implants} implants, {pregnancy} answers about pregnancy.").format(
                implants=report.implants, pregnancy=report.pregnancy
            )
        )
    if report.conditions or report.drugs or report.none:
        say(
            _("{conditions} conditions, {drugs} drugs, {none} lists asked and empty.").format(
                conditions=report.conditions, drugs=report.drugs, none=report.none
            )
        )
