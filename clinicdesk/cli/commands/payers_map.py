"""``clinicdesk payers map PAYER PACK``: says whose rules are asked for a payer's patients."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clinicdesk.cli.days import day
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import Progress, note
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.domain.rows.due import RebuildProgress

NAME, PLACE = "payers map", 117
HELP = _("maps a payer to a rule pack, from a day on")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("payer", metavar="PAYER", help=_("as it is written in the records"))
    parser.add_argument("pack", metavar="PACK", help=_("the id of an installed pack"))
    parser.add_argument(
        "--from", dest="begins_on", type=day, metavar="DATE", help=_("left out: today")
    )


def run(args: argparse.Namespace) -> Exit:
    """Maps it, and brings the due list of its patients up to date."""
    from clinicdesk.services import payers

    with signed_in(args) as (clinic, actor):
        begins_on = args.begins_on or clinic.today()
        done = payers.map_payers(clinic, actor, {args.payer: args.pack}, begins_on)
        shown = _Shown()
        try:
            payers.catch_up(clinic, actor, done.value.keys, shown)
        finally:
            shown.end()
    note(_("{payer} has the rules {pack} from {day} on.").format(
        payer=args.payer, pack=args.pack, day=begins_on.isoformat()
    ))  # fmt: skip
    return Exit.DONE


class _Shown:
    def __init__(self) -> None:
        self._line = Progress(_("Bringing the due list up to date"))

    def __call__(self, progress: RebuildProgress) -> None:
        self._line(progress.done, progress.total)

    def end(self) -> None:
        self._line.end()
