"""A death with appointments ahead: the line stands on the chart until they are cancelled."""

from __future__ import annotations

from typing import Any

from support import settle
from support.desk import Desk, words_in

from clinicdesk.domain.appointments import Status
from clinicdesk.services import schedule
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.page import PatientsPage


class ChartDesk(Desk):
    """A window with the patients' page."""

    key_of_page = "patients"

    def make(self, context: UiContext) -> PatientsPage:
        return PatientsPage(context)


def test_what_lies_ahead_is_offered_and_cancelled_at_once(sit: Any, embedded_clinic: Any) -> None:
    made = settle.everything(embedded_clinic)
    desk = sit(ChartDesk)
    desk.open(patient_id=desk.seeded.jurgen)
    assert "Died on 22 Nov 2026. 2 appointments lie ahead." in words_in(desk.page)
    desk.open(patient_id=desk.seeded.teresa)
    assert "lie ahead" not in words_in(desk.page)
    desk.open(patient_id=desk.seeded.jurgen)
    desk.click(desk.button("Cancel the 2 appointments ahead"))
    assert "Died on 22 Nov 2026." in words_in(desk.page)
    assert "lie ahead" not in words_in(desk.page)
    assert desk.said[-1] == "2 appointments cancelled"
    row = schedule.appointment(desk.clinic, desk.actor, made["death"])
    assert row.status is Status.CANCELLED
