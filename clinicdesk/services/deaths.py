"""After a death is recorded: what lies ahead of the patient is cancelled in one act."""

from __future__ import annotations

from clinicdesk.data.queries import deaths as queries
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Stale
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.deaths import AheadOfDeath
from clinicdesk.domain.translation import _
from clinicdesk.services import booking
from clinicdesk.services.context import Work, act, ask


@ask(Permission.SEE_SCHEDULE)
def ahead(work: Work, patient_id: int | None = None) -> tuple[AheadOfDeath, ...]:
    """Who has died and is still booked or in the house, the next appointment first."""
    return tuple(queries.ahead(work.tx, work.today, work.zone, patient_id))


@act("appointment.cancel_ahead", Permission.BOOK)
def cancel_ahead(work: Work, patient_id: int) -> int:
    """Cancels all that is booked ahead for a patient who has died; how many there were.

    A visit that had begun is left to whoever was there: it is ended, and not cancelled.

    Raises:
        Stale: nothing is booked any more, or no death is recorded.
    """
    found = queries.ahead(work.tx, work.today, work.zone, patient_id)
    cancel = found[0].to_cancel if found else ()
    if not cancel:
        raise Stale(_("Nothing is booked ahead any more. Look at the list again."))
    reason = _("The patient died on {day}").format(day=day_words(found[0].deceased_on))
    for each in cancel:
        booking.cancel_in(work, each.appointment_id, each.version, reason)
    work.because(reason)
    return len(cancel)
