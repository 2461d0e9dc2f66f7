"""What the list says of a site is what the verdict card says, for every row of a demo clinic."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from support.due import listed

from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.due import DueGroup
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services import verdicts

pytestmark = pytest.mark.slow


def test_first_day_and_status_are_those_of_the_card(demo_clinic: Any, frontdesk: Any) -> None:
    today = demo_clinic.today()
    compared = 0
    for row in listed(demo_clinic, frontdesk, today):
        if row.group is DueGroup.BOOKED:
            continue  # its own booking is left out of the list's question, not of the card's

        def ask(on: Any, row: Any = row) -> Any:
            plan = PlanRequest(row.patient_id, row.procedure, row.sites, on, Intent(row.intent))
            return verdicts.assess(demo_clinic, frontdesk, plan)

        since = max(today, row.last_done + timedelta(days=1))
        assert ask(since).earliest == max(row.allowed_from, since), row
        assert ask(max(row.allowed_from, today)).status == row.status, row
        compared += 1
    assert compared > 60


def test_the_first_day_is_the_first(demo_clinic: Any, frontdesk: Any) -> None:
    today = demo_clinic.today()
    waiting = 0
    for row in listed(demo_clinic, frontdesk, today):
        if row.group is DueGroup.BOOKED or row.allowed_from <= today + timedelta(days=1):
            continue
        plan = PlanRequest(
            row.patient_id, row.procedure, row.sites, row.allowed_from - timedelta(days=1),
            Intent(row.intent),
        )  # fmt: skip
        assert verdicts.assess(demo_clinic, frontdesk, plan).status == "not-before", row
        waiting += 1
    assert waiting > 5
