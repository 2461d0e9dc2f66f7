"""Where a sheet goes out: the dialogs for printer and file, and the work behind them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.documents import DocumentRow, StoredSheet
from clinicdesk.domain.states import SheetUse
from clinicdesk.domain.translation import _
from clinicdesk.services import sheets
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.sheets import output
from clinicdesk.ui.sheets.dialogs import OutputDialogs
from clinicdesk.ui.sheets.words import file_name, kind_name


class Outlet(QObject):
    """Prints and saves stored bytes, and notes it.

    Signals:
        put_out(str, object): what was done, in words, and what it changed.
        failed(str): why it was not; the sheet itself is stored.
    """

    put_out = Signal(str, object)
    failed = Signal(str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._sheet: StoredSheet | None = None
        self._dialogs = OutputDialogs(page)
        self._dialogs.printer_chosen.connect(self._printer_chosen)
        self._dialogs.file_chosen.connect(self._file_chosen)

    # -- paper ------------------------------------------------------------------------------

    def ask_printer(self, sheet: StoredSheet) -> bool:
        """Asks which printer; False when there is none to ask about."""
        if self._dialogs.busy:
            return True
        if not output.has_printer():
            return False
        self._sheet = sheet
        name = kind_name(sheet.row.kind)
        self._dialogs.ask_printer(sheet.row.kind, sheet.row.paper, name, _("Print this sheet"))
        return True

    def _printer_chosen(self, printer: QPrinter) -> None:
        if self._sheet is not None:
            self.print_on(printer, self._sheet)

    def print_on(self, printer: QPrinter, sheet: StoredSheet) -> None:
        """Prints the bytes of ``sheet`` in a lane."""
        clinic, actor = self._context.clinic, self._context.actor

        def work() -> tuple[bool, Done[DocumentRow]]:
            exact = output.print_pdf(sheet.pdf, printer)
            return exact, sheets.note_use(clinic, actor, sheet.document_id, SheetUse.PRINTED)

        self._context.tasks.long.submit(work, self._printed, self._not_out, owner=self)

    def _printed(self, answer: tuple[bool, Done[DocumentRow]]) -> None:
        exact, done = answer
        self.put_out.emit(output.sent_words(kind_name(done.value.kind), exact=exact), done.changes)

    # -- file -------------------------------------------------------------------------------

    def ask_file(self, sheet: StoredSheet) -> None:
        """Asks where to; the name proposed does not tell who the patient is."""
        if not self._dialogs.busy:
            self._sheet = sheet
            name = file_name(sheet.row)
            self._dialogs.ask_file("sheet", _("Save this sheet"), name, _("PDF (*.pdf)"), "pdf")

    def _file_chosen(self, purpose: str, path: Path) -> None:
        del purpose
        if self._sheet is not None:
            self.save_to(path, self._sheet)

    def save_to(self, target: Path, sheet: StoredSheet) -> None:
        """Writes the bytes of ``sheet`` in a lane."""
        clinic, actor = self._context.clinic, self._context.actor

        def work() -> tuple[Path, Done[DocumentRow]]:
            path = output.write_file(target, sheet.pdf)
            return path, sheets.note_use(clinic, actor, sheet.document_id, SheetUse.SAVED)

        self._context.tasks.long.submit(work, self._saved, self._not_out, owner=self)

    def _saved(self, answer: tuple[Path, Done[DocumentRow]]) -> None:
        path, done = answer
        where = path.parent.name or str(path.parent)
        self.put_out.emit(
            _("Saved as {path_name} in {where}.").format(path_name=path.name, where=where),
            done.changes,
        )

    # -- both -------------------------------------------------------------------------------

    def close_dialog(self) -> None:
        """Takes an open dialog away as if it had been cancelled."""
        self._dialogs.close_dialog()

    def _not_out(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.failed.emit(str(error))
