"""``clinicdesk sites``: names of sites in the records that stand on no list, to be matched."""

from __future__ import annotations

import argparse

from clinicdesk.cli.arguments import add_format
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say_rows
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "sites", 112
HELP = _("names of sites in the records that stand on no list, and what was said of names")

COLUMNS = ("name", "times", "patients", "near")
OWN = ("name", "meant", "by", "at")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument(
        "--own", action="store_true", help=_("the clinic's own list: each name and what it means")
    )
    add_format(parser)


def run(args: argparse.Namespace) -> Exit:
    """Exit 1 where names of the records wait to be matched."""
    from clinicdesk.services import sites

    with signed_in(args) as (clinic, actor):
        found = sites.lists(clinic, actor)
    if args.own:
        own = [{name: getattr(row, name) for name in OWN} for row in found.own]
        say_rows(own, OWN, args.format)
        return Exit.DONE
    rows = [{name: getattr(row, name) for name in COLUMNS} for row in found.unlisted]
    say_rows([row | {"near": "; ".join(row["near"])} for row in rows], COLUMNS, args.format)
    return Exit.LOOK if rows else Exit.DONE
