"""``clinicdesk safety``: what must be settled about a patient before the needle, as JSON."""

from __future__ import annotations

import argparse
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import add_planned, medication, steroid
from clinicdesk.cli.days import day, moment
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import say_json
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.services.context import Clinic

NAME, PLACE = "safety", 85
HELP = _("what must be settled before the needle, from the record or of cases (safety check)")
NEEDED = ("patient", "procedure", "site", "on")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes; what is needed is asked for in ``run``: ``safety check`` needs none."""
    add_planned(parser, needed=False)
    parser.add_argument("--on", type=day, metavar="DATE")
    parser.add_argument("--start", type=moment, metavar="ISO")
    parser.add_argument("--guidance", choices=("fluoroscopy", "ct", "ultrasound", "landmark"))
    parser.add_argument("--contrast", choices=("yes", "no"))
    parser.add_argument("--medication", action="append", type=medication, metavar="PRODUCT:ML")
    parser.add_argument("--steroid", action="append", type=steroid, metavar="DRUG:MG")


def run(args: argparse.Namespace) -> Exit:
    """Exit 0 whatever is found."""
    from clinicdesk.cli.planned import check_sites, plan_of
    from clinicdesk.safety.write import card_to_json
    from clinicdesk.services.safety import safety_audited

    missing = [f"--{name}" for name in NEEDED if getattr(args, name) is None]
    if missing:
        raise Invalid(
            {"patient": _("These are missing: {missing}.").format(missing=", ".join(missing))}
        )
    if args.medication and args.steroid:
        raise Invalid({"medications": _("Say --medication or --steroid, not both.")})
    with signed_in(args) as (clinic, actor):
        check_sites(args, clinic)
        card = safety_audited(
            clinic,
            actor,
            plan_of(args),
            medications=_medications(args),
            start=_start(args, clinic),
        )
    say_json(card_to_json(card))
    return Exit.DONE


def _medications(args: argparse.Namespace) -> tuple[tuple[str, Decimal], ...] | None:
    return tuple(args.medication) if args.medication else None


def _start(args: argparse.Namespace, clinic: Clinic) -> datetime | None:
    """A time without an offset is the clinic's own."""
    start: datetime | None = args.start
    if start is None:
        return None
    return start if start.tzinfo else start.replace(tzinfo=clinic.zone)
