"""The one reader of dates, for window, command line and files.

``1958-03-14`` is read everywhere; ``07/06/1958`` as the clinic's country orders it; months by
name, in English, in the window's language and in the country's; and what the program itself shows.
What a date is for says what a short year, or none, means. ValueError carries the sentence for the
field.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.dates import own
from clinicdesk.domain.dates.months import add_months
from clinicdesk.domain.dates.names import LONG_MONTHS, MONTHS, WEEKDAYS, date_names
from clinicdesk.domain.dates.writing import day_digits, day_words
from clinicdesk.domain.translation import _


class Sort(StrEnum):
    """What a date is for.

    ``BIRTH``: a birth or a death, in the past, always with its year. ``PAST``: what was done or
    measured, without a year the last such day. ``COMING``: an appointment or a call, without a
    year the next such day. ``ANY``: the day somebody looks at, with its year.
    """

    BIRTH = "birth"
    PAST = "past"
    COMING = "coming"
    ANY = "any"


_NUMBERS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})(?:[-/.](\d{1,4})?)?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ .-]*([^\W\d_]{3,})\.?(?:[ ,.-]+'?(\d+))?")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?[ -]*(\d{1,2})(?:st|nd|rd|th)?(?:[ ,]+'?(\d+))?")
_AHEAD = re.compile(r"(?:in|\+) ?(\d{1,3}) ?(d|days?|w|weeks?|m|months?)")
_AGO = re.compile(r"(\d{1,3}) ?(d|days?|w|weeks?|m|months?) ago")
_NEAR = {"today": 0, "tod": 0, "now": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "yesterday": -1}
_WEEKDAY_FIRST = re.compile(rf"(?:{'|'.join(WEEKDAYS)})[a-z]*\.? +(?=\S)", re.IGNORECASE)
_EXAMPLE = date(1958, 3, 14)
_ENGLISH = {name.casefold(): n for n, name in enumerate(MONTHS, 1)}


def read_day(text: str, today: date, customs: Customs, sort: Sort = Sort.COMING) -> date:
    """The day meant by ``text``; raises ValueError with the sentence for the field."""
    return _Reader(" ".join(text.split()), today, customs, sort).read()


def read_birth(text: str, today: date, customs: Customs) -> date:
    """A day of a life (birth, death): in the past, always with its year; ``3/4/28`` is 1928.

    Raises:
        ValueError: with the sentence for the field.
    """
    return read_day(text, today, customs, Sort.BIRTH)


def read_coming(text: str, today: date, customs: Customs) -> date:
    """A day of an appointment or a call, any day at all; ``3/4/28`` is 2028.

    Raises:
        ValueError: with the sentence for the field.
    """
    return read_day(text, today, customs, Sort.COMING)


def _closed_up(text: str) -> str:
    return re.sub(r" ?([-/.]) ?(?=\d|$)", r"\1", text)


def _without_own_weekday(typed: str) -> str:
    """In the window's language ``mar 12`` may be March: a weekday goes if a date is left."""
    first, _sign, rest = typed.partition(" ")
    whole = any(form.fullmatch(_closed_up(rest)) for form in (_NUMBERS, _DAY_MONTH, _MONTH_DAY))
    return rest if whole and own.weekday(first.rstrip(".")) is not None else typed


def _english_month(word: str) -> int | None:
    number = _ENGLISH.get("sep" if word == "sept" else word[:3])
    whole = number and LONG_MONTHS[number - 1].casefold().startswith(word)
    return number if whole or word == "sept" else None


