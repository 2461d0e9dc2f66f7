"""What a recall letter says for these facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from babel.dates import format_datetime, format_time

from clinicdesk.documents.places import phrases, read_sites
from clinicdesk.documents.text import clean
from clinicdesk.documents.wording import BLANK, Wording
from clinicdesk.domain.headings import begun
from clinicdesk.domain.rows.documents import OpenDays, RecallFacts, RecallItem, SheetFacts
from clinicdesk.domain.sheets import LetterTexts, SheetTexts

# Any Monday: the names of the weekdays are counted from it.
_MONDAY = date(2026, 1, 5)


class RecallWording(Wording):
    """The text of a recall letter, resolved for one patient."""

    facts: RecallFacts
    texts: LetterTexts

    def __init__(self, facts: SheetFacts, texts: SheetTexts) -> None:
        if not isinstance(facts, RecallFacts) or not isinstance(texts, LetterTexts):
            raise TypeError("a recall letter is made of RecallFacts and LetterTexts")
        self.facts = facts
        self.texts = texts
        self.sites = ()

    @cached_property
    def true(self) -> frozenset[str]:
        """The condition words that hold."""
        first = self.facts.items[0]
        words = {first.reason, self.facts.sex}
        if first.repeat_from is not None:
            words.add("dated")
            if first.repeat_from <= self.facts.when.date():
                words.add("open")
        if len(self.facts.items) > 1:
            words.add("several")
        return frozenset(words)

    @cached_property
    def values(self) -> dict[str, str]:
        """Placeholder to plain text."""
        facts = self.facts
        return {
            "name": self.name,
            "clinic": facts.clinic.name,
            "physician": facts.physician,
            # Nobody is asked to call at night: the day's number first.
            "phone": facts.clinic.phone or facts.clinic.phone_urgent or BLANK,
            "repeat": self.date(facts.items[0].repeat_from, "long"),
        }

    def treatment(self, item: RecallItem) -> str:
        """The treatment in plain words; its name where no text knows it."""
        known = self.texts.treatments.get(item.procedure)
        return known.words if known else item.name

    def place(self, item: RecallItem) -> str:
        """The place in plain words, beginning with a capital."""
        known = self.texts.treatments.get(item.procedure)
        if known is None:
            return self.listed(list(item.sites))
        texts = replace(self.texts, where=known.where, site_sort=known.site_sort)
        words = self.listed([clean(p) for p in phrases(read_sites(item.sites, texts), texts)])
        return _capital(words)

    def again(self, item: RecallItem) -> str:
        """From when on more can be done: a day, ``now``, or that we would like a call."""
        if item.repeat_from is None:
            return self.label_words("again_ask")
        if item.repeat_from <= self.facts.when.date():
            return self.label_words("again_now")
        return self.date(item.repeat_from, "short")

    def hours(self) -> str:
        """``Monday to Friday, 8:00 AM to 5:00 PM``; empty where none are on record."""
        return _capital("; ".join(self._days(days) for days in self.facts.hours))

    def _days(self, days: OpenDays) -> str:
        names = [self._weekday(day) for day in days.weekdays]
        if len(names) > 2 and days.weekdays[-1] - days.weekdays[0] == len(names) - 1:
            which = self.label_words("days", first=names[0], last=names[-1])
        else:
            which = self.listed(names)
        times = [
            self.label_words("times", starts=self._clock(start), ends=self._clock(end))
            for start, end in days.times
        ]
        return f"{which}, {self.listed(times)}"

    def _weekday(self, day: int) -> str:
        at = datetime.combine(_MONDAY + timedelta(days=day), time())
        return format_datetime(at, "EEEE", locale=self.locale)

    def _clock(self, at: time) -> str:
        return format_time(at, self.texts.clock, locale=self.locale)

    @property
    def signed(self) -> str:
        """Who signs: the physician with the team, or the team."""
        return self.label_words("signed" if self.facts.physician else "team")

    @property
    def recipient(self) -> tuple[str, ...]:
        """The lines of the address."""
        return (self.name, *(line for line in self.facts.recipient if line.strip()))


def _capital(words: str) -> str:
    return begun(words)


def wording_for(facts: SheetFacts, texts: SheetTexts) -> Wording:
    """The wording of a sheet by its kind."""
    known: Mapping[str, type[Wording]] = {"recall": RecallWording}
    return known.get(texts.kind, Wording)(facts, texts)
