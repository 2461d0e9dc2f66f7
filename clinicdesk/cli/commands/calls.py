"""``clinicdesk calls``: the calls that after-care sheets promised for a day."""

from __future__ import annotations

import argparse

from clinicdesk.cli.arguments import add_format
from clinicdesk.cli.days import day
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say_rows
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "calls", 95
HELP = _("the calls that patients were promised")

COLUMNS = ("id", "patient_id", "purpose", "due_on", "procedure", "sites", "done_on")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("--on", type=day, metavar="DATE", help=_("left out: today"))
    add_format(parser)


def run(args: argparse.Namespace) -> Exit:
    """Nobody to call is an empty list, and no failure."""
    from clinicdesk.services import calls

    with signed_in(args) as (clinic, actor):
        found = calls.promised(clinic, actor, args.on or clinic.today())
    rows = [{name: getattr(call, name) for name in COLUMNS} for call in found]
    say_rows([row | {"sites": "; ".join(row["sites"])} for row in rows], COLUMNS, args.format)
    return Exit.DONE
