"""How long relief lasted, and when it is expected to end. Exact, no floats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from clinicdesk.domain.dates import add_months
from clinicdesk.domain.readings import pain_first, relief, relief_at_least
from clinicdesk.domain.rows.cases import ReadingRow
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.due.sites import OpenSite, Session


@dataclass(frozen=True)
class Scored:
    """What the scores after a session say.

    Attributes:
        percent: relief at the last of them, rounded towards minus infinity; None: not scored.
        last: the last of them.
        good_until: the last day on which relief was good; None: never.
        below_on: the day of the first score below that after it; None: not below.
    """

    percent: int | None = None
    last: ReadingRow | None = None
    good_until: date | None = None
    below_on: date | None = None

    @property
    def failed(self) -> bool:
        """Scored, and never good."""
        return self.below_on is not None and self.good_until is None


@dataclass(frozen=True)
class Relief:
    """When relief begins to end and is over; ``basis``: ``own``, ``usual`` or ``worn``."""

    ends: date
    latest: date
    basis: str


def scored(
    session: Session, vocabulary: Vocabulary, phases: tuple[str, ...] = ("followup",)
) -> Scored:
    """The scores of ``session`` on its main scale: pain before function, all scores on one scale.

    Args:
        session: with its readings, ascending by day.
        vocabulary: its scales, and the relief below which it counts as over.
        phases: what counts as a score after it.
    """
    before = {r.scale: r.value for r in session.readings if r.phase == "baseline"}
    later = [r for r in session.readings if r.phase in phases and before.get(r.scale)]
    if not later:
        return Scored()
    scale = min((r.scale for r in later), key=lambda key: pain_first(key, vocabulary.scales))
    later = [r for r in later if r.scale == scale]
    good = [
        r for r in later if relief_at_least(before[scale], r.value, vocabulary.due.good_percent)
    ]
    good_until = good[-1].day if good else None
    below = [r.day for r in later if r not in good and (good_until is None or r.day > good_until)]
    return Scored(
        percent=_percent(before[scale], later[-1].value),
        last=later[-1],
        good_until=good_until,
        below_on=below[0] if below else None,
    )


def _percent(before: Decimal, value: Decimal) -> int | None:
    share = relief(before, value)
    return None if share is None else (share * 100).__floor__()


def durations(
    newest: Session,
    earlier: Iterable[Session],
    usual_months: tuple[int, int] | None,
    vocabulary: Vocabulary,
) -> tuple[int, ...]:
    """Days for which each earlier session's relief lasted, where the records say so.

    Until the first score that is not good; without one until it was done again (the pain was back),
    but no longer than is usual, unless a score said so: patients come back years later, too.
    A session that never helped, or was never scored, says nothing of how long relief lasts.
    """
    found = []
    following = newest.day
    for session in earlier:
        about = scored(session, vocabulary)
        if about.good_until is not None:
            usual = add_months(session.day, usual_months[1]) if usual_months else following
            end = about.below_on or max(about.good_until, usual)
            found.append((min(end, following) - session.day).days)
        following = session.day
    return tuple(days for days in found if days > 0)


def expected(
    site: OpenSite, about: Scored, usual_months: tuple[int, int] | None, vocabulary: Vocabulary
) -> Relief:
    """When the relief of a site's last session ends: worn off, by own durations, or as usual."""
    day = site.last.day
    if about.below_on is not None:
        return Relief(about.below_on, about.below_on, "worn")
    own = durations(site.last, site.earlier, usual_months, vocabulary)
    if own:
        ends, latest, basis = day + _days(_median(own)), day + _days(max(own)), "own"
    else:
        least, most = usual_months or (0, 0)
        ends, latest, basis = add_months(day, least), add_months(day, most), "usual"
    # A score that is still good overrules what was expected of its day.
    held = about.good_until or day
    return Relief(max(ends, held), max(latest, held), basis)


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def _median(values: Iterable[int]) -> int:
    """The middle one; of two middle ones the whole days between them, rounded down."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return Fraction(ordered[middle - 1] + ordered[middle], 2).__floor__()
