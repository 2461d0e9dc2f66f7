"""``clinicdesk verdict``: one verdict from the patient's record, as JSON."""

from __future__ import annotations

import argparse

from clinicdesk.cli.arguments import add_planned, steroid
from clinicdesk.cli.days import day
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, say
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

NAME, PLACE = "verdict", 80
HELP = _("may it be repeated yet?")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    add_planned(parser)
    parser.add_argument("--on", required=True, type=day, metavar="DATE")
    parser.add_argument("--guidance", choices=("fluoroscopy", "ct", "ultrasound", "landmark"))
    parser.add_argument("--contrast", choices=("yes", "no"))
    parser.add_argument("--steroid", action="append", type=steroid, metavar="DRUG:MG")
    parser.add_argument("--pack", metavar="ID")


def run(args: argparse.Namespace) -> Exit:
    """Exit 0 whatever the status."""
    from clinicdesk.cli.planned import check_sites, plan_of
    from clinicdesk.domain.payers import assumed_words
    from clinicdesk.domain.verdict_words import also_asked
    from clinicdesk.services.verdicts import assess_audited

    with signed_in(args) as (clinic, actor):
        check_sites(args, clinic)
        card = assess_audited(clinic, actor, plan_of(args))
    if card.assumed:
        note(assumed_words(card.assumed, card.pack_title))
    if card.partial:
        note(f"{card.pack}: {card.partial}")
    for row in card.beside:
        note(also_asked(row.message))
    say(card.verdict_json)
    return Exit.DONE
