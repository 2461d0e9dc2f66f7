"""``print``: a sheet as PDF, stored like any print."""

from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t


@pytest.fixture
def command(clinic, monkeypatch, capsys):
    """Runs a command of the front desk on the small clinic."""
    store = clinic.store
    place = str(store.embedded or store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")

    def run(*argv: str) -> tuple[int, str, str]:
        code = main(["--database", place, "--user", "frontdesk", *argv])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def appointment(command, clinic) -> str:
    """A booked injection of a patient with an awkward name."""
    code, out, err = command(
        *("book", "--patient", str(clinic.seeded.obrien)),
        *("--procedure", "esi.transforaminal", "--site", "L5 left"),
        *("--start", "2031-06-03T10:00", "--physician", "osei", "--room", "c-arm room"),
    )
    assert code == 0, err
    return str(json.loads(out)["id"])


@pytest.mark.parametrize("kind", ["consent", "aftercare"])
def test_the_file_holds_the_stored_bytes(command, clinic, appointment, tmp_path, kind):
    file = tmp_path / "sheet.pdf"
    code, out, err = command("print", kind, "--appointment", appointment, "-o", str(file))
    assert (code, out) == (0, "")
    assert str(file) in err
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages)
    assert "& Søn</b> <b>O'Brien" in text or "<b>O'Brien, & Søn</b>" in text
    with clinic.store.read() as tx:
        blobs = [blob.content for blob in tx.session.query(t.DocumentBlob).all()]
        used = [event.use for event in tx.session.query(t.DocumentEvent).all()]
    assert blobs == [file.read_bytes()]
    assert "saved" in used


def test_a_language_without_text_is_said(command, appointment, tmp_path):
    file = tmp_path / "sheet.pdf"
    argv = ("print", "consent", "--appointment", appointment, "--language", "es", "-o", str(file))
    code, _, err = command(*argv)
    assert code == 1
    assert "English" in err
    assert file.exists()


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("print", "consent", "--appointment", "999", "-o", "x.pdf"), 2),
        (("print", "consent", "--procedure", "999", "-o", "x.pdf"), 2),
        (("print", "consent", "--appointment", "1", "-o", "nowhere/x.pdf"), 4),
        (("print", "consent", "--appointment", "1", "-o", "."), 4),
    ],
)
def test_what_cannot_be_printed_leaves_no_file(command, tmp_path, monkeypatch, argv, code):
    monkeypatch.chdir(tmp_path)
    found, out, err = command(*argv)
    assert (found, out) == (code, "")
    assert len(err.splitlines()) == 1
    assert list(tmp_path.glob("*.pdf*")) == []
