"""``clinicdesk sites match OLD NAME``: what a name in the records means."""

from __future__ import annotations

import argparse

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say_json
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "sites match", 114
HELP = _("say what a name in the records means: it is read so from now on")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("old", metavar="OLD", help=_("the name as it is written in the records"))
    parser.add_argument(
        "meant", metavar="NAME", help=_("what it means; the same once more: a site of its own")
    )


def run(args: argparse.Namespace) -> Exit:
    """Prints how many patients it concerns; no record is changed."""
    from clinicdesk.services import sites

    with signed_in(args) as (clinic, actor):
        done = sites.match(clinic, actor, args.old, args.meant)
    say_json({"patients": done.value})
    return Exit.DONE
