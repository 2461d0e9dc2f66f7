"""From when on it may be done again: list, letter and sheet say one day, for a whole clinic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.due import listed
from support.pages import words_of

from clinicdesk.documents import render
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.rows.documents import RecallFacts, SheetRequest
from clinicdesk.domain.rows.due import DueGroup, DueReason, DueRow
from clinicdesk.services import due, due_print, sheet_facts

pytestmark = pytest.mark.slow


@pytest.fixture
def letters_of(monkeypatch: pytest.MonkeyPatch) -> list[RecallFacts]:
    """What the letters said that were printed."""
    said: list[RecallFacts] = []
    original = render.render

    def kept(kind: str, facts: Any, *rest: Any) -> Any:
        said.append(facts)
        return original(kind, facts, *rest)

    monkeypatch.setattr(render, "render", kept)
    return said


def sheet_day(clinic: Any, actor: Any, number: int) -> tuple[Any, date | None]:
    """What the after-care of a procedure says: (procedure and intent), day."""
    request = SheetRequest("aftercare", procedure_id=number)
    material = sheet_facts.material_of(clinic, actor, request)
    subject = material.subject
    facts = sheet_facts.facts_of(clinic, material)
    return (subject.procedure, subject.intent), facts.repeat_from


def test_list_letter_and_sheet_say_the_same_day(
    demo_clinic: Any, letters_of: list[RecallFacts], physician: Any
) -> None:
    clinic = demo_clinic
    today = clinic.today()
    due.refresh(clinic, physician, today)
    rows = listed(clinic, physician, today)
    assert len(rows) > 60
    by_last: dict[int, list[DueRow]] = {}
    for row in rows:
        by_last.setdefault(row.last_procedure_id, []).append(row)
    compared = 0
    for number, mine in by_last.items():
        try:
            what, day = sheet_day(clinic, physician, number)
        except NotFound:
            # Done elsewhere: no sheet of ours.
            continue
        same = [row.possible_from for row in mine if (row.procedure, row.intent) == what]
        expected = None if None in same or not same else max(filter(None, same))
        assert day == expected, mine
        compared += day is not None
    assert compared > 20
    open_rows = [
        row for row in rows
        if row.group is not DueGroup.BOOKED and row.reason is not DueReason.REVIEW
    ]  # fmt: skip
    ids = tuple(row.id for row in open_rows)
    text = words_of(due_print.letters(clinic, physician, ids, today, language="en").value.pdf)
    told = {
        (letter.mrn, item.done_on, item.sites, item.repeat_from)
        for letter in letters_of
        for item in letter.items
    }
    with_letter = {letter.mrn for letter in letters_of}
    written = [row for row in open_rows if row.mrn in with_letter]
    assert len(written) > 40
    for row in written:
        day = row.possible_from
        assert (row.mrn, row.last_done, row.last_sites, day) in told
        if day is not None and day > today:
            assert f"{day.day} {day:%b %Y}" in text
