"""The calls that sheets promise: who is to be called on a day, and what came of it."""

from __future__ import annotations

from datetime import date

from clinicdesk.data.queries import calls as queries
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.calls import PromisedCall
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act, ask

OUTCOMES = ("reached", "not_reached", "declined")


@ask(Permission.WORK_DUE_LIST)
def promised(work: Work, on: date) -> tuple[PromisedCall, ...]:
    """Calls due by ``on`` that nobody made yet, the longest due first."""
    return queries.open_calls(work.tx, on)


@act("call.made", Permission.WORK_DUE_LIST)
def made(work: Work, call_id: int, outcome: str) -> None:
    """Keeps that a promised call was made, and what came of it.

    Raises:
        Invalid: ``outcome`` is none of ``OUTCOMES``, or ``call``: it was made already.
        NotFound: there is no such call.
    """
    if outcome not in OUTCOMES:
        raise Invalid({"outcome": _("Say whether the patient was reached.")})
    patient = queries.made(work.tx, call_id, outcome)
    work.tx.changed("follow_up", patient)
