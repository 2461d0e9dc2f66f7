"""``clinicdesk rules test PACK CASES.json …``: a pack against worked cases. No database needed."""

from __future__ import annotations

import argparse
from pathlib import Path

from clinicdesk.cli.arguments import add_pack
from clinicdesk.cli.exits import Exit
from clinicdesk.domain.translation import _

NAME, PLACE = "rules test", 20
HELP = _("a pack against worked cases with what is expected")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    add_pack(parser)
    parser.add_argument("cases", metavar="CASES.json", nargs="+", type=Path)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> Exit:
    """Exit 1 if a case failed; a malformed file is exit 2, and the others are tested as usual."""
    from clinicdesk.cli.packs import named_pack
    from clinicdesk.cli.tested import try_pack

    return try_pack(named_pack(args.pack), args.cases, args.format)
