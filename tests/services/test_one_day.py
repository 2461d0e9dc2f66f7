"""From when on it may be done again: list, letter and sheet say one day, for a whole clinic."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from support.due import listed, performed
from support.due_print import rows_of
from support.pages import words_of

from clinicdesk.data.tables import Coverage
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


def day_told(row: DueRow) -> date | None:
    """The day of the list, where it is one that a rule gives and nobody has yet to decide."""
    first = row.last_done + timedelta(days=1)
    if row.reason is DueReason.REVIEW or row.possible_from in (None, first):
        return None
    return row.possible_from


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
        days = [day_told(row) if (row.procedure, row.intent) == what else None for row in mine]
        expected = None if None in days else max(filter(None, days))
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


@pytest.mark.parametrize(
    ("pack", "procedure", "site", "intent", "after"),
    [
        ("us-medicare", "facet.block", "L4-L5 left", "diagnostic", 6),
        ("us-commercial", "facet.block", "L4-L5 left", "diagnostic", 6),
        ("us-commercial", "facet.block", "L4-L5 left", "diagnostic", 1),
        ("us-medicare", "sympathetic.block", "stellate ganglion left", "therapeutic", 3),
    ],
)
def test_a_day_that_no_rule_gives_or_that_is_to_be_decided_is_not_promised(
    embedded_clinic: Any, physician: Any, pack: str, procedure: str, site: str, intent: str,
    after: int,
) -> None:  # fmt: skip
    clinic, today = embedded_clinic, embedded_clinic.today()
    patient = clinic.seeded.teresa
    with clinic.store.write(None, "test.payer") as tx:
        tx.add(Coverage(patient_id=patient, payer=pack, pack=pack, valid_from=date(2026, 1, 1)))
    number = performed(
        clinic, today, procedure, site, intent=intent, before=7, after=after, steroid=False
    )
    rows = rows_of(clinic, physician, today)
    assert number in rows
    expected = day_told(rows[number])
    assert expected is None or (expected - today).days > 1
    assert sheet_day(clinic, physician, number)[1] == expected
    if after == 6:
        assert rows[number].reason is DueReason.REVIEW
        assert expected is None
