"""Half of a sign is refused with a sentence at its field, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.rows.safety_facts import DrugEntry, FactsAnswer, Topic
from clinicdesk.services import patients, safety_facts, signin

NEW = PatientForm(
    family="Weatherby",
    given="Ruth",
    birth_date=date(1944, 2, 29),
    sex="female",
    alerts=("Hard of hearing",),
)
HALF = "Ru\ud800th"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (replace(NEW, given=HALF), "given"),
        (replace(NEW, alerts=("Hard of hearing", HALF)), "alerts.1"),
    ],
)
def test_a_patient_is_not_kept_so(clinic, frontdesk, form, field):
    with pytest.raises(Invalid) as wrong:
        patients.add(clinic, frontdesk, form)
    assert set(wrong.value.fields) == {field}
    assert "A sign in this text is broken" in str(wrong.value)
    assert patients.add(clinic, frontdesk, NEW).value


def test_signs_of_every_plane_are_kept(clinic, frontdesk):
    added = patients.add(clinic, frontdesk, replace(NEW, given="𠮷 Zoë 😀"))
    assert patients.open_chart(clinic, frontdesk, added.value).record.form.given == "𠮷 Zoë 😀"


def test_neither_is_a_fact_nor_a_search_nor_a_sign_in(clinic, frontdesk):
    entry = FactsAnswer(Topic.DRUGS, add=(DrugEntry(HALF),))
    with pytest.raises(Invalid) as wrong:
        safety_facts.record(clinic, frontdesk, clinic.seeded.andrea, (entry,))
    assert set(wrong.value.fields) == {"drug"}
    with pytest.raises(Invalid):
        patients.search(clinic, frontdesk, HALF)
    with pytest.raises(Invalid):
        signin.sign_in(clinic, HALF, "x", "desk")
