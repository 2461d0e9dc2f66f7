"""Labels, cards, chips, banners, empty and loading states, and ways to lay them out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.ui import theme
from clinicdesk.ui.widgets.buttons import Button


def row(*items: QWidget | int | None, spacing: int = 8, margins: int = 0) -> QHBoxLayout:
    """A horizontal layout of widgets; an int is a gap in pixels, None stretches."""
    return _fill(QHBoxLayout(), items, spacing, margins)  # type: ignore[return-value]


def column(*items: QWidget | int | None, spacing: int = 8, margins: int = 0) -> QVBoxLayout:
    """A vertical layout of widgets; an int is a gap in pixels, None stretches."""
    return _fill(QVBoxLayout(), items, spacing, margins)  # type: ignore[return-value]


def _fill(
    layout: QBoxLayout, items: tuple[QWidget | int | None, ...], spacing: int, margins: int
) -> QBoxLayout:
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            layout.addWidget(item)
    return layout


def scrolled(inner: QWidget) -> QScrollArea:
    """A frameless vertical scroll area around a widget."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner.setObjectName(inner.objectName() or "plain")
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class Label(QLabel):
    """Plain text (never mark-up) in a size, weight and tone of the design.

    ``tone``: empty, ``muted``, ``faint``, ``danger``, ``warn``, ``ok`` or ``accent``.
    """

    def __init__(
        self,
        text: str = "",
        px: float = 13,
        weight: int = 400,
        tone: str = "",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._px, self._weight = px, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFont(theme.font(self._px, self._weight))

    def set_tone(self, tone: str) -> None:
        """Another colour for another meaning."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


class Line(QFrame):
    """A hairline between groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", True)
        self.setFixedHeight(1)


class Card(QFrame):
    """A bordered surface with an optional title; fill ``body``."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 12, 14, 14)
        outer.setSpacing(8)
        self.head = QHBoxLayout()
        self.title = Label(title, 14, 600)
        self.note = Label(note, 12, 400, "faint")
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.note)
        if title or note:
            outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body)


class Chip(QWidget):
    """A small rounded mark. ``tone``: ``allergy`` (solid red), ``warn``, ``ok``, ``danger``,
    ``info``, ``accent`` or ``neutral``."""

    def __init__(
        self,
        text: str,
        tone: str = "neutral",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.setToolTip("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words on it."""
        return self._text

    def _colours(self) -> tuple[str, str, str | None]:
        return {
            "allergy": ("solid", "onsolid", None),
            "warn": ("warntint", "warn", "warnline"),
            "ok": ("oktint", "ok", "okline"),
            "danger": ("dangertint", "danger", "dangerline"),
            "info": ("infotint", "info", "infoline"),
            "accent": ("atint", "aink", None),
        }.get(self._tone, ("sunken", "text2", None))

    def sizeHint(self) -> QSize:
        from PySide6.QtGui import QFontMetrics

        width = QFontMetrics(theme.font(12, 600)).horizontalAdvance(self._text) + theme.scaled(16)
        if self._icon:
            width += theme.scaled(19)
        return QSize(width, theme.scaled(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.scaled(60)), theme.scaled(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        fill, ink, edge = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(fill))
        painter.setPen(theme.colour(edge) if edge else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        left = theme.scaled(8)
        if self._icon:
            size = theme.scaled(15)
            picture = theme.pixmap(self._icon, ink, 15)
            painter.drawPixmap(QPoint(left - 1, (self.height() - size) // 2), picture)
            left += theme.scaled(19)
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.colour(ink))
        box = QRect(left, 0, self.width() - left - 4, self.height())
        text = painter.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class FlowLayout(QLayout):
    """Lays widgets in rows, breaking where the width ends."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                width = min(hint.width(), max(rect.width(), 1))
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += hint.width() + self.spacing()
            line = max(line, hint.height())
        return y + line - rect.y()


class FlowRow(QWidget):
    """Widgets that wrap; ``set_widgets`` replaces them."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_widgets(self, widgets: list[QWidget]) -> None:
        """Replaces the content."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._flow.addWidget(widget)
            widget.show()
        self.updateGeometry()


class Banner(QFrame):
    """A line across a page or panel: what happened, what to do.

    Signals:
        acted(): the button on it was pressed.
    """

    acted = Signal()

    def __init__(
        self, tone: str = "warn", text: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 10, 8)
        layout.setSpacing(10)
        self._mark = QLabel()
        self._label = Label("", 13, 400, wrap=True)
        self.button = Button(action, compact=True)
        self.button.clicked.connect(self._press)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.setVisible(False)
        self.show_text(text, tone, action)

    def _press(self) -> None:
        self.acted.emit()

    def text(self) -> str:
        """The sentence on it."""
        return self._label.text()

    def show_text(self, text: str, tone: str = "warn", action: str = "") -> None:
        """Shows a sentence; an empty one hides the banner."""
        self.setProperty("band", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        glyph = {"ok": "check", "info": "info", "neutral": "info"}.get(tone, "alert")
        ink = {"ok": "ok", "info": "info", "danger": "danger", "neutral": "text2"}.get(tone, "warn")
        self._mark.setPixmap(theme.pixmap(glyph, ink, 18))
        self._label.setText(text)
        self.setAccessibleName(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.setVisible(bool(text))


class EmptyState(QWidget):
    """One icon, one sentence, one action, where a list has nothing to show.

    Signals:
        acted(): the action was pressed.
    """

    acted = Signal()

    def __init__(
        self,
        icon: str,
        sentence: str,
        action: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = Label(sentence, 14, 600, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note = Label(note, 13, 400, "muted", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(action, parent=self)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self._press)
        layout.addStretch(1)
        layout.addWidget(self._picture)
        layout.addWidget(self._sentence)
        layout.addWidget(self._note)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self._note.setVisible(bool(note))
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        self._picture.setPixmap(theme.pixmap(self._icon, "text3", 28))

    def _press(self) -> None:
        self.acted.emit()

    def say(self, sentence: str, note: str = "", action: str = "") -> None:
        """Another sentence, note and action."""
        self._sentence.setText(sentence)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.button.setText(action)
        self.button.setVisible(bool(action))


class Skeleton(QWidget):
    """Grey bars at the height of the rows to come; shown only after 150 ms."""

    def __init__(self, rows: int = 5, height: int = 37, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._height = rows, height
        self._shown = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self._reveal)
        self.setMinimumHeight(rows * height)
        self.setAccessibleName("Loading")

    def begin(self) -> None:
        """Starts waiting; the bars come after 150 ms."""
        self._shown = False
        self.show()
        self._timer.start()

    def end(self) -> None:
        """The rows are there."""
        self._timer.stop()
        self.hide()

    def _reveal(self) -> None:
        self._shown = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self._shown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        widths = (0.72, 0.9, 0.55, 0.8, 0.65)
        for index in range(self._rows):
            width = (self.width() - 28) * widths[index % len(widths)]
            painter.drawRoundedRect(QRectF(14, index * self._height + 13, width, 10), 5, 5)
        painter.end()
