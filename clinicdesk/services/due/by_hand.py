"""What is set by hand over a computed row: put aside for a while, a date of one's own."""

from __future__ import annotations

from datetime import date

from clinicdesk.data.queries import due_acts
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.identifiers import ssn_in
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act
from clinicdesk.services.due.contacting import places, tell
from clinicdesk.services.due.keeping import refresh_patient

LONGEST_REASON = 200
_LAST_YEAR = 2199


@act("due.snooze", Permission.WORK_DUE_LIST)
def snooze(work: Work, row_ids: tuple[int, ...], until: date | None, reason: str) -> None:
    """Puts rows aside until a day (None: for good); they come back that day, or when done anew.

    Raises:
        Invalid: on ``until``, ``reason`` or ``row``.
    """
    problems = _reason(reason, _("Say why, for example “wants to wait until spring”."))
    if until is not None and (until <= work.today or until.year > _LAST_YEAR):
        problems["until"] = _("Choose a day after today.")
    if problems:
        raise Invalid(problems)
    found = places(work, row_ids)
    for place in found:
        due_acts.add_snooze(work.tx, place, until, reason.strip())
    _refreshed(work, found)


@act("due.snooze", Permission.WORK_DUE_LIST)
def wake(work: Work, row_ids: tuple[int, ...]) -> None:
    """Takes rows up again; raises Invalid on ``row``."""
    found = places(work, row_ids)
    for place in found:
        due_acts.end_snoozes(work.tx, place)
    _refreshed(work, found)


@act("due.date", Permission.WORK_DUE_LIST)
def set_date(work: Work, row_id: int, day: date, reason: str) -> None:
    """Sets a date by hand; it counts until a newer procedure of the site exists.

    Raises:
        Invalid: on ``day``, ``reason`` or ``row``.
    """
    problems = _reason(reason, _("Say why this date, for example “physician wants to wait”."))
    if day < work.today or day.year > _LAST_YEAR:
        problems["day"] = _("Choose today or a later day.")
    if problems:
        raise Invalid(problems)
    found = places(work, (row_id,))
    due_acts.add_date(work.tx, found[0], day, reason.strip(), work.today)
    _refreshed(work, found)


@act("due.date", Permission.WORK_DUE_LIST)
def drop_date(work: Work, row_id: int) -> None:
    """Goes back to the computed date; the one set by hand stays on record.

    Raises:
        Invalid: on ``row``.
    """
    found = places(work, (row_id,))
    due_acts.add_date(work.tx, found[0], None, _("Back to the computed date"), work.today)
    _refreshed(work, found)


def _reason(reason: str, empty: str) -> dict[str, str]:
    if not reason.strip():
        return {"reason": empty}
    if len(reason) > LONGEST_REASON:
        return {
            "reason": _("Keep the reason to {longest_reason} letters.").format(
                longest_reason=LONGEST_REASON
            )
        }
    return ssn_in(reason=reason)


def _refreshed(work: Work, found: tuple[due_acts.Place, ...]) -> None:
    for patient_id in dict.fromkeys(place.patient_id for place in found):
        refresh_patient(work, patient_id)
    tell(work, found)
