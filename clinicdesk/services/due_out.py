"""What became of letters that were made: printed, or saved as a file, and by whom."""

from __future__ import annotations

from clinicdesk.data.queries import documents as document_queries
from clinicdesk.data.queries import due_acts
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import LETTER_MADE, LETTER_PRINTED, LETTER_SAVED
from clinicdesk.domain.states import SheetUse
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act

_OUT = {SheetUse.PRINTED: LETTER_PRINTED, SheetUse.SAVED: LETTER_SAVED}


@act("due.letters_out", Permission.PRINT)
def put_out(
    work: Work, documents: tuple[int, ...], contacts: tuple[int, ...], use: SheetUse
) -> None:
    """Keeps that letters were printed or saved: with the sheets, and as contacts of their rows.

    Args:
        work: of the act.
        documents, contacts: of ``Printed``. A contact that was taken back meanwhile stays so.
        use: ``printed`` or ``saved``.

    Raises:
        Invalid: on ``use``.
    """
    if use not in _OUT:
        raise Invalid({"use": _("A sheet is printed or saved.")})
    for number in documents:
        document_queries.add_use(work.tx, number, use)
        work.tx.changed("document", document_queries.document(work.tx, number).patient_id)
    for attempt in due_acts.attempts_by_id(work.tx, contacts):
        if attempt.withdrawn is None and attempt.outcome == LETTER_MADE:
            due_acts.replace_outcome(work.tx, attempt, _OUT[use], work.today)
            work.tx.changed("due", attempt.patient_id)
    work.tx.note("due.letters_out", letters=len(documents), use=use.value)
