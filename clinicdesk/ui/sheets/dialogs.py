"""The dialogs through which paper leaves: for a printer, and for a file. One at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from clinicdesk.ui.sheets import output, printers


class OutputDialogs(QObject):
    """Signals:
    printer_chosen(object): the ``QPrinter``, ready to print on.
    file_chosen(str, object): what the file is for, as it was asked, and its path.
    """

    printer_chosen = Signal(object)
    file_chosen = Signal(str, object)

    def __init__(self, host: QWidget) -> None:
        """``host``: what the dialogs lie over."""
        super().__init__(host)
        self._host = host
        self._dialog: QDialog | None = None
        # The dialog does not keep its printer alive, and crashes without it.
        self._printer: QPrinter | None = None
        self._purpose = self._kind = ""

    @property
    def busy(self) -> bool:
        """Whether one is open."""
        return self._dialog is not None

    def ask_printer(self, kind: str, paper: str, document: str, heading: str) -> None:
        """Asks which printer, the one that this kind of sheet went to last proposed; call it only
        where there is one (``output.has_printer``)."""
        self._kind = kind
        self._printer = output.printer_for(paper, document)
        printers.recall(kind, self._printer)
        dialog = QPrintDialog(self._printer, self._host)
        dialog.setWindowTitle(heading)
        dialog.accepted.connect(self._accepted)
        self._open(dialog)

    def ask_file(self, purpose: str, heading: str, name: str, kind: str, suffix: str) -> None:
        """Asks where to; ``kind`` as file dialogs write it, ``PDF (*.pdf)``."""
        dialog = QFileDialog(self._host, heading, str(output.save_folder() / name), kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(self._file)
        self._purpose = purpose
        self._open(dialog)

    def close_dialog(self) -> None:
        """Takes an open dialog away as if it had been cancelled."""
        if self._dialog is not None:
            self._dialog.reject()

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._closed)
        # QPrintDialog hides open() behind an older one with arguments.
        QDialog.open(dialog)

    def _accepted(self) -> None:
        if self._printer is not None:
            printers.remember(self._kind, self._printer)
        self.printer_chosen.emit(self._printer)

    def _file(self, name: str) -> None:
        if name:
            self.file_chosen.emit(self._purpose, Path(name))

    def _closed(self, result: int) -> None:
        del result
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
