"""Buttons: plain, primary, text, danger; segmented choices; rows of toggles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.widgets.chips import FlowLayout

_ARROWS = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}


class Button(QPushButton):
    """A push button.

    Args:
        text: what it does, in a verb.
        icon: icon name.
        kind: ``default``, ``primary``, ``text`` or ``danger``.
        key_hint: the key that does the same, drawn in a little box (``Ctrl L``).
        compact: the low variant.

    Where it has not the room for its words they end in ``…``, and the tooltip has them all.
    """

    _shrinks = False

    def __init__(
        self,
        text: str,
        icon: str | None = None,
        kind: str = "default",
        key_hint: str = "",
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._hint = key_hint
        self.setProperty("kind", kind)
        self.setProperty("compact", compact)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        kind = str(self.property("kind"))
        self.setFont(theme.font(13, 600 if kind == "primary" else 500))
        if self._icon:
            colour = {"primary": "onaccent", "text": "aink", "danger": "danger"}.get(kind, "text")
            self.setIcon(theme.icon(self._icon, colour, 18))
            self.setIconSize(QSize(theme.scaled(18), theme.scaled(18)))

    def setText(self, text: str) -> None:
        # A name given on purpose (an icon's) stays; else what is read out is what is written.
        # So does it where the words give way to the icon.
        if text and self.accessibleName() == self.text():
            self.setAccessibleName(text)
        super().setText(text)

    def set_kind(self, kind: str) -> None:
        """Changes between ``default`` and ``primary`` and the like."""
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._dress()

    def _hint_width(self) -> int:
        if not self._hint:
            return 0
        return key_width(self._hint) + theme.scaled(8)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._hint_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.scaled(96)), hint.height()) if self._shrinks else hint

    def let_shrink(self) -> None:
        """Lets it be narrower than its words, where what stands around it cannot be wider."""
        self._shrinks = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, self.sizePolicy().verticalPolicy())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lacking()

    def _lacking(self) -> int:
        """How many px too narrow it is for its words; the tooltip has those that have no room."""
        # A little of the room around the words may be used up.
        least = self.sizeHint().width() - theme.scaled(16)
        lacking = least - self.width() if self.text() else 0
        if lacking > 0 and not self.toolTip():
            self.setToolTip(self.text())
        elif lacking <= 0 and self.toolTip() == self.text():
            self.setToolTip("")
        return max(0, lacking)

    def paintEvent(self, event: QPaintEvent) -> None:
        lacking = self._lacking()
        if not self._hint and not lacking:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if lacking:
            room = option.fontMetrics.horizontalAdvance(option.text) - lacking
            option.text = option.fontMetrics.elidedText(
                option.text,
                Qt.TextElideMode.ElideRight,
                max(0, room),
            )
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        width = self._hint_width()
        if width:
            option.rect = self.rect().adjusted(0, 0, -width + theme.scaled(6), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        if self._hint:
            self._draw_hint(painter)
        painter.end()

    def _draw_hint(self, painter: QPainter) -> None:
        primary = self.property("kind") == "primary" and self.isEnabled()
        right = self.width() - theme.scaled(9)
        draw_key(painter, self._hint, right, self.height(), on_accent=primary)


def key_width(words: str) -> int:
    """How wide the little box of a key is."""
    return QFontMetrics(theme.font(11, 500)).horizontalAdvance(words) + theme.scaled(10)


def draw_key(
    painter: QPainter, words: str, right: int, height: int, *, on_accent: bool = False
) -> None:
    """Draws a key in its little box, ending at ``right``, in the middle of ``height``."""
    width, tall = key_width(words), theme.scaled(18)
    box = QRectF(right - width, (height - tall) / 2, width, tall)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("onaccent" if on_accent else "line2"), 1))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.colour("onaccent" if on_accent else "text3"))
    painter.setFont(theme.font(11, 500))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class IconButton(Button):
    """A button that is only an icon; the name is for screen readers and the tooltip."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", icon, parent=parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(theme.scaled(34), theme.scaled(34))
        self.setStyleSheet("padding: 0;")

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(34), theme.scaled(34))


