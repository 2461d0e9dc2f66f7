"""Signs that nobody sees."""

from __future__ import annotations

import pytest

from clinicdesk.domain.unseen import without_unseen

TEXTS = [
    ("Smi\u200bth", "Smith"),
    ("\ufeffSmith\u00ad", "Smith"),
    ("\u202bSmith\u202c", "Smith"),
    ("Smi\u200dth", "Smith"),
    ("علی\u200cرضا", "علی\u200cرضا"),
    ("क\u094d\u200dष", "क\u094d\u200dष"),
    ("García Márquez", "García Márquez"),
    ("Smith", "Smith"),
]


@pytest.mark.parametrize(("text", "left"), TEXTS)
def test_they_are_taken_out_and_joiners_stay_where_the_script_needs_them(
    text: str, left: str
) -> None:
    assert without_unseen(text) == left
