"""A case written down reads back the same, digit for digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.rules.parse import load_json
from clinicdesk.rules.write import dump_case


def test_decimals_are_numbers_with_the_digits_they_have():
    assert dump_case({"mg": Decimal("10.50"), "value": Decimal(8)}) == '{"mg": 10.50, "value": 8}'


def test_keys_stay_in_their_order():
    assert dump_case({"value": 1, "mg": "x"}) == '{"value": 1, "mg": "x"}'


def test_what_is_no_json_is_named():
    with pytest.raises(TypeError, match=r"^set$"):
        dump_case({"mg": {1}})


def test_text_that_looks_like_the_mark_stays_text():
    for text in ("\\u00001", "\0001", '"\\u00001"', "\0" + "12"):
        written = dump_case({"note": text + "x", "mg": Decimal(1)})
        assert load_json(written) == {"note": text + "x", "mg": 1}


@given(st.decimals(0, 1000, allow_nan=False, places=4), st.text(max_size=20))
def test_what_is_written_is_read_the_same(number, text):
    text = text.replace("\0", "")
    assert load_json(dump_case({text: number, "t": text, "l": [number]})) == {
        text: number,
        "t": text,
        "l": [number],
    }