class Segmented(QWidget):
    """One of a few, side by side; arrow keys move.

    Signals:
        changed(str): the chosen value, when a person changes it.
    """

    changed = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        name: str = "",
        *,
        icons: dict[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        speak_as(self, "group")
        self._icons = icons or {}
        self._buttons: dict[str, QPushButton] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_options(options)
        theme.signals.changed.connect(self._dress)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replaces the options (value, label); the choice is kept where it still exists."""
        chosen = self.value()
        for button in self._buttons.values():
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for index, (value, label) in enumerate(options):
            button = QPushButton(label, self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            speak_as(button, "radio")
            edge = (
                "only"
                if len(options) == 1
                else {0: "first", len(options) - 1: "last"}.get(index, "mid")
            )
            button.setProperty("edge", edge)
            button.setProperty("value", value)
            button.setAccessibleName(f"{self.accessibleName()}: {label}".strip(": "))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._clicked)
            # A push button keeps the arrow keys to itself: they are taken before it sees them.
            button.installEventFilter(self)
            self._buttons[value] = button
            self._layout.addWidget(button, 1)
        self.set_value(chosen)
        self._dress()

    def _dress(self) -> None:
        for value, button in self._buttons.items():
            button.setFont(theme.font(13, 600 if button.isChecked() else 400))
            if value in self._icons:
                colour = "aink" if button.isChecked() else "text2"
                button.setIcon(theme.icon(self._icons[value], colour, 18))

    def _clicked(self) -> None:
        self._choose(str(self.sender().property("value")))

    def _choose(self, value: str) -> None:
        # The pressed button is checked already, so what was chosen before is remembered apart.
        before = self._last
        self.set_value(value)
        if value != before or len(self._buttons) == 1:
            self.changed.emit(value)

    _last = ""

    def explain(self, whole: Mapping[str, str]) -> None:
        """What options mean whose labels are short: for the pointer and the screen reader."""
        for value, words in whole.items():
            button = self._buttons[value]
            button.setToolTip(words)
            button.setAccessibleName(f"{self.accessibleName()}: {words}".strip(": "))

    def value(self) -> str:
        """The chosen value; empty where nothing is chosen."""
        return next((v for v, b in self._buttons.items() if b.isChecked()), "")

    def focus_here(self) -> None:
        """To the chosen one, or to the first; the arrows choose."""
        name = self.value() or next(iter(self._buttons), "")
        if name:
            self._buttons[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_value(self, value: str) -> None:
        """Chooses without telling anybody."""
        self._last = value if value in self._buttons else ""
        for key, button in self._buttons.items():
            button.setChecked(key == value)
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _ARROWS.get(event.key())
            if step is not None:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        values = list(self._buttons)
        now = values.index(self.value()) if self.value() in values else -1
        chosen = values[max(0, min(len(values) - 1, now + step))]
        self._buttons[chosen].setFocus(Qt.FocusReason.TabFocusReason)
        if chosen != self.value():
            self._choose(chosen)


class ToggleRow(QWidget):
    """Several of a few. ``exclusive`` is a value that excludes the others (``none``).

    Signals:
        changed(): the set changed by a person.
    """

    changed = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        name: str = "",
        exclusive: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._exclusive = exclusive
        self._buttons: dict[str, QPushButton] = {}
        layout = FlowLayout(self)
        for value, label in options:
            button = QPushButton(label, self)
            button.setCheckable(True)
            button.setProperty("toggle", True)
            button.setProperty("value", value)
            button.setAccessibleName(f"{name}: {label}")
            button.setFont(theme.font(13))
            button.clicked.connect(self._clicked)
            self._buttons[value] = button
            layout.addWidget(button)

    def _clicked(self) -> None:
        value = str(self.sender().property("value"))
        if self._buttons[value].isChecked():
            for key, button in self._buttons.items():
                if key != value and self._exclusive in (key, value):
                    button.setChecked(False)
        self.changed.emit()

    def values(self) -> tuple[str, ...]:
        """The chosen values, in the order shown."""
        return tuple(v for v, b in self._buttons.items() if b.isChecked())

    def set_values(self, values: Sequence[str]) -> None:
        """Chooses without telling anybody."""
        for key, button in self._buttons.items():
            button.setChecked(key in values)
