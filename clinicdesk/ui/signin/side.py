"""The left side of the sign-in page: who we are, the time, a spine."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from clinicdesk.catalogue.resources import root
from clinicdesk.domain.clock import Clock
from clinicdesk.domain.dates import day_long
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.local import time_text
from clinicdesk.ui.mark import draw_mark

_GROUND, _BONE, _LINE = "#0C4A4E", "#115A5E", "#1F7377"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@cache
def _spine() -> QSvgRenderer:
    svg = (root() / "figures" / "spine.svg").read_text(encoding="utf-8")
    lines = {"#B9B19C", "#A9B6B2"}
    tinted = _COLOUR.sub(lambda m: _LINE if m.group().upper() in lines else _BONE, svg)
    return QSvgRenderer(QByteArray(tinted.encode()))


class SidePanel(QWidget):
    """Paints itself; ``set_clinic`` names the clinic, ``set_zone`` sets the wall clock."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone: object = None
        self._clinic = ""
        self._note = ""
        self._cache: QPixmap | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(5000)
        self._timer.timeout.connect(self.update)
        self._timer.start()
        self.setMinimumWidth(270)

    def set_clinic(self, name: str, zone: object) -> None:
        """The clinic's name and time zone (a ``ZoneInfo``)."""
        self._clinic, self._zone = name, zone
        self.update()

    def set_note(self, text: str) -> None:
        """A second line under the promise (``One draft is saved …``)."""
        self._note = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(_GROUND))
        self._draw_spine(painter)
        self._draw_words(painter)
        painter.end()

    def _draw_spine(self, painter: QPainter) -> None:
        if self._cache is None or self._cache.size() != self.size() * self.devicePixelRatioF():
            ratio = self.devicePixelRatioF()
            self._cache = QPixmap(self.size() * ratio)
            self._cache.setDevicePixelRatio(ratio)
            self._cache.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._cache)
            height = self.height() * 1.12
            width = height * 200 / 573 * 1.35
            box = QRectF(self.width() * 0.80 - width / 2, -height * 0.06, width, height * 1.25)
            _spine().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
            _spine().render(inner, box)
            inner.end()
        painter.drawPixmap(0, 0, self._cache)

    def _draw_words(self, painter: QPainter) -> None:
        px = theme.scaled
        left, size = px(48), px(44)
        draw_mark(painter, QRectF(left, px(44), size, size), "#FFFFFF", _GROUND)
        white, pale = QColor("#FFFFFF"), QColor("#CFE6E5")
        self._line(painter, left + px(58), px(46), "ClinicDesk", 20, 600, white)
        self._line(painter, left + px(58), px(70), self._clinic, 14, 400, pale)
        now = self._clock.now()
        if self._zone is not None:
            now = now.astimezone(self._zone)  # type: ignore[arg-type]
        bottom = self.height()
        self._line(painter, left - 4, bottom - px(272), time_text(now), 88, 600, white)
        date = day_long(now)
        self._line(painter, left, bottom - px(166), date, 20, 400, pale)
        painter.setPen(QColor("#3B7F82"))
        rule = bottom - px(118)
        painter.drawLine(left, rule, min(self.width() - px(40), left + px(370)), rule)
        painter.drawPixmap(left, bottom - px(96), theme.pixmap("shield", "#FFFFFF", 20))
        beside = left + px(36)
        promise = _("No patient details are shown here")
        self._line(painter, beside, bottom - px(100), promise, 14, 600, white)
        self._line(painter, beside, bottom - px(80), self._note, 13, 400, pale)

    def _line(
        self, painter: QPainter, x: int, y: int, text: str, px: int, weight: int, ink: QColor
    ) -> None:
        painter.setFont(theme.font(px, weight))
        painter.setPen(ink)
        painter.drawText(
            QRectF(x, y, self.width() - x - 16, theme.scaled(px * 1.6 + 8)),
            Qt.AlignmentFlag.AlignLeft,
            text,
        )
