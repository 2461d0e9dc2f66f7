"""Printing and saving the stored bytes. The slow parts run in a lane."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _
from clinicdesk.services.files_out import write_whole
from clinicdesk.ui.sheets.pages import POINTS_PER_INCH, render_pages

_PRINT_DPI = 300
_PAPERS = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


def has_printer() -> bool:
    """Whether this computer knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def printer_for(paper: str, title: str) -> QPrinter:
    """A printer set to the sheet's paper, without margins: the sheet has its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_PRINT_DPI)
    printer.setPageSize(QPageSize(_PAPERS.get(paper, QPageSize.PageSizeId.Letter)))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    # The job's name shows in the queue: it names the sheet, never the patient.
    printer.setDocName(title)
    return printer


def print_pages(pdf: bytes, printer: QPrinter) -> None:
    """Sends every page to the printer; raises Unavailable when it does not take them."""
    dpi = min(printer.resolution(), _PRINT_DPI)
    pages = render_pages(pdf, dpi / POINTS_PER_INCH)
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable(
            _("The printer did not answer. The sheet is stored; try again or save it.")
        )
    try:
        for number, image in enumerate(pages.images):
            if number and not printer.newPage():
                raise Unavailable(
                    _("The printer stopped. The sheet is stored; try again or save it.")
                )
            whole = printer.paperRect(QPrinter.Unit.DevicePixel)
            painter.drawImage(_fitted(image.width(), image.height(), whole), image)
    finally:
        painter.end()


def _fitted(width: int, height: int, whole: QRectF) -> QRectF:
    """The page on the paper, as large as it goes, never stretched."""
    unit = min(whole.width() / width, whole.height() / height)
    wide, tall = width * unit, height * unit
    return QRectF((whole.width() - wide) / 2, (whole.height() - tall) / 2, wide, tall)


def save_folder() -> Path:
    """Where saving begins."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def write_file(path: Path, pdf: bytes) -> Path:
    """Writes the bytes whole or not at all; raises Unavailable in words."""
    if path.suffix.lower() != ".pdf":
        path = path.with_name(path.name + ".pdf")
    write_whole(path, pdf)
    return path
