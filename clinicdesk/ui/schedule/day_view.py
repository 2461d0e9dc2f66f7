"""The day, painted: an item view, so that selection, keyboard and screen readers come with it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Signal,
)
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows, ResourceRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling import hours
from clinicdesk.ui import theme
from clinicdesk.ui.schedule.canvas import Canvas
from clinicdesk.ui.schedule.geometry import DayGeometry
from clinicdesk.ui.schedule.model import AppointmentModel, Block
from clinicdesk.ui.schedule.overlay import NowLine
from clinicdesk.ui.schedule.painting import BlockPainter


class _Nothing:
    """Stands in for the model until there is one."""

    day: DayRows | None = None
    blocks: tuple[Block, ...] = ()
    columns: tuple[ResourceRow, ...] = ()
    pending: int | None = None


class DayViewBase(QListView):
    """Layout, hit-testing and selection; painting, mouse and keyboard come with ``DayView``.

    Signals:
        geometry_changed(object, int): the geometry and how far it is scrolled sideways.
    """

    geometry_changed = Signal(object, int)

    # Qt calls our overrides while it is still building the view. One that raises there loses a
    # reference of itself and crashes later, so what they read exists from the start.
    geometry_of_day = DayGeometry(8 * 60, 17 * 60, 1, 600)
    _model: AppointmentModel = _Nothing()  # type: ignore[assignment]
    _rects: tuple[QRectF, ...] = ()
    _layout_count = 0
    _now_line: NowLine | None = None
    now_minute: int | None = None

    def __init__(
        self, model: AppointmentModel, zone: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.zone = zone
        self._model = model
        self._columns: dict[int, list[int]] = {}
        self.cursor_at: tuple[int, int] = (0, 8 * 60)
        self._painter = BlockPainter()
        self._canvas = Canvas()
        self.setAccessibleName(_("Schedule of the day"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setDragEnabled(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._now_line = NowLine(self.viewport())
        self.setModel(model)
        model.modelReset.connect(self._relayout)
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        self._painter.refresh()
        self._canvas.forget()
        self._relayout()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks on show."""
        return self._model.blocks

    @property
    def day(self) -> DayRows | None:
        """The day on show."""
        return self._model.day

    def set_now(self, minute: int | None) -> None:
        """The minute since midnight if the day on show is today, else None."""
        if minute != self.now_minute:
            self.now_minute = minute
            self._place_now()

    def _place_now(self) -> None:
        if self._now_line is not None:
            self._now_line.place(
                self.geometry_of_day, self.now_minute, self.verticalOffset(),
                self.viewport().width(),
            )  # fmt: skip

    # -- layout -----------------------------------------------------------------------------

    def _span(self) -> tuple[int, int]:
        day = self._model.day
        if day is None:
            return 8 * 60, 17 * 60
        stretches = hours.open_stretches(day.hours, None)
        first = min([a for a, __ in stretches], default=8 * 60)
        last = max([b for ___, b in stretches], default=17 * 60)
        first = min([first, *(b.start for b in self._model.blocks)])
        last = max([last, *(b.end for b in self._model.blocks)])
        return first // 60 * 60, min(24 * 60, -(-last // 60) * 60)

    def _relayout(self) -> None:
        first, last = self._span()
        self.geometry_of_day = DayGeometry(
            first, last, len(self._model.columns), self.viewport().width(), theme.scale()
        )
        self._rects = tuple(self._rect(block) for block in self._model.blocks)
        columns: dict[int, list[int]] = defaultdict(list)
        for row, block in enumerate(self._model.blocks):
            columns[block.column].append(row)
        self._columns = columns
        self._layout_count += 1
        self._canvas.forget()
        self.updateGeometries()
        self.viewport().update()

    def _rect(self, block: Block) -> QRectF:
        g = self.geometry_of_day
        lane_width = (g.column_width - 7) / block.lane.count
        left = g.x(block.column) + 4 + block.lane.index * lane_width
        top, bottom = g.y(block.start), g.y(block.end)
        return QRectF(left, top + 1, lane_width - 1, max(bottom - top - 2, 6))

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
        self._place_now()
        self.geometry_changed.emit(g, horizontal.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        self._place_now()
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

    def rect_of(self, row: int) -> QRectF:
        """Where a row of the model is, in content coordinates."""
        return self._rects[row] if 0 <= row < len(self._rects) else QRectF()

    def span_rect(self, column: int, start: int, end: int) -> QRectF:
        """Where a stretch of a column is, in content coordinates."""
        g = self.geometry_of_day
        return QRectF(
            g.x(column) + 4, g.y(start) + 1, g.column_width - 8, max(g.y(end) - g.y(start) - 2, 6)
        )

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        return self.on_screen(self.rect_of(index.row())).toAlignedRect()

    def on_screen(self, rect: QRectF) -> QRectF:
        """A rectangle of the content in coordinates of the viewport."""
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset())

    def content_point(self, point: QPoint) -> QPointF:
        """A point of the viewport in content coordinates."""
        return QPointF(point + QPoint(self.horizontalOffset(), self.verticalOffset()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        at = self.content_point(point)
        for row in self._columns.get(self.geometry_of_day.column(at.x()), ()):
            if self.rect_of(row).contains(at):
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
            self.show_column(block.column)

    def show_minutes(self, start: int, end: int) -> None:
        """Scrolls so that a stretch of time can be seen."""
        g, bar, height = self.geometry_of_day, self.verticalScrollBar(), self.viewport().height()
        top, bottom = g.y(start) - 12, g.y(end) + 12
        if top < bar.value():
            bar.setValue(int(top))
        elif bottom > bar.value() + height:
            bar.setValue(int(bottom - height))

    def show_column(self, column: int) -> None:
        """Scrolls so that a column can be seen beside the hours."""
        g, bar = self.geometry_of_day, self.horizontalScrollBar()
        left, right = g.x(column) - g.gutter, g.x(column) + g.column_width
        if left < bar.value():
            bar.setValue(int(left))
        elif right > bar.value() + self.viewport().width():
            bar.setValue(int(right - self.viewport().width()))

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

    def moment(self, minute: int) -> datetime:
        """A minute of the day as a moment in the clinic's zone."""
        day = self._model.day
        assert day is not None
        on = day.day + timedelta(days=minute // 1440)
        at = minute % 1440
        return datetime(on.year, on.month, on.day, at // 60, at % 60, tzinfo=self.zone)
