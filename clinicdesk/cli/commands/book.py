"""``clinicdesk book``: an appointment, through the same service as the window."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clinicdesk.cli.arguments import add_planned, count
from clinicdesk.cli.days import moment
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, say_json
from clinicdesk.cli.session import signed_in
from clinicdesk.domain.errors import Clash, Hindrance, Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.domain.rows.people import Actor
    from clinicdesk.domain.rows.schedule import BookRequest, PlanRequest
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
    parser.add_argument(
        "--reason",
        action="append",
        default=[],
        metavar="[ID=]TEXT",
        help=_("answers what needs a reason; one for each, with its ID where there are several"),
    )


def run(args: argparse.Namespace) -> Exit:
    """Prints ``{"id": n}``; what stands in the way ends the command with exit 1."""
    from clinicdesk.cli.planned import check_sites
    from clinicdesk.services.booking import book
    from clinicdesk.services.reviews import of_appointment

    with signed_in(args) as (clinic, actor):
        check_sites(args, clinic)
        request = _answered(clinic, actor, _request(clinic, actor, args), args.reason)
        done = book(clinic, actor, request)
        if any(row.open for row in of_appointment(clinic, actor, done.value)):
            note(_("Booked for review: a physician answers what is known against it."))
        _say_open(clinic, actor, request)
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
    )


def _answered(
    clinic: Clinic, actor: Actor, request: BookRequest, reasons: Sequence[str]
) -> BookRequest:
    """The request with a reason to each need; a danger is left for review by who may not answer.

    Raises:
        Clash: the day is past.
        Invalid, ReasonNeeded: as ``needs.answers``.
    """
    from clinicdesk.cli.needs import answered, answers, needs_of
    from clinicdesk.services import safety, twins

    if request.start.date() < clinic.today():
        # Nobody is asked for reasons against a day that is over.
        raise Clash((Hindrance("past", "", _("That time has passed. Choose a later one.")),))
    plan = _plan(request)
    notes = not actor.may(Permission.ANSWER_SAFETY)
    found = needs_of(
        twins.assess_booking(clinic, actor, plan),
        safety.safety_of(clinic, actor, plan, start=request.start),
    )
    said = answers(found, reasons, notes=notes)
    return answered(request, said, clinic.catalogue.safety_reasons, notes=notes)


def _say_open(clinic: Clinic, actor: Actor, request: BookRequest) -> None:
    """What must be asked before signing, on standard error."""
    from clinicdesk.services.safety import safety_of

    card = safety_of(clinic, actor, _plan(request), start=request.start)
    for finding in card.of_level(SafetyLevel.ASK):
        note(_("To ask: {sentence}").format(sentence=finding.sentence))


def _plan(request: BookRequest) -> PlanRequest:
    from clinicdesk.domain.rows.schedule import PlanRequest

    return PlanRequest(
        patient_id=request.patient_id,
        procedure=request.procedure,
        sites=request.sites,
        on=request.start.date(),
        intent=request.intent,
    )


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
