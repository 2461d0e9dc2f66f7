"""Contacts, rows put aside, dates set by hand, the export: on both databases."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from support.due import listed, pass_time, performed

from clinicdesk.data import tables as t
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.rows.due import ContactForm, DueFilter, DueGroup
from clinicdesk.services import due

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
CALL = ContactForm("phone", "no_answer", "Rang for long.")


@pytest.fixture
def desk(clinic: Any) -> Any:
    """The front desk; on the list Teresa's two sites, overdue, and Andrea's one."""
    performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2),))
    performed(clinic, date(2026, 3, 3), "joint.injection", "knee left")
    performed(clinic, date(2026, 4, 3), patient=clinic.seeded.andrea)
    actor = clinic.seeded.actor("frontdesk")
    due.refresh(clinic, actor, TODAY)
    return actor


def of(clinic: Any, desk: Any, site: str = "L5 left", patient: int | None = None) -> Any:
    patient = patient or clinic.seeded.teresa
    return next(
        row for row in listed(clinic, desk, TODAY) if (row.patient_id, row.site) == (patient, site)
    )


def later(clinic: Any, days: int) -> date:
    """Lets the clinic's clock go on."""
    pass_time(clinic, timedelta(days=days))
    return TODAY + timedelta(days=days)


# -- contacts -----------------------------------------------------------------------------------


def test_a_call_is_kept_for_its_site_alone(clinic: Any, desk: Any) -> None:
    row = of(clinic, desk)
    again = TODAY + timedelta(days=2)
    done = due.log_contact(
        clinic, desk, (row.id,), ContactForm("phone", "call_back", "Later.", again)
    )
    assert "due" in done.changes.kinds
    row = of(clinic, desk)
    assert (row.contacts, row.last_contact, row.next_contact) == (1, TODAY, again)
    assert (row.last_contact_kind, row.last_contact_outcome) == ("phone", "call_back")
    assert of(clinic, desk, "knee left").contacts == 0
    (kept,) = due.contacts(clinic, desk, row.id)
    assert (kept.author, kept.note, kept.id) == ("Joelle Marsh", "Later.", done.value[0])
    with clinic.store.read() as tx:
        act = tx.session.query(t.AuditAct).filter_by(action="due.contact").one()
        assert act.patient_id == clinic.seeded.teresa


