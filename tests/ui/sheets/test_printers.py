"""Printing: the stored bytes themselves, on the printer that the kind of sheet went to last."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinicdesk.domain.errors import Unavailable
from clinicdesk.ui.sheets import output, printers

PDF = b"%PDF-1.4 these very bytes"


@pytest.fixture
def lp(tmp_path, monkeypatch):
    """A system with a print command that keeps what it is given; ``status`` is its answer."""

    def install(status: int = 0) -> Path:
        script = tmp_path / "lp"
        script.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/words\n'
            f"cat > {tmp_path}/bytes\nexit {status}\n"
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
        return tmp_path

    return install


def _printer(monkeypatch, name: str = "Front_desk") -> QPrinter:
    printer = output.printer_for("a4", "Consent")
    monkeypatch.setattr(printer, "printerName", lambda: name)
    monkeypatch.setattr(printer, "outputFormat", lambda: QPrinter.OutputFormat.NativeFormat)
    return printer


def test_the_printer_gets_the_stored_bytes_and_how_it_was_set(qapp, lp, monkeypatch):
    folder = lp()
    printer = _printer(monkeypatch)
    monkeypatch.setattr(printer, "duplex", lambda: QPrinter.DuplexMode.DuplexLongSide)
    monkeypatch.setattr(printer, "copyCount", lambda: 2)
    assert output.print_pdf(PDF, printer)
    assert (folder / "bytes").read_bytes() == PDF
    words = (folder / "words").read_text().split("\n")
    assert words[:6] == ["-d", "Front_desk", "-t", "Consent", "-n", "2"]
    assert "media=A4" in words
    assert "sides=two-sided-long-edge" in words
    assert output.sent_words("Consent", exact=True) == "Sent to the printer: Consent."


def test_a_printer_that_does_not_take_it_is_said(qapp, lp, monkeypatch):
    lp(1)
    with pytest.raises(Unavailable, match="The printer did not answer"):
        output.print_pdf(PDF, _printer(monkeypatch))


def test_a_print_into_a_file_is_the_stored_bytes(qapp, tmp_path):
    printer = output.printer_for("letter", "Consent")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert output.print_pdf(PDF, printer)
    assert (tmp_path / "out.pdf").read_bytes() == PDF


def test_where_the_system_takes_no_pdf_it_is_said_to_be_a_picture(qapp, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    painted = []
    monkeypatch.setattr(output, "_print_pages", lambda pdf, printer: painted.append(pdf))
    assert not output.print_pdf(PDF, _printer(monkeypatch))
    assert painted == [PDF]
    assert "as a picture of the stored sheet (300 dpi)" in output.sent_words("x", exact=False)


def test_each_kind_of_sheet_goes_where_it_went_last(qapp, monkeypatch):
    names = ["Front_desk", "Recovery_room"]
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: names)
    for kind, name, colour in (
        ("consent", "Front_desk", QPrinter.ColorMode.GrayScale),
        ("aftercare", "Recovery_room", QPrinter.ColorMode.Color),
    ):
        printer = _printer(monkeypatch, name)
        monkeypatch.setattr(printer, "colorMode", lambda colour=colour: colour)
        printers.remember(kind, printer)
    for kind, wanted in (("consent", ["Front_desk"]), ("aftercare", ["Recovery_room"])):
        fresh, set_to = output.printer_for("letter", "x"), []
        monkeypatch.setattr(fresh, "setPrinterName", set_to.append)
        printers.recall(kind, fresh)
        assert set_to == wanted
    fresh, colours = output.printer_for("letter", "x"), []
    monkeypatch.setattr(fresh, "setPrinterName", lambda name: None)
    monkeypatch.setattr(fresh, "setColorMode", colours.append)
    printers.recall("consent", fresh)
    assert colours == [QPrinter.ColorMode.GrayScale]
    # One that is gone, and a kind never printed, are left to the dialog.
    names.remove("Front_desk")
    for kind in ("consent", "note"):
        left, set_to = output.printer_for("letter", "x"), []
        monkeypatch.setattr(left, "setPrinterName", set_to.append)
        printers.recall(kind, left)
        assert set_to == []
