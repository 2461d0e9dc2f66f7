"""Sessions of a kind within a scope: what every rule about the past looks at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from clinicdesk.domain.anatomy import CERVICAL_THORACIC, LUMBAR_SACRAL, Site, fold
from clinicdesk.domain.spans import Span
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.answers import Bound, Head
from clinicdesk.rules.case import Case, Entry, Reading, regions_of, spots_of
from clinicdesk.rules.selector import SessionKind

_ONE_DAY = timedelta(days=1)
_REGIONS = (CERVICAL_THORACIC, LUMBAR_SACRAL)
UNPLACED = _("a muscle this pack does not place")
"""``Track.where`` of a planned muscle that the pack's ``[muscles]`` table does not name."""


class Scope(StrEnum):
    """What a rule looks at: the patient, each planned region, each planned spot, or each part of
    the body (``muscles``) that the pack's ``[muscles]`` table names.
    """

    PATIENT = "patient"
    REGION = "region"
    SPOT = "spot"
    MUSCLES = "muscles"


@dataclass(frozen=True)
class Track:
    """The sessions in one scope.

    Attributes:
        where: for the sentence: ``lumbar-sacral``, ``knee left``; empty for the patient.
        days: ascending, each once; bookings included.
        entries: of each of those days.
        doubtful: days of sessions that may belong here, which nobody can tell.
    """

    where: str
    days: tuple[date, ...]
    entries: dict[date, tuple[Entry, ...]] = field(default_factory=dict)
    doubtful: tuple[date, ...] = ()

    def placed(self, session: str) -> str:
        """A session with its place: ``ESI session in the lumbar-sacral region``."""
        if not self.where:
            return session
        pattern = _("{session} at {where}")
        if self.where in _REGIONS:
            pattern = _("{session} in the {where} region")
        return pattern.format(session=session, where=self.where)

    def in_window(self, day: date, window: Span) -> tuple[date, ...]:
        """The days d with ``day`` − window < d < ``day``."""
        return within(self.days, day, window)

    def last(self, day: date, window: Span) -> date | None:
        """The rule's last session S: the latest in the window before ``day``."""
        end = bisect_left(self.days, day)
        if end and self.days[end - 1] > window.before(day):
            return self.days[end - 1]
        return None

    def before(self, day: date) -> tuple[date, ...]:
        """All sessions before ``day``, however old."""
        return self.days[: bisect_left(self.days, day)]

    def after(self, day: date) -> tuple[date, ...]:
        """All sessions after ``day``."""
        return self.days[bisect_right(self.days, day) :]


def within(days: tuple[date, ...], day: date, window: Span) -> tuple[date, ...]:
    """Of ascending ``days`` those d with ``day`` − window < d < ``day``."""
    return days[bisect_right(days, window.before(day)) : bisect_left(days, day)]


