"""``clinicdesk search TEXT``: patients as the type-ahead finds them, best first."""

from __future__ import annotations

import argparse

from clinicdesk.cli.arguments import add_format, count
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say_rows
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "search", 60
HELP = _("find patients, best first")

COLUMNS = ("id", "mrn", "family", "given", "birth_date", "phone")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("text", metavar="TEXT", nargs="+")
    parser.add_argument("--limit", type=count, default=12, metavar="N")
    add_format(parser)


def run(args: argparse.Namespace) -> Exit:
    """Nobody found is an empty list, and no failure."""
    from clinicdesk.services.patients import search

    with signed_in(args) as (clinic, actor):
        hits = search(clinic, actor, " ".join(args.text), args.limit)
    rows = [{name: getattr(hit, name) for name in COLUMNS} for hit in hits]
    say_rows(rows, COLUMNS, args.format)
    return Exit.DONE
