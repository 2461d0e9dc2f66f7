"""What a row of the due list must say: a second, slow answer from the records alone.

The days by asking the verdict day by day, with what could be known on each; the scores by the
contract's second reader (``reference_facts``). The packs' numbers are written out here once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from support.due_records import Entry, Records, case, plan_of
from support.reference_facts import (
    Case,
    Reading,
    Session,
    block_relief,
    plus,
    regions_of,
    relief,
    spots_of,
    sustained_relief,
)
from support.reference_statements import NOT_BEFORE, Day, worst
from support.reference_verdict import findings_on
from support.vocabulary import case_of

from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import load_json

ONE = timedelta(days=1)
HALF, ASKED = Fraction(1, 2), {
    ("us-medicare", "esi"): (Fraction(1, 2), "3 months"),
    ("us-medicare", "facet.therapeutic"): (Fraction(1, 2), "3 months"),
    ("us-medicare", "rfa"): (Fraction(1, 2), "6 months"),
    ("us-medicare", "sij"): (Fraction(1, 2), "3 months"),
    ("us-medicare", "tpi"): (Fraction(1, 2), "6 weeks"),
    ("us-commercial", "esi"): (Fraction(1, 2), "2 weeks"),
    ("us-commercial", "rfa"): (Fraction(1, 2), "12 weeks"),
    ("us-commercial", "sij"): (Fraction(3, 4), "2 weeks"),
    ("us-commercial", "tpi"): (Fraction(1, 2), "6 weeks"),
    ("clinic-default", "esi"): (Fraction(1, 2), "3 months"),
}  # fmt: skip
"""Relief asked of the last session and for how long, by pack and track."""
BLOCKS = {
    ("us-medicare", "facet.diagnostic"): (2, Fraction(4, 5)),
    ("us-medicare", "sij"): (1, Fraction(3, 4)),
    ("us-commercial", "facet.diagnostic"): (2, Fraction(4, 5)),
    ("us-commercial", "sij"): (1, Fraction(3, 4)),
    ("uk-nhs", "facet.diagnostic"): (1, Fraction(1, 2)),
}
"""Good blocks asked for and the relief of one, by pack and track of the block."""
IN_A_ROW = {("us-commercial", "facet.diagnostic")}
"""Where only the last so many blocks are looked at."""
USUAL = {"rfa": (6, 12)}
"""Months of relief by track where it is not 3 to 6."""


@dataclass(frozen=True)
class Expected:
    """Of a row: what it says, in the words of the table."""

    reason: str
    status: str
    allowed_from: date
    relief_ends: date
    relief_latest: date


class Reference:
    """One patient of a clinic on one day."""

    def __init__(self, mine: Records, catalogue: Any, today: date) -> None:
        self.mine, self.catalogue, self.today = mine, catalogue, today

    # -- what the verdict says -----------------------------------------------------------------

    def _findings(self, row: Any, day: date) -> dict[str, str]:
        """Rule to status on a day, in what could be known on it."""
        plan = plan_of(row, self.catalogue.procedure(row.procedure))
        asked = case(self.mine, plan, day, f"b{row.planned_id}")
        if self.mine.pack == "us-medicare":
            known = Case(asked)
            return {name: answer.status for name, answer in findings_on(Day(known, day)).items()}
        parsed = case_of(load_json(json.dumps(asked)), self.catalogue.packs)
        found = evaluate(self.catalogue.packs[self.mine.pack], parsed).findings
        return {one.rule: one.status.value for one in found}

    def _blocked(self, row: Any, day: date) -> bool:
        return NOT_BEFORE in self._findings(row, day).values()

    def allowed(self, row: Any) -> date:
        """First day from which nothing stands in the way; where it is past, since when."""
        last, today = row.last_done, self.today
        if last >= today:
            return self._first_free(row, last + ONE)
        if self._blocked(row, today):
            return self._first_free(row, today)
        done_today = any(one.day == today and not one.booked for one in self.mine.entries)
        if done_today and self._blocked(row, today + ONE):
            return self._first_free(row, today + ONE)
        day = today
        while day - ONE > last and not self._blocked(row, day - ONE):
            day -= ONE
        return day

    def _first_free(self, row: Any, day: date) -> date:
        while self._blocked(row, day):
            day += ONE
        return day

    # -- what the scores say -------------------------------------------------------------------

    def _followed(self, one: Entry) -> Any:
        return self.catalogue.procedure(one.procedure).followed(one.intent)

    def sessions(self) -> Iterator[tuple[str, Session, tuple[Entry, ...]]]:
        """Track, session, entries: what was done on one day with one procedure and intent."""
        seen: dict[tuple[date, str, str], list[Entry]] = {}
        for one in self.mine.entries:
            if one.booked or one.given_up or one.day > self.today:
                continue
            how = self._followed(one)
            if how is None or (how.steroids_only and one.steroids == ()):
                continue
            seen.setdefault((one.day, one.procedure, one.intent), []).append(one)
        for (day, *__), entries in seen.items():
            yield self._followed(entries[0]).track, _session(day, entries), tuple(entries)

    def expected(self, row: Any) -> Expected:
        """All that is compared."""
        track, last, entries = next(
            found for found in self.sessions() if row.last_procedure_id in
            [one.number for one in found[2]]
        )  # fmt: skip
        allowed = self.allowed(row)
        findings = self._findings(row, max(allowed, self.today))
        status = worst(findings.values())
        if self._followed(entries[0]).leads_to:
            reason = self._after_block(row, track, last)
            end = plus(max(allowed, last.date), "28 days")
            return Expected(reason, status, allowed, last.date, end)
        share, wait = self._asked(track)
        # A score that is not due by today is not missing.
        missing = _undetermined(findings) and _undetermined(self._findings(row, self.today))
        reason = self._repeat(last, share, wait, missing=missing)
        ends, latest = self._relief(row, track, last, share)
        return Expected(reason, status, allowed, ends, latest)

    def _asked(self, track: str) -> tuple[Fraction, str]:
        usual = USUAL.get(track, (3, 6))[0]
        return ASKED.get((self.mine.pack, track), (HALF, f"{usual} months"))

    def _repeat(self, last: Session, share: Fraction, wait: str, *, missing: bool) -> str:
        good, over = _course(last, share)
        if over is not None and good is None:
            if sustained_relief(last, share, wait) == "failed":
                return "failed"
            return "score_missing" if missing else "worn_off"
        if over is not None:
            return "worn_off"
        return "score_missing" if missing else "repeat"

    def _relief(self, row: Any, track: str, last: Session, share: Fraction) -> tuple[date, date]:
        good, over = _course(last, share)
        if over is not None:
            return (good + ONE if good else last.date), over
        least, most = USUAL.get(track, (3, 6))
        lasted = self._durations(row, track, last, share, most)
        if lasted:
            middle = len(lasted) // 2
            days = lasted[middle] if len(lasted) % 2 else sum(lasted[middle - 1 : middle + 1]) // 2
            ends, latest = last.date + days * ONE, last.date + lasted[-1] * ONE
        else:
            ends, latest = plus(last.date, f"{least} months"), plus(last.date, f"{most} months")
        held = good or last.date
        return max(ends, held), max(latest, held)

    def _durations(
        self, row: Any, track: str, last: Session, share: Fraction, most: int
    ) -> list[int]:
        wanted = spots_of(row.site.split(", "))
        newest = max(row.last_procedure_id, 0)
        before = [
            (session.date, max(one.number for one in entries), session)
            for kind, session, entries in self.sessions()
            if kind == track and wanted & spots_of([s for one in entries for s in one.sites])
        ]
        before = [each for each in before if each[:2] < (last.date, newest)]
        lasted, following = [], last.date
        for day, __, session in sorted(before, key=lambda each: each[:2], reverse=True):
            good, over = _course(session, share)
            if good is not None:
                end = over or max(good, plus(day, f"{most} months"))
                lasted.append((min(end, following) - day).days)
            following = day
        return sorted(days for days in lasted if days > 0)

    # -- blocks --------------------------------------------------------------------------------

    def _after_block(self, row: Any, track: str, last: Session) -> str:
        required, share = BLOCKS.get((self.mine.pack, track), (0, HALF))
        newest = [self._at(track, spot, last.date) for spot in spots_of(row.site.split(", "))]
        asked = required and not self._since_treated(row, track)
        if any(each is not None and each < share for each in newest):
            return "review"
        if None in newest:
            return "review" if any(r.phase == "post" for r in last.readings) else "score_missing"
        if not asked:
            return "review"
        counts = [self._counts(track, spot, share) for spot in spots_of(row.site.split(", "))]
        if all(good >= required for good, __ in counts):
            return "repeat" if track == "sij" else "next_step"
        if all(good + unknown >= required for good, unknown in counts):
            return "score_missing"
        return "second_block"

    def _blocks(self, track: str, spot: Any) -> dict[date, list[Entry]]:
        """Blocks at a spot by day, an attempt with its steroid and past bookings included."""
        found: dict[date, list[Entry]] = {}
        for one in self.mine.entries:
            how = self._followed(one)
            if how and how.track == track and how.leads_to and spot in spots_of(list(one.sites)):
                found.setdefault(one.day, []).append(one)
        return found

    def _at(self, track: str, spot: Any, day: date) -> Fraction | None:
        entries = [one for one in self._blocks(track, spot)[day] if not one.given_up]
        return block_relief(_session(day, entries))

    def _counts(self, track: str, spot: Any, share: Fraction) -> tuple[int, int]:
        treated = [
            one.day for one in self.mine.entries
            if one.procedure == "facet.rfa" and spot in spots_of(list(one.sites))
        ]  # fmt: skip
        since = max((day for day in treated if day <= self.today), default=date.min)
        reliefs = [
            block_relief(_session(day, entries))
            for day, entries in sorted(self._blocks(track, spot).items(), key=lambda each: each[0])
            if (track == "sij" or day > since) and day <= self.today
        ]
        if (self.mine.pack, track) in IN_A_ROW:
            reliefs = reliefs[-BLOCKS[self.mine.pack, track][0] :]
        return len([x for x in reliefs if x is not None and x >= share]), reliefs.count(None)

    def _since_treated(self, row: Any, track: str) -> bool:
        """Whether radiofrequency within two years makes blocks unnecessary at every spot."""
        if track != "facet.diagnostic" or self.mine.pack == "uk-nhs":
            return False
        wanted = spots_of(row.site.split(", "))
        treated = [
            spots_of(list(one.sites)) for one in self.mine.entries
            if one.procedure == "facet.rfa" and one.id != f"b{row.planned_id}"
            and plus(self.today, "-24 months") < one.day < self.today
        ]  # fmt: skip
        return all(any(spot in each for each in treated) for spot in wanted)

    # -- which rows there are ------------------------------------------------------------------

    def open_spots(self) -> set[tuple[str, tuple[str, str]]]:
        """Track and spot of everything that must stand on the list."""
        newest: dict[tuple[str, Any], tuple[tuple[date, int], Any]] = {}
        covered: dict[tuple[str, Any], tuple[date, int]] = {}
        covers = {"rfa": "facet.diagnostic"}
        every = [
            (track, (session.date, max(one.number for one in entries)), session, entries)
            for track, session, entries in self.sessions()
        ]
        for track, when, session, entries in every:
            for spot in spots_of([s for one in entries for s in one.sites]):
                key = (track, spot)
                if key not in newest or when > newest[key][0]:
                    newest[key] = (when, (session, entries))
                if track in covers:
                    under = (covers[track], spot)
                    covered[under] = max(when, covered.get(under, when))
        return {
            (track, spot)
            for (track, spot), (when, found) in newest.items()
            if covered.get((track, spot), (date.min, 0)) < when
            and not self._is_over(track, *found, every)
        }

    def _is_over(self, track: str, last: Session, entries: Any, every: Any) -> bool:
        """A failed epidural after which another in each of its regions helped."""
        share, wait = self._asked(track)
        if track != "esi" or _course(last, share)[0] is not None:
            return False
        if sustained_relief(last, share, wait) != "failed":
            return False
        helped = [
            regions_of("esi", [s for one in those for s in one.sites])
            for kind, when, session, those in every
            if kind == "esi" and when[0] > last.date and _course(session, share)[0] is not None
            and sustained_relief(session, share, wait) != "failed"
        ]  # fmt: skip
        mine = regions_of("esi", [s for one in entries for s in one.sites])
        return all(any(where in each for each in helped) for where in mine)


def _session(day: date, entries: list[Entry]) -> Session:
    return Session(
        day,
        tuple(Reading(on, phase, scale, Fraction(value))
              for one in entries for on, phase, scale, value in one.readings),
    )  # fmt: skip


def _course(session: Session, share: Fraction) -> tuple[date | None, date | None]:
    """The last good day, and the day by which no scale was good any more."""
    good: dict[str, date | None] = {}
    over: dict[str, date | None] = {}
    for scale in {r.scale for r in session.readings}:
        by_day: dict[date, Fraction] = {}
        for one in session.readings:
            figure = relief(session, one)
            if one.scale == scale and one.phase == "followup" and figure is not None:
                by_day[one.date] = min(figure, by_day.get(one.date, figure))
        if by_day:
            good[scale] = max((d for d, x in by_day.items() if x >= share), default=None)
            bad = [d for d in by_day if good[scale] is None or d > (good[scale] or d)]
            over[scale] = min(bad, default=None)
    if not good:
        return None, None
    if None in over.values():
        return max(g for s, g in good.items() if g and over[s] is None), None
    once = [s for s, day in good.items() if day is not None]
    days = [day for day in good.values() if day is not None]
    return max(days, default=None), max(d for s in once or list(over) if (d := over[s]))


def _undetermined(findings: dict[str, str]) -> bool:
    """Whether a rule about relief cannot tell: a score is missing."""
    return any(
        status == "cannot-determine" and name.endswith((".response", ".second", ".prerequisite"))
        for name, status in findings.items()
    )
