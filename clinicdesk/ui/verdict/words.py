"""What the verdict card says: pure, so that the words can be tested without a window.

The words are fixed: the program advises, a clinician allows. While a part of the
rules is unchecked (``card.partial``), or they are only assumed for this payer (``card.assumed``),
nothing is ever shown in the tone of consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinicdesk.domain import verdict_words
from clinicdesk.domain.dates import day_words, weekday_words
from clinicdesk.domain.payers import assumed_words
from clinicdesk.domain.rows.verdict import FindingRow, MissingFact, VerdictCard
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _, _n


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
ALSO_ASKS = verdict_words.ALSO_ASKS
NOT_VERIFIED = _("unverified number: verify")

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


def unsure(card: VerdictCard) -> bool:
    """Whether it is never green: a part was not checked, the rules are another payer's, the
    payer asks for more, or one of the rules speaks with the danger above.
    """
    return bool(card.partial or card.assumed or card.beside or card.said_above)


def _tone(card: VerdictCard) -> Tone:
    if card.status == OK and (unsure(card) or not card.findings):
        return Tone.NEUTRAL
    return _TONES.get(card.status, Tone.NEUTRAL)


def _icon(card: VerdictCard) -> str:
    if card.status == OK and (unsure(card) or not card.findings):
        return "info"
    return _ICONS.get(card.status, "alert")


def _headline_text(card: VerdictCard) -> str:
    if card.status == OK and card.partial:
        return PARTIAL_HEADLINE
    if card.status == OK and not card.findings:
        return _("One rule, said above") if card.said_above else NO_RULE_HEADLINE
    if card.status == OK and card.assumed:
        return PARTIAL_HEADLINE
    if card.status == OK and card.said_above:
        return _("Otherwise within limits")
    if card.status == OK and card.beside:
        return verdict_words.MORE_ASKED
    if card.status == NOT_BEFORE:
        return _("Not before {earliest}").format(earliest=day_words(card.earliest))
    return _STATUS_WORDS.get(card.status, _STATUS_WORDS[CANNOT_DETERMINE])


def _sub(card: VerdictCard) -> str:
    """Session number where a cap counts; else what was asked of which rules."""
    if card.used is None or card.allowed is None:
        if not card.findings and card.partial:
            return _("No cap or gap is known for this")
        if not card.findings and card.said_above:
            return _("No other rule of {pack_title} applies").format(pack_title=card.pack_title)
        if not card.findings:
            return _("No rule of {pack_title} applies on {on}").format(
                pack_title=card.pack_title, on=day_words(card.on)
            )
        return _("Asked for {weekday_words}").format(weekday_words=weekday_words(card.on))
    if card.used >= card.allowed:
        return _("{used} of {allowed} used on {on}").format(
            used=card.used, allowed=card.allowed, on=day_words(card.on)
        )
    return _("Session {used} of {allowed} on {on}").format(
        used=card.used + 1, allowed=card.allowed, on=day_words(card.on)
    )


def deciding(card: VerdictCard) -> FindingRow | None:
    """The finding whose own earliest day is the last: it decides the date."""
    dated = [row for row in card.findings if row.status == NOT_BEFORE and row.earliest]
    return max(dated, key=_earliest) if dated else None


def _earliest(row: FindingRow) -> date:
    return row.earliest or date.min


_RANK = {NOT_BEFORE: 0, NEEDS_REASON: 1, CANNOT_DETERMINE: 2, OK: 3}


def worst_card(cards: tuple[VerdictCard, ...]) -> VerdictCard | None:
    """Of several planned procedures the answer that hinders most; None without any."""
    return min(cards, key=_hindrance, default=None)


def _hindrance(card: VerdictCard) -> tuple[int, bool]:
    """Smallest first; of equals the one whose payer asks for more."""
    return (_RANK.get(card.status, 2), not card.beside)


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
    count = len(met)
    words = (
        _n("{count} other rule is met", "{count} other rules are met", count)
        if others
        else _n("{count} rule is met", "{count} rules are met", count)
    ).format(count=count)
    unverified = sum(1 for row in met if not row.verified)
    return (
        _("{words} ({unverified} unverified)").format(words=words, unverified=unverified)
        if unverified
        else words
    )


_LACKS = {
    "followup": _("Enter the follow-up score"),
    "post": _("Enter the score after the block"),
    "baseline": _("Enter the score before it"),
    "guidance": _("Say how it is guided"),
    "contrast": _("Say whether contrast is used"),
    "steroids": _("Say which steroid"),
}


def lack_words(lack: MissingFact) -> str:
    """What the button says that leads to the missing fact; empty where nothing leads there."""
    if lack.day is None:
        return _LACKS.get(lack.what, "")
    if not lack.procedure_ids:
        return _("Log the session of {day}").format(day=day_words(lack.day))
    if lack.what in READINGS:
        return f"{_LACKS[lack.what]} ({day_words(lack.day)})"
    return _("Open the log of {day}").format(day=day_words(lack.day))


def finding_icon(row: FindingRow) -> str:
    """A shape of its own for each status: colour is never alone."""
    return _LINE_ICONS.get(row.status, "alert")


def finding_tone(row: FindingRow, *, partial: bool) -> Tone:
    """The tone of a finding's icon; a met rule stays neutral on a partial card."""
    tone = _TONES.get(row.status, Tone.NEUTRAL)
    return Tone.NEUTRAL if tone is Tone.OK and partial else tone


