"""``clinicdesk products``: what the clinic has on its trays."""

from __future__ import annotations

import argparse

from clinicdesk.cli.arguments import add_format
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say_rows
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "products", 96
HELP = _("the products, and which of them are offered here")

COLUMNS = ("id", "name", "kind", "stocked")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    add_format(parser)


def run(args: argparse.Namespace) -> Exit:
    """Every product of the catalogue, hidden ones too."""
    from clinicdesk.services import products

    with signed_in(args) as (clinic, actor):
        found = products.listed(clinic, actor)
    say_rows(
        [
            {
                "id": row.product.key,
                "name": row.product.name,
                "kind": row.product.kind,
                "stocked": row.stocked,
            }
            for row in found
        ],
        COLUMNS,
        args.format,
    )
    return Exit.DONE
