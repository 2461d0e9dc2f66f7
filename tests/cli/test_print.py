"""``print``: a sheet as PDF, stored like any print."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from pypdf import PdfReader
from support import pages
from support.due import performed
from support.due_print import speaks
from support.logs import book, complete

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t
from clinicdesk.services import procedures

pytestmark = pytest.mark.slow


@pytest.fixture
def command(clinic, monkeypatch, capsys):
    """Runs a command of the front desk on the small clinic."""
    store = clinic.store
    place = str(store.embedded or store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")

    def run(*argv: str, user: str = "frontdesk") -> tuple[int, str, str]:
        code = main(["--database", place, "--user", user, *argv])
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
    text = words_of(file)
    assert "& Søn</b> <b>O'Brien" in text or "<b>O'Brien, & Søn</b>" in text
    with clinic.store.read() as tx:
        blobs = [blob.content for blob in tx.session.query(t.DocumentBlob).all()]
        used = [event.use for event in tx.session.query(t.DocumentEvent).all()]
    assert blobs == [file.read_bytes()]
    assert "saved" in used


def test_a_dash_is_the_standard_output(command, appointment, tmp_path, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, write_through=True))
    argv = ("print", "consent", "--appointment", appointment, "-o")
    code, _, err = command(*argv, "-")
    assert (code, "standard output: " in err) == (0, True)
    assert raw.getvalue().startswith(b"%PDF")
    command(*argv, str(tmp_path / "sheet.pdf"))
    assert raw.getvalue() == (tmp_path / "sheet.pdf").read_bytes()


def test_nothing_is_stored_for_a_place_that_cannot_be_written(command, clinic, appointment):
    argv = ("print", "consent", "--appointment", appointment, "-o")
    for place, says in (("/dev/null", "is no file"), ("/", "folder"), ("/nowhere/x.pdf", "Make")):
        code, _, err = command(*argv, place)
        assert (code, says in err) == (4, True), err
    with clinic.store.read() as tx:
        assert tx.session.query(t.DocumentBlob).count() == 0


def test_a_consent_that_waits_for_a_physician_is_said(command, clinic, appointment, tmp_path):
    file = tmp_path / "sheet.pdf"
    argv = ("print", "consent", "--appointment", appointment, "-o", str(file))
    assert command(*argv)[0] == 0
    with clinic.store.write(None, "test.allergy") as tx:
        tx.add(t.Allergy(patient_id=clinic.seeded.obrien, substance="IV dye", category="drug"))
    code, _, err = command(*argv)
    assert code == 1
    assert "Waits for the physician's answer" in err
    assert "Not settled yet" in words_of(file)
    code, _, err = command("print", "aftercare", "--appointment", appointment, "-o", str(file))
    assert code == 1
    assert "Nothing is logged yet" in err


def test_a_language_without_text_is_said(command, appointment, tmp_path):
    file = tmp_path / "sheet.pdf"
    argv = ("print", "consent", "--appointment", appointment, "--language", "es", "-o", str(file))
    code, _, err = command(*argv)
    assert code == 1
    assert "English" in err
    assert file.exists()


def test_the_note_of_a_signed_record_is_for_who_may_read_it(command, clinic, tmp_path):
    appointment, file = book(clinic), tmp_path / "note.pdf"
    argv = ("print", "note", "--appointment", str(appointment), "-o", str(file))
    code, _, err = command(*argv, user="physician")
    assert (code, "Nothing was logged" in err) == (2, True)
    actor = clinic.seeded.actor("physician")
    form = complete(procedures.open_log(clinic, actor, appointment).form)
    number = procedures.sign(clinic, actor, form, 0, "demo", clock_sure=True).value
    code, out, err = command(*argv, user="physician")
    assert (code, out) == (0, "")
    assert "Transforaminal ESI, L5 left, stored as document" in err
    assert "Signed electronically by Dr. Amara Osei" in words_of(file)
    file.unlink()
    code, _, err = command("print", "note", "--procedure", str(number), "-o", str(file))
    assert (code, "may not do this" in err) == (3, True)
    assert not file.exists()
    code, _, err = command(*argv, "--language", "es", user="physician")
    assert (code, "takes no --language" in err) == (2, True)


def words_of(file) -> str:
    return pages.words_of(file.read_bytes())


@pytest.fixture
def procedure(clinic) -> str:
    """An injection in spring that helped; its patient lives in Boston."""
    return str(performed(clinic, date(2026, 3, 2), scores=((date(2026, 4, 2), 2),)))


def test_a_recall_letter_is_stored_and_kept_as_a_contact(command, clinic, procedure, tmp_path):
    file = tmp_path / "letter.pdf"
    speaks(clinic, clinic.seeded.teresa, "es")
    argv = ("print", "recall", "--procedure", procedure, "--on", "2026-11-25", "-o", str(file))
    code, out, err = command(*argv)
    assert (code, out) == (0, "")
    assert "Recall letters, 25 Nov 2026, 1 page" in err
    assert "Estimada Teresa Villalobos:" in words_of(file)
    with clinic.store.read() as tx:
        (blob,) = tx.session.query(t.DocumentBlob).all()
        contacts = tx.session.query(t.ContactAttempt).order_by(t.ContactAttempt.id).all()
        made, __, saved = contacts
        assert (made.kind, made.outcome) == ("letter", "letter_made")
        assert (saved.outcome, saved.procedure_id) == ("letter_saved", int(procedure))
        assert [event.use for event in tx.session.query(t.DocumentEvent).all()] == ["saved"]
        (stored,) = PdfReader(io.BytesIO(blob.content)).pages
    (page,) = PdfReader(io.BytesIO(file.read_bytes())).pages
    assert page.get_contents().get_data() == stored.get_contents().get_data()


def test_a_recall_letter_in_another_language_and_size(command, procedure, tmp_path):
    file = tmp_path / "letter.pdf"
    code, _, err = command(
        *("print", "recall", "--procedure", procedure, "--language", "es", "--paper", "a4"),
        *("--large", "-o", str(file)),
    )
    assert code == 0, err
    assert "Página 1 de" in words_of(file)
    assert round(PdfReader(file).pages[0].mediabox.width) == 595


def test_no_row_no_letter(command, tmp_path):
    file = tmp_path / "letter.pdf"
    code, out, err = command("print", "recall", "--procedure", "999", "-o", str(file))
    assert (code, out) == (2, "")
    assert "999" in err
    assert not file.exists()


def test_the_call_sheet_lists_what_is_overdue_or_due(command, procedure, tmp_path):
    file = tmp_path / "calls.pdf"
    code, out, err = command("print", "call", "--on", "2026-11-25", "-o", str(file))
    assert (code, out) == (0, "")
    assert "Calls to make: Wednesday 25 November 2026, 1 page" in err
    assert "Villalobos, Teresa" in words_of(file)


def test_an_empty_call_sheet_is_said(command, tmp_path):
    file = tmp_path / "calls.pdf"
    code, _, err = command("print", "call", "--on", "2026-11-25", "-o", str(file))
    assert code == 0
    assert "Nobody is to be called on this day." in err
    assert "Nobody to call" in words_of(file)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("consent",), "print consent needs --appointment N or --procedure N."),
        (
            ("aftercare", "--appointment", "1", "--on", "2026-11-25"),
            "--on goes with recall and call",
        ),
        (("recall",), "print recall needs --procedure N"),
        (("recall", "--appointment", "1"), "print recall needs --procedure N"),
        (("call", "--procedure", "1"), "print call takes no --procedure"),
        (("call", "--large"), "print call takes no --large"),
        (("call", "--language", "es"), "print call takes no --language"),
    ],
)
def test_options_that_do_not_go_with_the_kind(command, tmp_path, argv, words):
    code, out, err = command("print", *argv, "-o", str(tmp_path / "x.pdf"))
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


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


def test_a_restart_names_its_blood_thinner(command, clinic, appointment, tmp_path):
    with clinic.store.write(None, "test.drugs") as tx:
        for drug in ("apixaban", "warfarin"):
            tx.add(t.PatientDrug(patient_id=clinic.seeded.obrien, drug=drug, kind="anticoagulant"))
    file = tmp_path / "sheet.pdf"
    argv = ("print", "aftercare", "--appointment", appointment, "-o", str(file))
    typed = ("--restart", "2031-06-06T08:00")
    code, _, err = command(*argv, *typed, user="nurse")
    assert code == 2
    assert "Say of which blood thinner: apixaban or warfarin." in err
    assert command(*argv, *typed, "--drug", "warfarin", user="nurse")[0] == 0
    text = words_of(file)
    assert text.count("Start again Friday 6 June at 8:00") == 1
    assert text.index("Blood thinner: warfarin") < text.index("Friday 6 June at 8:00")
    assert command("print", "consent", *argv[2:], *typed, user="nurse")[0] == 2
    assert command(*argv, "--drug", "warfarin", user="nurse")[0] == 2
