"""What cannot be taken about a patient is said at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinicdesk.domain import patient_checks
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.safety.knowledge import WeightLimits

TODAY = date(2026, 11, 24)
GOOD = PatientForm(family="Soto", given="Andrea", birth_date=date(1971, 8, 2), sex="female")


def test_a_sound_form_passes():
    assert patient_checks.check(GOOD, TODAY) == {}


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"birth_date": date(2026, 11, 25)}, "birth_date", "in the future"),
        ({"birth_date": date(1899, 12, 31)}, "birth_date", "before 1900"),
        ({"birth_date": None}, "birth_date", "Enter the date of birth"),
        ({"family": "", "given": ""}, "family", "Enter the name"),
        ({"family": "---"}, "family", "at least one letter"),
        ({"family": "x" * 500}, "family", "at most"),
        ({"deceased_on": date(1970, 1, 1)}, "deceased_on", "before the date of birth"),
        ({"deceased_on": date(2030, 1, 1)}, "deceased_on", "in the future"),
        ({"phone_mobile": "call me"}, "phone_mobile", "not a phone number"),
        ({"phone_home": "12"}, "phone_home", "not a phone number"),
        ({"email": "nobody"}, "email", "not an e-mail"),
        ({"sex": "f"}, "sex", "Choose"),
        ({"language": "xx-unknown"}, "language", "not known"),
        ({"weight_kg": Decimal(700)}, "weight_kg", "700 kg cannot be right"),
        ({"weight_kg": Decimal(-1)}, "weight_kg", "cannot be right"),
        ({"weight_kg": Decimal("70.12345")}, "weight_kg", "decimal places"),
        ({"sex": "male", "pregnant": True}, "pregnant", "Sex is male"),
        ({"allergies": ("(rash)",)}, "allergies.0", "allergic to"),
    ],
)
def test_what_cannot_be_taken(change, field, said):
    wrong = patient_checks.check(replace(GOOD, **change), TODAY)
    assert list(wrong) == [field]
    assert said in wrong[field]


@pytest.mark.parametrize(
    "change",
    [
        {"given": ""},
        {"family": "<b>O'Brien", "given": "& Søn</b>"},
        {"family": "李", "given": "小龙"},
        {"phone_mobile": "(617) 555-0143"},
        {"phone_mobile": "+49 30 901820"},
        {"birth_date": TODAY},
        {"birth_date": date(1900, 1, 1)},
    ],
)
def test_what_can(change):
    assert patient_checks.check(replace(GOOD, **change), TODAY) == {}


def test_tidying_keeps_every_letter():
    tidied = patient_checks.tidy(
        replace(GOOD, family="  van  den\tBerg ", allergies=("Latex", " Latex ", "", "Penicillin"))
    )
    assert tidied.family == "van den Berg"
    assert tidied.allergies == ("Latex", "Penicillin")


def test_phone_digits_carry_the_country():
    assert patient_checks.phone_digits("(617) 555-0143", "US") == "16175550143"
    assert patient_checks.phone_digits("030 901820", "DE") == "4930901820"
    assert patient_checks.phone_digits("x", "US") is None


PLAUSIBLE = WeightLimits(adult_from=18, least_kg=Decimal(30), most_kg=Decimal(300))


@pytest.mark.parametrize(
    ("kg", "born", "asks"),
    [
        ("6", date(1958, 3, 14), True),
        ("29.9", date(1958, 3, 14), True),
        ("30", date(1958, 3, 14), False),
        ("300", date(1958, 3, 14), False),
        ("600", date(1958, 3, 14), True),
        ("6", TODAY, False),
        ("600", TODAY, True),
        ("20", None, False),
    ],
)
def test_a_weight_that_is_seldom_meant_is_asked_back(kg, born, asks):
    said = patient_checks.weight_doubt(Decimal(kg), born, TODAY, PLAUSIBLE)
    assert said == (f"{kg} kg: is that right? If it is, type it again." if asks else "")


def test_an_adult_is_one_from_the_birthday_on():
    eighteenth = date(TODAY.year - 18, TODAY.month, TODAY.day)
    assert patient_checks.weight_doubt(Decimal(6), eighteenth, TODAY, PLAUSIBLE)
    day_before = eighteenth + timedelta(days=1)
    assert not patient_checks.weight_doubt(Decimal(6), day_before, TODAY, PLAUSIBLE)