class _Reader:
    def __init__(self, shown: str, today: date, customs: Customs, sort: Sort) -> None:
        self._shown, self._today, self._customs, self._sort = shown, today, customs, sort
        self._typed = own.folded(shown)
        # The field shows "Tue 12 Jan 2027": a weekday before a date is only decoration.
        plain = _WEEKDAY_FIRST.sub("", self._typed, count=1)
        self._text = _closed_up(plain if plain != self._typed else _without_own_weekday(plain))

    def read(self) -> date:
        if not self._text:
            raise ValueError(self._help())
        near = None if self._sort is Sort.BIRTH else self._relative()
        return near or self._written()

    # -- counted from today -----------------------------------------------------------------

    def _relative(self) -> date | None:
        near = own.near(self._typed)
        if near is not None:
            return self._today + timedelta(days=near)
        if self._text in _NEAR:
            return self._today + timedelta(days=_NEAR[self._text])
        return self._weekday() or self._counted()

    def _weekday(self) -> date | None:
        """The next such weekday after today; of what is past, the last one before it."""
        number, last = self._named_weekday()
        if number is None:
            return None
        if self._sort is Sort.PAST or last:
            return self._today - timedelta(days=(self._today.weekday() - number - 1) % 7 + 1)
        return self._today + timedelta(days=(number - self._today.weekday() - 1) % 7 + 1)

    def _named_weekday(self) -> tuple[int | None, bool]:
        if found := own.toward(self._typed):
            return found
        number = own.weekday(self._typed.rstrip("."))
        if number is not None:
            return number, False
        word = self._text.removeprefix("next ").removeprefix("last ")
        hits = [n for n, day in enumerate(WEEKDAYS) if word[:3] == day.casefold()]
        return (hits[0] if hits and word.isalpha() else None), self._text.startswith("last ")

    def _counted(self) -> date | None:
        if said := own.counted(self._typed):
            return self._away(*said)
        ahead, ago = _AHEAD.fullmatch(self._text), _AGO.fullmatch(self._text)
        found = ahead or ago
        if found is None:
            return None
        count = int(found[1]) if ahead else -int(found[1])
        return self._away(count, found[2][0])

    def _away(self, count: int, unit: str) -> date:
        if unit == "m":
            return add_months(self._today, count)
        return self._today + timedelta(days=count * (7 if unit == "w" else 1))

    # -- written out ------------------------------------------------------------------------

    def _written(self) -> date:
        if shown := own.written(self._typed):
            return self._with_year(f"{shown.year or ''}", shown.month, shown.day)
        if found := _NUMBERS.fullmatch(self._text):
            return self._numbers(found[1], found[3], found[4] or "")
        if found := _DAY_MONTH.fullmatch(self._text):
            return self._with_year(found[3] or "", self._month(found[2]), int(found[1]))
        if found := _MONTH_DAY.fullmatch(self._text):
            return self._with_year(found[3] or "", self._month(found[1]), int(found[2]))
        raise self._no_date()

    def _numbers(self, first: str, second: str, third: str) -> date:
        if len(first) == 4:
            if not 1 <= len(third) <= 2:
                raise self._no_date()
            return self._real(int(first), int(second), int(third))
        if len(first) > 2 or len(third) in (1, 3):
            raise self._no_date()
        a, b = int(first), int(second)
        if not third:
            month, day = (b, a) if self._customs.day_first else (a, b)
            return self._with_year("", month, day)
        if self._customs.date_order == "ymd":
            return self._year_last(a, b, third)
        month, day = (b, a) if self._customs.date_order == "dmy" else (a, b)
        return self._with_year(third, month, day)

    def _year_last(self, a: int, b: int, year: str) -> date:
        """Where the year comes first, ``14/03/1958`` can be read one way, ``07/06/1958`` two."""
        if len(year) != 4:
            raise ValueError(self._needs_year())
        if a <= 12 and b <= 12 and a != b:
            one, other = self._real(int(year), b, a), self._real(int(year), a, b)
            raise ValueError(
                _("“{shown}” may be {one} or {other}. Type it as {one_2} or {other_2}.").format(
                    shown=self._shown,
                    one=day_words(one),
                    other=day_words(other),
                    one_2=one.isoformat(),
                    other_2=other.isoformat(),
                )
            )
        return self._real(int(year), *((b, a) if a > 12 else (a, b)))

    def _month(self, word: str) -> int:
        english, said = _english_month(word), own.month(word)
        if english and said and english != said:
            raise ValueError(
                _("“{shown}” may be {one} or {other}: write the month out.").format(
                    shown=self._shown,
                    one=date_names().alone[said - 1],
                    other=LONG_MONTHS[english - 1],
                )
            )
        if english or said:
            return english or said or 0
        hits = {n for name, n in self._customs.month_names if name.startswith(word)}
        if len(hits) != 1:
            raise self._no_date()
        return hits.pop()

    def _with_year(self, year: str, month: int, day: int) -> date:
        if len(year) in (1, 3) or len(year) > 4:
            raise self._no_date()
        if len(year) == 4:
            return self._real(int(year), month, day)
        if not year and self._sort in (Sort.BIRTH, Sort.ANY):
            raise ValueError(self._needs_year())
        if year:
            return self._short_year(int(year), month, day)
        return self._nearest(month, day)

    def _short_year(self, year: int, month: int, day: int) -> date:
        """``58`` of a birth is 1958, of an appointment 2058; of any day the nearest."""
        century = self._today.year // 100 * 100
        found = self._real(century + year, month, day)
        if self._sort is Sort.COMING:
            return found
        late = self._today if self._sort is not Sort.ANY else add_months(self._today, 600)
        return found if found <= late else self._real(century - 100 + year, month, day)

    def _nearest(self, month: int, day: int) -> date:
        """Without its year: the next such day from today on, or the last one up to today."""
        step = -1 if self._sort is Sort.PAST else 1
        for ahead in range(9):
            year = self._today.year + ahead * step
            # 29 February waits for its year.
            if (month, day) == (2, 29) and year % 4:
                continue
            found = self._real(year, month, day)
            if (found - self._today).days * step >= 0:
                return found
        raise self._no_date()

    def _real(self, year: int, month: int, day: int) -> date:
        try:
            return date(year, month, day)
        except ValueError:
            raise ValueError(self._no_such_day()) from None

    # -- sentences --------------------------------------------------------------------------

    def _example(self) -> str:
        return day_digits(_EXAMPLE, self._customs)

    def _help(self) -> str:
        if self._sort is Sort.COMING:
            return _("Type a date such as 12 jan, tomorrow, tue or in 3 weeks.")
        if self._sort is Sort.PAST:
            return _("Type a date such as 12 jan, yesterday, tue or 3 weeks ago.")
        return _("Type a date such as {example} or 14 mar 1958.").format(example=self._example())

    def _needs_year(self) -> str:
        return _("Type the whole date with its year, for example {example} or 14 mar 1958.").format(
            example=self._example()
        )

    def _no_date(self) -> ValueError:
        return ValueError(
            _("“{shown}” is not a date. {help}").format(shown=self._shown, help=self._help())
        )

    def _no_such_day(self) -> str:
        if not _NUMBERS.fullmatch(self._text) or re.match(r"\d{4}", self._text):
            return _("There is no such day as “{shown}”.").format(shown=self._shown)
        if self._customs.date_order == "ymd":
            return _(
                "There is no such day as “{shown}”: the year comes first here, "
                "for example {example}."
            ).format(shown=self._shown, example=self._example())
        if self._customs.date_order == "dmy":
            return _(
                "There is no such day as “{shown}”: the day comes first here, "
                "for example {example}."
            ).format(shown=self._shown, example=self._example())
        return _(
            "There is no such day as “{shown}”: the month comes first here, for example {example}."
        ).format(shown=self._shown, example=self._example())
