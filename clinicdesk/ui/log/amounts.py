"""Volume and dose of one line, each following the other; texts and reasons. No Qt here."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.domain.medications import (
    VOLUME_TOP_ML,
    amount_text,
    dose,
    parse_amount,
    volume_for,
)
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _


class Amounts:
    """What was typed last leads: the other one is computed, exactly or not at all.

    ``volume`` and ``dose`` are None where nothing can be read; the errors say why.
    """

    def __init__(self) -> None:
        self.product: Product | None = None
        self.volume: Decimal | None = None
        self.dose: Decimal | None = None
        self.volume_error = ""
        self.dose_error = ""

    def show(self, product: Product | None, volume: Decimal | None, given: Decimal | None) -> None:
        """Takes a stored line."""
        self.product, self.volume, self.dose = product, volume, given
        self.volume_error = self.dose_error = ""

    def choose(self, product: Product | None) -> None:
        """Another product: the volume stays, the dose follows."""
        self.product = product
        self._follow()

    def type_volume(self, text: str) -> None:
        """Reads a volume; the dose follows, or is empty."""
        self.volume, self.volume_error, self.dose_error = None, "", ""
        if text.strip():
            try:
                self.volume = parse_amount(text, "volume", "mL", top=VOLUME_TOP_ML)
            except ValueError as error:
                self.volume_error = str(error)
        self._follow()

    def type_dose(self, text: str) -> None:
        """Reads a dose; the volume follows if one is exact."""
        self.volume, self.dose, self.volume_error, self.dose_error = None, None, "", ""
        if not text.strip():
            return
        if self.product is None:
            self.dose_error = _("Choose the product first.")
            return
        try:
            amount = parse_amount(text, "dose", self.product.unit)
        except ValueError as error:
            self.dose_error = str(error)
            return
        volume = volume_for(self.product, amount)
        if volume is None or volume > VOLUME_TOP_ML:
            why = _("has no exact volume") if volume is None else _("cannot be right")
            self.dose_error = _(
                "{amount} {unit} of {product_name} {why}. Type the volume instead."
            ).format(
                amount=amount_text(amount),
                unit=self.product.unit,
                product_name=self.product.name,
                why=why,
            )
            return
        self.dose, self.volume = amount, volume

    def _follow(self) -> None:
        known = self.product is not None and self.volume is not None
        self.dose = dose(self.product, self.volume) if known else None  # type: ignore[arg-type]

    def volume_words(self) -> str:
        """``1.5 mL``; empty while there is none."""
        return (
            "" if self.volume is None else _("{volume} mL").format(volume=amount_text(self.volume))
        )

    def dose_words(self) -> str:
        """``10 mg``; empty while there is none."""
        unit = self.product.unit if self.product else "mg"
        return "" if self.dose is None else f"{amount_text(self.dose)} {unit}"
