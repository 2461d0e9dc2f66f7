"""``clinicdesk rules check CASE.json …``: one verdict per case, no database needed."""

from __future__ import annotations

import argparse
from pathlib import Path

from clinicdesk.cli.exits import Exit
from clinicdesk.domain.translation import _

NAME, PLACE = "rules check", 10
HELP = _("one verdict per case, as JSON")
GROUP = _("the repeat-interval rules")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("cases", metavar="CASE.json", nargs="+", type=Path)


def run(args: argparse.Namespace) -> Exit:
    """A malformed file prints one line on standard error; the others are answered as usual."""
    from clinicdesk.cli.checked import check_cases

    return check_cases(args.cases)
