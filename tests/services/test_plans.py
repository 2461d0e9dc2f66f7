"""Nothing that a page asks reads a growing table from end to end: both databases' own plans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from support.plans import FEW, scans

from clinicdesk.domain.rows.due import DueFilter
from clinicdesk.domain.rows.schedule import PlanRequest, TimeRequest
from clinicdesk.services import (
    calls,
    due,
    free_times,
    holds,
    patients,
    reviews,
    schedule,
    signin,
    verdicts,
)
from clinicdesk.services.context import Clinic
from clinicdesk.services.demo import make_demo
from clinicdesk.services.procedures import opening

MAY = {
    # Read off its end until enough lots are found.
    "a log": {"administration"},
    # Dangers that were raised, few against the appointments; so few rows may be met first.
    "reviews that wait": {"safety_finding"},
    # The words that names are made of: few against patients.
    "a name looked for in it": {"search_word"},
    "a site looked for in it": {"search_word"},
}


class _Asked:
    """A clinic with something in every table, and what its pages ask."""

    def __init__(self, clinic: Any, people: dict[str, Any]) -> None:
        self.clinic, self.people = clinic, people
        self.today = clinic.today()
        day = schedule.day(clinic, people["frontdesk"], self.today)
        self.row = next(row for row in day.appointments if row.procedure_id)
        self.due = due.overview(clinic, people["frontdesk"], DueFilter(), self.today).ids[:50]
        self.patient = self.row.patient_id

    def __getattr__(self, name: str) -> Any:
        return self.people[name]

    def plan(self) -> PlanRequest:
        return PlanRequest(
            self.patient, "esi.transforaminal", ("L5 left",), self.today + timedelta(days=1)
        )

    def time(self) -> TimeRequest:
        start = datetime.combine(self.today + timedelta(days=1), self.row.start.timetz())
        return TimeRequest(
            start, 30, self.patient, self.row.physician_id, self.row.room_id, "esi.transforaminal"
        )


PAGES: dict[str, Callable[[_Asked], object]] = {
    "who signs in": lambda a: signin.staff_for_sign_in(a.clinic),
    "signing in": lambda a: signin.sign_in(a.clinic, "frontdesk", "demo", "desk"),
    "a day": lambda a: schedule.day(a.clinic, a.frontdesk, a.today),
    "a month": lambda a: schedule.month(a.clinic, a.frontdesk, a.today.year, a.today.month),
    "an appointment": lambda a: schedule.appointment(a.clinic, a.frontdesk, a.row.id),
    "its steps": lambda a: schedule.history(a.clinic, a.frontdesk, a.row.id),
    "a time asked about": lambda a: free_times.check(a.clinic, a.frontdesk, a.time()),
    "the first free time": lambda a: free_times.first_free(
        a.clinic, a.frontdesk, a.time(), a.plan()
    ),
    "the rules": lambda a: verdicts.assess(a.clinic, a.frontdesk, a.plan()),
    "promised calls": lambda a: calls.promised(a.clinic, a.frontdesk, a.today),
    "reviews that wait": lambda a: reviews.waiting(a.clinic, a.physician),
    "held drugs": lambda a: holds.worklist(a.clinic, a.nurse),
    "held drugs of one": lambda a: holds.of_appointment(a.clinic, a.nurse, a.row.id),
    "a chart": lambda a: patients.open_chart(a.clinic, a.physician, a.patient),
    "a banner": lambda a: patients.banner(a.clinic, a.frontdesk, a.patient),
    "a name typed": lambda a: patients.search(a.clinic, a.frontdesk, "villalobos teresa"),
    "a number typed": lambda a: patients.search(a.clinic, a.frontdesk, "004182"),
    "a slip typed": lambda a: patients.search(a.clinic, a.frontdesk, "vilalobso"),
    "the due list's beginning": lambda a: due.opening(
        a.clinic, a.frontdesk, DueFilter(), a.today
    ),
    "one family of it": lambda a: due.opening(
        a.clinic, a.frontdesk, DueFilter(families=frozenset({"esi"})), a.today
    ),
    "a page of it": lambda a: due.rows(a.clinic, a.frontdesk, a.due, a.today),
    "a patient's rows": lambda a: due.of_patient(a.clinic, a.frontdesk, a.patient, a.today),
    "contacts of a row": lambda a: due.contacts(a.clinic, a.frontdesk, a.due[0]),
    "a name looked for in it": lambda a: due.overview(
        a.clinic, a.frontdesk, DueFilter(text="villalobos"), a.today
    ),
    "a site looked for in it": lambda a: due.overview(
        a.clinic, a.frontdesk, DueFilter(text="knee left"), a.today
    ),
    "whether it is behind": lambda a: due.behind(a.clinic, a.frontdesk, a.today),
    "logs to do": lambda a: opening.to_do(a.clinic, a.physician),
    "a log": lambda a: opening.open_procedure(a.clinic, a.physician, a.row.procedure_id),
}  # fmt: skip


@pytest.fixture
def asked(store: Any, catalogue: Any, clock: Any, request: pytest.FixtureRequest) -> _Asked:
    make_demo(store, patients=60, years=2, seed=7, clock=clock)
    clinic = Clinic(store, clock, catalogue)
    logins = ("frontdesk", "nurse", "physician", "manager")
    return _Asked(clinic, {name: signin.sign_in(clinic, name, "demo", "t") for name in logins})


def test_no_question_of_a_page_reads_a_growing_table_from_end_to_end(asked: _Asked) -> None:
    found = {
        page: read
        for page, ask in PAGES.items()
        if (
            read := scans(
                asked.clinic.store, lambda ask=ask: ask(asked), FEW | MAY.get(page, set())
            )
        )
    }
    assert not found, "\n\n".join(f"{page}:\n  " + "\n  ".join(r) for page, r in found.items())
