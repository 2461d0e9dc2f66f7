"""From a patient's entries to the sites of the due list: tracks, sessions, what covers what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.cases import BookedRow, DoneRow, ReadingRow

Spot = tuple[str, str]
"""A name with one side, never bilateral."""

FACET_DIAGNOSTIC = "facet.diagnostic"
RFA = "rfa"
_TRACKS = {
    "esi.interlaminar": "esi",
    "esi.transforaminal": "esi",
    "esi.caudal": "esi",
    "facet.rfa": RFA,
    "sij.rfa": RFA,
    "sij.injection": "sij",
    "tpi": "tpi",
    "joint.injection": "joint",
    "soft_tissue.injection": "joint",
    "nerve.block": "nerve",
    "sympathetic.block": "sympathetic",
}
_FACET_BLOCK = "facet.block"
_BOTH = ("left", "right")


def track_of(procedure: str, intent: str) -> str | None:
    """Which interval a procedure belongs to; None for one that the list does not know."""
    if procedure == _FACET_BLOCK:
        return f"facet.{intent}"
    return _TRACKS.get(procedure)


def spots(sites: Iterable[str]) -> tuple[Spot, ...]:
    """The spots of sites as stored (``knee bilateral``), each once, in their order."""
    found: dict[Spot, None] = {}
    for text in sites:
        name, _, side = text.rpartition(" ")
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
        texts += [f"{name} bilateral"] if both else []
        texts += [f"{name} {side}" for side in rest]
    return tuple(texts)


@dataclass(frozen=True)
class Session:
    """What was done on one day with one procedure and intent: one entry, or several beside it.

    ``id``: of the latest entry. ``readings`` ascending by day.
    """

    id: int
    track: str
    day: date
    procedure: str
    intent: str
    sites: tuple[str, ...]
    spots: tuple[Spot, ...]
    readings: tuple[ReadingRow, ...]


@dataclass(frozen=True)
class OpenSite:
    """Spots whose latest session of the track is ``last``; ``booking``: they are booked.

    ``earlier``: the sessions of the track that touched one of them before, newest first.
    """

    last: Session
    spots: tuple[Spot, ...]
    booking: BookedRow | None
    earlier: tuple[Session, ...]


def sessions(done: Iterable[DoneRow]) -> tuple[Session, ...]:
    """The sessions that have an interval, newest first.

    An injection into a joint that is known to be without steroid has none.
    """
    found: dict[tuple[date, str, str], list[DoneRow]] = {}
    for row in done:
        track = track_of(row.procedure, row.intent)
        if track is None or not row.sites or (track == "joint" and row.steroids == ()):
            continue
        found.setdefault((row.day, row.procedure, row.intent), []).append(row)
    made = [_session(rows) for rows in found.values()]
    return tuple(sorted(made, key=_when, reverse=True))


def _session(rows: list[DoneRow]) -> Session:
    last = max(rows, key=_id)
    sites = tuple(dict.fromkeys(text for row in rows for text in row.sites))
    readings = [reading for row in rows for reading in row.readings]
    return Session(
        id=last.id,
        track=track_of(last.procedure, last.intent) or "",
        day=last.day,
        procedure=last.procedure,
        intent=last.intent,
        sites=sites,
        spots=spots(sites),
        readings=tuple(sorted(readings, key=_reading_day)),
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
    usual_intents: Mapping[str, str],
    on: date,
) -> tuple[OpenSite, ...]:
    """Every site of the list, newest session first.

    A session stands for those of its spots that no newer session of the track covers;
    radiofrequency covers the diagnostic blocks before it. Spots that are booked stand apart.
    """
    coming = [row for row in booked if row.day >= on]
    covered: dict[str, set[Spot]] = {}
    found: list[OpenSite] = []
    for index, session in enumerate(history):
        left = [s for s in session.spots if s not in covered.get(session.track, ())]
        if left:
            earlier = _earlier(history[index + 1 :], session.track, left)
            found += _parts(session, left, coming, usual_intents, earlier)
        covered.setdefault(session.track, set()).update(session.spots)
        if session.track == RFA:
            covered.setdefault(FACET_DIAGNOSTIC, set()).update(session.spots)
    return tuple(found)


def _earlier(history: tuple[Session, ...], track: str, left: Iterable[Spot]) -> tuple[Session, ...]:
    wanted = set(left)
    return tuple(s for s in history if s.track == track and wanted & set(s.spots))


def _parts(
    session: Session,
    left: list[Spot],
    coming: list[BookedRow],
    usual_intents: Mapping[str, str],
    earlier: tuple[Session, ...],
) -> list[OpenSite]:
    """The spots by the booking that has them, the first one where there are two."""
    parts: list[OpenSite] = []
    rest = list(left)
    for row in coming:
        if not _continues(session, row, usual_intents):
            continue
        taken = set(spots(row.sites))
        held = tuple(spot for spot in rest if spot in taken)
        if held:
            parts.append(OpenSite(session, held, row, earlier))
            rest = [spot for spot in rest if spot not in taken]
    if rest:
        parts.insert(0, OpenSite(session, tuple(rest), None, earlier))
    return parts


def _continues(session: Session, row: BookedRow, usual_intents: Mapping[str, str]) -> bool:
    """Whether a booking is the next session of the track."""
    intent = row.intent or usual_intents.get(row.procedure, Intent.THERAPEUTIC.value)
    track = track_of(row.procedure, intent)
    return track == session.track or (session.track == FACET_DIAGNOSTIC and track == RFA)
