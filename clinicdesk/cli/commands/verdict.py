"""``clinicdesk verdict``: one verdict from the patient's record, as JSON."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import add_planned, steroid
from clinicdesk.cli.days import day
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, say
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.domain.rows.schedule import PlanRequest

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
    from clinicdesk.services.verdicts import assess_audited

    with signed_in(args) as (clinic, actor):
        card = assess_audited(clinic, actor, _plan(args))
    if card.partial:
        note(f"{card.pack}: {card.partial}")
    say(card.verdict_json)
    return Exit.DONE


def _plan(args: argparse.Namespace) -> PlanRequest:
    """What was said; None where nothing was, so that the usual plan speaks."""
    from clinicdesk.domain.procedures import Guidance, Intent, Steroid
    from clinicdesk.domain.rows.schedule import PlanRequest

    return PlanRequest(
        patient_id=args.patient,
        procedure=args.procedure,
        sites=tuple(args.site),
        on=args.on,
        intent=Intent(args.intent) if args.intent else None,
        guidance=Guidance(args.guidance) if args.guidance else None,
        contrast=None if args.contrast is None else args.contrast == "yes",
        steroids=None
        if args.steroid is None
        else tuple(Steroid(drug, mg) for drug, mg in args.steroid),
        pack=args.pack,
    )
