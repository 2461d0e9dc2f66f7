"""The worked cases of the safety contract: every finding with its level, holds, bleeding class."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.safety import answer

from clinicdesk.domain.json_reading import load_json

CASES = load_json(Path(__file__).with_name("safety-cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", CASES, ids=[example["name"] for example in CASES])
def test_worked_case(example):
    found, expected = answer(example["case"]), example["expected"]
    assert {each["check"]: each["level"] for each in found["findings"]} == expected["findings"]
    assert expected.get("bleeding", found["bleeding"]) == found["bleeding"]
    told = [
        {key: hold.get(key) for key in wish}
        for hold, wish in zip(found["holds"], expected["holds"], strict=True)
    ]
    assert told == expected["holds"]
