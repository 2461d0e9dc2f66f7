"""What the schedule shows."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date

from clinicdesk.data.queries import schedule as queries
from clinicdesk.data.queries import staff as staff_queries
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.moved import moved_words
from clinicdesk.domain.permissions import Permission, Role
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.rows.schedule import (
    AppointmentRow,
    DayRows,
    MonthLoad,
    ResourceRow,
    StatusStep,
)
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.worked import first_worked
from clinicdesk.services.context import Work, ask


def describe(work: Work) -> queries.Describe:
    """What rows of the schedule need from catalogue and clinic."""
    return queries.Describe(work.catalogue.procedures, work.zone, work.catalogue.safety)


@ask(Permission.SEE_SCHEDULE)
def day(work: Work, on: date) -> DayRows:
    """A day, complete."""
    return queries.day_rows(work.tx, on, describe(work), work.clinic.settings.country)


def worked_from(work: Work, wanted: date) -> date:
    """The first day from ``wanted`` on that the clinic works."""
    known, country = describe(work), work.clinic.settings.country

    def day_of(on: date) -> DayRows:
        return queries.hours_of_day(work.tx, on, known, country)

    return first_worked(wanted, day_of)


@ask(Permission.SEE_SCHEDULE)
def appointment(work: Work, appointment_id: int) -> AppointmentRow:
    """One appointment; raises NotFound."""
    return appointment_in(work, appointment_id)


def appointment_in(work: Work, appointment_id: int) -> AppointmentRow:
    """As ``appointment``, inside a transaction that goes on to act upon it."""
    row = queries.appointment(work.tx, appointment_id, describe(work))
    if row is None:
        raise NotFound(_("This appointment does not exist. Refresh the schedule."), "appointment")
    return row


@ask(Permission.SEE_SCHEDULE)
def month(work: Work, year: int, number: int) -> MonthLoad:
    """Appointments per day of a month."""
    last = calendar.monthrange(year, number)[1]
    return MonthLoad(queries.month_load(work.tx, date(year, number, 1), date(year, number, last)))


@ask(Permission.SEE_SCHEDULE)
def physicians(work: Work) -> tuple[StaffRow, ...]:
    """Physicians who may be booked."""
    return staff_queries.staff(work.tx, Role.PHYSICIAN)


@ask(Permission.SEE_SCHEDULE)
def rooms(work: Work) -> tuple[ResourceRow, ...]:
    """Rooms that may be booked, with what they have."""
    return queries.resources(work.tx, "room")


@ask(Permission.SEE_SCHEDULE)
def last_hand(work: Work, patient_id: int) -> str:
    """Who has last changed an appointment of a patient; empty where nobody of the staff did."""
    return queries.last_hand(work.tx, patient_id)


@ask(Permission.SEE_SCHEDULE)
def history(work: Work, appointment_id: int) -> tuple[StatusStep, ...]:
    """Every step of an appointment, oldest first."""
    steps = queries.history(work.tx, appointment_id, describe(work))
    customs = work.clinic.customs
    return tuple(replace(each, note=moved_words(each.note, work.zone, customs)) for each in steps)
