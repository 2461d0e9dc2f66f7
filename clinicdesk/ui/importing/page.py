"""The import page: choose a file, see how it is understood, correct that, take it over."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.translation import _, _n
from clinicdesk.services.context import Done
from clinicdesk.services.importing import (
    ImportPreview,
    ImportReport,
    ImportSource,
    Stopped,
    import_patients,
    preview,
)
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.importing.notes import notes_of
from clinicdesk.ui.importing.options import OptionsBar
from clinicdesk.ui.importing.result import ResultView
from clinicdesk.ui.importing.table import MappingTable
from clinicdesk.ui.widgets import Banner, Button, EmptyState, Label, row


class ImportPage(Page):
    """Signals:
    progressed(int, int): internal; rows done, of how many.
    """

    title = _("Import")
    least = (640, 420)
    progressed = Signal(int, int)

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setObjectName("canvas")
        self.setAcceptDrops(True)
        self._lane = context.tasks.long
        self._path: Path | None = None
        self._allergies: Path | None = None
        self._wishes: dict[str, str] = {}
        self._decisions: dict[int, str] = {}
        self._stop = Event()
        self.seen: ImportPreview | None = None
        self.start = EmptyState(
            "people",
            _("Import patients from a file"),
            _("Choose a file"),
            _(
                "A list saved as CSV: any delimiter, any encoding. Nothing is written before you "
                "have "
                "seen how it was understood. You can also drop the file here."
            ),
        )
        self.banner = Banner("danger")
        self.name = Label("", 18, 600)
        self.summary = Label("", 13, 400, "muted", wrap=True)
        self.notes = Label("", 12.5, 400, "muted", wrap=True)
        self.options = OptionsBar()
        self.table = MappingTable()
        self.bar = QProgressBar()
        self.go = Button(_("Import"), "save", "primary")
        self.cancel = Button(_("Cancel"))
        self.other = Button(_("Another file"), kind="text")
        self.join = Button(_("Add the allergies file"), "plus")
        self.result = ResultView()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setObjectName("canvas")
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addLayout(row(self.name, None, self.other))
        inner.addWidget(self.summary)
        inner.addWidget(self.options)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.notes)
        inner.addWidget(self.bar)
        inner.addLayout(row(self.join, None, self.cancel, self.go))
        for widget in (self.start, middle, self.result):
            self.stack.addWidget(widget)
        self._middle = middle
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(10)
        outer.addWidget(self.banner)
        outer.addWidget(self.stack, 1)
        self._busy(False)

    def _connect(self) -> None:
        self.start.acted.connect(self.choose)
        self.other.clicked.connect(self.choose)
        self.result.again.connect(self.choose)
        self.result.decided.connect(self._decided)
        self.join.clicked.connect(self._choose_allergies)
        self.table.mapped.connect(self._mapped)
        self.options.changed.connect(self._look)
        self.go.clicked.connect(self._import)
        self.cancel.clicked.connect(self._cancel)
        self.progressed.connect(self._progress, Qt.ConnectionType.QueuedConnection)

    # -- choosing ---------------------------------------------------------------------------

    def choose(self) -> None:
        """Asks for a file."""
        dialog = QFileDialog(
            self, _("Import patients"), "", _("Lists (*.csv *.txt *.tsv);;All files (*)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def open_file(self, name: str) -> None:
        """Shows how a file would be understood."""
        self._path, self._allergies = Path(name), None
        self._wishes, self._decisions = {}, {}
        self.join.setText(_("Add the allergies file"))
        self.options.forget()
        self._look()

    def _choose_allergies(self) -> None:
        dialog = QFileDialog(
            self, _("Allergies of these patients"), "", _("Lists (*.csv *.txt *.tsv)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.join_allergies)
        dialog.open()

    def join_allergies(self, name: str) -> None:
        """Joins a second file with the allergies."""
        self._allergies = Path(name)
        self.join.setText(
            _("Allergies: {allergies_name}").format(allergies_name=self._allergies.name)
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()]
        if files:
            self.open_file(files[0])

    def _mapped(self, column: str, field: str) -> None:
        self._wishes[column] = field
        self._look()

    def _look(self) -> None:
        if self._path is None:
            return
        clinic = self.context.clinic
        work = partial(
            preview, self._path, encoding=self.options.encoding, delimiter=self.options.delimiter,
            mapping=dict(self._wishes), date_order=self.options.date_order,
            weight_unit=self.options.weight_unit,
            today=clinic.today(), region=clinic.settings.country,
            progress=self.progressed.emit, cancelled=self._stop.is_set,
        )  # fmt: skip
        self._stop.clear()
        self._lane.submit(work, self._show, self._failed, owner=self, key="look")

    def _show(self, seen: ImportPreview) -> None:
        self.seen = seen
        self.banner.show_text(seen.trouble, "warn")
        self.name.setText(seen.path.name)
        self._waiting(False)
        rows = _n("{count} row", "{count} rows", seen.count).format(count=seen.count)
        odd_count = sum(seen.kinds.values())
        odd = _n(
            "{count} remark, below",
            "{count} remarks, below",
            odd_count,
        ).format(count=odd_count)
        refused = _("{count} cannot be taken").format(count=seen.refused_count)
        self.summary.setText(rows if seen.trouble else f"{rows} · {refused} · {odd}")
        self.notes.setText("\n".join(notes_of(seen)))
        self.notes.setVisible(bool(self.notes.text()))
        self.options.show_preview(seen)
        self.table.show_preview(seen)
        self.stack.setCurrentWidget(self._middle)
        good = seen.count - seen.refused_count
        self.go.setText(
            _n("Import {count} patient", "Import {count} patients", good).format(count=good)
        )
        self.go.setEnabled(not seen.trouble)
        self.go.setToolTip(seen.trouble)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._busy(False)
        self.banner.show_text(str(error), "info" if isinstance(error, Stopped) else "danger")

    # -- importing --------------------------------------------------------------------------

    def _decided(self) -> None:
        """The same file once more: who is in stays as he is, the decided rows are taken."""
        self.stack.setCurrentWidget(self._middle)
        self._decisions |= self.result.decisions()
        self._import()

    def _import(self) -> None:
        if self._path is None or self.seen is None:
            return
        source = ImportSource(
            self._path, self._allergies, dict(self._wishes), self.seen.encoding,
            self.seen.delimiter, self.seen.date_order or None,
            weight_unit=self.options.weight_unit, decisions=dict(self._decisions),
        )  # fmt: skip
        self._stop.clear()
        self._busy(True)
        work = partial(
            import_patients, self.context.clinic, self.context.actor, source,
            progress=self.progressed.emit, cancelled=self._stop.is_set,
        )  # fmt: skip
        self._lane.submit(work, self._done, self._failed, owner=self, key="import")

    def _progress(self, done: int, total: int) -> None:
        if self.bar.isHidden():
            self._waiting(True)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _cancel(self) -> None:
        self._stop.set()
        self.cancel.setText(_("Cancelling…"))

    def _waiting(self, waiting: bool) -> None:
        self.bar.setVisible(waiting)
        self.bar.setValue(0)
        self.cancel.setVisible(waiting)
        self.cancel.setText(_("Cancel"))

    def _busy(self, busy: bool) -> None:
        self._waiting(busy)
        for widget in (self.go, self.other, self.join, self.options, self.table):
            widget.setEnabled(not busy)

    def _done(self, done: Done[ImportReport]) -> None:
        self._busy(False)
        report = done.value
        self.banner.show_text("")
        self.result.show_report(report)
        self.stack.setCurrentWidget(self.result)
        self.context.bus.say(
            _("Imported: {added} added, {updated} updated").format(
                added=report.added, updated=report.updated
            )
        )
        self.context.publish(done.changes)
