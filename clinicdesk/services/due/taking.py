"""Two clerks, one patient: who has a patient's rows in hand. No record, so it is not audited."""

from __future__ import annotations

from datetime import timedelta

from clinicdesk.data.queries import due_acts
from clinicdesk.data.tx import Tx
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import Taken
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic, permitted

LASTS = timedelta(minutes=5)


@permitted("due.take", Permission.WORK_DUE_LIST)
def take(clinic: Clinic, actor: Actor, row_id: int) -> Taken:
    """Takes the patient of a row in hand for five minutes, and puts down the one before.

    Of two desks at the same moment one gets the patient; the other hears who has him.

    Raises:
        NotFound: the row has left the list.
    """
    with clinic.store.unaudited(actor) as tx:
        place = due_acts.places(tx, (row_id,)).get(row_id)
        if place is None:
            raise NotFound(_("This row has left the list in the meantime. Refresh the list."))
        patient_id = place.patient_id
        if not due_acts.take(tx, patient_id, actor.staff_id, LASTS):
            return Taken(False, due_acts.holder(tx, patient_id), patient_id)
        _put_down(tx, actor, besides=patient_id)
        tx.changed("due", patient_id)
    return Taken(True, actor.name, patient_id)


@permitted("due.take", Permission.WORK_DUE_LIST)
def release(clinic: Clinic, actor: Actor) -> None:
    """Puts down whatever this person has in hand."""
    with clinic.store.unaudited(actor) as tx:
        _put_down(tx, actor)


def _put_down(tx: Tx, actor: Actor, besides: int | None = None) -> None:
    for patient_id in due_acts.put_down(tx, actor.staff_id, besides):
        tx.changed("due", patient_id)
