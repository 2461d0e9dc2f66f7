"""The list before signing: ready only when nothing is open, the safety checks' questions too."""

from __future__ import annotations

from typing import Any

import pytest
from support.desk import words_in
from support.logs import book

from clinicdesk.domain.rows.safety_facts import AllergyEntry, Said, Topic
from clinicdesk.services import safety_facts
from clinicdesk.ui.widgets import Chip

pytestmark = pytest.mark.slow


def said(desk: Any) -> str:
    side = desk.view.side
    chips = [chip.text() for chip in side.findChildren(Chip) if chip.isVisible()]
    return " ".join((*chips, words_in(side)))


def finished(desk: Any) -> None:
    desk.open(book(desk.clinic))
    desk.complete()
    if desk.view.side.reason.isVisible():
        desk.type(desk.view.side.reason, "Surgery declined, pain came back")
    desk.settle()


def test_open_questions_are_counted(desk: Any) -> None:
    finished(desk)
    assert "6 of 7 done" in said(desk)
    assert "answered when signing" in said(desk)
    facts = safety_facts.facts(desk.clinic, desk.actor, desk.seeded.teresa)
    taken = tuple(kept.id for kept in facts.of(Topic.DRUGS).entries)
    for topic, ended in ((Topic.CONDITIONS, ()), (Topic.IMPLANTS, ()), (Topic.DRUGS, taken)):
        safety_facts.answer(
            desk.clinic, desk.actor, desk.seeded.teresa, topic, Said.NONE, end=ended
        )
    desk.settle()
    finished(desk)
    assert "7 of 7 done" in said(desk)
    assert "answered when signing" not in said(desk)


def test_one_fact_is_asked_once(desk: Any) -> None:
    """A contrast allergy is the checks' to ask: the payer's rule on it asks no second reason."""
    entry = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(desk.clinic, desk.actor, desk.seeded.teresa, Topic.ALLERGIES, add=(entry,))
    desk.open(book(desk.clinic))
    desk.settle()
    side = desk.view.side
    assert "IV dye" in words_in(side.safety)
    assert not side.reason.isVisible()
