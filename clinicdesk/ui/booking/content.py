"""What stands in the booking panel, as it is typed: to be kept on disk and put back."""

from __future__ import annotations

from typing import Any, Protocol

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.procedures import Guidance, Intent
from clinicdesk.ui.booking.patient_section import PatientSection
from clinicdesk.ui.booking.place_section import PlaceSection
from clinicdesk.ui.booking.procedure_section import ProcedureSection
from clinicdesk.ui.booking.time_section import TimeSection
from clinicdesk.ui.booking.words import hit_name
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.widgets import TextArea

Body = dict[str, Any]


class Fields(Protocol):
    """The parts of a booking that hold what is entered."""

    patient: PatientSection
    procedure: ProcedureSection
    place: PlaceSection
    time: TimeSection
    card: VerdictCardWidget
    note: TextArea

    @property
    def catalogue(self) -> Catalogue:
        """What can be booked."""


def content_of(panel: Fields) -> Body | None:
    """What is entered, for JSON; None where nothing would be lost."""
    procedure, hit = panel.procedure, panel.patient.hit
    typed = panel.patient.search.text().strip()
    note = panel.note.toPlainText()
    plan = procedure.procedure
    if not (hit or typed or plan or procedure.visit or note.strip()):
        return None
    guidance = panel.place.guidance_value
    date, time, minutes = panel.time.texts
    return {
        "patient": hit.id if hit else None,
        "who": hit_name(hit) if hit else typed,
        "typed": "" if hit else typed,
        "procedure": plan.id if plan else "",
        "visit": procedure.visit,
        "sites": procedure.sites,
        "intent": procedure.intent.value if procedure.intent else "",
        "guidance": guidance.value if guidance else "",
        "physician": panel.place.physician_id,
        "room": panel.place.room_id,
        "date": date,
        "time": time,
        "minutes": minutes,
        "note": note,
        "reason": panel.card.reason.text(),
    }


def put_back(panel: Fields, body: Body) -> None:
    """Fills an empty panel with what ``content_of`` gave; what is unknown by now is left out."""
    procedure = panel.procedure
    if body.get("procedure") in panel.catalogue.procedures:
        intent = Intent(body["intent"]) if body.get("intent") else None
        procedure.set_procedure(body["procedure"], (), intent)
        procedure.site.setText(str(body.get("sites", "")))
        procedure.check_site(quiet_when_empty=True)
    elif body.get("visit"):
        procedure.set_visit(str(body["visit"]))
    if body.get("guidance"):
        panel.place.set_guidance(Guidance(body["guidance"]))
    panel.place.choose(body.get("physician"), body.get("room"))
    texts = (body.get(name, "") for name in ("date", "time", "minutes"))
    panel.time.put_texts(*(str(text) for text in texts))
    panel.note.setPlainText(str(body.get("note", "")))
    panel.card.reason.setText(str(body.get("reason", "")))
    if isinstance(body.get("patient"), int):
        panel.patient.choose(body["patient"])
    else:
        panel.patient.search.setText(str(body.get("typed", "")))
