"""What stands in the booking panel, as it is typed: to be kept on disk and put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLineEdit

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.procedures import Guidance, Intent
from clinicdesk.ui.booking.patient_section import PatientSection
from clinicdesk.ui.booking.place_section import PlaceSection
from clinicdesk.ui.booking.procedure_section import ProcedureSection
from clinicdesk.ui.booking.time_section import TimeSection
from clinicdesk.ui.booking.words import hit_name
from clinicdesk.ui.widgets import TextArea

Body = dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """What of the panel is filled in."""

    catalogue: Catalogue
    patient: PatientSection
    procedure: ProcedureSection
    place: PlaceSection
    time: TimeSection
    note: TextArea
    reason: QLineEdit


def content_of(parts: Parts) -> Body | None:
    """What is entered, for JSON; None where nothing would be lost."""
    procedure, hit = parts.procedure, parts.patient.hit
    typed = parts.patient.search.text().strip()
    note = parts.note.toPlainText()
    plan = procedure.procedure
    if not (hit or typed or plan or procedure.visit or note.strip()):
        return None
    guidance = parts.place.guidance_value
    date, time, minutes = parts.time.texts
    return {
        "patient": hit.id if hit else None,
        "who": hit_name(hit) if hit else typed,
        "typed": "" if hit else typed,
        "procedure": plan.id if plan else "",
        "visit": procedure.visit,
        "sites": procedure.sites,
        "intent": procedure.intent.value if procedure.intent else "",
        "guidance": guidance.value if guidance else "",
        "physician": parts.place.physician_id,
        "room": parts.place.room_id,
        "date": date,
        "time": time,
        "minutes": minutes,
        "note": note,
        "reason": parts.reason.text(),
    }


def put_back(parts: Parts, body: Body) -> None:
    """Fills an empty panel with what ``content_of`` gave; what is unknown by now is left out."""
    procedure = parts.procedure
    if body.get("procedure") in parts.catalogue.procedures:
        intent = Intent(body["intent"]) if body.get("intent") else None
        procedure.set_procedure(body["procedure"], (), intent)
        procedure.site.setText(str(body.get("sites", "")))
        procedure.check_site(quiet_when_empty=True)
    elif body.get("visit"):
        procedure.set_visit(str(body["visit"]))
    if body.get("guidance"):
        parts.place.set_guidance(Guidance(body["guidance"]))
    parts.place.choose(body.get("physician"), body.get("room"))
    texts = (body.get(name, "") for name in ("date", "time", "minutes"))
    parts.time.put_texts(*(str(text) for text in texts))
    parts.note.setPlainText(str(body.get("note", "")))
    parts.reason.setText(str(body.get("reason", "")))
    if isinstance(body.get("patient"), int):
        parts.patient.choose(body["patient"])
    else:
        parts.patient.search.setText(str(body.get("typed", "")))
