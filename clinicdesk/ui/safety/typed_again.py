"""What was asked back is taken once it was typed anew: a second Enter alone says nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit


class TypedAgain(QObject):
    """Remembers what was doubted, and whether the field was typed in since."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._doubted: object = None
        self._typed = False
        field.textEdited.connect(self._edited)

    def doubt(self, value: object) -> None:
        """It was asked back: the next key replaces it."""
        self._doubted, self._typed = value, False
        self._field.selectAll()

    def sure(self, value: object) -> bool:
        """Whether this is what was asked back, typed anew."""
        return self._typed and value == self._doubted

    def waits(self, value: object) -> bool:
        """Whether this was asked back and nobody has typed since."""
        return self._doubted is not None and value == self._doubted and not self._typed

    def forget(self) -> None:
        """It was taken, or is about something else now."""
        self._doubted, self._typed = None, False

    def _edited(self, _text: str) -> None:
        self._typed = True
