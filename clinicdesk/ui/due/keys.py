"""The commands of the due list, as data: keys, palette and key list are one list."""

from __future__ import annotations

from clinicdesk.domain.rows.due import CALL_OUTCOMES
from clinicdesk.domain.translation import _
from clinicdesk.ui.actions import Action
from clinicdesk.ui.due.acts import Acts
from clinicdesk.ui.due.calling import Calling
from clinicdesk.ui.due.filters import FilterBar
from clinicdesk.ui.due.paper_desk import PaperDesk

_HERE = "due"


class _Outcome:
    """A digit's outcome, as a bound method."""

    def __init__(self, calling: Calling, outcome: str) -> None:
        self._calling, self._outcome = calling, outcome

    def run(self) -> None:
        self._calling.take_outcome(self._outcome)


def actions_of(
    calling: Calling, acts: Acts, desk: PaperDesk, filters: FilterBar
) -> tuple[Action, ...]:
    """What can be done on the page; the digits only mean something during a call."""
    here = _HERE
    outcomes = (
        Action(f"due.outcome.{value}", _("Call: {text}").format(text=text.lower()), str(digit),
               _Outcome(calling, value).run, here)
        for digit, (value, text) in enumerate(CALL_OUTCOMES, 1)
    )  # fmt: skip
    return (
        Action("due.call", _("Start calling"), "", calling.start, here, "phone"),
        Action("due.book", _("Book from the row"), "B", acts.book, here, "calplus"),
        Action("due.aside", _("Put aside, with a reason"), "S", acts.open_aside, here, "clock"),
        Action("due.date", _("Set the date by hand"), "D", acts.open_date, here, "cal"),
        Action("due.score", _("Enter a score for the row"), "R", acts.open_score, here, "chart"),
        Action("due.letters", _("Letters to the selected; again to print them"), "P",
               desk.letters, here, "print"),
        Action("due.sheet", _("Call sheet"), "C", desk.call_sheet, here, "list"),
        Action("due.export", _("Export the due list as CSV"), "E", desk.export, here, "save"),
        Action("due.find", _("Search the due list"), "F", filters.to_search, here, "search"),
        Action("due.clear", _("Clear all filters"), "X", filters.clear_all, here, "x"),
        Action("due.skip", _("Next patient without logging"), "N", calling.skip, here, "right"),
        *outcomes,
    )  # fmt: skip
