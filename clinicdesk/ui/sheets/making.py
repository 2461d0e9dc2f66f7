"""Which service makes a sheet, from what is chosen on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from clinicdesk.domain.rows.documents import (
    ConfirmedDates,
    SheetForm,
    SheetRequest,
    SheetSubject,
    StoredSheet,
)
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.sheets import NOTE
from clinicdesk.services import notes, sheets
from clinicdesk.services.context import Clinic, Done


@dataclass(frozen=True)
class Choice:
    """What is chosen on the page."""

    kind: str
    form: SheetForm
    dates: ConfirmedDates


def making(
    clinic: Clinic, actor: Actor, subject: SheetSubject, choice: Choice
) -> Callable[[], Done[StoredSheet]]:
    """The work that makes the sheet and stores it; runs in a lane."""
    form = choice.form
    if choice.kind == NOTE:
        return partial(
            notes.prepare, clinic, actor, procedure_id=subject.procedure_id, paper=form.paper,
            large=form.large,
        )  # fmt: skip
    by_log = subject.procedure_id is not None and (
        choice.kind == "aftercare" or subject.appointment_id is None
    )
    request = SheetRequest(
        kind=choice.kind,
        appointment_id=None if by_log else subject.appointment_id,
        procedure_id=subject.procedure_id if by_log else None,
        planned_id=subject.planned_id,
        form=form,
        dates=choice.dates,
    )
    return partial(sheets.prepare, clinic, actor, request)
