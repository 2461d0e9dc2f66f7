"""What the check-in panel says of phone, payer and address."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from clinicdesk.domain.rows.check_in import Contacts, ContactsConfirmed, DayFacts
from clinicdesk.ui.check_in.words import confirmed_today, confirmed_words

HERE, THERE = Contacts("1", "Medicare", "18 Alder St"), Contacts("2", "Medicare", "18 Alder St")


@pytest.mark.parametrize(
    ("day", "said", "words", "done"),
    [
        (10, HERE, "unchanged since 10 Nov", False),
        (10, THERE, "changed since 10 Nov", False),
        (24, HERE, "confirmed 10:12, Joelle Marsh", True),
        (24, THERE, "changed since 24 Nov", False),
    ],
)
def test_the_last_confirmation_is_compared_with_the_record(
    day: int, said: Contacts, words: str, done: bool
) -> None:
    last = ContactsConfirmed(said, datetime(2026, 11, day, 10, 12, tzinfo=UTC), "Joelle Marsh")
    facts, today = DayFacts(contacts=HERE, confirmed=last), date(2026, 11, 24)
    assert confirmed_words(facts, today) == words
    assert confirmed_today(facts, today) is done
