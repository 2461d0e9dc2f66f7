"""Labels, cards, banners, empty and loading states, and ways to lay them out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.translation import _
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


def scrolled(inner: QWidget, *, sideways: bool = False) -> QScrollArea:
    """A frameless vertical scroll area around a widget; ``sideways`` too, where words are long."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner.setObjectName(inner.objectName() or "plain")
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class Label(QLabel):
    """Plain text (never mark-up) in a size, weight and tone of the design.

    ``tone``: empty, ``muted``, ``faint``, ``danger``, ``warn``, ``ok`` or ``accent``. ``elide``:
    how narrow it may become (px, 0: no narrower than its words); it ends in ``…`` then, and the
    tooltip has them all.
    """

    def __init__(
        self,
        text: str = "",
        px: float = 13,
        weight: int = 400,
        tone: str = "",
        *,
        wrap: bool = False,
        elide: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._elide = elide
        self._cut_at = Qt.TextElideMode.ElideRight
        self._px, self._weight = px, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFont(theme.font(self._px, self._weight))

    def let_shrink(self, px: int) -> None:
        """Lets it become as narrow; what has no room is left out of the middle."""
        self._elide = px
        self._cut_at = Qt.TextElideMode.ElideMiddle
        self.updateGeometry()

    def set_tone(self, tone: str) -> None:
        """Another colour for another meaning."""
        if tone == self.property("tone"):
            return
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if not self._elide:
            return hint
        return QSize(min(hint.width(), theme.scaled(self._elide)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> int:
        """Gives the tooltip all words where they have no room; by how much they are too long."""
        if not self._elide:
            return 0
        short = self.sizeHint().width() - self.width()
        self.setToolTip(self.text() if short > 0 else "")
        return short

    def paintEvent(self, event: QPaintEvent) -> None:
        short = self._tell()
        if short <= 0:
            super().paintEvent(event)
            return
        room = self.fontMetrics().horizontalAdvance(self.text()) - short
        said = self.fontMetrics().elidedText(self.text(), self._cut_at, room)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), said)
        painter.end()


class Name(Label):
    """A name in one line: too long, its middle is left out, and the tooltip has it whole."""

    def __init__(
        self, text: str = "", px: float = 18, weight: int = 600, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, px, weight, parent=parent)
        self.let_shrink(110)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


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
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.setVisible(False)
        self._tone = tone
        self.show_text(text, tone, action)
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        glyph = {"ok": "check", "info": "info", "neutral": "info"}.get(self._tone, "alert")
        inks = {"ok": "ok", "info": "info", "danger": "danger", "neutral": "text2"}
        self._mark.setPixmap(theme.pixmap(glyph, inks.get(self._tone, "warn"), 18))

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
        self._tone = tone
        self._dress()
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

    def set_icon(self, icon: str) -> None:
        """Another picture."""
        self._icon = icon
        self._dress()

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
        self.setAccessibleName(_("Loading"))

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
