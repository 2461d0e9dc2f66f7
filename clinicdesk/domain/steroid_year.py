"""The steroid of a year, as the prednisone that would do about the same: a figure, no limit.

No society has agreed on a most for a year, and the equivalence was found for tablets: what it says
of an injection is an approximation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from clinicdesk.domain.dates import add_months
from clinicdesk.domain.procedures import Steroid
from clinicdesk.domain.rows.cases import DoneRow
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _, _n

_MONTHS = 12


class Equivalent(Protocol):
    """``mg`` of a steroid do about what ``reference_mg`` of prednisone do."""

    @property
    def mg(self) -> Decimal: ...
    @property
    def reference_mg(self) -> Decimal: ...


@dataclass(frozen=True)
class SteroidYear:
    """What was injected in twelve months.

    Attributes:
        prednisone_mg: the sum of what is known, about.
        injections: the procedures that it is the sum of; ``elsewhere`` of them at another place.
        unknown: procedures of which nobody knows what was given, or how much; not in the sum.
    """

    prednisone_mg: Decimal = Decimal(0)
    injections: int = 0
    elsewhere: int = 0
    unknown: int = 0


def steroid_year(
    done: Iterable[DoneRow], last: date, equivalents: Mapping[str, Equivalent]
) -> SteroidYear:
    """The twelve months that end with the day ``last``, at all sites, elsewhere included.

    The same day a year ago is out again, as in the interval rules.
    """
    total, injections, elsewhere, unknown = Decimal(0), 0, 0, 0
    after = add_months(last, -_MONTHS)
    for row in done:
        if not after < row.day <= last or row.steroids == ():
            continue
        amount = prednisone(row.steroids or (), equivalents) if row.steroids else None
        if amount is None:
            unknown += 1
            continue
        total += amount
        injections += 1
        elsewhere += row.elsewhere
    return SteroidYear(total, injections, elsewhere, unknown)


def prednisone(
    steroids: Iterable[Steroid], equivalents: Mapping[str, Equivalent]
) -> Decimal | None:
    """About as much prednisone, in mg; None where a dose or an equivalent is not known."""
    total = Decimal(0)
    for steroid in steroids:
        equal = equivalents.get(fold(steroid.drug).strip())
        if equal is None or steroid.mg is None:
            return None
        total += steroid.mg * equal.reference_mg / equal.mg
    return total


def whole_mg(mg: Decimal) -> str:
    """``27``: an approximation has no decimals."""
    return f"{mg.quantize(Decimal(1), ROUND_HALF_UP):f}"


def year_words(year: SteroidYear) -> str:
    """``about 240 mg prednisone equivalent, 4 injections (1 elsewhere)``."""
    if not year.injections:
        return _("not known") if year.unknown else _("none recorded")
    if year.elsewhere:
        said = _n(
            "about {mg} mg prednisone equivalent, {n} injection ({elsewhere} elsewhere)",
            "about {mg} mg prednisone equivalent, {n} injections ({elsewhere} elsewhere)",
            year.injections,
        )
    else:
        said = _n(
            "about {mg} mg prednisone equivalent, {n} injection",
            "about {mg} mg prednisone equivalent, {n} injections",
            year.injections,
        )
    mg = whole_mg(year.prednisone_mg)
    return said.format(mg=mg, n=year.injections, elsewhere=year.elsewhere)


def uncounted_text(year: SteroidYear) -> str:
    """What the figure leaves out; empty where it leaves out nothing."""
    if not year.unknown:
        return ""
    return _n(
        "{n} injection without a recorded dose is not counted.",
        "{n} injections without a recorded dose are not counted.",
        year.unknown,
    ).format(n=year.unknown)


def year_text(year: SteroidYear) -> str:
    """All of it in one line, for the log and its signature."""
    amount = _("Steroid in the last 12 months: {amount}.").format(amount=year_words(year))
    return " ".join(filter(None, (amount, uncounted_text(year))))


def session_text(
    steroids: Iterable[Steroid], equivalents: Mapping[str, Equivalent], *, named: bool = False
) -> str:
    """What one session adds to it; empty without a steroid.

    ``named``: the sentence before says of what the mg are.
    """
    given = tuple(steroids)
    if not given:
        return ""
    amount = prednisone(given, equivalents)
    if amount is None:
        return _("What this session adds is not known.")
    if named:
        return _("This session adds about {mg} mg.").format(mg=whole_mg(amount))
    return _("This session adds about {mg} mg prednisone equivalent.").format(mg=whole_mg(amount))
