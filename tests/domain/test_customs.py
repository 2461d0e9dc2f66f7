"""What the clinic's country says: paper, week, hours, addresses, names."""

from __future__ import annotations

import pytest

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.places import countries, country_of, zones_of


@pytest.mark.parametrize(
    ("country", "paper", "first_weekday", "twelve_hours", "order"),
    [
        # A clinic in the United States keeps the week and the hours it has been shown.
        ("US", "letter", 0, False, "mdy"),
        ("GB", "a4", 0, False, "dmy"),
        ("DE", "a4", 0, False, "dmy"),
        ("FR", "a4", 0, False, "dmy"),
        ("CA", "letter", 6, True, "ymd"),
        ("AU", "a4", 0, True, "dmy"),
        ("MX", "letter", 6, True, "dmy"),
        ("IL", "a4", 6, False, "dmy"),
        ("JP", "a4", 6, False, "ymd"),
    ],
)
def test_paper_week_and_hours(
    country: str, paper: str, first_weekday: int, twelve_hours: bool, order: str
) -> None:
    found = customs_of(country)
    assert (found.paper, found.first_weekday) == (paper, first_weekday)
    assert (found.twelve_hours, found.date_order) == (twelve_hours, order)


@pytest.mark.parametrize(
    ("country", "labels", "lines"),
    [
        ("US", ("State", "ZIP code"), ("Boston, MA 02110",)),
        ("GB", ("County", "Postcode"), ("Boston", "MA", "02110")),
        ("DE", ("State", "Postal code"), ("02110 Boston", "MA")),
        ("AU", ("State", "Postcode"), ("Boston MA 02110",)),
    ],
)
def test_addresses(country: str, labels: tuple[str, str], lines: tuple[str, ...]) -> None:
    form = customs_of(country).address
    assert (form.area, form.code) == labels
    assert form.written("Boston", "MA", "02110") == lines


def test_an_address_with_gaps_leaves_none() -> None:
    assert customs_of("US").address.written("", "", "02110") == ("02110",)
    assert customs_of("GB").address.written("London", "", "SW1A 1AA") == ("London", "SW1A 1AA")


def test_names() -> None:
    assert customs_of("US").names.family == "Family name"
    assert customs_of("GB").names.family == "Surname"
    assert customs_of("GB").names.title == "Title"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("United Kingdom", "GB"), ("uk", "GB"), ("gb", "GB"), ("england", "GB"), ("USA", "US"),
        ("united states", "US"), ("Germany", "DE"), ("Londom", None), ("", None),
    ],
)  # fmt: skip
def test_a_country_as_people_name_it(typed: str, code: str | None) -> None:
    assert country_of(typed) == code


@pytest.mark.slow
def test_every_country_has_customs() -> None:
    assert len(countries()) > 240
    for code in countries():
        found = customs_of(code)
        assert sorted(found.date_order) == ["d", "m", "y"]
        assert found.paper in ("letter", "a4")


def test_time_zones_of_a_country() -> None:
    assert zones_of("GB") == ("Europe/London",)
    assert {"America/New_York", "America/Chicago"} < set(zones_of("US"))
