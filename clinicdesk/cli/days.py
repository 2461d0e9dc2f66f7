"""Dates and times on the command line, read by the same reader as in the window.

What means the same everywhere (``2026-11-24``) is read at once; ``07/06/1958`` or ``tomorrow``
waits for the clinic to be open, whose country and calendar say which day that is.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from clinicdesk.cli.output import note
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.services.context import Clinic

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WITH_TIME = re.compile(r"\d[T ]\d")
_SOME_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Typed:
    """A day, or a day with its time (``timed``), as typed."""

    text: str
    timed: bool = False


def day(text: str) -> date | Typed:
    """What no country reads as a day is refused; raises ArgumentTypeError."""
    if _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(
                _("There is no such day as “{text}”.").format(text=text)
            ) from None
    _refuse_unless_day(text, _("“{text}” is not a date like 2026-11-24").format(text=text))
    return Typed(text)


def moment(text: str) -> datetime | Typed:
    """An ISO time, without an offset the clinic's own; or as one types it in the window."""
    from clinicdesk.domain.dates import read_time, split_when

    wrong = _("“{text}” is not a time like 2026-11-24T09:30").format(text=text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is not None:
        if not _WITH_TIME.search(text):
            raise argparse.ArgumentTypeError(wrong)  # a day alone is no midnight
        return found
    on, at = split_when(text)
    try:
        read_time(at)
    except ValueError:
        raise argparse.ArgumentTypeError(wrong) from None
    _refuse_unless_day(on, wrong)
    return Typed(text, timed=True)


def _refuse_unless_day(text: str, sentence: str) -> None:
    from clinicdesk.domain.customs import customs_of
    from clinicdesk.domain.dates import Sort, read_day

    for country in ("US", "GB"):
        try:
            read_day(text, _SOME_DAY, customs_of(country), Sort.COMING)
        except ValueError:
            continue
        return
    raise argparse.ArgumentTypeError(sentence)


def settle(args: argparse.Namespace, clinic: Clinic) -> None:
    """Reads in ``args`` what waited for the clinic, and says in words how it was read.

    Raises:
        Invalid: with the sentence.
    """
    for name, value in vars(args).items():
        if isinstance(value, Typed):
            try:
                found = _read(value, clinic)
            except ValueError as wrong:
                raise Invalid({name: str(wrong)}) from None
            setattr(args, name, found)
            note(_("“{text}” is {day}.").format(text=value.text, day=_in_words(found)))


def _in_words(found: date | datetime) -> str:
    from clinicdesk.domain.dates import day_words

    if isinstance(found, datetime):
        return _("{day}, {time}").format(day=day_words(found.date()), time=f"{found:%H:%M}")
    return day_words(found)


def _read(typed: Typed, clinic: Clinic) -> date | datetime:
    from clinicdesk.domain.dates import Sort, read_day, read_time, split_when

    if not typed.timed:
        return read_day(typed.text, clinic.today(), clinic.customs, Sort.ANY)
    on, at = split_when(typed.text)
    found = read_day(on, clinic.today(), clinic.customs, Sort.COMING)
    return datetime.combine(found, read_time(at), clinic.zone)
