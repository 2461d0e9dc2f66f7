"""``clinicdesk due``: the due list of a day, brought up to date first."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import add_format
from clinicdesk.cli.days import day
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import Progress, say_rows
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.domain.rows.due import DueRow, RebuildProgress

NAME, PLACE = "due", 90
HELP = _("the due list: whom to call")

COLUMNS = (
    "patient_id",
    "family",
    "site",
    "reason",
    "allowed_from",
    "relief_ends",
    "last_done",
    "last_contact",
    "next_appointment",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("--on", type=day, metavar="DATE", help=_("left out: today"))
    parser.add_argument(
        "--all", action="store_true", help=_("also what is booked, put aside, holding or lapsed")
    )
    add_format(parser)


def run(args: argparse.Namespace) -> Exit:
    """Nobody due is an empty list, and no failure."""
    from clinicdesk.domain.rows.due import ACTIONABLE, DueFilter
    from clinicdesk.services import due
    from clinicdesk.services.due.exporting import listed

    wanted = DueFilter() if args.all else DueFilter(groups=ACTIONABLE)
    with signed_in(args) as (clinic, actor):
        on = args.on or clinic.today()
        shown = _Shown()
        try:
            due.refresh(clinic, actor, on, shown)
        finally:
            shown.end()
        rows = listed(clinic, actor, wanted, on)
    say_rows([_said(row) for row in rows], COLUMNS, args.format)
    return Exit.DONE


def _said(row: DueRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS}


class _Shown:
    """The line that counts, for a service that tells how far it is in one piece."""

    def __init__(self) -> None:
        self._line = Progress(_("Bringing the due list up to date"))

    def __call__(self, progress: RebuildProgress) -> None:
        self._line(progress.done, progress.total)

    def end(self) -> None:
        self._line.end()
