"""What is asked about on the command line, as one question to either engine."""

from __future__ import annotations

import argparse

from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.rows.schedule import PlanRequest


def plan_of(args: argparse.Namespace) -> PlanRequest:
    """What was said; None where nothing was, so that the usual plan speaks."""
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
        pack=getattr(args, "pack", None),
    )
