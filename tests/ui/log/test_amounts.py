"""Volume and dose as they are typed: read exactly, or refused with a sentence; never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.vocabulary import CATALOGUE

from clinicdesk.ui.log.amounts import Amounts


def _line(product: str = "dexamethasone-10") -> Amounts:
    amounts = Amounts()
    amounts.show(CATALOGUE.products[product], None, None)
    return amounts


@pytest.mark.parametrize(
    ("typed", "volume", "dose"),
    [("1", "1", "10"), ("0,5", "0.5", "5"), ("0,125", "0.125", "1.25"), ("1.5 ml", "1.5", "15"),
     ("2 cc", "2", "20"), ("10", "10", "100")],
)  # fmt: skip
def test_a_volume_brings_its_dose(typed, volume, dose):
    line = _line()
    line.type_volume(typed)
    assert (line.volume, line.dose) == (Decimal(volume), Decimal(dose))
    assert line.volume_error == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("-1", "cannot be less than zero"),
        ("0", "must be more than 0 mL"),
        ("10 mg", "The volume is in mL: “10 mg” cannot stand here."),
        ("1,500", "can be read two ways"),
        ("100.001", "100.001 mL cannot be right for the volume"),
        ("0.0005", "at most 3 places"),
        ("1-2", "is not a number"),
        ("1e1", "is not a number"),
    ],
)
def test_a_volume_that_cannot_stand_leaves_no_dose(typed, says):
    line = _line()
    line.type_volume(typed)
    assert (line.volume, line.dose) == (None, None)
    assert says in line.volume_error


@pytest.mark.parametrize(
    ("product", "typed", "volume"),
    [("dexamethasone-10", "4", "0.4"), ("dexamethasone-10", "7,5 mg", "0.75"),
     ("triamcinolone-40", "10", "0.25"), ("iohexol-240", "240 mgI", "1"),
     ("sodium-chloride-0.9", "2 mL", "2")],
)  # fmt: skip
def test_a_dose_brings_its_volume(product, typed, volume):
    line = _line(product)
    line.type_dose(typed)
    assert line.volume == Decimal(volume)
    assert line.dose_error == ""


@pytest.mark.parametrize(
    ("product", "typed", "says"),
    [
        ("dexamethasone-10", "1 mL", "The dose is in mg: “1 mL” cannot stand here."),
        ("dexamethasone-10", "0.01 g", "The dose is in mg"),
        ("dexamethasone-10", "4000 µg", "The dose is in mg"),
        ("dexamethasone-10", "-4", "cannot be less than zero"),
        ("dexamethasone-10", "10000", "cannot be right"),
        ("betamethasone-6", "10", "has no exact volume"),
        ("iohexol-240", "240 mg", "The dose is in mgI"),
    ],
)
def test_a_dose_that_cannot_stand_is_said_at_its_field(product, typed, says):
    line = _line(product)
    line.type_dose(typed)
    assert (line.volume, line.dose) == (None, None)
    assert says in line.dose_error


def test_without_a_product_a_dose_means_nothing():
    line = Amounts()
    line.type_dose("10")
    assert line.dose_error == "Choose the product first."
