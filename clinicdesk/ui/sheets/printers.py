"""Which printer each kind of sheet went to last on this computer, and how it was set there."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from enum import Enum
from typing import Any

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinicdesk.domain.errors import Unavailable
from clinicdesk.services.files_out import write_whole
from clinicdesk.ui.preferences import config_folder

log = logging.getLogger(__name__)
_FILE = "printers.json"


def recall(kind: str, printer: QPrinter) -> None:
    """Sets what was chosen last for this kind of sheet; paper and copies are the sheet's own."""
    kept = _read().get(kind)
    if not isinstance(kept, dict):
        return
    name = kept.get("printer")
    if name not in QPrinterInfo.availablePrinterNames():
        return
    printer.setPrinterName(str(name))
    printer.setFullPage(True)
    settings: tuple[tuple[Callable[[Any], None], type[Enum], str], ...] = (
        (printer.setDuplex, QPrinter.DuplexMode, "duplex"),
        (printer.setColorMode, QPrinter.ColorMode, "colour"),
        (printer.setPaperSource, QPrinter.PaperSource, "tray"),
    )
    for set_it, known, key in settings:
        value = kept.get(key)
        if isinstance(value, str) and value in known.__members__:
            set_it(known[value])


def remember(kind: str, printer: QPrinter) -> None:
    """Keeps what was chosen; a print into a file is no printer."""
    if printer.outputFormat() != QPrinter.OutputFormat.NativeFormat or not printer.printerName():
        return
    kept = _read()
    kept[kind] = {
        "printer": printer.printerName(),
        "duplex": printer.duplex().name,
        "colour": printer.colorMode().name,
        "tray": printer.paperSource().name,
    }
    try:
        config_folder().mkdir(parents=True, exist_ok=True)
        write_whole(config_folder() / _FILE, json.dumps(kept, indent=1).encode())
    except (OSError, Unavailable) as error:
        # Nothing depends on it.
        log.warning("printers were not saved", extra={"facts": {"by": type(error).__name__}})


def _read() -> dict[str, object]:
    try:
        found = json.loads((config_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
