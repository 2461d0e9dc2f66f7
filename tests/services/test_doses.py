"""Doses of a log against their ceilings, whoever pays; X-ray beyond the plausible is asked back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from support.logs import PASSWORD, answered, book, complete

from clinicdesk.data.tables import Coverage, Weight
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.log_safety import dose_lines
from clinicdesk.domain.medications import dose
from clinicdesk.domain.rows.cases import PersonFacts
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.services import procedures

pytestmark = pytest.mark.slow

PACKS = ("clinic-default", "us-commercial", "us-medicare", "uk-nhs")


@pytest.fixture(params=PACKS)
def paid(request: Any, embedded_clinic: Any) -> Any:
    """The clinic, with Teresa's payer following one of the packs."""
    with embedded_clinic.store.write(None, "test.pack") as tx:
        tx.add(
            Coverage(
                patient_id=embedded_clinic.seeded.teresa, payer="Somebody", pack=request.param,
                valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
    return embedded_clinic


def logged(clinic: Any, actor: Any, *given: tuple[str, str], **booking: Any) -> LogForm:
    """A complete log in which this was given: product and mL."""
    form = procedures.open_log(clinic, actor, book(clinic, **booking)).form
    entries = []
    for key, ml in given:
        product = clinic.catalogue.products[key]
        volume = Decimal(ml)
        entries.append(MedicationEntry(key, volume, dose(product, volume), product.unit))
    contrast = [each for each in form.medications if each.product.startswith("iohexol")]
    form = complete(replace(form, medications=(*entries, *contrast)))
    return replace(form, reason="Agreed with the patient, pain came back early")


def asked(clinic: Any, actor: Any, form: LogForm) -> set[str]:
    return {ask.check for ask in procedures.safety_of(clinic, actor, form).asks}


def wanted(clinic: Any, actor: Any, form: LogForm) -> dict[str, str]:
    return dict(procedures.missing(clinic, actor, form))


@pytest.mark.parametrize(("ml", "over"), [("1.499", False), ("1.5", False), ("1.501", True)])
def test_the_steroid_of_the_session(paid: Any, physician: Any, ml: str, over: bool) -> None:
    form = logged(paid, physician, ("dexamethasone-10", ml), ("lidocaine-1", "1"))
    assert ("steroid.session" in asked(paid, physician, form)) is over
    assert ("safety.steroid.session" in wanted(paid, physician, form)) is over
    if over:
        with pytest.raises(Invalid) as refused:
            procedures.sign(paid, physician, form, 0, PASSWORD)
        assert "15.01 mg of at most 15 mg" in refused.value.fields["safety.steroid.session"]
    procedures.sign(paid, physician, answered(paid, physician, form), 0, PASSWORD)


@pytest.mark.parametrize(
    ("given", "over"),
    [
        ((("lidocaine-1", "30"),), False),  # the cap, at 71.5 kg
        ((("lidocaine-1", "30.001"),), True),
        ((("lidocaine-1", "15"), ("bupivacaine-0.5", "14.3")), False),  # half and half
        ((("lidocaine-1", "15"), ("bupivacaine-0.5", "14.301")), True),
    ],
)
def test_the_local_anaesthetics_against_this_weight(
    paid: Any, physician: Any, given: Any, over: bool
) -> None:
    form = logged(paid, physician, *given)
    assert ("anaesthetic.session" in asked(paid, physician, form)) is over
    assert ("safety.anaesthetic.session" in wanted(paid, physician, form)) is over


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"fluoroscopy_seconds": Decimal(1800), "air_kerma_mgy": Decimal(5000)}, ""),
        ({"fluoroscopy_seconds": Decimal(1801)}, "fluoroscopy_seconds"),
        ({"air_kerma_mgy": Decimal("5000.1")}, "air_kerma_mgy"),
    ],
)
def test_x_ray_beyond_the_plausible_is_asked_back(
    paid: Any, physician: Any, figures: Any, field: str
) -> None:
    form = replace(logged(paid, physician, ("dexamethasone-10", "1")), **figures)
    found = wanted(paid, physician, form)
    assert {"fluoroscopy_seconds", "air_kerma_mgy"} & set(found) == ({field} if field else set())
    if field:
        assert "or write why" in found[field]
    told = replace(form, radiation_reason="Metal work in the way, long search")
    assert not {"fluoroscopy_seconds", "air_kerma_mgy"} & set(wanted(paid, physician, told))


def test_a_thumb_base_with_the_dose_of_a_knee_is_asked_back(paid: Any, physician: Any) -> None:
    booking = {"procedure": "joint.injection", "sites": (("thumb base", "left"),)}
    form = logged(paid, physician, ("triamcinolone-40", "1"), **booking)
    assert "steroid.joint" in asked(paid, physician, form)
    assert "5 to 20 mg" in wanted(paid, physician, form)["safety.steroid.joint"]
    assert procedures.safety_of(paid, physician, form).doses == (
        "Steroid of this session: triamcinolone 40 of 80 mg (5 to 20 mg are usual at this site).",
    )
    form = answered(paid, physician, form)
    assert "safety.steroid.joint" not in wanted(paid, physician, form)


def test_without_a_weight_it_is_said_and_asked(embedded_clinic: Any, physician: Any) -> None:
    clinic = embedded_clinic
    form = logged(clinic, physician, ("lidocaine-1", "5"), patient=clinic.seeded.sean)
    told = procedures.safety_of(clinic, physician, form)
    assert "weight.not_known" in {ask.check for ask in told.asks}
    assert any(line.endswith("weight not known.") for line in told.doses)
    with clinic.store.write(None, "test.weigh") as tx:
        tx.add(Weight(patient_id=clinic.seeded.sean, kg=Decimal(60), measured_on=date(2024, 3, 5)))
    told = procedures.safety_of(clinic, physician, form)
    assert "weight.not_known" not in {ask.check for ask in told.asks}
    said = "lidocaine 50 of 270 mg, 18% of the most for 60 kg, weighed 5 Mar 2024."
    assert f"Local anaesthetic: {said}" in told.doses


def test_an_anaesthetic_without_a_known_most_is_said(embedded_clinic: Any, physician: Any) -> None:
    clinic = embedded_clinic
    form = logged(clinic, physician, ("lidocaine-1", "5"))
    products = dict(clinic.catalogue.products)
    products["lidocaine-1"] = replace(products["lidocaine-1"], drug="prilocaine")
    person = PersonFacts(date(1958, 3, 14), "female", Decimal(60))
    lines = dose_lines(form, products, clinic.catalogue.safety.ceilings,
                       clinic.catalogue.limits, person)  # fmt: skip
    assert lines == ("No greatest dose of prilocaine is known here: check it yourself.",)
