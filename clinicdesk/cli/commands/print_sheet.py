"""``clinicdesk print KIND``: a sheet as PDF; what concerns one patient is stored like any print."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import language, record_id
from clinicdesk.cli.days import day, moment
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.outlet import Outlet, outlet
from clinicdesk.cli.output import Progress, note
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.states import SheetUse
from clinicdesk.domain.translation import _, _n

if TYPE_CHECKING:
    from datetime import date

    from clinicdesk.domain.rows.documents import Printed, StoredSheet
    from clinicdesk.domain.rows.due import RebuildProgress
    from clinicdesk.domain.rows.people import Actor
    from clinicdesk.services.context import Clinic

NAME, PLACE = "print", 110
HELP = _("a sheet as PDF, stored like any print")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument(
        "kind",
        metavar="KIND",
        choices=("consent", "aftercare", "note", "recall", "call"),
        help=_(
            "consent, aftercare: of an appointment or procedure; note: of what was logged and "
            "signed; recall: the letter of the due "
            "row whose last procedure it is; call: the call sheet of all that is overdue or due now"
        ),
    )
    subject = parser.add_mutually_exclusive_group()
    subject.add_argument("--appointment", type=record_id, metavar="N")
    subject.add_argument("--procedure", type=record_id, metavar="N")
    parser.add_argument(
        "--on", type=day, metavar="DATE", help=_("recall, call: the day; left out: today")
    )
    parser.add_argument(
        "--language", type=language, metavar="CODE", help=_("left out: the patient's own")
    )
    parser.add_argument("--paper", choices=("a4", "letter"), help=_("left out: the clinic's"))
    parser.add_argument("--large", action="store_true", help=_("large print"))
    parser.add_argument(
        "--restart",
        type=moment,
        metavar="ISO",
        help=_("aftercare: when a blood thinner starts again, instead of the guideline"),
    )
    parser.add_argument(
        "--drug", metavar="DRUG", help=_("of which blood thinner --restart says it, as on record")
    )
    parser.add_argument(
        *("-o", "--output"),
        required=True,
        type=outlet,
        metavar="FILE",
        help=_("- for the standard output"),
    )


def run(args: argparse.Namespace) -> Exit:
    """Writes the printed bytes where they are wanted; of a stored sheet those that are stored.

    Exit 1 where something needs a look: English taken for a language without a text, or a consent
    that waits for a physician's answer.
    """
    _check(args)
    target: Outlet = args.output
    target.check()
    with signed_in(args) as (clinic, actor):
        if args.kind == "recall":
            return _recall(clinic, actor, args, target)
        if args.kind == "call":
            return _calls(clinic, actor, args, target)
        if args.kind == "note":
            return _note(clinic, actor, args, target)
        return _sheet(clinic, actor, args, target)


def _check(args: argparse.Namespace) -> None:
    """Which of the options go with the kind; raises Invalid with what to write instead."""
    kind, wrong = args.kind, ""
    if args.restart is not None and kind != "aftercare":
        wrong = _("--restart goes with print aftercare alone.")
    elif args.drug is not None and args.restart is None:
        wrong = _("--drug goes with --restart.")
    elif kind in ("consent", "aftercare", "note"):
        if args.appointment is None and args.procedure is None:
            wrong = _("print {kind} needs --appointment N or --procedure N.").format(kind=kind)
        elif args.on is not None:
            wrong = _(
                "--on goes with recall and call; print {kind} has the day of its appointment."
            ).format(kind=kind)
        elif kind == "note" and args.language is not None:
            wrong = _("print note takes no --language: a note is in the language of the record.")
    elif kind == "recall" and args.procedure is None:
        wrong = _(
            "print recall needs --procedure N, the last procedure of the row on the due list."
        )
    elif kind == "call":
        given = {
            "--appointment": args.appointment is not None,
            "--procedure": args.procedure is not None,
            "--language": args.language is not None,
            "--large": args.large,
        }
        if named := [name for name, is_given in given.items() if is_given]:
            wrong = _(
                "print call takes no {named}: it lists all that is overdue or due now."
            ).format(named=named[0])
    if wrong:
        raise Invalid({"arguments": wrong})


def _sheet(clinic: Clinic, actor: Actor, args: argparse.Namespace, target: Outlet) -> Exit:
    from clinicdesk.domain.rows.documents import ConfirmedDates, SheetForm, SheetRequest
    from clinicdesk.domain.sheet_standing import lacking_file, lacking_words, waits_words
    from clinicdesk.services.sheets import prepare

    dates = ConfirmedDates()
    if args.restart is not None:
        # A time without an offset is the clinic's own.
        at = args.restart if args.restart.tzinfo else args.restart.replace(tzinfo=clinic.zone)
        dates = ConfirmedDates(at, drug=args.drug or "")
    request = SheetRequest(
        kind=args.kind,
        appointment_id=args.appointment,
        procedure_id=args.procedure,
        form=SheetForm(args.language, args.paper, args.large),
        dates=dates,
    )
    sheet = prepare(clinic, actor, request).value
    _store(clinic, actor, sheet, target)
    if sheet.unsettled:
        note(waits_words(sheet.waits, args.kind))
    if sheet.lacks:
        note(lacking_words(sheet.lacks, sheet.row.language))
        note(lacking_file(sheet.lacks))
        return Exit.LOOK
    return Exit.LOOK if sheet.unsettled else Exit.DONE


def _note(clinic: Clinic, actor: Actor, args: argparse.Namespace, target: Outlet) -> Exit:
    from clinicdesk.services.notes import prepare

    sheet = prepare(
        clinic,
        actor,
        procedure_id=args.procedure,
        appointment_id=args.appointment,
        paper=args.paper,
        large=args.large,
    ).value
    _store(clinic, actor, sheet, target)
    return Exit.DONE


def _store(clinic: Clinic, actor: Actor, sheet: StoredSheet, target: Outlet) -> None:
    from clinicdesk.services.sheets import note_use

    target.write(sheet.pdf)
    note_use(clinic, actor, sheet.row.id, SheetUse.SAVED)
    note(
        _("{target}: {row_title}, stored as document {row_id}").format(
            target=target, row_title=sheet.row.title, row_id=sheet.row.id
        )
    )


# -- the due list ----------------------------------------------------------------------------


def _recall(clinic: Clinic, actor: Actor, args: argparse.Namespace, target: Outlet) -> Exit:
    from clinicdesk.services.due_print import letters, put_out, row_of_procedure

    on = args.on or clinic.today()
    _up_to_date(clinic, actor, on)
    row = row_of_procedure(clinic, actor, args.procedure)
    done = letters(
        clinic, actor, (row,), on, language=args.language, paper=args.paper, large=args.large
    ).value
    said = _say(done, target)
    put_out(clinic, actor, done.documents, done.contacts, SheetUse.SAVED)
    return said


def _calls(clinic: Clinic, actor: Actor, args: argparse.Namespace, target: Outlet) -> Exit:
    from clinicdesk.domain.rows.due import DueFilter, DueGroup
    from clinicdesk.services import due
    from clinicdesk.services.due_print import call_sheet

    on = args.on or clinic.today()
    _up_to_date(clinic, actor, on)
    wanted = DueFilter(groups=frozenset({DueGroup.OVERDUE, DueGroup.NOW}))
    ids = due.overview(clinic, actor, wanted, on).ids
    return _say(call_sheet(clinic, actor, ids, on, paper=args.paper).value, target)


def _up_to_date(clinic: Clinic, actor: Actor, on: date) -> None:
    """The kept results of the list as of the day asked for."""
    from clinicdesk.services import due

    progress = Progress(_("Due list"))

    def tell(state: RebuildProgress) -> None:
        progress(state.done, state.total)

    if due.behind(clinic, actor, on):
        due.refresh(clinic, actor, on, tell)
        progress.end()


def _say(printed: Printed, target: Outlet) -> Exit:
    from clinicdesk.domain.sheet_standing import lacking_file

    target.write(printed.pdf)
    pages = _n("1 page", "{pages} pages", printed.pages).format(pages=printed.pages)
    note(f"{target}: {printed.title}, {pages}")
    for sentence in (*printed.notes, *(lacking_file(file) for file in printed.lacks)):
        note(sentence)
    return Exit.LOOK if printed.notes and printed.languages else Exit.DONE
