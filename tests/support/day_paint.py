"""A day view ready to be painted again and again, for timing."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from support.days import ZONE, crowded

from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel


class PaintedDay:
    """A shown view of ``count`` appointments (1300×900); ``paint`` paints it once, whole."""

    def __init__(self, count: int) -> None:
        self._model = AppointmentModel()
        self.view = DayView(self._model, ZONE)
        self.view.resize(1300, 900)
        self._model.show(crowded(count))
        self.view.show()
        QApplication.processEvents()
        self._image = QImage(self.view.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)
        self.paint()

    def paint(self) -> None:
        """One full paint of every block in sight into an image."""
        self.view.forget_picture()
        self.view.viewport().render(self._image)

    def frame(self) -> None:
        """One frame of a drag: only what moves is painted again."""
        self.view.viewport().render(self._image)

    def relayout(self) -> None:
        """Lanes, columns and rectangles of the day anew."""
        day = self._model.day
        assert day is not None
        self._model.show(day)
