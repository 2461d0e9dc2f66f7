"""``clinicdesk sites add NAME``: a new site of this clinic."""

from __future__ import annotations

import argparse

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say_json
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "sites add", 113
HELP = _("take a name in as a new site of this clinic")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("site", metavar="NAME", help=_("without a side, such as “pes bursa”"))
    parser.add_argument(
        "--other",
        action="store_true",
        help=_("it is another site than the listed one that is spelt nearly so"),
    )


def run(args: argparse.Namespace) -> Exit:
    """Prints the name as it is kept."""
    from clinicdesk.services import sites

    with signed_in(args) as (clinic, actor):
        done = sites.add(clinic, actor, args.site, sure=args.other)
    say_json({"name": done.value})
    return Exit.DONE