class Past:
    """A case, looked up once for all rules of a pack.

    Attributes:
        case, vocabulary: what is asked, in whose words.
        bound: the rules bound so far, in the pack's order; the last rule may look at them.
    """

    def __init__(
        self, case: Case, vocabulary: Vocabulary, muscles: Mapping[str, str] | None = None
    ) -> None:
        self.case = case
        self.vocabulary = vocabulary
        self._muscles = muscles or {}
        self.bound: list[tuple[Head, Bound]] = []
        self._tracks: dict[tuple[str, Scope], tuple[Track, ...]] = {}
        self._groups: dict[str, dict[date, list[Entry]]] = {}
        self._readings: dict[str, list[Reading]] = {}
        for reading in case.readings:
            self._readings.setdefault(reading.session, []).append(reading)
        kinds = vocabulary.procedures
        for entry in case.history:
            days = self._groups.setdefault(kinds[entry.procedure].group, {})
            days.setdefault(entry.date, []).append(entry)

    def tracks(self, kind: SessionKind, scope: Scope) -> tuple[Track, ...]:
        """One track for each scope of the plan, in a stable order."""
        key = (kind.id, scope)
        if key not in self._tracks:
            entries = kind.selector.among(self.case.history)
            self._tracks[key] = tuple(self._make(entries, scope))
        return self._tracks[key]

    def _make(self, entries: list[Entry], scope: Scope) -> Iterable[Track]:
        sites = self.case.plan.sites
        if scope is Scope.PATIENT:
            yield _track("", entries)
        elif scope is Scope.REGION:
            for region in sorted(regions_of(sites)):
                yield _track(region, [e for e in entries if region in regions_of(e.sites)])
        elif scope is Scope.SPOT:
            for spot in sorted(spots_of(sites)):
                yield _track(str(spot), [e for e in entries if spot in spots_of(e.sites)])
        else:
            yield from self._by_muscles(sites, entries)

    def _by_muscles(self, sites: tuple[Site, ...], entries: list[Entry]) -> Iterable[Track]:
        """A muscle that the pack does not place may be anywhere: its sessions are doubtful."""
        placed = {entry.id: self._parts(entry.sites) for entry in entries}
        unplaced = [entry for entry in entries if None in placed[entry.id]]
        for part in sorted(self._parts(sites), key=_name):
            if part is None:
                yield Track(UNPLACED, (), doubtful=_days(entries))
                continue
            here = [entry for entry in entries if part in placed[entry.id]]
            known = _days(here)
            maybe = tuple(day for day in _days(unplaced) if day not in known)
            yield _track(_("the {part}").format(part=part), here, maybe)

    def _parts(self, sites: tuple[Site, ...]) -> frozenset[str | None]:
        return frozenset(self._muscles.get(fold(site.name)) for site in sites)

    def group(self) -> str:
        """The group of the planned procedure."""
        return self.vocabulary.group_of(self.case.plan.procedure)

    def readings(self, entries: Iterable[Entry]) -> tuple[Reading, ...]:
        """The readings of these entries."""
        return tuple(reading for entry in entries for reading in self._readings.get(entry.id, ()))

    def on(self, group: str, day: date) -> tuple[Entry, ...]:
        """Entries of a group dated ``day``: with the plan, the session on that day."""
        return tuple(self._groups.get(group, {}).get(day, ()))

    def days_of(self, groups: Iterable[str]) -> tuple[date, ...]:
        """Days on which one of the groups has an entry, ascending."""
        return tuple(sorted({day for group in groups for day in self._groups.get(group, {})}))


def _name(part: str | None) -> str:
    return part or ""


def _track(where: str, entries: list[Entry], doubtful: tuple[date, ...] = ()) -> Track:
    by_day: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.date].append(entry)
    days = tuple(sorted(by_day))
    return Track(where, days, {day: tuple(by_day[day]) for day in days}, doubtful)


def _days(entries: list[Entry]) -> tuple[date, ...]:
    return tuple(sorted({entry.date for entry in entries}))


def union(groups: Iterable[Iterable[date]]) -> tuple[date, ...]:
    """All days, ascending, each once."""
    return tuple(sorted({day for group in groups for day in group}))


def turns(days: Iterable[date], *spans: Span) -> frozenset[date]:
    """Days on which an answer about sessions on ``days`` may change.

    On the day after a session (from then on it is past), when a span after it ends, and one
    day later: month ends clamp, so 29 February leaves a window on 1 March.
    """
    found: set[date] = set()
    for day in days:
        found.update((day, day + _ONE_DAY))
        for span in spans:
            end = span.after(day)
            found.update((end, end + _ONE_DAY))
    return frozenset(found)


def nearing(tracks: Iterable[Track], span: Span) -> Iterator[date]:
    """Days from which on a session would come within ``span`` before one that is there.

    A day that moves towards a booking reaches it ``span`` before; up to four days more where
    months clamp (28 to 31 January are one month before 28 February).
    """
    for track in tracks:
        for day in track.days:
            start = span.before(day)
            yield from (start + timedelta(days=step) for step in range(5))


def leaves(day: date, window: Span) -> date:
    """The first day on whose window a session of ``day`` no longer lies."""
    end = window.after(day)
    return end if window.before(end) >= day else end + _ONE_DAY
