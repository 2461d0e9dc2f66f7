"""Telephone numbers as people in the clinic's country write them."""

from __future__ import annotations

import pytest

from clinicdesk.domain.phones import not_a_phone, read_phone


@pytest.mark.parametrize(
    ("typed", "country", "digits", "shown"),
    [
        ("07700 900456", "GB", "447700900456", "07700 900456"),
        ("07700900456", "GB", "447700900456", "07700 900456"),
        ("+44 7700 900456", "GB", "447700900456", "07700 900456"),
        ("020 7946 0456", "GB", "442079460456", "020 7946 0456"),
        ("+44 7700 900456", "US", "447700900456", "+44 7700 900456"),
        ("6175550143", "US", "16175550143", "(617) 555-0143"),
        ("(617) 555-0143", "US", "16175550143", "(617) 555-0143"),
        ("+1 617 555 0143", "GB", "16175550143", "+1 617-555-0143"),
        ("030 123456", "DE", "4930123456", "030 123456"),
        ("01.23.45.67.89", "FR", "33123456789", "01 23 45 67 89"),
        # Without its area a number is kept as typed: the area is not guessed.
        ("555-0143", "US", "15550143", "555-0143"),
    ],
)
def test_numbers(typed: str, country: str, digits: str, shown: str) -> None:
    found = read_phone(typed, country)
    assert found is not None
    assert (found.digits, found.shown) == (digits, shown)


@pytest.mark.parametrize(
    ("typed", "country"), [("07700 900456", "US"), ("12", "GB"), ("call her son", "GB"), ("", "DE")]
)
def test_what_is_none(typed: str, country: str) -> None:
    assert read_phone(typed, country) is None


def test_the_sentence_has_an_example_of_that_country() -> None:
    assert "one here reads like 0121 234 5678." in not_a_phone("GB")
