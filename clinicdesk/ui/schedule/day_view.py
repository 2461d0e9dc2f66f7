"""The day, painted: an item view, so that selection, keyboard and screen readers come with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows, ResourceRow
from clinicdesk.scheduling import hours
from clinicdesk.scheduling.slots import GRID
from clinicdesk.ui import theme
from clinicdesk.ui.schedule.canvas import Canvas
from clinicdesk.ui.schedule.drag import Drag, Wish
from clinicdesk.ui.schedule.geometry import DayGeometry
from clinicdesk.ui.schedule.model import AppointmentModel, Block
from clinicdesk.ui.schedule.painting import BlockPainter

Refusal = Callable[[Wish], str]


class _Nothing:
    """Stands in for the model until there is one."""

    day: DayRows | None = None
    blocks: tuple[Block, ...] = ()
    columns: tuple[ResourceRow, ...] = ()


class DayViewBase(QListView):
    """Layout, hit-testing, selection and painting; ``DayView`` adds mouse and keyboard.

    Signals:
        geometry_changed(object, int): the geometry and how far it is scrolled sideways.
    """

    geometry_changed = Signal(object, int)

    # Qt calls our overrides while it is still building the view. One that raises there loses a
    # reference of itself and crashes later, so what they read exists from the start.
    geometry_of_day = DayGeometry(8 * 60, 17 * 60, 1, 600)
    _model: AppointmentModel = _Nothing()  # type: ignore[assignment]
    _hover = -1
    drag: Drag | None = None

    def __init__(
        self, model: AppointmentModel, zone: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.zone = zone
        self._model = model
        self._refuse: Refusal | None = None
        self.now_minute: int | None = None
        self.cursor_at: tuple[int, int] = (0, 8 * 60)
        self.pending: set[int] = set()
        self._painter = BlockPainter()
        self._canvas = Canvas()
        self.setAccessibleName("Schedule of the day")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setDragEnabled(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setModel(model)
        model.modelReset.connect(self._relayout)
        theme.signals.changed.connect(self._dress)

    def set_refusal(self, refuse: Refusal) -> None:
        """Gives the view the question it asks at every step of a drag."""
        self._refuse = refuse

    def _dress(self) -> None:
        self._painter.refresh()
        self._canvas.forget()
        self._relayout()

    # -- layout -----------------------------------------------------------------------------

    def _span(self) -> tuple[int, int]:
        day = self._model.day
        if day is None:
            return 8 * 60, 17 * 60
        stretches = hours.open_stretches(day.hours, None)
        first = min([a for a, _ in stretches], default=8 * 60)
        last = max([b for _, b in stretches], default=17 * 60)
        first = min([first, *(b.start for b in self._model.blocks)])
        last = max([last, *(b.end for b in self._model.blocks)])
        return first // 60 * 60, min(24 * 60, -(-last // 60) * 60)

    def _relayout(self) -> None:
        first, last = self._span()
        self.geometry_of_day = DayGeometry(
            first, last, len(self._model.columns), self.viewport().width(), theme.scale()
        )
        self._canvas.forget()
        self.updateGeometries()
        self.viewport().update()

    def doItemsLayout(self) -> None:
        # The base ends the pending layout; without it Qt asks again from within, for ever.
        QAbstractItemView.doItemsLayout(self)
        self._relayout()

    def updateGeometries(self) -> None:
        g = self.geometry_of_day
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, g.content_height - self.viewport().height()))
        vertical.setPageStep(self.viewport().height())
        vertical.setSingleStep(theme.scaled(20))
        horizontal.setRange(0, max(0, g.content_width - self.viewport().width()))
        horizontal.setPageStep(self.viewport().width())
        horizontal.setSingleStep(theme.scaled(40))
        self.geometry_changed.emit(g, horizontal.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        self.viewport().update()
        self.geometry_changed.emit(self.geometry_of_day, self.horizontalScrollBar().value())

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    # -- item view --------------------------------------------------------------------------

    def block(self, index: QModelIndex | QPersistentModelIndex) -> Block | None:
        """The block of an index."""
        row = index.row()
        return self._model.blocks[row] if 0 <= row < len(self._model.blocks) else None

    def block_rect(self, block: Block) -> QRectF:
        """Where a block is, in content coordinates."""
        g = self.geometry_of_day
        lane_width = (g.column_width - 7) / block.lane.count
        left = g.x(block.column) + 4 + block.lane.index * lane_width
        top, bottom = g.y(block.start), g.y(block.end)
        return QRectF(left, top + 1, lane_width - 1, max(bottom - top - 2, 6))

    def span_rect(self, column: int, start: int, end: int) -> QRectF:
        """Where a stretch of a column is, in content coordinates."""
        g = self.geometry_of_day
        return QRectF(
            g.x(column) + 4, g.y(start) + 1, g.column_width - 8, max(g.y(end) - g.y(start) - 2, 6)
        )

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        block = self.block(index)
        if block is None:
            return QRect()
        return self._on_screen(self.block_rect(block)).toAlignedRect()

    def _on_screen(self, rect: QRectF) -> QRectF:
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset())

    def content_point(self, point: QPoint) -> QPoint:
        """A point of the viewport in content coordinates."""
        return point + QPoint(self.horizontalOffset(), self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        at = self.content_point(point).toPointF()
        column = self.geometry_of_day.column(at.x())
        for row, block in enumerate(self._model.blocks):
            if block.column == column and self.block_rect(block).contains(at):
                return self._model.index(row, 0)
        return QModelIndex()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,  # noqa: ARG002
    ) -> None:
        block = self.block(index)
        if block is not None:
            self.show_minutes(block.start, block.end)

    def show_minutes(self, start: int, end: int) -> None:
        """Scrolls so that a stretch of time can be seen."""
        g, bar, height = self.geometry_of_day, self.verticalScrollBar(), self.viewport().height()
        top, bottom = g.y(start) - 12, g.y(end) + 12
        if top < bar.value():
            bar.setValue(int(top))
        elif bottom > bar.value() + height:
            bar.setValue(int(bottom - height))

    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: ARG002
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        selection = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region = region.united(QRegion(self.visualRect(index)))
        return region

    # -- selection --------------------------------------------------------------------------

    def selected(self) -> AppointmentRow | None:
        """The appointment that is selected."""
        block = self.block(self.currentIndex())
        return block.appointment if block else None

    def select_appointment(self, appointment_id: int | None) -> None:
        """Selects an appointment of the day, or nothing."""
        row = self._model.row_of(appointment_id) if appointment_id is not None else -1
        index = self._model.index(row, 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        block = self.block(index)
        if block is not None:
            self.cursor_at = (block.column, block.start)
            self.scrollTo(index)
        self.viewport().update()

    def wish(self, drag: Drag) -> Wish | None:
        """A drag as the move it asks for."""
        if drag.block is None or self._model.day is None:
            return None
        row = drag.block.appointment
        target = self._model.columns[drag.column]
        physician = target.id if target.kind == "staff" else row.physician_id
        room = target.id if target.kind == "room" else row.room_id
        return Wish(
            row.id, row.version, self.moment(drag.start), drag.end - drag.start, physician, room
        )

    def moment(self, minute: int) -> datetime:
        """A minute of the day as a moment in the clinic's zone."""
        day = self._model.day
        assert day is not None
        zone = self.zone
        start = datetime(day.day.year, day.day.month, day.day.day, tzinfo=zone)
        return start.replace(hour=min(minute, 1439) // 60, minute=minute % 60) + timedelta(
            days=1 if minute >= 1440 else 0
        )

    def refusal(self, drag: Drag) -> str:
        """Why a drag may not end here."""
        wish = self.wish(drag)
        return self._refuse(wish) if wish is not None and self._refuse is not None else ""

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dx, dy = self.horizontalOffset(), self.verticalOffset()
        g, day = self.geometry_of_day, self._model.day
        background = self._canvas.background(g, day, self._model.columns, self.devicePixelRatioF())
        painter.drawPixmap(-dx, -dy, background)
        painter.translate(-dx, -dy)
        dirty = QRectF(event.rect().translated(dx, dy))
        current = self.currentIndex().row()
        chosen = (
            self._model.blocks[current].appointment.id
            if 0 <= current < len(self._model.blocks)
            else 0
        )
        moving = self.drag.block if self.drag and self.drag.kind == "moving" else None
        for row, block in enumerate(self._model.blocks):
            box = self.block_rect(block)
            if not box.intersects(dirty):
                continue
            number = block.appointment.id
            faded = number in self.pending or (
                moving is not None and moving.appointment.id == number
            )
            self._painter.paint(
                painter,
                box,
                block,
                selected=number == chosen,
                hover=row == self._hover,
                faded=faded,
            )
        if chosen:
            self._canvas.link(painter, self, chosen)
        if self.hasFocus() and self.drag is None and not chosen:
            self._canvas.cursor(
                painter,
                self.span_rect(self.cursor_at[0], self.cursor_at[1], self.cursor_at[1] + GRID),
            )
        if self.drag is not None and self.drag.kind != "pressed":
            self._canvas.ghost(painter, self, self.drag, self._painter)
        painter.translate(dx, 0)
        self._canvas.gutter(painter, g)
        if self.now_minute is not None and g.first <= self.now_minute <= g.last:
            self._canvas.now(painter, g, self.now_minute, self.viewport().width())
        painter.end()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks on show."""
        return self._model.blocks

    @property
    def day(self) -> DayRows | None:
        """The day on show."""
        return self._model.day

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.viewport().update()
        super().leaveEvent(event)
