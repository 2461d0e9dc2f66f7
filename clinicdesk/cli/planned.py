"""What is asked about on the command line, as one question to either engine."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clinicdesk.cli.output import note
from clinicdesk.domain.anatomy import UnlistedSite, entered_site, fold
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.services.context import Clinic


def check_sites(args: argparse.Namespace, clinic: Clinic) -> None:
    """Reads what is asked about as the window does; says what another writing is read as.

    ``args.site`` holds the sites in full afterwards.

    Raises:
        Invalid: on ``site``, with what may be meant and how a new site is made known.
        NotFound: no such procedure.
    """
    procedure = clinic.catalogue.procedure(args.procedure)
    found = []
    for text in args.site:
        try:
            site = entered_site(text, procedure)
        except UnlistedSite as error:
            said = (
                _("{what} If it is another site: sites add --other “{name}”")
                if error.near
                else _("{what} A new site of this clinic is made known with: sites add “{name}”")
            )
            raise Invalid({"site": said.format(what=error, name=error.name)}) from error
        except ValueError as error:
            raise Invalid({"site": str(error)}) from error
        if fold(text) != fold(str(site)):
            note(_("“{text}” is read as {site}.").format(text=text, site=site))
        found.append(str(site))
    args.site = found


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
