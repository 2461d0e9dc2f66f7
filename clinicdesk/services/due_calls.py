"""The call sheet of the due list, and what it and the letters say of a row alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.dates import day_words, time_words
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.languages import language_name
from clinicdesk.domain.people import display_name
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Purpose
from clinicdesk.domain.rows.calls import PromisedCall
from clinicdesk.domain.rows.documents import CallFacts, CallGroup, CallLine, Printed
from clinicdesk.domain.rows.due import CALL_OUTCOMES, DueGroup, DueRow
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.due.groups import ORDER
from clinicdesk.services import calls
from clinicdesk.services.clinics import letterhead
from clinicdesk.services.context import Clinic, Done, Work, act, permitted
from clinicdesk.services.due import rows as due_rows
from clinicdesk.services.sheets import paper_of

GONE = _("These rows have left the list. Refresh the list.")
_OUTCOMES = dict(CALL_OUTCOMES)
_HEADINGS = {
    DueGroup.OVERDUE: _("Overdue"),
    DueGroup.NOW: _("Due now"),
    DueGroup.SOON: _("Due soon"),
    DueGroup.HOLDING: _("Relief still holds"),
    DueGroup.BOOKED: _("Booked"),
    DueGroup.LAPSED: _("Last done more than 24 months ago"),
    DueGroup.SNOOZED: _("Put aside"),
}


@permitted("due.call_sheet", Permission.PRINT)
def call_sheet(
    clinic: Clinic, actor: Actor, row_ids: tuple[int, ...], on: date, *, paper: str | None = None
) -> Done[Printed]:
    """The rows to call as a table on paper, in their groups; not stored for the patients.

    Args:
        paper: ``letter`` or ``a4``; None for the clinic's.

    Raises:
        Invalid: ``rows``: none of them stands on the list any more; ``paper``.
        NotAllowed, Unavailable.
    """
    chosen = paper_of(clinic, paper)
    rows = due_rows(clinic, actor, tuple(dict.fromkeys(row_ids)), on)
    if row_ids and not rows:
        raise Invalid({"rows": GONE})
    from clinicdesk.documents.call_sheet import render_calls, title_of

    now = clinic.clock.now().astimezone(clinic.zone)
    printed = _("Printed {now} {time_words} by {actor_name}").format(
        now=day_words(now.date()), time_words=time_words(now, clinic.customs), actor_name=actor.name
    )
    promised = calls.promised(clinic, actor, on)
    groups = _once_each((*_promised(clinic, promised), *_groups(clinic, rows)))
    facts = CallFacts(letterhead(clinic), on, printed, groups)
    pdf, pages = render_calls(facts, chosen)
    notes = () if groups else (_("Nobody is to be called on this day."),)
    made = Printed(pdf, pages, (), title_of(facts), notes)
    patients = {row.patient_id for row in rows} | {call.patient_id for call in promised}
    return _note_calls(clinic, actor, made, rows, sorted(patients))


@act("due.call_sheet", Permission.PRINT)
def _note_calls(
    work: Work, printed: Printed, rows: tuple[DueRow, ...], patients: list[int]
) -> Printed:
    """Keeps that these patients were printed, and by whom."""
    work.tx.note("due.call_sheet", rows=len(rows), pages=printed.pages, patients=patients)
    return printed


def _once_each(groups: tuple[CallGroup, ...]) -> tuple[CallGroup, ...]:
    """Nobody is rung twice: what else is to be said stands with a patient's first line."""
    found: dict[tuple[str, str], tuple[str, CallLine]] = {}
    for group in groups:
        for line in group.rows:
            who = (line.mrn, line.name)
            heading, first = found.get(who, (group.heading, None))
            found[who] = heading, line if first is None else _with_also(first, line)
    by_heading: dict[str, list[CallLine]] = {}
    for heading, line in found.values():
        by_heading.setdefault(heading, []).append(line)
    return tuple(CallGroup(heading, tuple(lines)) for heading, lines in by_heading.items())


def _with_also(first: CallLine, other: CallLine) -> CallLine:
    """A line with what another one of the same patient says besides."""
    also = _("Also {what}: {why}").format(what=other.what, why=other.why)
    if other.allowed_from:
        also = _("Also {what}: {why} Possible from {day}.").format(
            what=other.what, why=other.why, day=other.allowed_from
        )
    return replace(
        first,
        why=f"{first.why} {also}",
        thinner=first.thinner or other.thinner,
        last_contact=first.last_contact or other.last_contact,
        next_appointment=first.next_appointment or other.next_appointment,
    )


def _promised(clinic: Clinic, found: tuple[PromisedCall, ...]) -> tuple[CallGroup, ...]:
    """The calls that were promised by this day, before all others."""
    if not found:
        return ()
    return (CallGroup(_("Promised calls"), tuple(_promise(clinic, call) for call in found)),)


def _promise(clinic: Clinic, call: PromisedCall) -> CallLine:
    kind = clinic.catalogue.procedures.get(call.procedure)
    why = _("Promised for {due}: ask for the pain scores since {done}.")
    if call.purpose == Purpose.SAFETY.value:
        why = _("Due on {due}: ask how it went after {done}.")
    return CallLine(
        name=display_name(call.family_name, call.given_name),
        birth_date=call.birth_date,
        mrn=call.mrn,
        phone=call.phone,
        language=language_name(call.language),
        what=", ".join([kind.name if kind else call.procedure, *call.sites]),
        why=why.format(due=day_words(call.due_on), done=day_words(call.done_on)),
        allowed_from="",
        last_score="",
        thinner="",
        last_contact="",
        next_appointment="",
    )


def _groups(clinic: Clinic, rows: Iterable[DueRow]) -> tuple[CallGroup, ...]:
    found: dict[DueGroup, list[CallLine]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(_line(clinic, row))
    return tuple(
        CallGroup(_HEADINGS[group], tuple(found[group])) for group in ORDER if group in found
    )


def _line(clinic: Clinic, row: DueRow) -> CallLine:
    kind = clinic.catalogue.procedures.get(row.procedure)
    possible = row.possible_from
    visit = row.booked_for or row.next_appointment
    return CallLine(
        name=name_of(row),
        birth_date=row.birth_date,
        mrn=row.mrn,
        phone=row.phone,
        language=language_name(row.language),
        what=f"{kind.name if kind else row.procedure}, {row.site}",
        why=row.detail,
        allowed_from=day_words(possible) if possible else "",
        last_score=row.last_score,
        thinner=row.anticoagulant,
        last_contact=_contact(row),
        next_appointment=_visit(visit, clinic.customs) if visit else "",
    )


def _visit(at: datetime, customs: Customs) -> str:
    return f"{day_words(at.date())} {time_words(at, customs)}"


def _contact(row: DueRow) -> str:
    if row.last_contact is None:
        return ""
    outcome = _OUTCOMES.get(row.last_contact_outcome, row.last_contact_outcome)
    return f"{day_words(row.last_contact)}, {outcome[:1].lower()}{outcome[1:]}"


# -- shared with the letters -----------------------------------------------------------------


def name_of(row: DueRow) -> str:
    """``Villalobos, Teresa``."""
    return ", ".join(part for part in (row.family_name, row.given_name) if part)