def test_letters_to_many_at_once_newest_first(clinic: Any, desk: Any) -> None:
    rows = (of(clinic, desk).id, of(clinic, desk, patient=clinic.seeded.andrea).id)
    assert len(due.log_contact(clinic, desk, rows, ContactForm("letter", "letter")).value) == 2
    due.log_contact(clinic, desk, rows[:1], CALL)
    assert [c.outcome for c in due.contacts(clinic, desk, rows[0])] == ["no_answer", "letter"]
    assert of(clinic, desk).last_contact_outcome == "no_answer"


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        (ContactForm("phone", ""), "outcome", "Choose how it ended"),
        (ContactForm("phone", "shouted"), "outcome", "Choose how it ended"),
        (ContactForm("pigeon", "no_answer"), "kind", "by phone"),
        (ContactForm("phone", "call_back"), "next_on", "which day"),
        (ContactForm("phone", "no_answer", next_on=TODAY), "next_on", "after today"),
        (ContactForm("phone", "no_answer", note="x" * 501), "note", "500"),
    ],
)
def test_contacts_that_cannot_be(
    clinic: Any, desk: Any, form: ContactForm, field: str, said: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        due.log_contact(clinic, desk, (of(clinic, desk).id,), form)
    assert said in wrong.value.fields[field]
    assert of(clinic, desk).contacts == 0


def test_a_row_that_has_left_is_said_so_and_nothing_is_kept(clinic: Any, desk: Any) -> None:
    for act in (
        lambda ids: due.log_contact(clinic, desk, ids, CALL),
        lambda ids: due.snooze(clinic, desk, ids, None, "Wants to wait."),
        lambda ids: due.wake(clinic, desk, ids),
        lambda ids: due.set_date(clinic, desk, ids[-1], TODAY, "Asked for it."),
        lambda ids: due.drop_date(clinic, desk, ids[-1]),
    ):
        with pytest.raises(Invalid, match="left the list"):
            act((of(clinic, desk).id, 999_999))
    assert of(clinic, desk).contacts == 0
    assert due.contacts(clinic, desk, 999_999) == ()


def test_a_wrong_click_is_taken_back_and_stays_on_record(clinic: Any, desk: Any) -> None:
    row = of(clinic, desk)
    made = due.log_contact(clinic, desk, (row.id,), CALL).value
    due.take_back(clinic, desk, made)
    row = of(clinic, desk)
    assert (row.contacts, row.last_contact) == (0, None)
    assert due.contacts(clinic, desk, row.id) == ()
    with clinic.store.read() as tx:
        kept = tx.session.query(t.ContactAttempt).order_by(t.ContactAttempt.id).all()
        assert [(c.outcome, c.withdraws) for c in kept] == [("no_answer", None), ("", made[0])]
    with pytest.raises(Invalid, match="already"):
        due.take_back(clinic, desk, made)


def test_only_ones_own_of_today_can_be_taken_back(clinic: Any, desk: Any) -> None:
    made = due.log_contact(clinic, desk, (of(clinic, desk).id,), CALL).value
    with pytest.raises(Invalid, match="Only the person"):
        due.take_back(clinic, clinic.seeded.actor("nurse"), made)
    with pytest.raises(Invalid, match="not on record"):
        due.take_back(clinic, desk, (*made, 999_999))
    later(clinic, 1)
    with pytest.raises(Invalid, match="of today"):
        due.take_back(clinic, desk, made)
    assert of(clinic, desk).contacts == 1


def test_contacts_before_the_last_procedure_are_history(clinic: Any, desk: Any) -> None:
    due.log_contact(clinic, desk, (of(clinic, desk).id,), CALL)
    performed(clinic, TODAY + timedelta(days=9))
    on = later(clinic, 10)
    due.set_date(clinic, desk, of(clinic, desk).id, on, "Asked for it.")
    row = of(clinic, desk)
    assert (row.last_done, row.contacts) == (TODAY + timedelta(days=9), 0)
    assert len(due.contacts(clinic, desk, row.id)) == 1


# -- put aside ----------------------------------------------------------------------------------


def test_put_aside_until_a_day_and_back_on_it(clinic: Any, desk: Any) -> None:
    row = of(clinic, desk)
    until = TODAY + timedelta(days=14)
    due.snooze(clinic, desk, (row.id,), until, "Travels.")
    row = of(clinic, desk)
    assert row.group is DueGroup.SNOOZED
    assert (row.snooze.until, row.snooze.author, row.snooze.reason) == (
        until, "Joelle Marsh", "Travels.",
    )  # fmt: skip
    assert of(clinic, desk, "knee left").group is DueGroup.OVERDUE
    groups = {
        on: dict(due.overview(clinic, desk, DueFilter(), on).groups)[DueGroup.SNOOZED]
        for on in (until - timedelta(days=1), until)
    }
    assert list(groups.values()) == [1, 0]


def test_put_aside_for_good_and_taken_up_again(clinic: Any, desk: Any) -> None:
    row = of(clinic, desk)
    due.snooze(clinic, desk, (row.id,), None, "Moved away.")
    assert of(clinic, desk).snooze.until is None
    assert of(clinic, desk).group is DueGroup.SNOOZED
    due.wake(clinic, desk, (row.id,))
    row = of(clinic, desk)
    assert (row.group, row.snooze) == (DueGroup.OVERDUE, None)
    with clinic.store.read() as tx:
        kept = tx.session.query(t.DueSnooze).one()
        assert kept.ended_by == desk.staff_id


def test_put_aside_anew_takes_the_place_of_before(clinic: Any, desk: Any) -> None:
    row = of(clinic, desk)
    due.snooze(clinic, desk, (row.id,), None, "Moved away.")
    due.snooze(clinic, desk, (row.id,), TODAY + timedelta(days=3), "Only for a while.")
    assert of(clinic, desk).snooze.reason == "Only for a while."
    due.wake(clinic, desk, (row.id,))
    assert of(clinic, desk).snooze is None


def test_done_again_ends_it(clinic: Any, desk: Any) -> None:
    due.snooze(clinic, desk, (of(clinic, desk).id,), None, "Moved away.")
    performed(clinic, TODAY)
    due.log_contact(clinic, desk, (of(clinic, desk).id,), CALL)
    due.set_date(clinic, desk, of(clinic, desk, "knee left").id, TODAY, "Asked for it.")
    row = of(clinic, desk)
    assert (row.last_done, row.snooze) == (TODAY, None)


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (TODAY, "Travels.", "until"),
        (TODAY - timedelta(days=1), "Travels.", "until"),
        (date(9999, 12, 31), "Travels.", "until"),
        (None, "  ", "reason"),
        (None, "x" * 201, "reason"),
    ],
)
def test_cannot_be_put_aside(
    clinic: Any, desk: Any, until: date | None, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        due.snooze(clinic, desk, (of(clinic, desk).id,), until, reason)
    assert wrong.value.fields[field]


# -- dates by hand ------------------------------------------------------------------------------


def test_a_date_by_hand_counts_with_author_and_reason(clinic: Any, desk: Any) -> None:
    row = of(clinic, desk)
    before, day = row.due_on, TODAY + timedelta(days=20)
    due.set_date(clinic, desk, row.id, day, "Wants to see the MRI.")
    row = of(clinic, desk)
    assert (row.due_on, row.group) == (day, DueGroup.SOON)
    hand = row.hand_date
    assert (hand.day, hand.author, hand.reason, hand.set_on, hand.stale) == (
        day, "Joelle Marsh", "Wants to see the MRI.", TODAY, False,
    )  # fmt: skip
    due.drop_date(clinic, desk, row.id)
    row = of(clinic, desk)
    assert (row.due_on, row.hand_date) == (before, None)
    with clinic.store.read() as tx:
        assert tx.session.query(t.DueDate).count() == 2


def test_it_is_stale_once_a_newer_procedure_exists_even_of_more_sites(
    clinic: Any, desk: Any
) -> None:
    day = TODAY + timedelta(days=20)
    due.set_date(clinic, desk, of(clinic, desk).id, day, "Wants to see the MRI.")
    performed(clinic, TODAY, site="L5 left, S1 left")
    due.set_date(clinic, desk, of(clinic, desk, "knee left").id, TODAY, "Asked for it.")
    row = of(clinic, desk, "L5 left, S1 left")
    assert row.hand_date.stale
    assert row.due_on == row.relief_ends == date(2027, 5, 24)


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [
        (TODAY - timedelta(days=1), "Asked for it.", "day"),
        (date(3000, 1, 1), "Asked for it.", "day"),
        (TODAY, " ", "reason"),
        (TODAY, "x" * 201, "reason"),
    ],
)
def test_dates_that_cannot_be(clinic: Any, desk: Any, day: date, reason: str, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        due.set_date(clinic, desk, of(clinic, desk).id, day, reason)
    assert wrong.value.fields[field]
    assert of(clinic, desk).hand_date is None


# -- export -------------------------------------------------------------------------------------


def test_the_export_has_a_header_and_runs_no_formula(clinic: Any, desk: Any) -> None:
    with clinic.store.write(None, "test") as tx:
        tx.get(t.Patient, clinic.seeded.andrea).given = "=HYPERLINK(1)"
        tx.get(t.Patient, clinic.seeded.andrea).family = '@Soto, "A"'
    text = due.export_csv(clinic, desk, DueFilter(), TODAY)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3
    (andrea,) = [row for row in rows if "Soto" in row["Family name"]]
    assert (andrea["Family name"], andrea["Given name"]) == ('\'@Soto, "A"', "'=HYPERLINK(1)")
    assert andrea["Site"] == "L5 left"
    with clinic.store.read() as tx:
        assert tx.session.query(t.AuditAct).filter_by(action="due.export").count() == 1


def test_the_export_has_what_the_filter_leaves(clinic: Any, desk: Any) -> None:
    text = due.export_csv(clinic, desk, DueFilter(families=frozenset({"JNT"})), TODAY)
    assert [row["Site"] for row in csv.DictReader(io.StringIO(text))] == ["knee left"]
