"""Editors without a frame, as they stand in the medication table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from clinicdesk.ui import theme
from clinicdesk.ui.widgets.fields import mark_error


class Cell(QLineEdit):
    """One cell: its text is marked whole when the focus comes, so that typing replaces it.

    ``error`` is the sentence that says why the text cannot be read.
    """

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        *,
        right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.error = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("cell", True)
        self.setFont(theme.font(13))
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
            Qt.FocusReason.OtherFocusReason,
        ):
            self.selectAll()

    def fail(self, sentence: str) -> None:
        """Keeps why the text cannot be read; an empty sentence means that it can."""
        self.error = sentence
        self.setAccessibleDescription(sentence)
        mark_error(self, bool(sentence))


class StepCell(Cell):
    """A cell whose Up and Down keys step through something.

    Signals:
        stepped(int): 1 for Down, −1 for Up.
    """

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


def lock(editor: QLineEdit | QPlainTextEdit, read_only: bool) -> None:
    """Makes an editor only show, in the look of a field that cannot be changed."""
    if editor.isReadOnly() == read_only:
        return
    editor.setReadOnly(read_only)
    editor.style().unpolish(editor)
    editor.style().polish(editor)


def cell_style() -> str:
    """Style sheet of the table in the colours of the theme."""
    colours = {
        key: theme.token(key)
        for key in ("line", "line2", "canvas", "surface", "accent", "danger", "dangertint", "text2")
    }
    return _STYLE.format(**colours)


_STYLE = """
QFrame#medications {{ background: {surface}; border: 1px solid {line2}; border-radius: 8px; }}
QWidget#medicationHead {{ background: {canvas}; border-bottom: 1px solid {line};
  border-top-left-radius: 8px; border-top-right-radius: 8px; }}
QFrame#medicationRow {{ background: transparent; border: 0; border-bottom: 1px solid {line}; }}
QFrame#medicationRow[wrong="true"] {{ background: {dangertint}; }}
QLineEdit[cell="true"] {{ background: transparent; border: 1px solid transparent;
  border-radius: 5px; padding: 4px 5px; }}
QLineEdit[cell="true"]:hover {{ border-color: {line2}; }}
QLineEdit[cell="true"]:focus {{ background: {surface}; border: 2px solid {accent};
  padding: 3px 4px; }}
QLineEdit[cell="true"][error="true"] {{ border: 2px solid {danger}; padding: 3px 4px; }}
QLineEdit[cell="true"][readOnly="true"] {{ background: transparent; border-color: transparent; }}
QComboBox {{ background: transparent; border: 1px solid transparent; border-radius: 5px;
  padding: 4px 5px; }}
QComboBox:hover {{ border-color: {line2}; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 3px 4px; }}
QComboBox[error="true"] {{ border: 2px solid {danger}; padding: 3px 4px; }}
QPushButton#remove {{ border: 1px solid transparent; background: transparent; padding: 0; }}
QPushButton#remove:hover {{ border-color: {line2}; }}
QPushButton#remove:focus {{ border: 2px solid {accent}; }}
"""
