"""Printing and saving the stored bytes. The slow parts run in a lane."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _
from clinicdesk.services.files_out import write_whole
from clinicdesk.ui.sheets.pages import POINTS_PER_INCH, render_pages

_PRINT_DPI = 300
_NO_ANSWER = _("The printer did not answer. The sheet is stored; try again or save it.")
_ONE_SIDE = "one-sided"
_SIDES = {
    QPrinter.DuplexMode.DuplexAuto: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}
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


def sent_words(what: str, *, exact: bool) -> str:
    """What is said after printing; ``exact`` as of ``print_pdf``."""
    if exact:
        return _("Sent to the printer: {what}.").format(what=what)
    return _("Sent to the printer as a picture of the stored sheet (300 dpi): {what}.").format(
        what=what
    )


def print_pdf(pdf: bytes, printer: QPrinter) -> bool:
    """Prints the stored bytes themselves where the system takes a PDF (CUPS, and a print into a
    file), else a picture of each page.

    Returns:
        Whether it was the bytes themselves.

    Raises:
        Unavailable: the printer did not take them.
    """
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        write_whole(Path(printer.outputFileName()), pdf)
        return True
    command = _cups(printer)
    if command is None:
        _print_pages(pdf, printer)
        return False
    try:
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            command, input=pdf, capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(_NO_ANSWER) from error
    if done.returncode:
        raise Unavailable(_NO_ANSWER)
    return True


def _cups(printer: QPrinter) -> list[str] | None:
    """The command that hands a PDF to the printer as it was chosen; None where there is none."""
    found = None if os.name == "nt" else shutil.which("lp")
    if found is None or not printer.printerName():
        return None
    # The job's name shows in the queue: it names the sheet, never the patient.
    command = [found, "-d", printer.printerName(), "-t", printer.docName()]
    command += ["-n", str(max(1, printer.copyCount()))]
    paper = printer.pageLayout().pageSize().key()
    command += ["-o", f"media={paper}", "-o", f"sides={_SIDES.get(printer.duplex(), _ONE_SIDE)}"]
    if printer.colorMode() == QPrinter.ColorMode.GrayScale:
        command += ["-o", "print-color-mode=monochrome"]
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        command += ["-P", f"{printer.fromPage()}-{printer.toPage()}"]
    return [*command, "--", "-"]


def _print_pages(pdf: bytes, printer: QPrinter) -> None:
    """Paints every page on the printer; raises Unavailable when it does not take them."""
    dpi = min(printer.resolution(), _PRINT_DPI)
    pages = render_pages(pdf, dpi / POINTS_PER_INCH)
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable(_NO_ANSWER)
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
