"""What the documents page calls things."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.documents import DocumentRow, SheetSubject
from clinicdesk.domain.sheets import NOTE
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui.local import time_text

KINDS = {"consent": _("Consent"), "aftercare": _("After-care"), "note": _("Procedure note")}
ICONS = {"consent": "pen", "aftercare": "home", "note": "note"}
"""Kinds of sheet in the order in which they are offered."""

STATES = {
    LogState.PLANNED.value: LogState.PLANNED.label,
    LogState.OPEN.value: _("Logged, not signed"),
    LogState.SIGNED.value: _("Logged and signed"),
}


def kinds_for(subject: SheetSubject, *, notes: bool) -> tuple[str, ...]:
    """What can be made for a procedure; a note of a signed one, for who may read ``notes``."""
    readable = notes and subject.state == LogState.SIGNED
    return tuple(kind for kind in KINDS if kind != NOTE or readable)


def kind_name(kind: str) -> str:
    """``Consent``; a kind that this version does not know is shown as it is stored."""
    return KINDS.get(kind, kind.capitalize())


def subject_heading(subject: SheetSubject, today: datetime) -> str:
    """``Today, Transforaminal ESI, L5 left``."""
    same = subject.when.date() == today.date()
    day = _("Today") if same else day_words(subject.when)
    return ", ".join((day, subject.name, *subject.sites))


def stored_words(row: DocumentRow, zone: ZoneInfo) -> str:
    """``24 Nov 2026, 10:12, Joelle Marsh``."""
    local = row.created_at.astimezone(zone)
    return f"{day_words(local)}, {time_text(local)}, {row.created_by or _('program')}"


def use_words(row: DocumentRow) -> str:
    """How often it was printed and saved; empty for never."""
    parts = []
    if row.printed:
        parts.append(_n("Printed", "Printed {printed}×", row.printed).format(printed=row.printed))
    if row.saved:
        parts.append(_n("Saved", "Saved {saved}×", row.saved).format(saved=row.saved))
    return ", ".join(parts)


def hash_words(sha256: str) -> str:
    """The beginning of a hash in groups of four: enough to compare two sheets by eye."""
    return " ".join(sha256[start : start + 4] for start in range(0, 16, 4))


def file_name(row: DocumentRow) -> str:
    """A file name without the patient's name: kind and document code."""
    code = re.sub(r"[^A-Za-z0-9]+", "-", row.document_code or row.template_id).strip("-")
    return f"{row.kind}-{code}.pdf"


def related(row: DocumentRow, current: DocumentRow) -> bool:
    """Whether two stored sheets are versions of one: same kind, same visit or procedure."""
    if row.kind != current.kind:
        return False
    if row.procedure_id is not None and current.procedure_id is not None:
        return row.procedure_id == current.procedure_id
    if current.appointment_id is not None:
        return row.appointment_id == current.appointment_id
    return row.procedure_id == current.procedure_id
