"""From a patient's entries to the sites of the due list: tracks, sessions, what covers what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinicdesk.domain.anatomy import region, site_for
from clinicdesk.domain.procedures import Following
from clinicdesk.domain.relief import usable
from clinicdesk.domain.rows.cases import BookedRow, DoneRow, ReadingRow
from clinicdesk.domain.translation import _
from clinicdesk.domain.vocabulary import Vocabulary

Spot = tuple[str, str]
"""A name with one side, never bilateral."""

_BOTH = ("left", "right")


def spots(sites: Iterable[str]) -> tuple[Spot, ...]:
    """The spots of sites as stored (``knee bilateral``), each once, in their order."""
    found: dict[Spot, None] = {}
    for text in sites:
        name, __, side = text.rpartition(" ")
        for one in _BOTH if side == "bilateral" else (side,):
            found[name, one] = None
    return tuple(found)


def site_texts(wanted: Iterable[Spot]) -> tuple[str, ...]:
    """Spots as sites again; left and right of one name are ``bilateral``."""
    sides: dict[str, list[str]] = {}
    for name, side in wanted:
        sides.setdefault(name, []).append(side)
    texts = []
    for name, found in sides.items():
        both = set(_BOTH) <= set(found)
        rest = [side for side in found if not both or side not in _BOTH]
        texts += [_("{name} bilateral").format(name=name)] if both else []
        texts += [f"{name} {side}" for side in rest]
    return tuple(texts)


@dataclass(frozen=True)
class Part:
    """One entry of a session: where, and its readings."""

    spots: tuple[Spot, ...]
    readings: tuple[ReadingRow, ...]


@dataclass(frozen=True)
class Session:
    """What was done on one day with one procedure and intent: one entry, or several beside it.

    ``id``: of the latest entry. ``leads_to``: what comes after good ones; empty: a repeat.
    ``readings`` ascending by day.
    """

    id: int
    track: str
    day: date
    procedure: str
    intent: str
    leads_to: str
    sites: tuple[str, ...]
    spots: tuple[Spot, ...]
    readings: tuple[ReadingRow, ...]
    parts: tuple[Part, ...]

    def scores_at(self, spot: Spot) -> tuple[ReadingRow, ...]:
        """The readings of those of its entries that cover the spot."""
        return tuple(one for part in self.parts if spot in part.spots for one in part.readings)


@dataclass(frozen=True)
class OpenSite:
    """Spots whose latest session of the track is ``last``; ``booking``: they are booked.

    ``earlier``: the sessions of the track that touched one of them before, newest first.
    """

    last: Session
    spots: tuple[Spot, ...]
    booking: BookedRow | None
    earlier: tuple[Session, ...]


def sessions(
    done: Iterable[DoneRow], vocabulary: Vocabulary, on: date = date.max
) -> tuple[Session, ...]:
    """The sessions that the list follows, as they can be read on a day, newest first.

    An attempt that was given up is none, though the rules count its steroid.
    """
    found: dict[tuple[date, str, str], list[DoneRow]] = {}
    following: dict[tuple[str, str], Following | None] = {}
    for row in done:
        kind = (row.procedure, row.intent)
        if kind not in following:
            following[kind] = vocabulary.followed(*kind)
        how = following[kind]
        if how is None or not row.sites or row.given_up or row.day > on:
            continue
        if how.steroids_only and row.steroids == ():
            continue
        found.setdefault((row.day, *kind), []).append(row)
    made = [
        _session(rows, how, vocabulary, on)
        for (__, *kind), rows in found.items()
        if (how := following[kind[0], kind[1]]) is not None
    ]
    return tuple(sorted(made, key=_when, reverse=True))


def _session(rows: list[DoneRow], how: Following, vocabulary: Vocabulary, on: date) -> Session:
    last = max(rows, key=_id)
    sites = tuple(dict.fromkeys(text for row in rows for text in row.sites))
    parts = tuple(
        Part(spots(row.sites), tuple(usable(row.readings, row.day, on, vocabulary.scales)))
        for row in rows
    )
    readings = [reading for part in parts for reading in part.readings]
    return Session(
        id=last.id,
        track=how.track,
        day=last.day,
        procedure=last.procedure,
        intent=last.intent,
        leads_to=how.leads_to,
        sites=sites,
        spots=spots(sites),
        readings=tuple(sorted(readings, key=_reading_day)),
        parts=parts,
    )


def _id(row: DoneRow) -> int:
    return row.id


def _when(session: Session) -> tuple[date, int]:
    return session.day, session.id


def _reading_day(reading: ReadingRow) -> date:
    return reading.day


def open_sites(
    history: tuple[Session, ...],
    booked: Iterable[BookedRow],
    vocabulary: Vocabulary,
    on: date,
) -> tuple[OpenSite, ...]:
    """Every site of the list, newest session first.

    A session stands for those of its spots that no newer session of the track covers; a
    treatment covers the diagnostic blocks that lead to it, too. Spots that are booked stand apart.
    """
    coming = [row for row in booked if row.day >= on]
    covered: dict[str, set[Spot]] = {}
    found: list[OpenSite] = []
    for index, session in enumerate(history):
        left = [s for s in session.spots if s not in covered.get(session.track, ())]
        if left:
            earlier = _earlier(history[index + 1 :], session.track, left)
            found += _parts(session, left, coming, vocabulary, earlier)
        for track in (session.track, *vocabulary.covers.get(session.track, ())):
            covered.setdefault(track, set()).update(session.spots)
    return tuple(found)


def _earlier(history: tuple[Session, ...], track: str, left: Iterable[Spot]) -> tuple[Session, ...]:
    wanted = set(left)
    return tuple(s for s in history if s.track == track and wanted & set(s.spots))


def _parts(
    session: Session,
    left: list[Spot],
    coming: list[BookedRow],
    vocabulary: Vocabulary,
    earlier: tuple[Session, ...],
) -> list[OpenSite]:
    """The spots by the booking that has them, the first one where there are two."""
    parts: list[OpenSite] = []
    rest = list(left)
    for row in coming:
        if not _continues(session, row, vocabulary):
            continue
        taken = set(spots(row.sites))
        held = tuple(spot for spot in rest if spot in taken)
        if held:
            parts.append(OpenSite(session, held, row, earlier))
            rest = [spot for spot in rest if spot not in taken]
    if rest:
        parts.insert(0, OpenSite(session, tuple(rest), None, earlier))
    return parts


def retries(
    site: OpenSite, history: Iterable[Session], vocabulary: Vocabulary
) -> tuple[tuple[Session, ...], ...]:
    """Later sessions of the track in each coverage region of a site; empty where none counts."""
    last = site.last
    following = vocabulary.followed(last.procedure, last.intent)
    if following is None or not following.retried_in_region:
        return ()
    later = [each for each in history if each.track == last.track and each.day > last.day]
    return tuple(
        tuple(each for each in later if where in _regions(each.procedure, each.sites, vocabulary))
        for where in sorted(_regions(last.procedure, site_texts(site.spots), vocabulary))
    )


def _regions(procedure: str, texts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The coverage regions of sites; of one that cannot be read none."""
    kind = vocabulary.procedures.get(procedure)
    found: set[str | None] = set()
    for text in texts:
        try:
            found.add(region(site_for(text, kind)) if kind else None)
        except ValueError:
            continue
    return frozenset(where for where in found if where is not None)


def _continues(session: Session, row: BookedRow, vocabulary: Vocabulary) -> bool:
    """Whether a booking is the next session of the track, or what it leads to."""
    kind = vocabulary.procedures.get(row.procedure)
    intent = row.intent or (kind.usual.intent.value if kind else "")
    following = vocabulary.followed(row.procedure, intent)
    if following is None:
        return False
    return session.track in (following.track, *vocabulary.covers.get(following.track, ()))
