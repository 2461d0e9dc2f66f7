"""The preview: the pages of the stored bytes, painted by our own widget."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.translation import _, _n
from clinicdesk.ui import theme
from clinicdesk.ui.sheets.pages import RenderedPages, render_pages
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import EmptyState, Label, Skeleton

_GAP = 18.0
_LEAST, _MOST, _STEP = 0.35, 4.0, 1.2
_MOST_PIXELS = 6.0
_PAPER = 96 / 72
"""On a screen of 96 dots an inch paper is then as large as in the hand."""


class Heading(Label):
    """A line that gives way: what does not fit is cut with an ellipsis and told on hover."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(60), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        cut = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self.text(), cut, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class PagesWidget(QWidget):
    """Paints pages one below the other at a zoom; ``zoom`` 1 shows a point as a pixel.

    Signals:
        focused(bool): the keys come here, or go elsewhere.
    """

    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._pages: RenderedPages | None = None
        self._zoom = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Preview"))
        theme.signals.changed.connect(self.update)

    def set_pages(self, pages: RenderedPages | None, name: str) -> None:
        """Shows other pages; ``name`` and their words are what a screen reader says."""
        self._pages = pages
        count = len(pages.images) if pages else 0
        self.setAccessibleName(
            _n("Preview of {name}, {count} page", "Preview of {name}, {count} pages", count).format(
                name=name, count=count
            )
        )
        self.setAccessibleDescription("\n".join(pages.texts) if pages else "")
        self._resize()

    def set_zoom(self, zoom: float) -> None:
        """Shows the pages larger or smaller at once; sharper pictures come later."""
        self._zoom = zoom
        self._resize()

    def _resize(self) -> None:
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._pages is None:
            return QSize(200, 200)
        width = max(size.width() for size in self._pages.sizes) * self._zoom
        height = sum(size.height() * self._zoom + _GAP for size in self._pages.sizes)
        return QSize(round(width + 2 * _GAP), round(height + _GAP))

    def page_rects(self) -> list[QRectF]:
        """Where each page lies in this widget."""
        if self._pages is None:
            return []
        rects, top = [], _GAP
        for size in self._pages.sizes:
            width, height = size.width() * self._zoom, size.height() * self._zoom
            rects.append(QRectF(round((self.width() - width) / 2), round(top), width, height))
            top += height + _GAP
        return rects

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("sunken"))
        if self._pages is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for rect, image in zip(self.page_rects(), self._pages.images, strict=True):
            if not rect.intersects(QRectF(event.rect())):
                continue
            painter.drawImage(rect, image)
            painter.setPen(QPen(theme.colour("line2"), 1))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            for rect in self.page_rects():
                painter.drawRect(rect.adjusted(-3, -3, 3, 3))
        painter.end()


class FocusEdge(QWidget):
    """The ring around the part of the pages that is in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


class Preview(QWidget):
    """Pages in a scroll area, with zoom; drawn in a lane.

    Signals:
        zoomed(int): the zoom in percent, 100 being the size of the paper on the screen.
        shown(int): pages are on show, so many.
        failed(str): the bytes could not be drawn.
    """

    zoomed = Signal(int)
    shown = Signal(int)
    failed = Signal(str)

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._pdf = b""
        self._name = ""
        self._rendered: RenderedPages | None = None
        self._zoom = 1.0
        self._fit = True
        self._whole = False
        self.pages = PagesWidget()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        # The pages have the focus; they hand the keys that scroll on to the area.
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.pages)
        self.area.viewport().installEventFilter(self)
        self.skeleton = Skeleton(14, 40)
        self.empty = EmptyState("doc", "")
        self.stack = QStackedWidget()
        for widget in (self.empty, self.area, self.skeleton):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.edge = FocusEdge(self)
        self.pages.focused.connect(self._show_edge)

    # -- what is shown ----------------------------------------------------------------------

    def wait(self) -> None:
        """A sheet is being made; what is shown stays until the next is ready."""
        if self._rendered is None:
            self.stack.setCurrentWidget(self.skeleton)
            self.skeleton.begin()

    def clear(self, sentence: str, note: str = "", action: str = "") -> None:
        """Nothing to show, and why."""
        self._lane.forget(self, "pages")
        self._pdf, self._rendered = b"", None
        self.pages.set_pages(None, "")
        self.empty.say(sentence, note, action)
        self.skeleton.end()
        self.stack.setCurrentWidget(self.empty)

    def show_pdf(self, pdf: bytes, name: str) -> None:
        """Shows these bytes and no others."""
        if pdf == self._pdf and self._rendered is not None:
            self.stack.setCurrentWidget(self.area)
            return
        self.wait()
        self._pdf, self._name = pdf, name
        self._draw()

    @property
    def pdf(self) -> bytes:
        """The bytes on show."""
        return self._pdf

    @property
    def ready(self) -> bool:
        """Whether the pages are on show."""
        return self._rendered is not None and self.stack.currentWidget() is self.area

    def _draw(self) -> None:
        scale = min(self._zoom * self.devicePixelRatioF(), _MOST_PIXELS)
        work = partial(render_pages, self._pdf, scale)
        self._lane.submit(work, self._drawn, self._not_drawn, owner=self, key="pages")

    def _drawn(self, pages: RenderedPages) -> None:
        self._rendered = pages
        self.skeleton.end()
        self.pages.set_pages(pages, self._name)
        self.stack.setCurrentWidget(self.area)
        if self._fit and abs(self._fitting() - self._zoom) > 0.01:
            self._apply(self._fitting())
        self.shown.emit(len(pages.images))

    def _not_drawn(self, error: Exception) -> None:
        self.clear(str(error))
        self.failed.emit(str(error))

    # -- zoom -------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """Larger."""
        self._fit = False
        self._apply(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Smaller."""
        self._fit = False
        self._apply(self._zoom / _STEP)

    def fit(self) -> None:
        """The page's width, as at first; once more: the whole page."""
        self._whole = self._fit and not self._whole
        self._fit = True
        self._apply(self._fitting())

    def _fitting(self) -> float:
        """The zoom at which the first page takes the width, never larger than the paper itself.

        Or at which it is seen whole, once that was asked for.
        """
        if self._rendered is None:
            return self._zoom
        size, view = self._rendered.sizes[0], self.area.viewport()
        across = (view.width() - 2 * _GAP) / size.width()
        down = (view.height() - 2 * _GAP) / size.height()
        return max(min(across, down if self._whole else _PAPER), _LEAST)

    def _apply(self, zoom: float) -> None:
        zoom = min(max(zoom, _LEAST), _MOST)
        changed = abs(zoom - self._zoom) > 0.001
        self._zoom = zoom
        self.pages.set_zoom(zoom)
        self.zoomed.emit(round(zoom / _PAPER * 100))
        if changed and self._pdf:
            self._draw()

    def _show_edge(self, focused: bool) -> None:
        self.edge.setVisible(focused)
        self.edge.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.edge.setGeometry(self.rect())
        if self._fit and self._rendered is not None:
            self._apply(self._fitting())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]
