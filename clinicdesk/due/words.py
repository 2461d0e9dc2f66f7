"""The sentences of the due list: short, plain, with what to do."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.cases import ReadingRow
from clinicdesk.due.relief import Scored
from clinicdesk.due.sites import Session


def score_words(reading: ReadingRow | None) -> str:
    """``NRS 3 on 14 Sep 2026``; empty without a score."""
    if reading is None:
        return ""
    return f"{reading.scale} {amount_text(reading.value)} on {day_words(reading.day)}"


def repeat_words(session: Session, about: Scored, allowed: date, on: date) -> str:
    """Relief so far, and from when it may be repeated."""
    again = _again(allowed, on)
    if about.percent is None:
        return f"Not scored since {day_words(session.day)}; {again}."
    if about.last is None or about.good_until is None:
        return f"{again[0].upper()}{again[1:]}."
    held = span_words((about.last.day - session.day).days)
    return f"Relief of {about.percent} % after {held}; {again}."


def worn_words(session: Session, about: Scored, allowed: date, on: date) -> str:
    """Relief is over."""
    ended = about.below_on or session.day
    held = span_words((ended - session.day).days)
    return f"Relief has worn off by {day_words(ended)}, after {held}; {_again(allowed, on)}."


def failed_words(session: Session, about: Scored, allowed: date, on: date) -> str:
    """It never helped by half."""
    said = about.last.day if about.last else session.day
    relief = f"relief {about.percent} %" if (about.percent or 0) >= 0 else "worse than before"
    return f"Did not help by half ({relief} on {day_words(said)}); {_again(allowed, on)}."


def missing_words(since: date) -> str:
    """A score without which the rules cannot answer."""
    return (
        f"No score since {day_words(since)}: the next verdict cannot be determined without it. "
        "Ask for one."
    )


def second_words(good: int, wanted: int, last: date, allowed: date, on: date) -> str:
    """One more block is outstanding."""
    count = "One good block" if good == 1 else f"{_count(good)} good blocks"
    which = "the second" if good + 1 == 2 else f"block {good + 1}"
    of = "" if wanted == 2 else f" of {wanted}"
    when = "is possible" if allowed <= on else f"is possible from {day_words(allowed)}"
    return f"{count}, the last of {day_words(last)}; {which}{of} {when}."


def next_words(good: int, called: str, allowed: date, on: date) -> str:
    """Enough good blocks for what they lead to."""
    blocks = "One good block" if good == 1 else f"{_count(good)} good blocks"
    when = "is possible" if allowed <= on else f"is possible from {day_words(allowed)}"
    return f"{blocks}: {inside(called)} {when}."


def inside(name: str) -> str:
    """A name as it stands inside a sentence; one that begins with capitals keeps them."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def review_words(last: date, percent: int) -> str:
    """A block was scored, and the rules in use do not say what follows."""
    return (
        f"The block of {day_words(last)} brought {percent} % relief. The rules in use do not say "
        "what follows: the physician decides."
    )


def unscored_words(last: date) -> str:
    """Nobody knows whether a block helped."""
    return f"No score after the block of {day_words(last)}: ask how much it helped."


def treat_words(last: date, allowed: date, on: date) -> str:
    """A diagnostic injection that leads to the treatment itself."""
    when = "is possible" if allowed <= on else f"is possible from {day_words(allowed)}"
    return f"The diagnostic injection of {day_words(last)} helped; a therapeutic one {when}."


def unreadable_words(problem: str) -> str:
    """The rules cannot read the record."""
    return f"The interval rules cannot read an entry of this patient: {problem}"


def span_words(days: int) -> str:
    """``12 weeks`` from two weeks on, else ``9 days``."""
    if days >= 14:
        return f"{days // 7} weeks"
    return "1 day" if days == 1 else f"{days} days"


def _again(allowed: date, on: date) -> str:
    return "may be repeated" if allowed <= on else f"may be repeated from {day_words(allowed)}"


def _count(number: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four"}.get(number, str(number))
