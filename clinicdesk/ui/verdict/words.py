"""What the verdict card says: pure, so that the words can be tested without a window.

The words are fixed: the program advises, a clinician allows. While a part of the
rules is unchecked (``card.partial``) nothing is ever shown in the tone of consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinicdesk.domain import verdict_words
from clinicdesk.domain.dates import day_words, weekday_words
from clinicdesk.domain.rows.verdict import FindingRow, MissingFact, VerdictCard
from clinicdesk.domain.states import VerdictStatus


class Tone(StrEnum):
    """The colour meaning of a card or line."""

    OK = "ok"
    DANGER = "danger"
    WARN = "warn"
    NEUTRAL = "neutral"


OK, NOT_BEFORE = VerdictStatus.OK.value, VerdictStatus.NOT_BEFORE.value
NEEDS_REASON = VerdictStatus.NEEDS_REASON.value
CANNOT_DETERMINE = VerdictStatus.CANNOT_DETERMINE.value

LATER_BOOKED = "later.booked"
READINGS = frozenset({"followup", "post", "baseline"})
"""What a score dialog can supply."""

PARTIAL_HEADLINE, NO_RULE_HEADLINE = verdict_words.PARTIAL, verdict_words.NO_RULE
NOT_VERIFIED = "unverified number: verify"

_TONES = {
    OK: Tone.OK,
    NOT_BEFORE: Tone.DANGER,
    NEEDS_REASON: Tone.WARN,
    CANNOT_DETERMINE: Tone.NEUTRAL,
}
_ICONS = {OK: "shield", NOT_BEFORE: "clock", NEEDS_REASON: "info", CANNOT_DETERMINE: "alert"}
_LINE_ICONS = {OK: "check", NOT_BEFORE: "clock", NEEDS_REASON: "info", CANNOT_DETERMINE: "alert"}
_STATUS_WORDS = {status.value: status.label for status in VerdictStatus}


def status_words(status: str) -> str:
    """``Needs a reason``: a status as it is shown."""
    return _STATUS_WORDS.get(status, _STATUS_WORDS[CANNOT_DETERMINE])


@dataclass(frozen=True)
class Headline:
    """The top of the card. ``icon`` is a name of the icon set."""

    tone: Tone
    icon: str
    text: str
    sub: str


def headline(card: VerdictCard) -> Headline:
    """The headline; neutral instead of green while something was not checked."""
    return Headline(_tone(card), _icon(card), _headline_text(card), _sub(card))


def _tone(card: VerdictCard) -> Tone:
    if card.status == OK and (card.partial or not card.findings):
        return Tone.NEUTRAL
    return _TONES.get(card.status, Tone.NEUTRAL)


def _icon(card: VerdictCard) -> str:
    if card.status == OK and (card.partial or not card.findings):
        return "info"
    return _ICONS.get(card.status, "alert")


def _headline_text(card: VerdictCard) -> str:
    if card.status == OK and card.partial:
        return PARTIAL_HEADLINE
    if card.status == OK and not card.findings:
        return NO_RULE_HEADLINE
    if card.status == NOT_BEFORE:
        return f"Not before {day_words(card.earliest)}"
    return _STATUS_WORDS.get(card.status, _STATUS_WORDS[CANNOT_DETERMINE])


def _sub(card: VerdictCard) -> str:
    """Session number where a cap counts; else what was asked of which rules."""
    if card.used is None or card.allowed is None:
        if not card.findings and card.partial:
            return "No cap or gap is known for this"
        if not card.findings:
            return f"No rule of {card.pack_title} applies on {day_words(card.on)}"
        return f"Asked for {weekday_words(card.on)}"
    if card.used >= card.allowed:
        return f"{card.used} of {card.allowed} used on {day_words(card.on)}"
    return f"Session {card.used + 1} of {card.allowed} on {day_words(card.on)}"


def deciding(card: VerdictCard) -> FindingRow | None:
    """The finding whose own earliest day is the last: it decides the date."""
    dated = [row for row in card.findings if row.status == NOT_BEFORE and row.earliest]
    return max(dated, key=_earliest) if dated else None


def _earliest(row: FindingRow) -> date:
    return row.earliest or date.min


_RANK = {NOT_BEFORE: 0, NEEDS_REASON: 1, CANNOT_DETERMINE: 2, OK: 3}


def worst_card(cards: tuple[VerdictCard, ...]) -> VerdictCard | None:
    """Of several planned procedures the answer that hinders most; None without any."""
    return min(cards, key=lambda card: _RANK.get(card.status, 2), default=None)


def ordered(card: VerdictCard) -> tuple[FindingRow, ...]:
    """The findings, what hinders before what does not; the pack's order within."""
    return tuple(sorted(card.findings, key=lambda row: _RANK.get(row.status, 2)))


