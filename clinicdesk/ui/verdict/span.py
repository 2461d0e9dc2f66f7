"""What the timeline of a verdict shows, in dates: pure, without a painter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from clinicdesk.domain.dates import day_short, day_words
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.ui.verdict.words import NOT_BEFORE, unsure

_MARGIN = timedelta(days=14)
_TAIL = timedelta(days=60)


@dataclass(frozen=True)
class Span:
    """The stretch of time painted.

    Attributes:
        start, end: the painted range.
        window_start, window_end: the rolling window; None where no rule counts in one.
        sessions: the days counted, ascending.
        wanted: the day asked for.
        earliest: the first day on which nothing says "not before".
        blocked: whether ``wanted`` to ``earliest`` is hatched.
        sure: whether time after ``earliest`` may be shown in the tone of consent.
        booked: of ``sessions`` those that are only booked so far.
        leaves: the session that leaves the window next, and the day it does.
    """

    start: date
    end: date
    window_start: date | None
    window_end: date | None
    sessions: tuple[date, ...]
    wanted: date
    earliest: date
    blocked: bool
    sure: bool
    booked: frozenset[date] = frozenset()
    leaves: tuple[date, date] | None = None

    def share(self, day: date) -> float:
        """Where ``day`` lies, 0 to 1."""
        whole = (self.end - self.start).days or 1
        return min(1.0, max(0.0, (day - self.start).days / whole))

    def months(self) -> tuple[date, ...]:
        """The first days of the months inside, ascending."""
        first = date(self.start.year, self.start.month, 1)
        found = []
        while first <= self.end:
            if first >= self.start:
                found.append(first)
            later = first.year * 12 + first.month
            first = date(later // 12, later % 12 + 1, 1)
        return tuple(found)


def span_of(card: VerdictCard) -> Span | None:
    """The span of a card; None when there is nothing to show on a line of time."""
    sessions = tuple(sorted({day for row in card.findings for day in row.counted}))
    blocked = card.status == NOT_BEFORE and card.earliest > card.on
    if card.window_start is None and not sessions and not blocked:
        return None
    # The fifth session two months from now must not push the window off the picture.
    begins = [card.on, *sessions]
    if card.window_start is not None:
        begins.append(card.window_start)
    leaves = _leaves(card)
    ends = [card.on, card.earliest, *sessions, *((leaves[1],) if leaves else ())]
    return Span(
        start=min(begins) - _MARGIN,
        end=max(ends) + _TAIL,
        window_start=card.window_start,
        window_end=card.on if card.window_start else None,
        sessions=sessions,
        wanted=card.on,
        earliest=card.earliest,
        blocked=blocked,
        sure=not unsure(card),
        booked=card.booked & frozenset(sessions),
        leaves=leaves,
    )


def _leaves(card: VerdictCard) -> tuple[date, date] | None:
    """Of the cap whose window is painted; else of any other."""
    caps = [row for row in card.findings if row.leaves is not None]
    shown = [row for row in caps if row.window_start == card.window_start]
    return (shown or caps)[0].leaves if caps else None


def window_caption(span: Span) -> str:
    """``12-month window``, from the dates themselves; empty without a window."""
    if span.window_start is None or span.window_end is None:
        return ""
    months = (span.window_end.year - span.window_start.year) * 12
    months += span.window_end.month - span.window_start.month
    return _("{months}-month window").format(months=months)


def wanted_caption(span: Span, today: date | None) -> str:
    """``Today`` or ``22 Dec`` for the day asked for."""
    return _("Today") if span.wanted == today else day_short(span.wanted)


def mark_tip(span: Span, at: date) -> str:
    """What hovering a day says."""
    if at in span.sessions:
        number = span.sessions.index(at) + 1
        said = (
            _("Session {number}, booked for {at}")
            if at in span.booked
            else _("Session {number}, done on {at}")
        ).format(number=number, at=day_words(at))
        if span.leaves is not None and span.leaves[0] == at:
            leaves = day_words(span.leaves[1])
            said = _("{said}; leaves the window on {leaves}").format(said=said, leaves=leaves)
        return said
    if at == span.wanted:
        return _("Asked for: {at}").format(at=day_words(at))
    return _("First allowed day: {at}").format(at=day_words(at))


def leaves_caption(span: Span) -> str:
    """``Session 1 leaves 12 Jan 2027``; empty where none does."""
    if span.leaves is None:
        return ""
    session, day = span.leaves
    number = span.sessions.index(session) + 1 if session in span.sessions else 1
    return _("Session {number} leaves {day}").format(number=number, day=day_words(day))


def spoken_span(span: Span, today: date | None) -> str:
    """The whole line of time for a screen reader."""
    parts = [
        (
            _("Asked for today, {wanted}.").format(wanted=day_words(span.wanted))
            if span.wanted == today
            else _("Asked for {wanted}.").format(wanted=day_words(span.wanted))
        )
    ]
    if span.window_start is not None:
        parts.append(
            _("The {window_caption} begins after {window_start}.").format(
                window_caption=window_caption(span), window_start=day_words(span.window_start)
            )
        )
    parts += [f"{mark_tip(span, day)}." for day in span.sessions]
    if span.blocked:
        parts.append(_("First allowed day: {earliest}.").format(earliest=day_words(span.earliest)))
    return " ".join(parts)
