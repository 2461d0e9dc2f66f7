"""The middle of the documents page: the sheet on show, with its bar of paper and zoom."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.rows.documents import DocumentRow
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui.sheets.preview import Heading, Preview
from clinicdesk.ui.sheets.texts_panel import TextsPanel
from clinicdesk.ui.sheets.words import kind_name
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import IconButton, Label, Segmented


class Stage(QStackedWidget):
    """Shows the sheet; in its place, for as long as it is asked for, how the texts stand."""

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = Preview(lane)
        self.texts = TextsPanel()
        self.heading = Heading("", 15, 600)
        self.pages = Label("", 12.5, 400, "muted")
        self.paper = Segmented((("a4", "A4"), ("letter", _("Letter"))), _("Paper"))
        self.smaller = IconButton("minus", _("Smaller (Ctrl+-)"))
        self.zoom = Label("", 13, 500)
        self.larger = IconButton("plus", _("Larger (Ctrl++)"))
        self._sheet = QWidget()
        self._lay_out()
        self.preview.zoomed.connect(self._show_zoom)
        self.preview.shown.connect(self._show_count)
        self.smaller.clicked.connect(self.preview.zoom_out)
        self.larger.clicked.connect(self.preview.zoom_in)
        self.texts.closed.connect(self.show_sheet)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("surface", "bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(14, 6, 12, 6)
        line.addWidget(self.heading, 1)
        line.addWidget(self.pages)
        for widget in (self.paper, self.smaller, self.zoom, self.larger):
            line.addWidget(widget)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.preview, 1)
        self.addWidget(self._sheet)
        self.addWidget(self.texts)

    def show_sheet(self) -> None:
        """The sheet, or why there is none."""
        self.setCurrentWidget(self._sheet)

    def show_texts(self) -> None:
        """How the texts stand."""
        self.setCurrentWidget(self.texts)
        self.texts.back.setFocus()

    def name(self, row: DocumentRow | None, *, fresh: bool) -> None:
        """Heading and controls for a sheet; ``fresh``: it can be made otherwise."""
        self.heading.setText(f"{kind_name(row.kind)}: {row.title}" if row else "")
        self.pages.setText("")
        self.paper.setEnabled(fresh)
        for widget in (self.paper, self.smaller, self.zoom, self.larger):
            widget.setVisible(row is not None)

    def _show_zoom(self, percent: int) -> None:
        self.zoom.setText(f"{percent}%")

    def _show_count(self, count: int) -> None:
        self.pages.setText(_n("{count} page", "{count} pages", count).format(count=count))
