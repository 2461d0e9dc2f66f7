"""What the list is asked for, and whether that begins a list or goes on with one."""

from __future__ import annotations

from clinicdesk.domain.rows.due import DueFilter, DueList
from clinicdesk.ui.due.family_chips import FamilyChips
from clinicdesk.ui.due.filters import FilterBar
from clinicdesk.ui.due.model import DueModel


class Question:
    """All filters together.

    Attributes:
        answer: the list on show; None before the first has come.
        asked_for: what that list answers.
        wish: the row that the cursor goes to when the list comes again.
    """

    def __init__(self, filters: FilterBar, chips: FamilyChips, model: DueModel) -> None:
        self._filters, self._chips, self._model = filters, chips, model
        self.answer: DueList | None = None
        self.asked_for = DueFilter()
        self.wish: int | None = None

    def wanted(self) -> DueFilter:
        """What all filters together ask for."""
        return self._filters.wanted(self._chips.wanted())

    def begins_anew(self, wanted: DueFilter) -> bool:
        """Whether the list will be looked at from its beginning: nothing on it is to be kept."""
        another = self.answer is None or wanted != self.asked_for
        return another and not self._model.chosen and self.wish is None

    def wish_for(self, number: int) -> None:
        """The row that the cursor goes to when the list comes again."""
        self.wish = number
