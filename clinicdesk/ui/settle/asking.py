"""What the list and its number ask the services, in the lane."""

from __future__ import annotations

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.calls import PromisedCall
from clinicdesk.domain.rows.people import Actor
from clinicdesk.services import calls, deaths, reviews
from clinicdesk.services.context import Clinic
from clinicdesk.ui.settle.lines import Waiting

TOUCHES = frozenset({"appointment", "patient", "procedure", "follow_up", "reading"})
"""Kinds of changes after which something else may wait."""


def ask_waiting(clinic: Clinic, actor: Actor) -> Waiting:
    """What waits, but for the held drugs: those take the checks, and longer; in the lane."""
    promised: tuple[PromisedCall, ...] = ()
    if actor.may(Permission.WORK_DUE_LIST):
        promised = calls.promised(clinic, actor, clinic.today())
    return Waiting(
        reviews=reviews.waiting(clinic, actor),
        deaths=deaths.ahead(clinic, actor),
        calls=promised,
    )
