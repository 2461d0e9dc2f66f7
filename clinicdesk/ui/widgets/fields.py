"""Form fields: a label above, an editor, and one line below that says what is wrong."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce
from clinicdesk.ui.widgets.surfaces import Label

# A comma with three figures after it may be either of two numbers, a thousand apart.
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+|\d+,(?!\d{3}$)\d+)", re.ASCII)


def mark_error(editor: QWidget, wrong: bool) -> None:
    """Gives an editor the red border, or takes it away."""
    editor = editor.focusProxy() or editor
    if bool(editor.property("error")) == wrong:
        return
    editor.setProperty("error", wrong)
    editor.style().unpolish(editor)
    editor.style().polish(editor)


class TextEdit(QLineEdit):
    """One line of text."""

    def __init__(
        self, placeholder: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setFont(theme.font(13))


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab leaves the field.

    Signals:
        left(): the focus went elsewhere.
    """

    left = Signal()

    def __init__(
        self, placeholder: str = "", name: str = "", lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)
        self.setFont(theme.font(13))
        self.setFixedHeight(theme.scaled(18 * lines + 18))

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.left.emit()


class NumberEdit(QLineEdit):
    """A decimal number as typed; ``value()`` is None while it is empty or no number."""

    def __init__(self, unit: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{name} {unit}".strip())
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(theme.font(13))
        self._unit = QLabel(unit, self)
        self._unit.setFont(theme.font(12))
        self._unit.setProperty("tone", "faint")
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if unit:
            self.setTextMargins(0, 0, self._unit.sizeHint().width() + 6, 0)

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        hint = self._unit.sizeHint()
        self._unit.setGeometry(
            self.width() - hint.width() - 9, (self.height() - hint.height()) // 2,
            hint.width(), hint.height(),
        )  # fmt: skip

    def value(self) -> Decimal | None:
        """The number, exact. Neither ``1e3`` nor ``nan`` nor ``1,000`` (which of two?) is one."""
        found = _NUMBER.fullmatch(self.text().strip())
        return Decimal(found.group().replace(",", ".")) if found else None

    def set_value(self, value: Decimal | None) -> None:
        """Shows a number without trailing noise."""
        self.setText("" if value is None else format(value, "f"))


class PasswordEdit(QWidget):
    """A password with Show, and a word when Caps Lock is on.

    Signals:
        submitted(): Enter was pressed.
    """

    submitted = Signal()

    def __init__(self, name: str = _("Password"), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from clinicdesk.ui.widgets.buttons import Button

        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setAccessibleName(name)
        self.edit.setFont(theme.font(14))
        self.edit.returnPressed.connect(self._submit)
        self.edit.installEventFilter(self)
        self._show = Button(_("Show"), "eye", "text", compact=True, parent=self.edit)
        self._show.setCheckable(True)
        self._show.clicked.connect(self._toggle)
        self._caps = Label(_("Caps Lock is on"), 12, 500, "warn")
        self._caps.setVisible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.edit)
        outer.addWidget(self._caps)
        self.setFocusProxy(self.edit)

    def _submit(self) -> None:
        self.submitted.emit()

    def _toggle(self) -> None:
        shown = self._show.isChecked()
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self._show.setText(_("Hide") if shown else _("Show"))
        self._place()

    def _place(self) -> None:
        # Show stands inside the field, at its right end; what is typed ends before it.
        hint = self._show.sizeHint()
        self._show.setGeometry(
            self.edit.width() - hint.width() - 4, (self.edit.height() - hint.height()) // 2,
            hint.width(), hint.height(),
        )  # fmt: skip
        self.edit.setTextMargins(0, 0, hint.width(), 0)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.edit:
            self._place()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._notice_caps(event)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _notice_caps(self, event: QKeyEvent) -> None:
        # Qt reports no Caps Lock state: a capital without Shift, or the reverse, gives it away.
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps.setVisible(False)
            return
        typed = event.text()
        if len(typed) == 1 and typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps.setVisible(typed.isupper() != shift)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forgets what was typed; the next person's password is hidden again."""
        self.edit.clear()
        self._show.setChecked(False)
        self._toggle()
        self._caps.setVisible(False)


class Field(QWidget):
    """Label, editor, and a line for help or for what is wrong.

    Attributes:
        editor: the widget that is edited.
    """

    def __init__(
        self, label: str, editor: QWidget, helper: str = "", *, required: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.editor = editor
        self._helper = helper
        self.label = Label(label + (" *" if required else ""), 12, 600, parent=self)
        self.label.setBuddy(editor)
        self._edited = editor.focusProxy() or editor
        if not self._edited.accessibleName():
            self._edited.setAccessibleName(label)
        self._mark = QLabel()
        self._line = Label("", 12, 500, "danger", wrap=True)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(5)
        below.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if label:
            layout.addWidget(self.label)
        else:
            self.label.hide()
        layout.addWidget(editor)
        layout.addLayout(below)
        self.set_error("")
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        self._mark.setPixmap(theme.pixmap("alert", "danger", 15))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        # No focus proxy: that closes the window's chain of Tab into a ring of fields.
        self.editor.setFocus(reason)

    def error(self) -> str:
        """The sentence shown, if something is wrong."""
        return self._line.text() if self._mark.isVisibleTo(self) else ""

    def set_error(self, sentence: str) -> None:
        """Shows what is wrong; an empty sentence clears it and shows the help line again."""
        wrong = bool(sentence)
        if wrong and sentence != self.error() and self.isVisible():
            announce(self._edited, sentence, now=True)
        mark_error(self.editor, wrong)
        self._mark.setVisible(wrong)
        self._line.set_tone("danger" if wrong else "faint")
        self._line.setText(sentence or self._helper)
        self._line.setVisible(wrong or bool(self._helper))
        self._edited.setAccessibleDescription(sentence or self._helper)

    def set_helper(self, sentence: str) -> None:
        """Changes the help line."""
        self._helper = sentence
        if not self._mark.isVisibleTo(self):
            self.set_error("")
