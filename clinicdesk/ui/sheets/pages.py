"""Turns the bytes of a sheet into pictures. Runs in a lane; touches no widget."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _

POINTS_PER_INCH = 72.0


@dataclass(frozen=True)
class RenderedPages:
    """Pages as pictures.

    Attributes:
        images: one for each page, ``scale`` pixels for a point of paper.
        sizes: of the pages, in points.
        texts: the words of each page, for screen readers.
        scale: pixels in a point.
    """

    images: tuple[QImage, ...]
    sizes: tuple[QSizeF, ...]
    texts: tuple[str, ...]
    scale: float


def render_pages(pdf: bytes, scale: float) -> RenderedPages:
    """Draws every page.

    Args:
        pdf: the stored bytes.
        scale: pixels in a point; 1 is 72 dpi.

    Raises:
        Malformed: the bytes are no PDF that can be shown.
    """
    document = QPdfDocument()
    # The buffer must live as long as the document reads from it.
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    try:
        if document.status() != QPdfDocument.Status.Ready or document.pageCount() == 0:
            raise Malformed(_("This document is damaged and cannot be shown. Make a new sheet."))
        options = QPdfDocumentRenderOptions()
        numbers = range(document.pageCount())
        sizes = tuple(document.pagePointSize(n) for n in numbers)
        images = tuple(
            _on_white(document.render(n, _pixels(sizes[n], scale), options)) for n in numbers
        )
        texts = tuple(document.getAllText(n).text() for n in numbers)
        return RenderedPages(images, sizes, texts, scale)
    finally:
        document.close()
        buffer.close()


def _pixels(size: QSizeF, scale: float) -> QSize:
    return QSize(round(size.width() * scale), round(size.height() * scale))


def _on_white(image: QImage) -> QImage:
    """The page on paper: QtPdf leaves what is not printed transparent."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPainter

    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper
