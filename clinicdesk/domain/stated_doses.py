"""Last doses as a physician types them before signing: read, and held against the guideline.

A day is read by the one reader of dates, out of whatever words stand beside it. Of several drugs
each has its own day: one day for all of them is never assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.dates import Sort, day_words, read_day
from clinicdesk.domain.last_dose import doubted
from clinicdesk.domain.lists import listed
from clinicdesk.domain.measures import Measure, above_normal, measure_problem
from clinicdesk.domain.rows.log_safety import DoseDue, LogAsk
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _

_WORD = re.compile(r"[^\s,;()]+")
_MAY_BE_A_DAY = re.compile(r"[^\W\d_]{3,}\W*\d|\d\W*[^\W\d_]{3,}|\d[-./]\d|^(?:today|yesterday)$")
_LONGEST = 4
"""Words of a date: ``Fri 20 Nov 2026``."""
# Of 24 hours, with a colon: "8:30 pm" is no 8:30, and "08.11." is a day.
_HOUR = re.compile(r"(?<![\d.:])([01]?\d|2[0-3]):([0-5]\d)\b(?!\s*[ap]\.?m)", re.IGNORECASE)


def dose_problem(ask: LogAsk, words: str) -> str:
    """Why the words are no answer to a question for last doses; empty where they are.

    ``ask``: with the drugs, the day of the procedure and the clinic's customs.
    """
    if ask.on is None or ask.customs is None:
        return ""
    if why := _inr_problem(words, ask.measures):
        return why
    for measure in ask.measures:
        words = _figure_of(measure).sub(lambda figure: " " * len(figure[0]), words)
    days = tuple(_days_in(words, ask.on, ask.customs))
    if not days:
        return _("Type the day of the last dose, for example {day}.").format(
            day=day_words(ask.due[0].latest if ask.due and ask.due[0].latest else ask.on)
        )
    found = _by_drug(words, days, ask.due)
    if found is None:
        names = listed([each.name for each in ask.due])
        return _("Type the last dose of each: {drugs}.").format(drugs=names)
    for due, (at, day) in zip(ask.due, found, strict=True):
        if why := _fault(ask, due, day, words[at:]):
            return why
    return ""


def _inr_problem(words: str, measures: Sequence[Measure]) -> str:
    """What is wrong with an INR beside the last dose; empty where none is asked."""
    for measure in measures:
        said = _figure_of(measure).search(words)
        if said is None:
            asks = _("Nobody measured the {name} at check-in. Type it, too, as “{name} 1.1”.")
            return asks.format(name=measure.name)
        value = Decimal(said[1].replace(",", "."))
        if why := measure_problem(value, measure) or above_normal(value, measure):
            return why
    return ""


def _figure_of(measure: Measure) -> re.Pattern[str]:
    """``INR 1.1``, which is no first of January."""
    return re.compile(rf"\b{re.escape(measure.name)}\b\D{{0,5}}(\d+(?:[.,]\d+)?)", re.IGNORECASE)


def _days_in(words: str, on: date, customs: Customs) -> Iterator[tuple[int, date]]:
    """The days that stand in words, with where each begins."""
    tokens = list(_WORD.finditer(words))
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            text = words[tokens[at].start() : tokens[at + size - 1].end()].rstrip(":.")
            if not _MAY_BE_A_DAY.search(text.casefold()):
                continue
            try:
                day = read_day(text, on, customs, Sort.PAST)
            except ValueError:
                continue
            yield tokens[at].start(), day
            at += size - 1
            break
        at += 1


def _by_drug(
    words: str, days: Sequence[tuple[int, date]], due: Sequence[DoseDue]
) -> list[tuple[int, date]] | None:
    """The first day after each drug's name; with one drug the only day. None where one has none."""
    if len(due) == 1 and len(days) == 1:
        return list(days)
    folded = fold(words)
    starts = {}
    for each in due:
        places = [folded.find(fold(name)) for name in each.names]
        if not (known := [place for place in places if place >= 0]):
            return None
        starts[each.name] = min(known)
    found = []
    for each in due:
        begins = starts[each.name]
        ends = min((s for s in starts.values() if s > begins), default=len(words))
        mine = [one for one in days if begins <= one[0] < ends]
        if len(mine) != 1:
            return None
        found += mine
    return found


def _fault(ask: LogAsk, due: DoseDue, day: date, after: str) -> str:
    assert ask.on is not None
    if day > ask.on:
        return _("That is still to come. When was the last dose taken?")
    if ask.plausible_from is not None and (asks := doubted(day, ask.plausible_from, ask.on)):
        return _("{asks} If it is, choose “Other” and say so in a sentence.").format(asks=asks)
    if due.latest is None or day < due.latest:
        return ""
    late = _(
        "{drug}: {day} is too late, the guideline's last dose was {latest}. "
        "Take another answer, and say why in a sentence."
    ).format(drug=due.name, day=day_words(day), latest=day_words(due.latest))
    if day > due.latest:
        return late
    if due.hour is None:
        return ""
    hours = [time(int(hour), int(minute)) for hour, minute in _HOUR.findall(after)]
    if not hours:
        return _("{drug}: type the hour, too, as 20:30.").format(drug=due.name)
    return late if max(hours) > due.hour else ""
