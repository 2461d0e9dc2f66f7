"""The weeks to come as a real book is: the near days full of visits, the far ones thin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from clinicdesk.services.demo.diary import Diary, Seat

_TITLES = (("Follow-up", 15), ("Follow-up", 15), ("New patient", 30))
_NEXT, _LESS, _LEAST = 0.9, 0.035, 0.15
"""Share of the physicians' time that is taken tomorrow, less by so much each day, at least."""
_TRIES = 3


def visits_to_come(
    rng: Random, diary: Diary, patients: Sequence[int], today: date, until: date
) -> Iterator[tuple[int, Seat, str]]:
    """Visits without a needle, day after day until each is as full as such a day is.

    Args:
        rng: of these visits alone.
        diary: the procedures of those weeks have their places already.
        patients: who may come, each once; where they are used up nobody more comes.
        today, until: neither is filled.

    Yields:
        The patient's place in ``patients``, where the visit found its place, and its title.
    """
    waiting = iter(range(len(patients)))
    day, ahead = today + timedelta(days=1), 0
    while day < until:
        if day.weekday() < 5:
            wanted, failed = max(_LEAST, _NEXT - _LESS * ahead), 0
            ahead += 1
            while diary.load(day) < wanted and failed < _TRIES:
                title, minutes = rng.choice(_TITLES)
                need = rng.choice(("", "", "ultrasound"))
                seat = diary.seat_on(day, minutes, need, rng.randrange(97))
                if seat is None:
                    failed += 1
                    continue
                who = next(waiting, None)
                if who is None:
                    return
                yield who, seat, title
        day += timedelta(days=1)
