"""``clinicdesk rules explain PACK``: a pack as a readable table. No database needed."""

from __future__ import annotations

import argparse

from clinicdesk.cli.arguments import add_format, add_pack
from clinicdesk.cli.exits import Exit
from clinicdesk.domain.translation import _

NAME, PLACE = "rules explain", 30
HELP = _("a pack as a readable table")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    add_pack(parser)
    add_format(parser)


def run(args: argparse.Namespace) -> Exit:
    """Text for people; JSON and CSV have one row a rule."""
    from clinicdesk.cli.explained import explain
    from clinicdesk.cli.packs import named_pack

    explain(named_pack(args.pack), args.format)
    return Exit.DONE
