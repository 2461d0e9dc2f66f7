"""The list as a model: headings and payers, with what is chosen for them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from clinicdesk.domain.rows.payers import PackSummary, PayerRow
from clinicdesk.ui.headed_list import HeadedModel
from clinicdesk.ui.payers.lines import (
    Draft,
    Heading,
    Item,
    items_of,
    short_titles,
    spoken,
)


class PayersModel(HeadedModel):
    """``items`` are what is on show, ``rows`` every payer, ``draft`` what is not saved."""

    row_class = PayerRow

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[PayerRow, ...] = ()
        self.packs: tuple[PackSummary, ...] = ()
        self.titles: dict[str, str] = {}
        self.draft = Draft()
        self._wanted = ""

    def show_rows(self, rows: tuple[PayerRow, ...], packs: tuple[PackSummary, ...]) -> None:
        """Replaces the list; what is chosen stays."""
        self.rows, self.packs, self.titles = rows, packs, short_titles(packs)
        self._show()

    def look_for(self, wanted: str) -> None:
        """Shows only payers whose name holds these letters."""
        self._wanted = wanted.strip()
        self._show()

    def _show(self) -> None:
        self.put(items_of(self.rows, self.titles, self._wanted))

    def choose(self, row: PayerRow, pack: str) -> None:
        """Puts a pack into a payer's box, or takes it out."""
        self.draft.choose(row, pack)
        self._repaint()

    def discard(self) -> None:
        """Nothing is chosen any more but what is suggested."""
        self.draft.discard()
        self._repaint()

    def _repaint(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, 0))

    def payer(self, row: int) -> PayerRow | None:
        """The payer at a row; None on a heading or outside."""
        found: PayerRow | None = self.row_at(row)
        return found

    def tip(self, row: PayerRow) -> str:
        return "\n".join(dict.fromkeys((*row.spellings, *filter(None, (row.apart,)))))

    def spoken(self, item: Item) -> str:
        if isinstance(item, Heading):
            return f"{item.words} {item.note}".strip()
        return spoken(item, self.draft, self.titles)
