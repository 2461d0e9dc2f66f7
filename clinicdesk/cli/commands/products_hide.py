"""``clinicdesk products hide``: a product is no longer offered here."""

from __future__ import annotations

import argparse

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "products hide", 97
HELP = _("a product is no longer offered here")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("product", metavar="ID", nargs="+")


def run(args: argparse.Namespace) -> Exit:
    """Records that have it keep it."""
    from clinicdesk.services import products

    with signed_in(args) as (clinic, actor):
        products.change(clinic, actor, hide=args.product)
    return Exit.DONE
