"""What somebody was typing into a form, kept in the database until it is saved or given up.

A draft is shown to nobody but its owner. No record yet, so it is not audited. The log keeps its
own (``procedures.save_draft``).
"""

from __future__ import annotations

from typing import Any

from clinicdesk.data.queries import drafts
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.services.context import Clinic, Work, ask, permitted

BOOKING, PATIENT, CALL = "booking", "patient", "call"
"""The forms that are kept."""


@permitted("draft.keep", Permission.FIND_PATIENT)
def keep(clinic: Clinic, actor: Actor, kind: str, subject: str, body: dict[str, Any]) -> None:
    """Keeps what is typed, in place of the last of its subject.

    Args:
        kind: one of the forms above.
        subject: what it is about, e.g. ``patient:17``.
        body: what JSON can hold.
    """
    drafts.save(clinic.store, actor.staff_id, kind, subject, body)


@permitted("draft.drop", Permission.FIND_PATIENT)
def drop(clinic: Clinic, actor: Actor, kind: str, subject: str) -> None:
    """Forgets what was typed."""
    drafts.discard(clinic.store, actor.staff_id, kind, subject)


@ask(Permission.FIND_PATIENT)
def kept(work: Work, kind: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """This person's drafts of a form, each its subject and body, the newest first."""
    found = drafts.listed(work.tx, work.actor.staff_id)
    return tuple((row.subject, row.body) for row in found if row.kind == kind)
