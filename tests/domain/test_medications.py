"""Doses, amounts and expiry dates as they are typed between two patients."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.domain.medications import (
    VOLUME_TOP_ML,
    Expiry,
    amount_text,
    dose,
    expired_sentence,
    expiry_text,
    parse_amount,
    parse_expiry,
    volume_for,
)
from clinicdesk.domain.procedures import Product


def product(per_ml: str, unit: str = "mg") -> Product:
    return Product("p", "drug", "Drug", "steroid", Decimal(per_ml), unit, None, None, "label")


@pytest.mark.parametrize(
    ("per_ml", "volume", "expected"),
    [
        ("10", "1", "10"),
        ("10", "1.5", "15"),
        ("2.5", "0.3", "0.75"),
        ("40", "0.25", "10"),
        ("300", "1.5", "450"),
        ("0.1", "0.3", "0.03"),
    ],
)
def test_dose_is_concentration_times_volume_exactly(per_ml, volume, expected):
    assert dose(product(per_ml), Decimal(volume)) == Decimal(expected)
    assert amount_text(dose(product(per_ml), Decimal(volume))) == expected


@given(
    per_ml=st.decimals("0.1", "300", places=2),
    volume=st.decimals("0.01", "100", places=2),
)
def test_dose_and_volume_lead_back_to_each_other(per_ml, volume):
    item = product(str(per_ml))
    assert volume_for(item, dose(item, volume)) == volume


def test_a_volume_that_would_round_the_dose_is_not_given():
    assert volume_for(product("6"), Decimal(10)) is None
    assert volume_for(product("10"), Decimal(4)) == Decimal("0.4")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        (" 10 ", "10"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("2 ml", "2"),
        ("0,5", "0.5"),
        (",5", "0.5"),
        ("0,125", "0.125"),
        (",125", "0.125"),
        ("1,25 cc", "1.25"),
    ],
)
def test_amounts_read(typed, expected):
    assert amount_text(parse_amount(typed, "volume", "mL", top=VOLUME_TOP_ML)) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the volume in mL."),
        ("-1", "The volume cannot be less than zero. Type it again."),
        ("\u22121 mL", "The volume cannot be less than zero. Type it again."),
        ("0", "The volume must be more than 0 mL."),
        ("700", "700 mL cannot be right for the volume. Check the number."),
        ("10 mg", "The volume is in mL: “10 mg” cannot stand here."),
        ("one", "“one” is not a number. Type the volume in mL, for example 1.5."),
        ("1.2.3", "“1.2.3” is not a number. Type the volume in mL, for example 1.5."),
        ("1,000", "“1,000” can be read two ways. Type 1.000 or 1000, without a comma."),
        ("NaN", "“NaN” is not a number. Type the volume in mL, for example 1.5."),
        ("1.23456", "“1.23456” is too fine: at most 3 places after the point."),
        ("1e3", "“1e3” is not a number. Type the volume in mL, for example 1.5."),
    ],
)
def test_amounts_refused_in_words(typed, sentence):
    with pytest.raises(ValueError) as refused:
        parse_amount(typed, "volume", "mL", top=VOLUME_TOP_ML)
    assert str(refused.value) == sentence


def test_a_dose_of_minus_one_milligram_is_refused():
    with pytest.raises(ValueError, match="dose cannot be less than zero"):
        parse_amount("-1 mg", "dose", "mg")


@pytest.mark.parametrize(
    "typed", ["04 2028", "2028-04", "04/28", "04/2028", "4.2028", "Apr 2028", "0428", "042028"]
)
def test_a_month_is_valid_to_its_last_day(typed):
    expiry = parse_expiry(typed)
    assert expiry == Expiry(date(2028, 4, 30), month_only=True)
    assert not expiry.over(date(2028, 4, 30))
    assert expiry.over(date(2028, 5, 1))


def test_february_knows_leap_years():
    assert parse_expiry("02 2028").last_day == date(2028, 2, 29)
    assert parse_expiry("02 2027").last_day == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2028-04-15", date(2028, 4, 15)),
        ("15.04.2028", date(2028, 4, 15)),
        ("04/15/2028", date(2028, 4, 15)),
        ("15/04/2028", date(2028, 4, 15)),
        ("15 Apr 2028", date(2028, 4, 15)),
        ("Apr 15 2028", date(2028, 4, 15)),
        ("20280415", date(2028, 4, 15)),
    ],
)
def test_a_day_is_kept_as_a_day(typed, day):
    assert parse_expiry(typed) == Expiry(day, month_only=False)


@pytest.mark.parametrize(
    "typed", ["30.02.2028", "02/30/2028", "2028-13", "13 2028", "soon", "04", ""]
)
def test_impossible_expiries_are_refused_in_words(typed):
    with pytest.raises(ValueError, match=r"There is no|no month|not a month|missing"):
        parse_expiry(typed)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.booleans())
def test_what_is_shown_can_be_typed(day, month_only):
    shown = expiry_text(day, month_only=month_only)
    assert str(parse_expiry(shown)) == shown


def test_the_sentence_names_lot_and_month():
    month = Expiry(date(2026, 8, 31), month_only=True)
    assert expired_sentence("SC2209", month) == (
        "Lot SC2209 expired in August 2026. Use another lot."
    )
    day = Expiry(date(2026, 8, 3), month_only=False)
    assert "on 3 Aug 2026" in expired_sentence("a@68", day)
