"""Which service makes a sheet, from what is chosen on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from clinicdesk.domain.rows.documents import SheetSubject, StoredSheet
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.sheets import NOTE
from clinicdesk.services import notes, sheets
from clinicdesk.services.context import Clinic, Done


@dataclass(frozen=True)
class Choice:
    """What is chosen; ``language`` and ``paper`` empty: the patient's, the clinic's.

    ``dates``: restart of the blood thinner, next possible date, as confirmed.
    """

    kind: str
    language: str
    paper: str
    large: bool
    dates: tuple[datetime | None, date | None]


def making(
    clinic: Clinic, actor: Actor, subject: SheetSubject, choice: Choice
) -> Callable[[], Done[StoredSheet]]:
    """The work that makes the sheet and stores it; runs in a lane."""
    paper = choice.paper or None
    if choice.kind == NOTE:
        return partial(
            notes.prepare, clinic, actor, procedure_id=subject.procedure_id, paper=paper,
            large=choice.large,
        )  # fmt: skip
    by_log = subject.procedure_id is not None and (
        choice.kind == "aftercare" or subject.appointment_id is None
    )
    restart, repeat_from = choice.dates
    return partial(
        sheets.prepare,
        clinic,
        actor,
        choice.kind,
        appointment_id=None if by_log else subject.appointment_id,
        procedure_id=subject.procedure_id if by_log else None,
        planned_id=subject.planned_id,
        language=choice.language or None,
        paper=paper,
        large=choice.large,
        restart=restart,
        repeat_from=repeat_from,
    )
