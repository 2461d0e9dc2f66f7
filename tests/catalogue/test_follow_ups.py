"""A score is asked for when some rule needs it: else every repeat could not be determined."""

from __future__ import annotations

from datetime import date

import pytest
from support.vocabulary import CATALOGUE, PROCEDURES

from clinicdesk.domain.procedures import Intent, Purpose
from clinicdesk.rules.kinds.response import SustainedResponse

DONE = date(2026, 11, 24)
RULES = [
    pytest.param(rule, id=f"{pack.id}-{rule.head.id}")
    for pack in CATALOGUE.packs.values()
    for rule in pack.rules
    if isinstance(rule, SustainedResponse)
]


@pytest.mark.parametrize("rule", RULES)
def test_every_response_rule_finds_a_score_of_its_day(rule):
    """The first score from the end of the span on decides; one call must lie there."""
    decides = rule.lasting.after(DONE)
    for procedure in sorted(rule.sessions.selector.covers):
        kind = PROCEDURES[procedure]
        intent = rule.sessions.selector.intent or Intent.THERAPEUTIC
        calls = [c.after.after(DONE) for c in kind.follow_ups[intent] if c.purpose is Purpose.SCORE]
        assert calls, procedure
        assert max(calls) >= decides, (procedure, decides)


@pytest.mark.parametrize("kind", PROCEDURES.values(), ids=lambda kind: kind.id)
def test_everybody_is_called_within_three_days(kind):
    for intent in kind.intents:
        first = kind.follow_ups[intent][0]
        assert first.purpose is Purpose.SAFETY
        assert (str(first.after), str(first.until)) == ("1 day", "3 days")
