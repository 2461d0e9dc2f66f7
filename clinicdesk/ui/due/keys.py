"""The commands of the due list, as data: keys, palette and key list are one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinicdesk.domain.rows.due import CALL_OUTCOMES
from clinicdesk.ui.actions import Action

if TYPE_CHECKING:
    from clinicdesk.ui.due.page import DuePage

_HERE = "due"


class _Outcome:
    """A digit's outcome, as a bound method."""

    def __init__(self, page: DuePage, outcome: str) -> None:
        self._page, self._outcome = page, outcome

    def run(self) -> None:
        self._page.take_outcome(self._outcome)


def actions_of(page: DuePage) -> tuple[Action, ...]:
    """What can be done on the page; the digits only mean something during a call."""
    here, acts, desk = _HERE, page.acts, page.desk
    outcomes = (
        Action(f"due.outcome.{value}", f"Call: {text.lower()}", str(digit),
               _Outcome(page, value).run, here)
        for digit, (value, text) in enumerate(CALL_OUTCOMES, 1)
    )  # fmt: skip
    return (
        Action("due.call", "Start calling", "", page.start_calling, here, "phone"),
        Action("due.book", "Book from the row", "B", acts.book, here, "calplus"),
        Action("due.aside", "Put aside, with a reason", "S", acts.open_aside, here, "clock"),
        Action("due.date", "Set the date by hand", "D", acts.open_date, here, "cal"),
        Action("due.score", "Enter a score for the row", "R", acts.open_score, here, "chart"),
        Action("due.letters", "Letters to the selected", "P", desk.letters, here, "print"),
        Action("due.sheet", "Call sheet", "C", desk.call_sheet, here, "list"),
        Action("due.export", "Export the due list as CSV", "E", desk.export, here, "save"),
        Action("due.find", "Search the due list", "F", page.to_search, here, "search"),
        Action("due.clear", "Clear all filters", "X", page.filters.clear_all, here, "x"),
        Action("due.skip", "Next patient without logging", "N", page.skip, here, "right"),
        *outcomes,
    )  # fmt: skip
