"""How long relief lasted, and when it is expected to end. Exact, no floats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from clinicdesk.domain.dates import add_months
from clinicdesk.domain.relief import (
    Response,
    Score,
    best_after_block,
    course,
    sustained,
    whole_percent,
)
from clinicdesk.domain.spans import Span
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.due.sites import OpenSite, Session, Spot


@dataclass(frozen=True)
class Scored:
    """What the scores after a session say, pain or function.

    Attributes:
        percent: relief at the score that speaks, rounded towards minus infinity; None: not scored.
        last: that score.
        good_until: the last day on which relief was good; None: never.
        below_on: the day by which no score was good any more; None: not over. When it ended, no
            score says: after ``good_until`` and no later than here.
    """

    percent: int | None = None
    last: Score | None = None
    good_until: date | None = None
    below_on: date | None = None

    @property
    def never(self) -> bool:
        """Scored, and no score was good."""
        return self.below_on is not None and self.good_until is None


@dataclass(frozen=True)
class Relief:
    """When relief begins to end and is over; ``basis``: ``own``, ``usual`` or ``worn``.

    ``worn``, what scores say: it ended on one of the days from ``ends`` to ``latest``, the day
    after the last good score (that of the session where none was) and the day of the first that
    was not.
    """

    ends: date
    latest: date
    basis: str


@dataclass(frozen=True)
class Benefit:
    """The relief asked of a session (a share, exact), and for how long it must hold."""

    share: Fraction
    lasting: Span

    def held(self, session: Session) -> Response:
        """How the relief of a session held, as the interval rules judge it."""
        return sustained(session.readings, self.share, self.lasting.after(session.day)).response

    def helped(self, session: Session, vocabulary: Vocabulary) -> bool:
        """Whether a session was good by its scores, and did not fail since."""
        good = scored(session, vocabulary, self.share).good_until is not None
        return good and self.held(session) is not Response.FAILED


def good_share(vocabulary: Vocabulary) -> Fraction:
    """Relief that is good where no rule says what is."""
    return Fraction(vocabulary.due.good_percent, 100)


def scored(session: Session, vocabulary: Vocabulary, share: Fraction | None = None) -> Scored:
    """How relief of at least ``share`` went after ``session``, by ``domain.relief.course``."""
    wanted = good_share(vocabulary) if share is None else share
    found = course(session.readings, wanted, vocabulary.pain)
    if found is None:
        return Scored()
    return Scored(whole_percent(found.relief), found.last, found.good_until, found.over_by)


def block_scored(
    session: Session, wanted: Iterable[Spot], vocabulary: Vocabulary, share: Fraction
) -> Scored:
    """What a block brought at each of the spots, as the rules read it: the worst of them.

    The relief right after it, on a pain scale; not scored where that of one spot is unknown.
    """
    found = [best_after_block(session.scores_at(spot), vocabulary.pain) for spot in wanted]
    known = [each for each in found if each is not None]
    worst = min(known, key=lambda each: each[0], default=None)
    if worst is None or (len(known) < len(found) and worst[0] >= share):
        return Scored()
    good, day = worst[0] >= share, session.day
    return Scored(whole_percent(worst[0]), worst[1], day if good else None, None if good else day)


def durations(
    newest: Session,
    earlier: Iterable[Session],
    usual_months: tuple[int, int] | None,
    vocabulary: Vocabulary,
    share: Fraction | None = None,
) -> tuple[int, ...]:
    """Days for which each earlier session's relief lasted at most, where the records say so.

    Until the first score that is not good; without one until it was done again (the pain was back),
    but no longer than is usual, unless a score said so: patients come back years later, too.
    A session that never helped, or was never scored, says nothing of how long relief lasts.
    """
    found = []
    following = newest.day
    for session in earlier:
        about = scored(session, vocabulary, share)
        if about.good_until is not None:
            usual = add_months(session.day, usual_months[1]) if usual_months else following
            end = about.below_on or max(about.good_until, usual)
            found.append((min(end, following) - session.day).days)
        following = session.day
    return tuple(days for days in found if days > 0)


def expected(
    site: OpenSite,
    about: Scored,
    usual_months: tuple[int, int] | None,
    vocabulary: Vocabulary,
    share: Fraction | None = None,
) -> Relief:
    """When the relief of a site's last session ends: worn off, by own durations, or as usual."""
    day = site.last.day
    if about.below_on is not None:
        ends = about.good_until + _days(1) if about.good_until else day
        return Relief(ends, about.below_on, "worn")
    own = durations(site.last, site.earlier, usual_months, vocabulary, share)
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
