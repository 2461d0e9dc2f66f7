"""What hinders a booking, each sentence at the field it concerns."""

from __future__ import annotations

from clinicdesk.ui.booking.patient_section import PatientSection
from clinicdesk.ui.booking.procedure_section import ProcedureSection
from clinicdesk.ui.booking.slot import Slot
from clinicdesk.ui.widgets import Banner

_ORDER = ("patient", "procedure", "sites", "physician", "room", "time")
"""As the eye goes."""
_OF_SLOT = ("physician", "room", "patient", "time")


class Faults:
    """Shows what is missing before the act, and what the service refused."""

    def __init__(
        self,
        patient: PatientSection,
        procedure: ProcedureSection,
        slot: Slot,
        trouble: Banner,
    ) -> None:
        self._patient, self._procedure, self._slot = patient, procedure, slot
        self._trouble = trouble

    def show_missing(self, wrong: dict[str, str]) -> None:
        """Sentences by field of the draft; the cursor goes to the first."""
        if not self._patient.show_wrong(wrong.get("patient", "")):
            self._trouble.show_text(wrong["patient"], "danger")
        self._procedure.family_field.set_error(wrong.get("procedure", ""))
        if "sites" in wrong:
            self._procedure.check_site()
        self._slot.place.physician_field.set_error(wrong.get("physician", ""))
        self._slot.time.check()
        self._jump(next(iter(wrong)))

    def _jump(self, field: str) -> None:
        jump = {
            "patient": self._patient.focus_here,
            "procedure": self._procedure.focus_here,
            "sites": self._procedure.focus_site,
            "physician": self._slot.place.focus_here,
            "room": self._slot.place.focus_room,
        }.get(field, self._slot.time.focus_wrong)
        jump()

    def show_refused(self, fields: dict[str, str]) -> bool:
        """Sentences by field, the cursor at the first; what belongs to none stands over the button.

        Returns:
            Whether time or place are among them.
        """
        left = dict(fields)
        of_slot = {key: left.pop(key) for key in _OF_SLOT if key in left}
        self._slot.show_wrong(of_slot)
        if site := left.pop("sites", ""):
            self._procedure.site_field.set_error(site)
        self._trouble.show_text(" ".join(left.values()), "danger")
        first = next((field for field in _ORDER if field in fields), "")
        if first:
            self._jump(first)
        return bool(of_slot)
