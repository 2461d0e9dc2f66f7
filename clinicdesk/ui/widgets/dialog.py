"""A dialog: a panel that lies over the window on a scrim, instead of a window of its own."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.widgets.buttons import Button, IconButton
from clinicdesk.ui.widgets.eye_order import step
from clinicdesk.ui.widgets.surfaces import Label, Line

_MARGIN = 24


class Dialog(QWidget):
    """Lies over ``host`` (any widget of the window); ``body`` and ``footer`` are yours to fill.

    Signals:
        accepted(): the primary button or Ctrl+Enter; the dialog stays until you close it.
        closed(): Esc, Cancel or the cross; the dialog is gone after that.
    """

    accepted = Signal()
    closed = Signal()

    def __init__(
        self, host: QWidget, title: str, accept: str = "", note: str = "", width: int = 520
    ) -> None:
        window = host.window()
        super().__init__(window)
        self._back_to = QApplication.focusWidget()
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        speak_as(self, "dialog")
        self.panel = QFrame(self)
        self.panel.setProperty("surface", "dialog")
        self._width = width
        self._title = Label(title, 18, 600)
        cross = IconButton("x", _("Close (Esc)"))
        cross.clicked.connect(self.close_dialog)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 12, 12)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(Label(note, 13, 400, "muted"))
        head.addStretch(1)
        head.addWidget(cross)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(20, 14, 20, 14)
        self.body.setSpacing(12)
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(20, 12, 20, 14)
        # Room between two buttons for the ring of the one with the focus.
        self.footer.setSpacing(theme.scaled(12))
        self.cancel = Button(_("Cancel"), key_hint="Esc")
        self.cancel.clicked.connect(self.close_dialog)
        self.accept = Button(
            accept or _("OK"), kind="primary", key_hint="Ctrl ↵", parent=self.panel
        )
        self.accept.clicked.connect(self._accept)
        self.accept.setVisible(bool(accept))
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.accept)
        inner = QVBoxLayout(self.panel)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(head)
        inner.addWidget(Line())
        inner.addLayout(self.body)
        inner.addWidget(Line())
        inner.addLayout(self.footer)
        centre = QVBoxLayout(self)
        centre.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        centre.addStretch(1)
        centre.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignHCenter)
        centre.addStretch(2)
        self._lie_over()
        window.installEventFilter(self)

    def open_dialog(self, focus: QWidget | None = None) -> None:
        """Shows the dialog and puts the focus into its first field."""
        self._lie_over()
        self.show()
        self.raise_()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.panel.setFocus()
            step(self.panel, None, forward=True)

    def close_dialog(self) -> None:
        """Takes the dialog away and gives the focus back."""
        if not self.isVisible():
            return
        self.hide()
        back = self._back_to
        # The page may have been filled anew under the dialog, and the field be gone.
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus()
        self.closed.emit()
        self.deleteLater()

    def _accept(self) -> None:
        self.accepted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._lie_over()
        return False

    def _lie_over(self) -> None:
        """Over the whole window, and no wider than it."""
        self.setGeometry(self.window().rect())
        self.panel.setFixedWidth(min(theme.scaled(self._width), self.width() - 2 * _MARGIN))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_dialog()
        elif ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.accept.isVisible() and self.accept.isEnabled():
                self.accepted.emit()
        else:
            event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab stays inside: what lies under the scrim is not there for now.
        return step(self.panel, QApplication.focusWidget(), forward=forward)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("scrim"))
        painter.end()
