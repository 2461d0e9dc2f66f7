"""Which rows an act is for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinicdesk.domain.rows.due import DueRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.due.caller import Caller
from clinicdesk.ui.due.model import DueModel
from clinicdesk.ui.due.view import DueView

_NONE = _("Choose a row first.")


class Target:
    """``panel``: where the call is; ``around``: the widget that knows where the keys go."""

    def __init__(
        self, bus: Bus, model: DueModel, view: DueView, caller: Caller, panel: QWidget,
        around: QWidget,
    ) -> None:  # fmt: skip
        self._bus, self._model, self._view, self._caller = bus, model, view, caller
        self._panel, self._around = panel, around

    @property
    def _in_the_call(self) -> bool:
        return self._panel.isAncestorOf(self._around.focusWidget())

    def numbers(self) -> tuple[int, ...]:
        """In a call that one, else the ticked, else the cursor's; says what to do without any."""
        if self._caller.number is not None and self._in_the_call:
            return (self._caller.number,)
        current = self._view.current_id()
        found = self._model.chosen_in_order() or ((current,) if current is not None else ())
        if not found:
            self._bus.say(_NONE)
        return found

    def row(self) -> DueRow | None:
        """The row of the call, else the one under the cursor; says what to do without any."""
        if self._caller.row is not None and self._in_the_call:
            return self._caller.row
        row = self._view.current_row()
        if row is None:
            self._bus.say(_NONE)
        return row

    def first(self) -> int | None:
        """With whom calling begins: the cursor's, but the first ticked one where others are ticked;
        says what to do without any."""
        chosen = self._model.chosen_in_order()
        current = self._view.current_id()
        number = current if current in chosen or not chosen else chosen[0]
        if number is None:
            self._bus.say(_NONE)
        return number