def parted(card: VerdictCard) -> tuple[tuple[FindingRow, ...], tuple[FindingRow, ...]]:
    """What hinders, worst first, and the rules that are met, in the pack's order."""
    rows = ordered(card)
    return (
        tuple(row for row in rows if row.status != OK),
        tuple(row for row in rows if row.status == OK),
    )


def met_words(met: tuple[FindingRow, ...], *, others: bool) -> str:
    """``8 other rules are met (1 unverified)``: its number was not found in its source yet."""
    count, other = len(met), "other " if others else ""
    words = f"1 {other}rule is met" if count == 1 else f"{count} {other}rules are met"
    unverified = sum(1 for row in met if not row.verified)
    return f"{words} ({unverified} unverified)" if unverified else words


_LACKS = {
    "followup": "Enter the follow-up score",
    "post": "Enter the score after the block",
    "baseline": "Enter the score before it",
    "guidance": "Say how it is guided",
    "contrast": "Say whether contrast is used",
    "steroids": "Say which steroid",
}


def lack_words(lack: MissingFact) -> str:
    """What the button says that leads to the missing fact; empty where nothing leads there."""
    if lack.day is None:
        return _LACKS.get(lack.what, "")
    if not lack.procedure_ids:
        return f"Log the session of {day_words(lack.day)}"
    if lack.what in READINGS:
        return f"{_LACKS[lack.what]} ({day_words(lack.day)})"
    return f"Open the log of {day_words(lack.day)}"


def finding_icon(row: FindingRow) -> str:
    """A shape of its own for each status: colour is never alone."""
    return _LINE_ICONS.get(row.status, "alert")


def finding_tone(row: FindingRow, *, partial: bool) -> Tone:
    """The tone of a finding's icon; a met rule stays neutral on a partial card."""
    tone = _TONES.get(row.status, Tone.NEUTRAL)
    return Tone.NEUTRAL if tone is Tone.OK and partial else tone


def finding_spoken(row: FindingRow) -> str:
    """A finding for a screen reader: status, sentence, source, mark."""
    mark = "" if row.verified else " Its number is unverified: verify it."
    status = status_words(row.status)
    return f"{status}: {row.message} Source: {row.source}.{mark}"


def source_text(row: FindingRow, card: VerdictCard) -> str:
    """What the source popover says, as lines of plain text."""
    current = f" (as of {row.source_date})" if row.source_date else ""
    lines = [row.title, f"Source: {row.source}{current}"]
    if row.counted:
        lines.append("Counted: " + ", ".join(day_words(day) for day in row.counted))
    if row.leaves is not None:
        session, day = row.leaves
        lines.append(f"The session of {day_words(session)} leaves the window on {day_words(day)}.")
    if not row.verified:
        lines.append("This number was not found in a public source yet: verify it.")
    lines.append(f"Rules: {card.pack_title}, version {card.pack_version} ({row.rule})")
    return "\n".join(lines)


def spoken(card: VerdictCard) -> str:
    """The whole card for a screen reader."""
    top = headline(card)
    parts = [f"{top.text}. {top.sub}."]
    if card.partial:
        parts.append(card.partial)
    parts.extend(finding_spoken(row) for row in ordered(card))
    if may_jump(card):
        parts.append(f"The first allowed day is {weekday_words(card.earliest)}.")
    return " ".join(parts)


def may_jump(card: VerdictCard) -> bool:
    """Whether there is a later first allowed day to offer."""
    return card.status == NOT_BEFORE and card.earliest > card.on


def wants_reason(card: VerdictCard, *, overrides: bool) -> bool:
    """Whether a reason may be typed: ahead of *not before* only by those who may override."""
    return card.status == NEEDS_REASON or (card.status == NOT_BEFORE and overrides)
