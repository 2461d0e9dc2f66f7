"""``clinicdesk payers``: who pays for how many patients, and whose rules are asked for them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import add_format
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, say_rows
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _, _n

if TYPE_CHECKING:
    from clinicdesk.domain.rows.payers import PayerRow

NAME, PLACE = "payers", 116
HELP = _("payers and their rules, those to map first (payers map: maps one)")

COLUMNS = ("payer", "patients", "booked", "pack", "state", "since", "nearest")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    add_format(parser)


def run(args: argparse.Namespace) -> Exit:
    """Exit 1 while a payer is still to be mapped."""
    from clinicdesk.services import payers

    with signed_in(args) as (clinic, actor):
        found = payers.listed(clinic, actor)
    say_rows([_said(row) for row in found], COLUMNS, args.format)
    open_ones = sum(1 for row in found if row.to_map)
    if not open_ones:
        return Exit.DONE
    note(_n("{count} payer is not mapped to rules yet.", "{count} payers are not mapped to rules "
            "yet.", open_ones).format(count=open_ones))  # fmt: skip
    return Exit.LOOK


def _said(row: PayerRow) -> dict[str, object]:
    return {
        "payer": row.payer,
        "patients": row.patients,
        "booked": row.booked,
        "pack": row.pack,
        "state": row.basis.value,
        "since": row.since,
        "nearest": row.nearest or None,
    }
