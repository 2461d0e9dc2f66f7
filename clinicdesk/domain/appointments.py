"""Appointments: their states and what may follow what."""

from __future__ import annotations

from enum import StrEnum

from clinicdesk.domain.translation import _


class Status(StrEnum):
    """Where an appointment stands; the words are those stored."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    PREPARING = "preparing"
    IN_ROOM = "in_room"
    RECOVERING = "recovering"
    READY = "ready"
    LEFT = "left"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"

    @property
    def label(self) -> str:
        """The words on screen."""
        return _LABELS[self]

    @property
    def holds_time(self) -> bool:
        """Whether physician, room and patient are still taken by it."""
        return self not in NEVER_DONE


NEVER_DONE = (Status.CANCELLED, Status.NO_SHOW)
"""No time is held for them any more, and nothing comes of them."""
OVER = (*NEVER_DONE, Status.LEFT)
"""Nothing is settled for them any more: the patient did not come, or has gone."""

_LABELS = {
    Status.BOOKED: _("Booked"),
    Status.CONFIRMED: _("Confirmed"),
    Status.ARRIVED: _("Arrived"),
    Status.PREPARING: _("Being prepared"),
    Status.IN_ROOM: _("In room"),
    Status.RECOVERING: _("Recovering"),
    Status.READY: _("Ready to go"),
    Status.LEFT: _("Gone home"),
    Status.CANCELLED: _("Cancelled"),
    Status.NO_SHOW: _("No-show"),
}

_DAY = (
    Status.BOOKED,
    Status.CONFIRMED,
    Status.ARRIVED,
    Status.PREPARING,
    Status.IN_ROOM,
    Status.RECOVERING,
    Status.READY,
    Status.LEFT,
)

_NOT_BEGUN = (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.PREPARING)


def goes_on(old: Status, new: Status) -> bool:
    """Whether more is done for the patient: not a step back, the way out, or an end."""
    if new in NEVER_DONE or new is Status.LEFT:
        return False
    return old in NEVER_DONE or _DAY.index(new) > _DAY.index(old)


def may_follow(old: Status, new: Status) -> bool:
    """Whether an appointment in ``old`` may be set to ``new``.

    Along the day any step forward or back is allowed (a wrong click must be mendable): a patient
    checked in by mistake may turn out not to have come at all, one who cannot stay is cancelled
    until the room. Whoever was in the room came; one who left is not cancelled.
    """
    if old == new:
        return False
    if old in _DAY and new in _DAY:
        return True
    if new in NEVER_DONE:
        return old in _NOT_BEGUN or old in NEVER_DONE
    if old is Status.CANCELLED and new is Status.PREPARING:
        return True
    return new in (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED)
