"""Doses, amounts, lots and expiry dates of what is on the tray. Exact decimals throughout."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from clinicdesk.domain.dates import day_words, month_words, own
from clinicdesk.domain.dates.names import MONTHS
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _

VOLUME_TOP_ML = Decimal(100)
"""No injection of this clinic comes near it: above, a slip of the pen is likelier than a dose."""

SECONDS_TOP = Decimal(36000)
KERMA_TOP_MGY = Decimal(100000)

PLACES = 3
"""Decimal places of an amount: finer than any syringe."""

_NUMBER = re.compile(r"([-+\u2212]?)\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*([^\d\s.,]+[^\d]*)?")
_UNIT_WORDS = {"ml": "mL", "cc": "mL", "mg": "mg", "g": "g", "mcg": "µg", "µg": "µg", "ug": "µg"}


@dataclass(frozen=True)
class Expiry:
    """An expiry as printed on a vial.

    Attributes:
        last_day: the last day on which it may be used; of a month its last day.
        month_only: whether the label gives a month without a day.
    """

    last_day: date
    month_only: bool

    def over(self, on: date) -> bool:
        """Whether it has expired on the day ``on``."""
        return on > self.last_day

    def __str__(self) -> str:
        return expiry_text(self.last_day, month_only=self.month_only)


def dose(product: Product, volume_ml: Decimal) -> Decimal:
    """Amount in ``product.unit`` in ``volume_ml`` millilitres: concentration × volume, exact."""
    return tidy(product.per_ml * volume_ml)


def volume_for(product: Product, amount: Decimal) -> Decimal | None:
    """Millilitres that hold ``amount`` (in ``product.unit``), or None.

    None where the product has no concentration, or where no volume of at most three
    decimals is exact: a rounded volume would silently change the dose.
    """
    if not product.per_ml:
        return None
    volume = (amount / product.per_ml).quantize(Decimal(1).scaleb(-PLACES))
    return tidy(volume) if volume * product.per_ml == amount else None


def tidy(value: Decimal) -> Decimal:
    """``value`` without trailing zeros and never in exponent form: 10.0 → 10, 1E+1 → 10."""
    return Decimal(f"{value.normalize():f}")


def amount_text(value: Decimal | None) -> str:
    """A number as it is shown and typed: ``1.5``, ``10``; empty for None."""
    return "" if value is None else f"{tidy(value):f}"


def parse_amount(
    text: str,
    what: str = "amount",
    unit: str = "",
    *,
    top: Decimal | None = None,
    zero: bool = False,
) -> Decimal:
    """Read an amount such as ``1.5``, ``1,5`` or ``1.5 mL``.

    Args:
        text: what was typed.
        what: the field's name within the sentences, e.g. ``volume``.
        unit: its unit; typed with another unit the amount is refused.
        top: the largest believable amount.
        zero: whether 0 is an answer.

    Raises:
        ValueError: with the sentence for the field.
    """
    typed = text.strip()
    if not typed:
        raise ValueError(_("Type the {what}.").format(what=_in(what, unit)))
    match = _NUMBER.fullmatch(typed)
    if match is None:
        raise ValueError(
            _("“{typed}” is not a number. Type the {what}, for example 1.5.").format(
                typed=typed, what=_in(what, unit)
            )
        )
    sign, digits, suffix = match.groups()
    _check_unit(typed, (suffix or "").strip(), what, unit)
    value = _number(digits, typed)
    if sign in ("-", "\u2212") and value:
        raise ValueError(_("The {what} cannot be less than zero. Type it again.").format(what=what))
    if -tidy(value).as_tuple().exponent > PLACES:  # type: ignore[operator]
        raise ValueError(
            _("“{typed}” is too fine: at most {places} places after the point.").format(
                typed=typed, places=PLACES
            )
        )
    if value == 0 and not zero:
        raise ValueError(
            _("The {what} must be more than 0{unit}.").format(
                what=what, unit=" " + unit if unit else ""
            )
        )
    if top is not None and value > top:
        shown = f"{amount_text(value)}{' ' + unit if unit else ''}"
        raise ValueError(
            _("{shown} cannot be right for the {what}. Check the number.").format(
                shown=shown, what=what
            )
        )
    return tidy(value)


def _in(what: str, unit: str) -> str:
    return _("{what} in {unit}").format(what=what, unit=unit) if unit else what


def _check_unit(typed: str, suffix: str, what: str, unit: str) -> None:
    if not suffix or not unit:
        if suffix and not unit:
            raise ValueError(
                _("“{typed}” is not a number. Type the {what} without a unit.").format(
                    typed=typed, what=what
                )
            )
        return
    known = _UNIT_WORDS.get(suffix.casefold(), suffix)
    if known.casefold() != unit.casefold():
        raise ValueError(
            _("The {what} is in {unit}: “{typed}” cannot stand here.").format(
                what=what, unit=unit, typed=typed
            )
        )


def _number(digits: str, typed: str) -> Decimal:
    """The number; a comma counts as the decimal point unless it may group thousands."""
    if "," in digits and len(digits.split(",")[1]) == 3 and digits.strip("0")[0] != ",":
        whole, rest = digits.split(",")
        raise ValueError(
            _(
                "“{typed}” can be read two ways. "
                "Type {whole}.{rest} or {whole}{rest}, without a comma."
            ).format(typed=typed, whole=whole, rest=rest)
        )
    try:
        return Decimal(digits.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(_("“{typed}” is not a number.").format(typed=typed)) from error


_MONTHS = {name.casefold(): n for n, name in enumerate(MONTHS, 1)}
_WANTED = _("Type the month and year from the label, for example 04 2028.")


def parse_expiry(text: str) -> Expiry:
    """Read an expiry from a label: ``04 2028``, ``2028-04``, ``04/28``, ``2028-04-30``.

    A month is valid to its last day. Days with slashes are month first (the order of
    US labels) unless only the other order is a date; days with points are day first.

    Raises:
        ValueError: with the sentence for the field.
    """
    typed = " ".join(text.split())
    if not typed:
        raise ValueError(_("The expiry is missing. {wanted}").format(wanted=_WANTED))
    if (shown := own.written(typed)) and shown.year:
        typed = f"{shown.year}-{shown.month:02}-{shown.day:02}"
    parts = [part for part in re.split(r"[\s./-]+", typed) if part]
    if len(parts) == 1:
        parts = _split_digits(parts[0]) or parts
    numbers = [_part(part) for part in parts]
    if None in numbers or len(numbers) not in (2, 3):
        raise ValueError(
            _("“{typed}” is not a month or a date. {wanted}").format(typed=typed, wanted=_WANTED)
        )
    values = [number for number in numbers if number is not None]
    widths = [len(part) for part in parts]
    if len(values) == 2:
        return _month(typed, values, widths)
    return _day(typed, values, widths, named=any(not part.isdigit() for part in parts))


def _split_digits(part: str) -> list[str]:
    """``0428`` and ``042028`` as scanners and hurried fingers give them."""
    if not part.isdigit():
        return []
    if len(part) == 4 and not part.startswith("20"):
        return [part[:2], part[2:]]
    if len(part) == 6:
        return [part[:4], part[4:]] if part.startswith("20") else [part[:2], part[2:]]
    if len(part) == 8 and part.startswith("20"):
        return [part[:4], part[4:6], part[6:]]
    return []


def _part(part: str) -> int | None:
    if part.isdigit() and part.isascii() and len(part) <= 4:
        return int(part)
    if not part.isalpha() or len(part) < 3:
        return None
    return own.month(part.casefold()) or _MONTHS.get(part[:3].casefold())


def _month(typed: str, values: list[int], widths: list[int]) -> Expiry:
    """Two parts: month and year in either order; the year is the long one, or the second."""
    month, year = (values[1], values[0]) if widths[0] == 4 else (values[0], values[1])
    year = _year(typed, year)
    if not 1 <= month <= 12:
        raise ValueError(
            _("“{typed}” has no month {month}. {wanted}").format(
                typed=typed, month=month, wanted=_WANTED
            )
        )
    return Expiry(date(year, month, calendar.monthrange(year, month)[1]), month_only=True)


def _day(typed: str, values: list[int], widths: list[int], *, named: bool) -> Expiry:
    """Three parts: a full date."""
    if widths[0] == 4:
        year, month, day = values
    else:
        first, second, year = values
        month_first = "/" in typed or (named and not typed[0].isdigit())
        month, day = (first, second) if month_first else (second, first)
        if "/" in typed and month > 12:
            month, day = day, month
    year = _year(typed, year)
    try:
        return Expiry(date(year, month, day), month_only=False)
    except ValueError as error:
        raise ValueError(
            _("There is no day {typed}. Check the label.").format(typed=typed)
        ) from error


def _year(typed: str, year: int) -> int:
    year = year + 2000 if year < 100 else year
    if not 2000 <= year <= 2099:
        raise ValueError(
            _("“{typed}” has no year between 2000 and 2099. {wanted}").format(
                typed=typed, wanted=_WANTED
            )
        )
    return year


def expiry_text(last_day: date, *, month_only: bool) -> str:
    """``04 2028`` for a month, ``30 Apr 2028`` for a day: as shown, and readable again."""
    if month_only:
        return f"{last_day.month:02d} {last_day.year}"
    return day_words(last_day)


def expired_sentence(lot: str, expiry: Expiry) -> str:
    """``Lot SC2209 expired in August 2026.``, or on a day where the label gives one."""
    day = expiry.last_day
    if expiry.month_only:
        month = month_words(day.year, day.month)
        if lot:
            return _("Lot {lot} expired in {month}. Use another lot.").format(lot=lot, month=month)
        return _("This lot expired in {month}. Use another lot.").format(month=month)
    if lot:
        return _("Lot {lot} expired on {day}. Use another lot.").format(lot=lot, day=day_words(day))
    return _("This lot expired on {day}. Use another lot.").format(day=day_words(day))
