"""Contacts: one attempt per row, and the way back from a wrong click."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.data.queries import due_acts
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.identifiers import ssn_in
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import CALL_OUTCOMES, ContactForm
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act

KINDS = ("phone", "letter", "other")
LONGEST_NOTE = 500
_OUTCOMES = frozenset(key for key, __ in CALL_OUTCOMES)
_GONE = _("This row has left the list in the meantime. Refresh the list.")


@act("due.contact", Permission.WORK_DUE_LIST)
def log_contact(work: Work, row_ids: tuple[int, ...], form: ContactForm) -> tuple[int, ...]:
    """Keeps one attempt per row; the ids of the attempts.

    Raises:
        Invalid: on ``outcome``, ``kind``, ``next_on``, ``note``, or ``row`` where it has left.
    """
    _check(work, form)
    found = places(work, row_ids)
    ids = tuple(due_acts.add_attempt(work.tx, place, form, work.today) for place in found)
    tell(work, found)
    return ids


@act("due.take_back", Permission.WORK_DUE_LIST)
def take_back(work: Work, contact_ids: tuple[int, ...]) -> None:
    """Marks attempts as a wrong click: they stay on record and no longer count.

    Raises:
        Invalid: on ``contact``, for somebody else's, an older one, or one taken back already.
    """
    rows = due_acts.attempts_by_id(work.tx, contact_ids)
    if not rows or len(rows) != len(set(contact_ids)):
        raise Invalid({"contact": _("This contact is not on record. Refresh the list.")})
    for row in rows:
        if row.staff_id != work.actor.staff_id:
            raise Invalid({"contact": _("Only the person who logged a contact may take it back.")})
        if row.local_date != work.today:
            raise Invalid({"contact": _("Only a contact of today can be taken back.")})
        if row.withdrawn is not None:
            raise Invalid({"contact": _("This contact was taken back already.")})
        due_acts.withdraw(work.tx, row, work.today)
        work.tx.changed("due", row.patient_id)


def _check(work: Work, form: ContactForm) -> None:
    problems: dict[str, str] = {}
    if form.kind not in KINDS:
        problems["kind"] = _("Say whether it was by phone, by letter or otherwise.")
    if form.outcome not in _OUTCOMES:
        problems["outcome"] = _("Choose how it ended.")
    if form.next_on is not None and form.next_on <= work.today:
        problems["next_on"] = _("Choose a day after today to try again.")
    elif form.next_on is None and form.outcome == "call_back":
        problems["next_on"] = _("Say on which day to call again.")
    problems |= ssn_in(note=form.note)
    if len(form.note) > LONGEST_NOTE:
        problems["note"] = _("Keep the note to {longest_note} letters.").format(
            longest_note=LONGEST_NOTE
        )
    if problems:
        raise Invalid(problems)


# -- shared with what is set by hand ------------------------------------------------------------


def places(work: Work, row_ids: tuple[int, ...]) -> tuple[due_acts.Place, ...]:
    """What the rows are about; raises Invalid on ``row`` if one has left the list."""
    found = due_acts.places(work.tx, row_ids)
    if not row_ids or len(found) != len(set(row_ids)):
        raise Invalid({"row": _GONE})
    return tuple(found[number] for number in dict.fromkeys(row_ids))


def tell(work: Work, found: Iterable[due_acts.Place]) -> None:
    """Other windows ask again about these patients."""
    for place in found:
        work.tx.changed("due", place.patient_id)