def finding_spoken(row: FindingRow, *, beside: bool = False) -> str:
    """A finding for a screen reader: status, sentence, source, mark.

    ``beside``: what the payer asks for besides; it has no part in the status.
    """
    said = _("{status}: {message} Source: {source}.").format(
        status=ALSO_ASKS if beside else status_words(row.status),
        message=row.message,
        source=row.source,
    )
    return (
        said if row.verified else _("{said} Its number is unverified: verify it.").format(said=said)
    )


def source_text(row: FindingRow, card: VerdictCard) -> str:
    """What the source popover says, as lines of plain text."""
    source = (
        _("Source: {source} (as of {source_date})") if row.source_date else _("Source: {source}")
    )
    lines = [row.title, source.format(source=row.source, source_date=row.source_date)]
    if row.counted:
        days = ", ".join(day_words(day) for day in row.counted)
        lines.append(_("Counted: {days}").format(days=days))
    if row.leaves is not None:
        session, day = row.leaves
        lines.append(
            _("The session of {session} leaves the window on {day}.").format(
                session=day_words(session), day=day_words(day)
            )
        )
    if not row.verified:
        lines.append(_("This number was not read in its source itself: verify it."))
        lines += [row.verify_why] if row.verify_why else []
    lines.append(
        _("Rules: {pack_title}, version {pack_version} ({rule})").format(
            pack_title=card.pack_title, pack_version=card.pack_version, rule=row.rule
        )
    )
    return "\n".join(lines)


def aside_words(card: VerdictCard) -> str:
    """What stands beside the answer: rules that are only assumed, and what was not checked."""
    assumed = assumed_words(card.assumed, card.pack_title) if card.assumed else ""
    return "\n".join(filter(None, (assumed, card.partial)))


def spoken(card: VerdictCard) -> str:
    """The whole card for a screen reader."""
    top = headline(card)
    parts = [f"{top.text}. {top.sub}."]
    if aside := aside_words(card):
        parts.append(aside)
    parts.extend(finding_spoken(row) for row in ordered(card))
    parts.extend(finding_spoken(row, beside=True) for row in card.beside)
    if may_jump(card):
        parts.append(
            _("The first allowed day is {weekday_words}.").format(
                weekday_words=weekday_words(card.earliest)
            )
        )
        if first_day(card) != card.earliest:
            parts.append(closed_words(card))
    return " ".join(parts)


def first_day(card: VerdictCard) -> date:
    """The first allowed day on which somebody is there; else the first allowed day."""
    return card.open_on or card.earliest


def closed_words(card: VerdictCard) -> str:
    """Both days, where nobody is there on the first allowed one."""
    return _("Allowed from {earliest} on, closed until {first}.").format(
        earliest=weekday_words(card.earliest), first=weekday_words(first_day(card))
    )


def may_jump(card: VerdictCard) -> bool:
    """Whether there is a later first allowed day to offer."""
    return card.status == NOT_BEFORE and card.earliest > card.on


def wants_reason(card: VerdictCard, *, overrides: bool) -> bool:
    """Whether a reason may be typed: ahead of *not before* only by those who may override."""
    return card.status == NEEDS_REASON or (card.status == NOT_BEFORE and overrides)
