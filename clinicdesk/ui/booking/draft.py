"""What has been entered in the booking panel, and what can be asked or booked from it: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from clinicdesk.domain.anatomy import entered_site
from clinicdesk.domain.lists import listed
from clinicdesk.domain.people import display_name
from clinicdesk.domain.procedures import Guidance, Intent, Procedure
from clinicdesk.domain.rows.people import PatientHit
from clinicdesk.domain.rows.schedule import BookRequest, PlanRequest, TimeRequest
from clinicdesk.domain.translation import _
from clinicdesk.ui.local import time_text, weekday_near

VISITS = (_("New patient"), _("Follow-up"), _("Phone call"), _("Nurse visit"))
"""Titles offered for an appointment without a procedure."""
MORNING, USUAL_MINUTES = time(9), 30
"""What a free time is sought near to, and how long, while neither is entered."""


@dataclass(frozen=True)
class Draft:
    """The panel's content; None or empty where nothing was entered yet.

    Attributes:
        procedure: the catalogue's entry; None for a visit.
        visit: the title of a visit; empty for a procedure.
        sites: as typed, several parted by commas.
        physician, room: (id, name).
        minutes: None while the field holds no length.
    """

    patient: PatientHit | None = None
    procedure: Procedure | None = None
    visit: str = ""
    sites: str = ""
    intent: Intent | None = None
    guidance: Guidance | None = None
    physician: tuple[int, str] | None = None
    room: tuple[int, str] | None = None
    day: date | None = None
    at: time | None = None
    minutes: int | None = None
    note: str = ""


def split_sites(text: str) -> tuple[str, ...]:
    """The parts of ``L4 left, L5 left``."""
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())


def read_sites(text: str, procedure: Procedure) -> tuple[str, ...]:
    """Canonical sites; raises ValueError with the sentence for the field."""
    parts = split_sites(text)
    if not parts:
        said = _("Type a site with its side, for example {example}.")
        raise ValueError(said.format(example=example(procedure)))
    return tuple(dict.fromkeys(str(entered_site(part, procedure)) for part in parts))


def example(procedure: Procedure) -> str:
    """A site of this procedure, as one would type it."""
    name = procedure.sites[0] if procedure.sites else "knee"
    side = procedure.sides[0] if procedure.sides else "left"
    return f"{name} {side}"


def site_problem(draft: Draft) -> str:
    """What is wrong with the site; empty while it is sound or no procedure is chosen."""
    if draft.procedure is None:
        return ""
    try:
        read_sites(draft.sites, draft.procedure)
    except ValueError as wrong:
        return str(wrong)
    return ""


def missing(draft: Draft) -> dict[str, str]:
    """What hinders booking, by field, in the order of the panel."""
    wrong: dict[str, str] = {}
    if draft.patient is None:
        wrong["patient"] = _("Choose a patient, or add a new one.")
    if draft.procedure is None and not draft.visit:
        wrong["procedure"] = _("Choose what is to be done.")
    if site := site_problem(draft):
        wrong["sites"] = site
    if draft.physician is None:
        wrong["physician"] = _("Choose who does it.")
    if draft.day is None:
        wrong["day"] = _("Type a date such as 12 jan, tomorrow or tue.")
    if draft.at is None:
        wrong["at"] = _("Type a time such as 14:30.")
    if draft.minutes is None:
        wrong["minutes"] = _("Type a length such as 30.")
    return wrong


def plan_request(draft: Draft) -> PlanRequest | None:
    """The question to the interval rules; None while it cannot be put, or for a visit."""
    if draft.patient is None or draft.procedure is None or draft.day is None:
        return None
    try:
        sites = read_sites(draft.sites, draft.procedure)
    except ValueError:
        return None
    return PlanRequest(
        patient_id=draft.patient.id,
        procedure=draft.procedure.id,
        sites=sites,
        on=draft.day,
        intent=draft.intent,
        guidance=draft.guidance,
    )


def time_request(draft: Draft, start: datetime) -> TimeRequest:
    """The question whether ``start`` is free; as long as usual while no length is entered."""
    return TimeRequest(
        start=start,
        minutes=draft.minutes or USUAL_MINUTES,
        patient_id=draft.patient.id if draft.patient else None,
        physician_id=draft.physician[0] if draft.physician else None,
        room_id=draft.room[0] if draft.room else None,
        procedure=draft.procedure.id if draft.procedure else "",
        guidance=draft.guidance if draft.procedure else None,
    )


def time_wanted(draft: Draft, zone: ZoneInfo) -> TimeRequest | None:
    """The question about the time entered; None while it is not complete."""
    start = start_of(draft, zone)
    return None if start is None or draft.minutes is None else time_request(draft, start)


def still_needed(draft: Draft) -> str:
    """What the verdict card waits for, as a sentence."""
    if draft.procedure is None and draft.visit:
        return _("A visit without a procedure: no interval rule applies.")
    wanting = [
        word
        for word, there in (
            (_("a patient"), draft.patient is not None),
            (_("a procedure"), draft.procedure is not None),
            (_("a site"), not site_problem(draft) and draft.procedure is not None),
            (_("a date"), draft.day is not None),
        )
        if not there
    ]
    if not wanting:
        return _("The rules are being asked.")
    return _("Choose {listed} to see whether it may be repeated.").format(listed=listed(wanting))


def start_of(draft: Draft, zone: ZoneInfo) -> datetime | None:
    """The beginning in the clinic's zone; None while day or time is missing."""
    if draft.day is None or draft.at is None:
        return None
    return datetime.combine(draft.day, draft.at, tzinfo=zone)


def book_request(draft: Draft, zone: ZoneInfo, reason: str) -> BookRequest:
    """The appointment to be made; ``missing(draft)`` is empty."""
    start = start_of(draft, zone)
    assert draft.patient is not None
    assert draft.physician is not None
    assert start is not None
    assert draft.minutes is not None
    procedure = draft.procedure
    return BookRequest(
        patient_id=draft.patient.id,
        start=start,
        minutes=draft.minutes,
        physician_id=draft.physician[0],
        room_id=draft.room[0] if draft.room else None,
        procedure=procedure.id if procedure else "",
        sites=read_sites(draft.sites, procedure) if procedure else (),
        intent=draft.intent if procedure else None,
        guidance=draft.guidance if procedure else None,
        title="" if procedure else draft.visit,
        note=draft.note.strip(),
        reason=reason,
    )


def read_back(draft: Draft) -> str:
    """``Villalobos, Teresa · Tue 12 Jan 10:15 · Dr. Osei · C-arm room · Caudal ESI midline``."""
    assert draft.patient is not None
    assert draft.day is not None
    assert draft.at is not None
    when = weekday_near(draft.day)
    if draft.procedure:
        sites = ", ".join(read_sites(draft.sites, draft.procedure))
        what = f"{draft.procedure.name} {sites}"
    else:
        what = draft.visit
    parts = (
        display_name(draft.patient.family, draft.patient.given),
        f"{when} {time_text(draft.at)}",
        draft.physician[1] if draft.physician else "",
        draft.room[1] if draft.room else "",
        what,
    )
    return " · ".join(part for part in parts if part)
