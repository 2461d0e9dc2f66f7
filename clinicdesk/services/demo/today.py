"""The day on which the demo is opened: full, believable, and under way by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clinicdesk.domain.appointments import Status
from clinicdesk.services.demo.courses import Visit

OSEI, LINDQVIST = 0, 1


@dataclass(frozen=True)
class Slot:
    """One appointment of today: who sees whom for what. ``procedure`` empty: a visit."""

    physician: int
    at: str
    minutes: int
    procedure: str
    site: str
    intent: str = "therapeutic"
    title: str = ""
    no_show: bool = False
    teresa: bool = False


SLOTS = (
    Slot(OSEI, "08:00", 30, "", "", title="New patient"),
    Slot(OSEI, "08:30", 30, "facet.block", "L4-L5 right", "diagnostic"),
    Slot(OSEI, "09:00", 30, "esi.interlaminar", "L4-L5 midline"),
    Slot(OSEI, "09:30", 60, "facet.rfa", "L3-L4 left"),
    Slot(OSEI, "10:30", 45, "esi.transforaminal", "L5 left", teresa=True),
    Slot(OSEI, "11:15", 30, "esi.caudal", "caudal midline"),
    Slot(OSEI, "13:00", 30, "esi.transforaminal", "C6 right"),
    Slot(OSEI, "13:45", 45, "sympathetic.block", "stellate ganglion right"),
    Slot(OSEI, "15:30", 30, "", "", title="Follow-up"),
    Slot(LINDQVIST, "08:30", 30, "joint.injection", "knee right"),
    Slot(LINDQVIST, "09:00", 15, "tpi", "trapezius left", no_show=True),
    Slot(LINDQVIST, "09:15", 30, "nerve.block", "greater occipital bilateral"),
    Slot(LINDQVIST, "09:45", 30, "joint.injection", "shoulder left"),
    Slot(LINDQVIST, "10:15", 30, "nerve.block", "suprascapular right"),
    Slot(LINDQVIST, "11:00", 30, "joint.injection", "hip right"),
    Slot(LINDQVIST, "12:00", 30, "tpi", "piriformis left"),
    Slot(LINDQVIST, "13:15", 15, "", "", title="Follow-up"),
    Slot(LINDQVIST, "14:15", 45, "nerve.block", "genicular right"),
    Slot(LINDQVIST, "15:15", 45, "facet.block", "C4-C5 right", "diagnostic"),
    Slot(LINDQVIST, "16:00", 45, "facet.rfa", "L4-L5 right"),
)


def status_at(slot: Slot, start: datetime, now: datetime) -> Status:
    """Where the appointment stands at a moment of the day."""
    end = start + timedelta(minutes=slot.minutes)
    if slot.no_show and now > start:
        return Status.NO_SHOW
    if now >= end + timedelta(minutes=25):
        return Status.LEFT
    if now >= end:
        return Status.RECOVERING if slot.procedure else Status.LEFT
    if now >= start + timedelta(minutes=3):
        return Status.IN_ROOM
    if now >= start - timedelta(minutes=12):
        return Status.ARRIVED
    number = int(slot.at[:2]) + slot.physician
    return Status.BOOKED if number % 3 == 0 else Status.CONFIRMED


def visit(slot: Slot, day: date) -> Visit | None:
    """What is planned in a slot."""
    if not slot.procedure:
        return None
    after = 1 if slot.intent == "diagnostic" else 2
    return Visit(day, slot.procedure, (slot.site,), slot.intent, 7, after, 90)


def clock(slot: Slot) -> time:
    """The slot's wall-clock start."""
    return time.fromisoformat(slot.at)
