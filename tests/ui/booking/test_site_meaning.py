"""Level and side are never guessed when the site field is left."""

from __future__ import annotations

from typing import Any

import pytest

from clinicdesk.ui.booking.site_box import only_meaning

CASES = [
    ("esi.transforaminal", "l5 l", "L5 left"),
    ("esi.transforaminal", "l5", ""),
    ("esi.transforaminal", "l", ""),
    ("esi.transforaminal", "l left", ""),
    ("esi.interlaminar", "l45 r", "L4-L5 right"),
    ("joint.injection", "knee", ""),
    ("joint.injection", "knee r", "knee right"),
    ("joint.injection", "", ""),
]


@pytest.mark.parametrize(("procedure", "typed", "meant"), CASES)
def test_only_what_can_mean_one_site_is_completed(
    catalogue: Any, procedure: str, typed: str, meant: str
) -> None:
    assert only_meaning(typed, catalogue.procedures[procedure]) == meant
