"""What patients go through: a course of procedures with what each one brought.

The shapes follow the clinical facts the rules rest on: steroid relief wears off within weeks to
months and is repeated at three months or later; two positive diagnostic blocks two weeks apart
lead to radiofrequency, which lasts six to twelve months; a failed epidural is tried once more by
another approach; some patients have used their yearly sessions up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


@dataclass(frozen=True)
class Visit:
    """One procedure of a course.

    Attributes:
        day: wanted day; the diary may shift it a little.
        before, after: pain 0–10 on the day.
        lasts: days until the relief has worn off (0: it never helped).
    """

    day: date
    procedure: str
    sites: tuple[str, ...]
    intent: str
    before: int
    after: int
    lasts: int


_ROOTS = ("L5", "L4", "S1", "L3", "L5", "L4")
_SEGMENTS = ("L4-L5", "L5-S1", "L3-L4")
_CERVICAL = ("C5", "C6", "C7")
_JOINTS = ("knee", "knee", "shoulder", "hip")
_MUSCLES = ("trapezius", "levator scapulae", "piriformis", "quadratus lumborum")


def side(rng: Random) -> str:
    """Left or right."""
    return rng.choice(("left", "right"))


def _helped(rng: Random, before: int) -> tuple[int, int]:
    """Pain after an injection that helped, and for how many days it lasts."""
    return max(0, round(before * rng.uniform(0.1, 0.45))), rng.randint(75, 160)


def epidurals(rng: Random, first: date, last: date) -> Iterator[Visit]:
    """Epidurals for a leg or an arm: helped ones repeated, a failed one tried again once."""
    cervical = rng.random() < 0.2
    root, where = rng.choice(_CERVICAL if cervical else _ROOTS), side(rng)
    day = first
    while day <= last:
        before = rng.randint(6, 9)
        if rng.random() < 0.2:
            yield Visit(
                day,
                "esi.transforaminal",
                (f"{root} {where}",),
                "therapeutic",
                before,
                before - 1,
                0,
            )
            segment = "C7-T1 midline" if cervical else f"{rng.choice(_SEGMENTS)} midline"
            after, lasts = _helped(rng, before)
            day += timedelta(days=rng.randint(18, 30))
            yield Visit(day, "esi.interlaminar", (segment,), "therapeutic", before, after, lasts)
        else:
            after, lasts = _helped(rng, before)
            kind = "esi.caudal" if not cervical and rng.random() < 0.1 else "esi.transforaminal"
            sites = ("caudal midline",) if kind == "esi.caudal" else (f"{root} {where}",)
            yield Visit(day, kind, sites, "therapeutic", before, after, lasts)
        if rng.random() < 0.25:
            return
        day += timedelta(days=max(95, lasts + rng.randint(0, 60)))


def capped_epidurals(rng: Random, today: date) -> Iterator[Visit]:
    """Four sessions within the last twelve months: the fifth has to wait."""
    root, where = rng.choice(_ROOTS), side(rng)
    day = today - timedelta(days=rng.randint(300, 345))
    for _ in range(4):
        before = rng.randint(6, 9)
        after, _ = _helped(rng, before)
        yield Visit(
            day, "esi.transforaminal", (f"{root} {where}",), "therapeutic", before, after, 92
        )
        day += timedelta(days=rng.randint(93, 97))
        if day > today - timedelta(days=1):
            return


def facets(rng: Random, first: date, last: date) -> Iterator[Visit]:
    """Diagnostic block, a second one if it was positive, then radiofrequency and its repeats."""
    where = side(rng)
    sites = tuple(
        f"{s} {where}" for s in (("L3-L4", "L4-L5") if rng.random() < 0.6 else ("L4-L5", "L5-S1"))
    )
    if rng.random() < 0.2:
        sites = tuple(f"{s} {where}" for s in ("C4-C5", "C5-C6"))
    day, before = first, rng.randint(6, 9)
    for attempt in range(2):
        positive = rng.random() < (0.65 if attempt == 0 else 0.85)
        after = (
            round(before * rng.uniform(0.0, 0.19))
            if positive
            else round(before * rng.uniform(0.3, 0.8))
        )
        yield Visit(day, "facet.block", sites, "diagnostic", before, after, 1)
        if not positive:
            return
        day += timedelta(days=rng.randint(15, 32))
    while day <= last:
        before = rng.randint(6, 8)
        after = max(1, round(before * rng.uniform(0.2, 0.45)))
        yield Visit(day, "facet.rfa", sites, "therapeutic", before, after, rng.randint(190, 350))
        if rng.random() < 0.4:
            return
        day += timedelta(days=rng.randint(200, 400))


def joints(rng: Random, first: date, last: date) -> Iterator[Visit]:
    """A joint or bursa, every three to six months while it helps."""
    joint, where = rng.choice(_JOINTS), side(rng)
    soft = joint == "hip" and rng.random() < 0.5
    kind = "soft_tissue.injection" if soft else "joint.injection"
    site = f"{'trochanteric bursa' if soft else joint} {where}"
    day = first
    while day <= last:
        before = rng.randint(5, 8)
        after, lasts = _helped(rng, before)
        yield Visit(day, kind, (site,), "therapeutic", before, after, lasts)
        if rng.random() < 0.35:
            return
        day += timedelta(days=rng.randint(95, 190))


def trigger_points(rng: Random, first: date, last: date) -> Iterator[Visit]:
    """Up to three sessions a year, six weeks apart or more."""
    muscle, where = rng.choice(_MUSCLES), side(rng)
    day = first
    for _ in range(rng.randint(1, 3)):
        if day > last:
            return
        before = rng.randint(5, 8)
        after, _ = _helped(rng, before)
        yield Visit(
            day, "tpi", (f"{muscle} {where}",), "therapeutic", before, after, rng.randint(35, 60)
        )
        day += timedelta(days=rng.randint(50, 120))


def sacroiliac(rng: Random, first: date, last: date) -> Iterator[Visit]:
    """A diagnostic injection; therapeutic ones if it gave three quarters of relief."""
    site, day, before = f"si joint {side(rng)}", first, rng.randint(6, 8)
    positive = rng.random() < 0.6
    after = round(before * (0.2 if positive else 0.6))
    yield Visit(day, "sij.injection", (site,), "diagnostic", before, after, 1)
    day += timedelta(days=rng.randint(20, 40))
    while positive and day <= last:
        after, lasts = _helped(rng, before)
        yield Visit(day, "sij.injection", (site,), "therapeutic", before, after, lasts)
        if rng.random() < 0.5:
            return
        day += timedelta(days=rng.randint(100, 170))


def nerves(rng: Random, first: date, last: date) -> Iterator[Visit]:
    """Occipital blocks and, rarely, a stellate ganglion."""
    day = first
    stellate = rng.random() < 0.15
    kind = "sympathetic.block" if stellate else "nerve.block"
    site = f"{'stellate ganglion' if stellate else 'greater occipital'} {side(rng)}"
    for _ in range(rng.randint(1, 3)):
        if day > last:
            return
        before = rng.randint(5, 9)
        after, lasts = _helped(rng, before)
        yield Visit(day, kind, (site,), "therapeutic", before, after, lasts // 2)
        day += timedelta(days=rng.randint(60, 120))


_COURSES = (
    (epidurals, 34),
    (facets, 22),
    (joints, 22),
    (trigger_points, 8),
    (sacroiliac, 7),
    (nerves, 7),
)


def course(rng: Random, begin: date, today: date, ahead: date) -> list[Visit]:
    """The visits of one patient from ``begin`` to ``ahead``, ascending; some have none."""
    luck = rng.random()
    if luck < 0.3:
        return []
    if luck < 0.33:
        return sorted(capped_epidurals(rng, today), key=_by_day)
    span = max(1, (today - begin).days)
    first = begin + timedelta(days=int(rng.random() ** 0.7 * (span + 40)))
    makers = [maker for maker, _ in _COURSES]
    maker = rng.choices(makers, [weight for _, weight in _COURSES])[0]
    return sorted(maker(rng, first, ahead), key=_by_day)


def _by_day(visit: Visit) -> date:
    return visit.day
