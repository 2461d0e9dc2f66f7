"""Patients: added, changed, opened, not doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from clinicdesk.domain.errors import Doubtful, Invalid, NotFound, Stale
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.services import patients, weights

NEW = PatientForm(
    family="Weatherby",
    given="Ruth",
    prefix="Mrs.",
    maiden="Alcott",
    preferred="Ruthie",
    birth_date=date(1944, 2, 29),
    sex="female",
    language="es",
    interpreter=True,
    phone_mobile="(617) 555-0111",
    phone_home="(617) 555-0112",
    email="ruth@example.org",
    address_line="1 Elm Street",
    city="Boston",
    state="MA",
    postal_code="02110",
    country="US",
    payer="Medicare",
    pack="us-medicare",
    weight_kg=Decimal("62.35"),
    allergies=("Latex", "Iodinated contrast (hives)"),
    anticoagulants=("warfarin",),
    alerts=("Hard of hearing",),
)


def _chart(clinic, actor, patient):
    return patients.open_chart(clinic, actor, patient)


def test_what_was_typed_comes_back(clinic, frontdesk):
    done = patients.add(clinic, frontdesk, NEW)
    chart = _chart(clinic, frontdesk, done.value)
    assert replace(chart.record.form, mrn="") == NEW
    assert chart.record.form.mrn == "000006"
    assert done.changes.kinds == {"patient"}
    assert done.changes.patients == {done.value}
    assert chart.banner.age == 82
    assert chart.banner.anticoagulants == ("warfarin",)
    assert [a.category for a in chart.banner.allergies] == ["latex", "contrast"]
    assert chart.banner.weight_on == date(2026, 11, 24)
    assert chart.address == "1 Elm Street, Boston, MA 02110, US"
    assert dict(chart.phones) == {"mobile": "(617) 555-0111", "home": "(617) 555-0112"}
    assert chart.other_names == (("maiden", "Alcott"), ("preferred", "Ruthie"))
    assert patients.search(clinic, frontdesk, "alcott")[0].id == done.value


def test_record_numbers_count_up_and_step_over_taken_ones(clinic, frontdesk):
    # Five patients of the small clinic took 000001 to 000005; the sixth has a number of her own.
    assert patients.add(clinic, frontdesk, replace(NEW, mrn="000006")).value
    second = patients.add(clinic, frontdesk, replace(NEW, given="Ada")).value
    assert _chart(clinic, frontdesk, second).record.form.mrn == "000007"


def test_a_taken_record_number_is_said_at_its_field(clinic, frontdesk):
    with pytest.raises(Invalid) as caught:
        patients.add(clinic, frontdesk, replace(NEW, mrn="004182"))
    assert "Another patient has this record number" in caught.value.fields["mrn"]


def test_nothing_is_written_of_a_form_that_cannot_be_taken(clinic, frontdesk):
    wrong = replace(NEW, birth_date=date(2031, 1, 1), weight_kg=Decimal(700), pack="no-such-pack")
    with pytest.raises(Invalid) as caught:
        patients.add(clinic, frontdesk, wrong)
    assert set(caught.value.fields) == {"birth_date", "weight_kg", "pack"}
    with clinic.store.read() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM patient")).scalar() == 6


def test_what_is_left_out_ends_and_stays_known(clinic, frontdesk):
    patient = patients.add(clinic, frontdesk, NEW).value
    record = _chart(clinic, frontdesk, patient).record
    form = replace(
        record.form,
        allergies=("Latex", "Penicillin"),
        anticoagulants=(),
        alerts=(),
        phone_home="",
        phone_mobile="(617) 555-0199",
        maiden="",
        city="Cambridge",
        payer="Aetna",
        weight_kg=Decimal(60),
    )
    patients.change(clinic, frontdesk, patient, record.version, form)
    chart = _chart(clinic, frontdesk, patient)
    assert chart.record.form == form
    assert chart.record.version == record.version + 1
    with clinic.store.read() as tx:
        for table, count in (
            ("allergy", 3), ("phone", 3), ("address", 2), ("coverage", 2), ("weight", 2),
            ("patient_drug", 1), ("alert", 1), ("patient_name", 2),
        ):  # fmt: skip
            found = tx.session.execute(
                text(f"SELECT count(*) FROM {table} WHERE patient_id = :p"), {"p": patient}
            ).scalar()
            assert found == count, table


def test_saving_unchanged_changes_nothing(clinic, frontdesk):
    record = _chart(clinic, frontdesk, clinic.seeded.teresa).record
    done = patients.change(clinic, frontdesk, record.id, record.version, record.form)
    assert done.value == record.version
    assert not done.changes.kinds


def test_the_second_to_save_sees_the_other_version(clinic, frontdesk, nurse):
    record = _chart(clinic, frontdesk, clinic.seeded.teresa).record
    patients.change(clinic, nurse, record.id, record.version, replace(record.form, city="Salem"))
    with pytest.raises(Stale, match="Somebody else") as caught:
        patients.change(
            clinic, frontdesk, record.id, record.version, replace(record.form, email="t@x.org")
        )
    assert caught.value.theirs["city"] == "Salem"
    assert caught.value.theirs["version"] == record.version + 1


def test_a_changed_allergy_alone_is_also_a_new_version(clinic, frontdesk):
    record = _chart(clinic, frontdesk, clinic.seeded.teresa).record
    done = patients.change(
        clinic, frontdesk, record.id, record.version, replace(record.form, allergies=("Latex",))
    )
    assert done.value == record.version + 1


def test_nobody_is_no_patient(clinic, frontdesk):
    with pytest.raises(NotFound):
        _chart(clinic, frontdesk, 99999)
    with pytest.raises(NotFound):
        patients.change(clinic, frontdesk, 99999, 1, NEW)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"family": "Vilalobos"},
        {"family": "Teresa", "given": "Villalobos"},
        {"given": "Theresa"},
        {"birth_date": date(1958, 3, 15)},
        {"family": "Marquez", "phone_home": "617 555 0143"},
    ],
)
def test_a_likely_duplicate_is_pointed_out(clinic, frontdesk, change):
    form = PatientForm(family="Villalobos", given="Teresa", birth_date=date(1958, 3, 14))
    found = patients.likely_duplicates(clinic, frontdesk, replace(form, **change))
    assert [hit.id for hit in found] == [clinic.seeded.teresa]


def test_a_patient_is_not_a_duplicate_of_somebody_else_or_of_himself(clinic, frontdesk):
    assert patients.likely_duplicates(clinic, frontdesk, NEW) == ()
    assert patients.likely_duplicates(clinic, frontdesk, PatientForm(family="Villalobos")) == ()
    form = _chart(clinic, frontdesk, clinic.seeded.teresa).record.form
    assert patients.likely_duplicates(clinic, frontdesk, form, besides=clinic.seeded.teresa) == ()


def test_opening_a_chart_is_kept(clinic, frontdesk):
    _chart(clinic, frontdesk, clinic.seeded.andrea)
    with clinic.store.read() as tx:
        row = tx.session.execute(
            text("SELECT action, login, patient_id FROM audit_act ORDER BY id DESC LIMIT 1")
        ).one()
    assert tuple(row) == ("patient.open", "frontdesk", clinic.seeded.andrea)


def test_a_name_full_of_mark_up_is_kept_as_it_is(clinic, frontdesk):
    banner = patients.banner(clinic, frontdesk, clinic.seeded.obrien)
    assert (banner.family, banner.given) == ("<b>O'Brien", "& Søn</b>")


def test_numbers_are_kept_as_people_here_write_them(clinic, frontdesk):
    form = replace(NEW, family="Alder", mrn="", phone_mobile="617-555-0131", phone_home="")
    done = patients.add(clinic, frontdesk, form)
    record = _chart(clinic, frontdesk, done.value).record
    assert record.form.phone_mobile == "(617) 555-0131"
    # The same number typed otherwise is the same number.
    again = replace(record.form, phone_mobile="+1 617 555 0131")
    assert not patients.change(clinic, frontdesk, done.value, record.version, again).changes.kinds


@pytest.mark.parametrize("field", ["payer", "mrn", "address_line"])
def test_a_social_security_number_is_never_kept(clinic, frontdesk, field):
    with pytest.raises(Invalid) as caught:
        patients.add(clinic, frontdesk, replace(NEW, **{"mrn": "", field: "536-90-4399"}))
    assert "never kept here" in caught.value.fields[field]


def test_no_national_number_where_the_country_has_none(clinic, frontdesk):
    with pytest.raises(Invalid) as caught:
        patients.add(clinic, frontdesk, replace(NEW, mrn="", national_id="943 476 5919"))
    assert set(caught.value.fields) == {"national_id"}


LIGHT = replace(NEW, weight_kg=Decimal(6))


def _refused(act):
    with pytest.raises(Doubtful) as wrong:
        act()
    assert wrong.value.fields == {"weight_kg": "6 kg: is that right? If it is, type it again."}


def test_a_weight_that_is_seldom_meant_is_asked_back_and_taken_when_sure(clinic, frontdesk):
    _refused(lambda: patients.add(clinic, frontdesk, LIGHT))
    assert patients.search(clinic, frontdesk, "weatherby") == ()
    added = patients.add(clinic, frontdesk, LIGHT, sure=True).value
    # What is on record already is not asked again.
    version = _chart(clinic, frontdesk, added).record.version
    form = replace(_chart(clinic, frontdesk, added).record.form, preferred="Ru")
    version = patients.change(clinic, frontdesk, added, version, form).value
    version = patients.change(
        clinic, frontdesk, added, version, replace(form, weight_kg=Decimal(60))
    ).value
    _refused(lambda: patients.change(clinic, frontdesk, added, version, form))
    assert _chart(clinic, frontdesk, added).banner.weight_kg == Decimal(60)
    patients.change(clinic, frontdesk, added, version, form, sure=True)


def test_a_weight_measured_today_is_asked_back_too(clinic, frontdesk):
    added = patients.add(clinic, frontdesk, NEW).value
    _refused(lambda: weights.weigh(clinic, frontdesk, added, Decimal(6)))
    weights.weigh(clinic, frontdesk, added, Decimal(6), sure=True)
    assert _chart(clinic, frontdesk, added).banner.weight_kg == Decimal(6)
