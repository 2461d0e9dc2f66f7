"""What the safety card says: pure, so that the words can be tested without a window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding
from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui.verdict.words import NOT_VERIFIED, Headline, Tone

QUESTIONS: dict[str, tuple[Topic, str]] = {
    "allergies.not_asked": (Topic.ALLERGIES, _("Any allergy, also to contrast or latex?")),
    "thinner.not_asked": (Topic.DRUGS, _("Any drug, blood thinners too?")),
    "conditions.not_asked": (Topic.CONDITIONS, _("Diabetes, infection or other conditions?")),
    "implants.not_asked": (Topic.IMPLANTS, _("A pacemaker, other device or artificial joint?")),
    "implants.bursa": (Topic.IMPLANTS, _("A pacemaker, other device or artificial joint?")),
    "pregnancy.not_asked": (Topic.PREGNANCY, _("Could this patient be pregnant?")),
    "pregnancy.doubt": (Topic.PREGNANCY, _("Could this patient be pregnant?")),
}
"""Checks that only want an answer: what is asked, and which question of the record it is."""


def question_of(finding: SafetyFinding) -> tuple[Topic, str]:
    """What a finding asks; what the record says already stands in its own sentence."""
    topic, question = QUESTIONS[finding.check]
    return topic, finding.sentence if finding.because else question


ENTRY_HINTS = {
    Topic.ALLERGIES: _("To what, as “IV dye (hives)”"),
    Topic.DRUGS: _("Which, as “apixaban 5 mg”"),
    Topic.CONDITIONS: _("Which, as “type 2 diabetes”"),
    Topic.IMPLANTS: _("Which, as “pacemaker” or “knee replacement left”"),
}
_TONES = {
    SafetyLevel.REASON: (Tone.DANGER, "alert"),
    SafetyLevel.ASK: (Tone.WARN, "info"),
    SafetyLevel.NOTE: (Tone.NEUTRAL, "info"),
}


@dataclass(frozen=True)
class Counts:
    """How many findings of each level a card has."""

    reasons: int
    asks: int
    notes: int


def counts(card: SafetyCard) -> Counts:
    """The findings by level."""
    return Counts(*(len(card.of_level(level)) for level in SafetyLevel))


def headline(card: SafetyCard) -> Headline | None:
    """The top of the card; None where nothing was found."""
    found = counts(card)
    if found.reasons:
        return Headline(Tone.DANGER, "alert", _("Needs a physician's reason"), _sub(found))
    if card.leaves_time_on is not None:
        return Headline(Tone.WARN, "alert", _("Too late to stop the blood thinner"), _sub(found))
    if found.asks:
        return Headline(Tone.WARN, "info", _("To settle before the procedure"), _sub(found))
    if found.notes:
        return Headline(Tone.NEUTRAL, "info", _("To know"), _sub(found))
    return None


def _sub(found: Counts) -> str:
    parts = []
    if found.reasons:
        parts.append(_n("{n} reason", "{n} reasons", found.reasons).format(n=found.reasons))
    if found.asks:
        parts.append(_n("{n} to ask", "{n} to ask", found.asks).format(n=found.asks))
    if found.notes:
        parts.append(_n("{n} note", "{n} notes", found.notes).format(n=found.notes))
    return " · ".join(parts)


def line_tone(finding: SafetyFinding) -> tuple[Tone, str]:
    """Tone and icon of a finding's line."""
    return _TONES[finding.level]


def level_words(level: SafetyLevel) -> str:
    """The mark at the end of a line."""
    return {
        SafetyLevel.REASON: _("Reason"),
        SafetyLevel.ASK: _("Ask"),
        SafetyLevel.NOTE: _("Note"),
    }[level]


def source_words(finding: SafetyFinding) -> str:
    """The source, with the mark of what nobody has verified."""
    return f"{finding.source} · {NOT_VERIFIED}" if finding.verify else finding.source


def moved_up_words(card: SafetyCard) -> str:
    """That several drugs raised the bleeding class; empty where they did not."""
    if not card.moved_up:
        return ""
    if card.bleeding == "high":
        return _("More than one blood thinner: the bleeding risk of this counts as high.")
    return _("More than one blood thinner: the bleeding risk of this counts as intermediate.")


def spoken(card: SafetyCard) -> str:
    """Everything on the card, for a screen reader."""
    lines = [f"{level_words(f.level)}: {f.sentence}" for f in card.findings]
    more = filter(None, (moved_up_words(card),))
    return " ".join((*lines, *more, *(hold.sentence for hold in card.holds)))


def worst(cards: Iterable[SafetyCard]) -> SafetyCard | None:
    """Of the procedures of one visit all that was found, each finding and drug once."""
    every = tuple(cards)
    if not every:
        return None
    findings = {(f.check, f.because): f for card in every for f in card.findings}
    order = list(SafetyLevel)
    holds = {hold.drug: hold for card in every for hold in card.holds}
    ordered = sorted(findings.values(), key=lambda f: (order.index(f.level), f.check))
    moved = [card for card in every if card.moved_up]
    first = next((card for card in moved if card.bleeding == "high"), (*moved, every[0])[0])
    return replace(first, findings=tuple(ordered), holds=tuple(holds.values()))
