"""``clinicdesk products show``: a product is offered here again."""

from __future__ import annotations

import argparse

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "products show", 98
HELP = _("a product is offered here again")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("product", metavar="ID", nargs="+")


def run(args: argparse.Namespace) -> Exit:
    """It stands in the lists again."""
    from clinicdesk.services import products

    with signed_in(args) as (clinic, actor):
        products.change(clinic, actor, show=args.product)
    return Exit.DONE
