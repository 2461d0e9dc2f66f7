"""The bar at the top and the line at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clinicdesk.domain.clock import Clock
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text
from clinicdesk.ui.signin.cards import initials
from clinicdesk.ui.widgets import Button, Chip, IconButton, Label, TypeAhead


class Avatar(QWidget):
    """A person's initials in a circle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(theme.scaled(32), theme.scaled(32))
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(32), theme.scaled(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("atint2"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(theme.colour("aink"))
        painter.setFont(theme.font(12, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, initials(self._name))
        painter.end()


class TopBar(QFrame):
    """Title, search, who is signed in, theme, lock.

    Signals:
        lock_wanted(): the lock button.
        theme_wanted(): the sun or moon.
    """

    lock_wanted = Signal()
    theme_wanted = Signal()

    def __init__(
        self, context: UiContext, search: TypeAhead, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setFixedHeight(theme.scaled(52))
        self.search = search
        self._title = Label("", 18, 600)
        self._subtitle = Label("", 13, 400, "muted", elide=24)
        lock = Button(_("Lock"), "lock", key_hint="Ctrl L")
        lock.clicked.connect(self._lock)
        self._sun = IconButton("moon", _("Light or dark"))
        self._sun.clicked.connect(self._theme)
        search.setMinimumWidth(theme.scaled(180))
        search.setMaximumWidth(theme.scaled(520))
        self._who = QWidget()
        who = QVBoxLayout(self._who)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(0)
        who.addStretch(1)
        who.addWidget(Label(context.actor.name, 13, 600))
        who.addWidget(Label(context.actor.role.label, 12, 400, "muted"))
        who.addStretch(1)
        # As wide whatever stands in it, so that the search stands still from page to page.
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._subtitle, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 14, 0)
        layout.setSpacing(10)
        layout.addWidget(self._head)
        layout.addWidget(search, 6)
        layout.addStretch(1)
        layout.addWidget(self._sun)
        layout.addWidget(Avatar(context.actor.name))
        layout.addWidget(self._who)
        layout.addSpacing(6)
        layout.addWidget(lock)
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        self._sun.setIcon(theme.icon("sun" if theme.is_dark() else "moon", "text2", 18))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        wide, middling = width >= theme.scaled(1080), width >= theme.scaled(860)
        self._head.setFixedWidth(theme.scaled(340 if wide else 260 if middling else 170))
        self._who.setVisible(middling)
        self._subtitle.setVisible(middling)

    def _lock(self) -> None:
        self.lock_wanted.emit()

    def _theme(self) -> None:
        self.theme_wanted.emit()

    def set_title(self, title: str, subtitle: str) -> None:
        """What page is on show."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)


class StatusBar(QFrame):
    """The last action with its Undo, a warning, and whether this is a demo."""

    def __init__(
        self, clock: Clock, zone: object, *, demo: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "status")
        self.setFixedHeight(theme.scaled(28))
        self._clock, self._zone = clock, zone
        self._undos: list[tuple[str, Callable[[], None]]] = []
        self._redos: list[tuple[str, Callable[[], None]]] = []
        self._said = Label("", 12, 400, "muted")
        self._button = Button(_("Undo"), kind="text", key_hint="Ctrl Z", compact=True)
        self._button.setFixedHeight(theme.scaled(24))
        self._button.clicked.connect(self.undo)
        self._button.hide()
        self._mark = QLabel()
        self._mark.setPixmap(theme.pixmap("alert", "danger", 15))
        self._mark.hide()
        self._warned = Label("", 12, 500, "danger")
        self._saved = Label("", 12, 400, "faint")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(8)
        for item in (self._said, self._button, self._mark, self._warned):
            layout.addWidget(item)
        layout.addStretch(1)
        layout.addWidget(self._saved)
        if demo:
            chip = Chip(_("Demo clinic: invented people"), "warn", "info")
            layout.addWidget(chip)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)  # type: ignore[arg-type]

    def say(self, text: str, undo: Callable[[], None] | None) -> None:
        """The last action; a warning that stood there is over.

        What was done before can still be taken back after it; a new act ends what could be
        done again.
        """
        self._show(text)
        if undo is not None:
            self._undos.append((text, undo))
            self._redos.clear()
        self._name_undo()

    def _show(self, text: str) -> None:
        self._said.setText(text)
        self._saved.setText(_("Saved {now}").format(now=time_text(self._now())))
        self._mark.hide()
        self._warned.setText("")
        announce(self, text)

    def offer_redo(self, text: str, redo: Callable[[], None]) -> None:
        """This was taken back and can be done again."""
        self._redos.append((text, redo))

    def say_redone(self, text: str, undo: Callable[[], None]) -> None:
        """This was done again and can be taken back again."""
        self._show(text)
        self._undos.append((text, undo))
        self._name_undo()

    def _name_undo(self) -> None:
        """The button names what it would take back."""
        self._button.setVisible(bool(self._undos))
        if self._undos:
            named = _("Undo: {what}").format(what=self._undos[-1][0])
            self._button.setToolTip(named)
            self._button.setAccessibleName(named)

    def warn(self, text: str) -> None:
        """Something needs a look."""
        self._warned.setText(text)
        self._warned.setToolTip(text)
        self._mark.setVisible(bool(text))
        announce(self, text, now=True)

    def text(self) -> str:
        """What stands there now."""
        return " ".join(t for t in (self._said.text(), self._warned.text()) if t)

    def undo(self) -> None:
        """Takes the last action back, then the one before it."""
        if self._undos:
            __, run = self._undos.pop()
            self._name_undo()
            run()

    def redo(self) -> None:
        """Does again what was taken back last."""
        if self._redos:
            __, run = self._redos.pop()
            run()
