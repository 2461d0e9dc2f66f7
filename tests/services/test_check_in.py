"""What is measured and asked when a patient comes, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from support import settle

from clinicdesk.domain.errors import Invalid, Stale
from clinicdesk.domain.rows.safety_facts import ConditionEntry, Topic
from clinicdesk.domain.states import Known
from clinicdesk.services import check_in, patients, procedures, reviews, safety_facts

FIGURES = [
    ("glucose_mg_dl", "142", ""),
    ("glucose_mg_dl", "19", "Glucose between 20 and 900 mg/dL is expected, not 19."),
    ("glucose_mg_dl", "901", "Glucose between 20 and 900 mg/dL is expected, not 901."),
    ("glucose_mmol_l", "7.8", ""),
    ("glucose_mmol_l", "142", "Glucose between 1.1 and 50 mmol/L is expected, not 142."),
    ("inr", "1.2", ""),
    ("inr", "0.4", "INR between 0.5 and 20 is expected, not 0.4."),
    ("pain_now", "0", ""),
    ("pain_now", "10", ""),
    ("pain_now", "11", "Pain between 0 and 10 is expected, not 11."),
    ("pain_now", "6.5", "Pain between 0 and 10 is expected, not 6.5."),
    ("pulse", "70", "Choose a unit."),
]


@pytest.mark.parametrize(("key", "value", "wrong"), FIGURES)
def test_a_figure_is_kept_with_its_hour_or_asked_back(
    clinic: Any, frontdesk: Any, key: str, value: str, wrong: str
) -> None:
    number = settle.book(clinic, "frontdesk", "teresa", settle.TODAY, 15)
    if wrong:
        with pytest.raises(Invalid) as refused:
            check_in.measure(clinic, frontdesk, clinic.seeded.teresa, key, Decimal(value))
        assert wrong in refused.value.fields["value"]
        return
    check_in.measure(clinic, frontdesk, clinic.seeded.teresa, key, Decimal(value))
    kept = check_in.of_appointment(clinic, frontdesk, number).measured[key]
    assert (kept.value, kept.by, f"{kept.at:%H:%M}") == (Decimal(value), "Joelle Marsh", "10:12")


def test_the_newest_figure_of_the_day_counts(clinic: Any, frontdesk: Any) -> None:
    number = settle.book(clinic, "frontdesk", "teresa", settle.TODAY, 15)
    for value in ("142", "139"):
        check_in.measure(clinic, frontdesk, clinic.seeded.teresa, "glucose_mg_dl", Decimal(value))
    assert check_in.of_appointment(clinic, frontdesk, number).measured[
        "glucose_mg_dl"
    ].value == Decimal(139)


def test_an_infection_stands_against_what_is_booked(clinic: Any, frontdesk: Any) -> None:
    ids = clinic.seeded
    safety_facts.answer(
        clinic, frontdesk, ids.sean, Topic.CONDITIONS, add=(ConditionEntry("gout"),)
    )
    number = settle.book(clinic, "frontdesk", "sean", settle.TODAY, 15)
    check_in.infection(clinic, frontdesk, ids.sean, None)
    assert check_in.of_appointment(clinic, frontdesk, number).measured["infection"].value == 0
    assert not settle.raised(clinic)
    check_in.infection(clinic, frontdesk, ids.sean, "cough since Monday")
    assert check_in.of_appointment(clinic, frontdesk, number).measured["infection"].value == 1
    (raised,) = reviews.of_appointment(clinic, frontdesk, number)
    assert (raised.check, raised.because, raised.open) == (
        "infection.present", ("infection: cough since Monday",), True,
    )  # fmt: skip


def test_an_infection_has_words(clinic: Any, frontdesk: Any) -> None:
    with pytest.raises(Invalid) as refused:
        check_in.infection(clinic, frontdesk, clinic.seeded.sean, "  ")
    assert "Say what there is" in refused.value.fields["words"]


def test_the_log_is_told_the_pain_of_check_in_and_takes_nothing_by_itself(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    number = settle.book(clinic, "frontdesk", "teresa", settle.TODAY, 15)
    assert procedures.open_log(clinic, physician, number).arrival_pain is None
    for value in ("7", "6"):
        check_in.measure(clinic, frontdesk, clinic.seeded.teresa, "pain_now", Decimal(value))
    record = procedures.open_log(clinic, physician, number)
    assert record.arrival_pain is not None
    assert (record.arrival_pain.value, f"{record.arrival_pain.at:%H:%M}") == (6, "10:12")
    assert record.form.pain_before is None
    # It is hers alone.
    other = settle.book(clinic, "frontdesk", "sean", settle.TODAY, 16)
    assert procedures.open_log(clinic, physician, other).arrival_pain is None


def test_who_drives_home_is_kept_with_who_asked_and_the_newest_answer_counts(
    clinic: Any, frontdesk: Any
) -> None:
    number = settle.book(clinic, "frontdesk", "teresa", settle.TODAY, 15)
    facts = check_in.of_appointment(clinic, frontdesk, number)
    assert (facts.asks_driver, facts.driver) == (True, None)
    check_in.driver(clinic, frontdesk, number, Known.NO, "nobody")
    check_in.driver(clinic, frontdesk, number, Known.YES, " Luis,  son ")
    kept = check_in.driver_of(clinic, frontdesk, number)
    assert kept is not None
    assert (kept.said, kept.words, kept.by) == (Known.YES, "Luis, son", "Joelle Marsh")
    assert f"{kept.at:%H:%M}" == "10:12"
    check_in.driver(clinic, frontdesk, number, Known.NO, "nobody")
    kept = check_in.of_appointment(clinic, frontdesk, number).driver
    assert kept is not None
    assert (kept.said, kept.words) == (Known.NO, "")


def test_an_answer_of_another_day_is_none_of_this_one(clinic: Any, frontdesk: Any) -> None:
    later = settle.book(clinic, "frontdesk", "teresa", settle.DAY, 15)
    check_in.driver(clinic, frontdesk, later, Known.YES)
    assert check_in.driver_of(clinic, frontdesk, later) is None


def test_where_one_may_drive_nobody_asks(clinic: Any, frontdesk: Any) -> None:
    number = settle.book(
        clinic, "frontdesk", "sean", settle.TODAY, 15, procedure="tpi", sites=("trapezius left",),
    )  # fmt: skip
    assert not check_in.of_appointment(clinic, frontdesk, number).asks_driver


def test_still_right_keeps_what_was_read_out_and_a_change_is_seen(
    clinic: Any, frontdesk: Any
) -> None:
    number, teresa = (
        settle.book(clinic, "frontdesk", "teresa", settle.TODAY, 15),
        clinic.seeded.teresa,
    )
    seen = check_in.of_appointment(clinic, frontdesk, number)
    assert seen.confirmed is None
    assert seen.contacts.phone
    check_in.still_right(clinic, frontdesk, teresa, seen.contacts)
    kept = check_in.of_appointment(clinic, frontdesk, number)
    assert kept.confirmed is not None
    assert (kept.confirmed.contacts, kept.confirmed.by) == (seen.contacts, "Joelle Marsh")
    record = patients.open_chart(clinic, frontdesk, teresa).record
    form = replace(record.form, phone_mobile="(617) 555-0155")
    patients.change(clinic, frontdesk, teresa, record.version, form)
    now = check_in.of_appointment(clinic, frontdesk, number)
    assert now.confirmed is not None
    assert now.contacts != now.confirmed.contacts
    with pytest.raises(Stale):
        check_in.still_right(clinic, frontdesk, teresa, seen.contacts)
