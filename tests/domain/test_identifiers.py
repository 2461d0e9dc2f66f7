"""Numbers that identify people: the NHS number with its check digit; an SSN never."""

from __future__ import annotations

import pytest

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.identifiers import check_national, holds_ssn, tidy_national

NHS = customs_of("GB").national


@pytest.mark.parametrize("typed", ["943 476 5919", "9434765919", "943-476-5919"])
def test_an_nhs_number_is_written_in_threes(typed: str) -> None:
    assert check_national(typed, NHS) == ""
    assert tidy_national(typed, NHS) == "943 476 5919"


@pytest.mark.parametrize("typed", ["943 476 5918", "943 476 591", "NHS", "4434765919"])
def test_a_wrong_check_digit_is_refused(typed: str) -> None:
    assert "One reads like 943 476 5919." in check_national(typed, NHS)


def test_where_there_is_none_none_is_taken() -> None:
    assert customs_of("US").national is None
    assert check_national("943 476 5919", None)


@pytest.mark.parametrize("text", ["536-90-4399", "SSN 536-90-4399", "536 90 4399", "999-12-3456"])
def test_what_looks_like_a_social_security_number(text: str) -> None:
    assert holds_ssn(text)


@pytest.mark.parametrize("text", ["004182", "536904399", "14-03-1958", "617-555-0143", "L4-L5"])
def test_what_does_not(text: str) -> None:
    assert not holds_ssn(text)
