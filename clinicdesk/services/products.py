"""Which of the catalogue's products the clinic stocks: what it does not is no longer offered.

Nothing that was given or planned is touched: a record keeps its product, and shows it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from clinicdesk.data.queries import settings
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act, ask


@dataclass(frozen=True)
class StockRow:
    """A product of the catalogue, and whether it is offered here."""

    product: Product
    stocked: bool


@ask(Permission.SEE_SCHEDULE)
def listed(work: Work) -> tuple[StockRow, ...]:
    """Every product, in the order of the catalogue."""
    hidden = settings.not_stocked(work.tx)
    products = work.catalogue.products.values()
    return tuple(StockRow(product, product.key not in hidden) for product in products)


@act("products.stock", Permission.CHOOSE_PRODUCTS)
def change(work: Work, *, hide: Collection[str] = (), show: Collection[str] = ()) -> None:
    """Hides products from the lists and offers others again; the rest stays as it is.

    Raises:
        NotFound: one of them is not in the catalogue.
    """
    for key in (*hide, *show):
        if key not in work.catalogue.products:
            raise NotFound(
                _("There is no product “{key}”. Known are: {known}.").format(
                    key=key, known=", ".join(work.catalogue.products)
                )
            )
    hidden = settings.not_stocked(work.tx, to_change=True)
    settings.write_not_stocked(work.tx, (hidden | set(hide)) - set(show))
