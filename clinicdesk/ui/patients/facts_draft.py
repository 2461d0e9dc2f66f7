"""What is being answered about a patient, before it is saved. Pure: no widgets, no database."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain import fact_entries
from clinicdesk.domain.dates import Sort, day_words
from clinicdesk.domain.fact_entries import Words
from clinicdesk.domain.people import age
from clinicdesk.domain.rows.safety_facts import (
    LISTS,
    Entry,
    FactsAnswer,
    KeptEntry,
    SafetyFacts,
    Said,
    SurgeryEntry,
    Topic,
    TopicState,
)
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _
from clinicdesk.ui.local import read_day


class TopicDraft:
    """One question: where it stands on record, and what is to be answered.

    Attributes:
        said: what is chosen now; of a list ``list`` wherever entries stand.
        added: entries that are not saved yet.
    """

    def __init__(self, state: TopicState, words: Words) -> None:
        self.state, self._words = state, words
        self.topic = state.topic
        self.said = state.said
        self.added: list[Entry] = []
        self._ended: set[int] = set()
        self._answered = False

    @property
    def kept(self) -> tuple[KeptEntry, ...]:
        """Entries on record that stay."""
        return tuple(entry for entry in self.state.entries if entry.id not in self._ended)

    @property
    def standing(self) -> int:
        """How many entries there would be."""
        return len(self.kept) + len(self.added)

    def choose(self, said: Said) -> str:
        """Answers the question; returns why it cannot be answered so, empty where it can."""
        if said in (Said.NONE, Said.NOT_ASKED) and self.standing:
            return _("Take the entries off the list first.")
        self.said, self._answered = said, True
        return ""

    def add(self, typed: str, today: date) -> str:
        """Takes an entry as typed; returns what is wrong with it, empty where nothing is."""
        text = " ".join(typed.split())
        if not text:
            return ""
        if fact_entries.says_none(text):
            return self.choose(Said.NONE)
        try:
            entries = self._read(text, today)
        except ValueError as problem:
            return str(problem)
        for entry in entries:
            if sentence := fact_entries.problem(entry):
                return sentence
        self.added.extend(entries)
        self.said = Said.LIST
        return ""

    def _read(self, text: str, today: date) -> list[Entry]:
        """The entries of a line as typed; raises ValueError in words."""
        if self.topic is not Topic.SURGERIES:
            read = fact_entries.read_entries(self.topic, text, self._words)
            return [fact_entries.completed(entry, self._words) for entry in read]
        joint, comma, day = text.partition(",")
        if not comma:
            raise ValueError(_("Type joint, side and day, for example knee left, 20 January 2027."))
        site = self._words.joint_site(joint) or fold(joint).strip()
        return [SurgeryEntry(site, read_day(day.strip(), today, Sort.COMING))]

    def end(self, entry_id: int) -> None:
        """Takes an entry on record off the list. The last one's end is no "none"."""
        self._ended.add(entry_id)
        self._emptied()

    def drop(self, number: int) -> None:
        """Takes back an entry that was not saved yet."""
        del self.added[number]
        self._emptied()

    def _emptied(self) -> None:
        if not self.standing:
            self.said, self._answered = Said.NOT_ASKED, False

    def answer(self) -> FactsAnswer | None:
        """What is to be saved; None where nothing was changed."""
        said = self.said if self._answered else None
        if said is None and not self.added and not self._ended:
            return None
        return FactsAnswer(self.topic, said, tuple(self.added), tuple(sorted(self._ended)))


def entry_words(entry: Entry) -> tuple[str, str]:
    """An entry in two parts for the eye: what it is, and what is known of it."""
    if isinstance(entry, SurgeryEntry):
        return entry.site, day_words(entry.day)
    text = fact_entries.entry_text(entry)
    parts = {"substance": "", "drug": "", "name": ""} | vars(entry)
    name = str(parts["substance"] or parts["drug"] or parts["name"])
    return name, text.removeprefix(name).strip(" ()")


def asked_words(state: TopicState, today: date) -> str:
    """``asked 24 Nov 2026, Joelle Marsh``; empty where nobody has asked."""
    if state.said is Said.NOT_ASKED:
        return ""
    if state.entered_on is not None:
        return _("from the imported file, entered by {who}, {day}").format(
            who=state.asked_by, day=day_words(state.entered_on)
        )
    if state.asked_on is None:
        return _("asked on a day that was not recorded")
    if state.asked_on == today:
        return _("asked today, {who}").format(who=state.asked_by or _("import"))
    return _("asked {day}, {who}").format(
        day=day_words(state.asked_on), who=state.asked_by or _("import")
    )


def summary(state: TopicState) -> str:
    """One question in a few words: the entries, ``None``, ``Not asked``."""
    if state.entries:
        return ", ".join(fact_entries.entry_text(kept.entry) for kept in state.entries)
    return ANSWERS[state.said]


ANSWERS = {
    Said.NOT_ASKED: _("Not asked"),
    Said.NONE: _("None"),
    Said.LIST: _("List"),
    Said.YES: _("Yes"),
    Said.NO: _("No"),
}


def why_not_asked(facts: SafetyFacts, today: date, ages: tuple[int, int]) -> str:
    """Why this patient is not asked about pregnancy; empty where she is.

    ``ages``: the first and last at which the clinic asks.
    """
    years = age(facts.birth_date, today)
    if facts.sex == "male":
        return _("not asked of men")
    if not ages[0] <= years <= ages[1]:
        return _("not asked at {age}").format(age=years)
    return ""


def drafts(facts: SafetyFacts, words: Words) -> dict[Topic, TopicDraft]:
    """One per question, the lists first; ``words``: the clinic's, for entries as typed."""
    return {topic: TopicDraft(facts.of(topic), words) for topic in (*LISTS, Topic.PREGNANCY)}
