"""Sheets show hours as the clinic's country counts them, whatever language they are in."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.sheets import LetterTexts, SheetTexts

T = TypeVar("T", bound=SheetTexts)


def in_hours_of(texts: T, customs: Customs) -> T:
    """The texts with the country's hours; of a country kept as it was, as they stand."""
    if not customs.clock:
        return texts
    words = replace(texts.words, dates={**texts.words.dates, "time": customs.clock})
    if isinstance(texts, LetterTexts):
        return replace(texts, words=words, clock=customs.clock)
    return replace(texts, words=words)
