"""``clinicdesk book``: an appointment, through the same service as the window."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import add_planned, count
from clinicdesk.cli.days import moment
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, say_json
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.reviews import EVERY, OTHER, GivenReason
from clinicdesk.domain.safety_reasons import says_enough
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.domain.rows.people import Actor
    from clinicdesk.domain.rows.schedule import BookRequest
    from clinicdesk.services.context import Clinic

NAME, PLACE = "book", 100
HELP = _("book an appointment")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    add_planned(parser)
    parser.add_argument("--start", required=True, type=moment, metavar="ISO")
    parser.add_argument("--physician", required=True, metavar="NAME")
    parser.add_argument("--room", required=True, metavar="NAME")
    parser.add_argument("--minutes", type=count, metavar="N")
    parser.add_argument("--reason", default="", metavar="TEXT")


def run(args: argparse.Namespace) -> Exit:
    """Prints ``{"id": n}``; what stands in the way ends the command with exit 1."""
    from clinicdesk.cli.planned import check_sites
    from clinicdesk.services.booking import book
    from clinicdesk.services.reviews import of_appointment

    with signed_in(args) as (clinic, actor):
        check_sites(args, clinic)
        request = _request(clinic, actor, args)
        done = book(clinic, actor, request)
        if any(row.open for row in of_appointment(clinic, actor, done.value)):
            note(_("Booked for review: a physician answers what is known against it."))
    say_json({"id": done.value})
    return Exit.DONE


def _request(clinic: Clinic, actor: Actor, args: argparse.Namespace) -> BookRequest:
    from clinicdesk.domain.procedures import Intent
    from clinicdesk.domain.rows.schedule import BookRequest
    from clinicdesk.services import schedule

    physicians = [
        (row.resource_id, row.name, row.login) for row in schedule.physicians(clinic, actor)
    ]
    rooms = [(row.id, row.name, "") for row in schedule.rooms(clinic, actor)]
    procedure = clinic.catalogue.procedure(args.procedure)
    start = args.start if args.start.tzinfo else args.start.replace(tzinfo=clinic.zone)
    return BookRequest(
        patient_id=args.patient,
        start=start.astimezone(clinic.zone),
        minutes=args.minutes or procedure.minutes,
        physician_id=_named("physician", args.physician, physicians),
        room_id=_named("room", args.room, rooms),
        procedure=procedure.id,
        sites=tuple(args.site),
        intent=Intent(args.intent) if args.intent else None,
        reason=args.reason,
        for_review=bool(args.reason.strip()),
        safety=_safety(actor, args.reason),
    )


def _safety(actor: Actor, reason: str) -> tuple[tuple[str, GivenReason], ...]:
    """A physician's sentence answers every danger; anything else is booked for review."""
    if not actor.may(Permission.ANSWER_SAFETY) or not says_enough(reason):
        return ()
    return ((EVERY, GivenReason(OTHER, reason.strip())),)


def _named(what: str, text: str, known: Iterable[tuple[int, str, str]]) -> int:
    """The id of the one whose name or login is ``text``, or contains it alone; else Invalid."""
    entries = tuple(known)
    wanted = " ".join(text.casefold().split())
    exact = [key for key, name, login in entries if wanted in {name.casefold(), login} and wanted]
    inside = [key for key, name, __ in entries if wanted and wanted in name.casefold()]
    for hits in (exact, inside):
        if len(hits) == 1:
            return hits[0]
    names = ", ".join(name for ___, name, ____ in entries) or "none"
    raise Invalid(
        {
            what: _("There is no single {what} called “{text}”. There are: {names}.").format(
                what=what, text=text, names=names
            )
        }
    )
