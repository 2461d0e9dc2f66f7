"""A segmented choice that is one stop of the Tab key; arrows move within."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from clinicdesk.ui.widgets import Segmented


class OneStop(Segmented):
    """Tab reaches the chosen option alone (the first while none is chosen)."""

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        super().set_options(options)
        self._stop()

    def set_value(self, value: str) -> None:
        super().set_value(value)
        self._stop()

    def _stop(self) -> None:
        buttons = self.buttons()
        chosen = next((b for b in buttons if b.isChecked()), buttons[0] if buttons else None)
        for button in buttons:
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus
            )

    def buttons(self) -> list[QPushButton]:
        """The options, from the left."""
        return list(self._buttons.values())
