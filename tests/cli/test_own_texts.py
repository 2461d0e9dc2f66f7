"""The clinic's own texts on the command line: printed, listed, and refused before sign-in."""

from __future__ import annotations

from datetime import date

import pytest
from support import pages
from support.due import performed
from support.due_print import speaks
from support.logs import book
from support.own_texts import approve_facet_consent, ours, own_documents, put, speak_french

from clinicdesk.__main__ import main

pytestmark = pytest.mark.slow


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


def words_of(file) -> str:
    return pages.words_of(file.read_bytes())


def trigger_points(clinic) -> str:
    return str(book(clinic, procedure="tpi", sites=(("trapezius", "left"),)))


@pytest.mark.parametrize(
    ("kind", "says"),
    [("consent", "Formulaire de consentement"), ("aftercare", "Conseils après le traitement")],
)
def test_french_files_print_french_sheets(command, clinic, tmp_path, kind, says):
    speak_french()
    file = tmp_path / "sheet.pdf"
    argv = ("--appointment", trigger_points(clinic), "--language", "fr", "-o", str(file))
    code, _, err = command("print", kind, *argv)
    assert code == 0, err
    assert says in words_of(file)


def test_a_french_speaker_gets_french_without_asking_for_it(command, clinic, tmp_path):
    speak_french()
    speaks(clinic, clinic.seeded.teresa, "fr")
    file = tmp_path / "sheet.pdf"
    argv = ("--appointment", trigger_points(clinic), "-o", str(file))
    assert command("print", "consent", *argv)[0] == 0
    assert "Formulaire de consentement" in words_of(file)


def test_a_french_letter(command, clinic, tmp_path):
    speak_french()
    file = tmp_path / "letter.pdf"
    number = performed(clinic, date(2026, 3, 2), procedure="tpi", site="trapezius left")
    argv = ("--procedure", str(number), "--on", "2026-11-25", "--language", "fr", "-o", str(file))
    code, _, err = command("print", "recall", *argv)
    assert code == 0, err
    assert "Parlons de votre douleur" in words_of(file)


def test_a_sheet_missing_in_french_is_named_and_in_english(command, clinic, tmp_path):
    speak_french()
    speaks(clinic, clinic.seeded.teresa, "fr")
    file = tmp_path / "sheet.pdf"
    argv = ("print", "consent", "--appointment", str(book(clinic)), "-o", str(file))
    code, _, err = command(*argv)
    missing = "Missing text: consent/fr/esi.transforaminal.toml"
    # Whoever reads French did not get what is wanted, asked for by hand or by the record.
    assert (code, missing in err) == (1, True)
    assert command(*argv, "--language", "fr")[0] == 1


def test_what_is_no_language_is_refused(command):
    argv = ("--appointment", "1", "--language", "../x", "-o", "x.pdf")
    code, _, err = command("print", "consent", *argv)
    assert (code, "is not the code of a language" in err) == (2, True)


def test_nobody_signs_in_with_a_text_that_cannot_be_read(command, clinic, tmp_path):
    put("consent/en/tpi", ours("consent/en/tpi").replace("version", "verzion", 1))
    code, _, err = command("search", "soto")
    assert code == 2
    assert "tpi.toml, line" in err


# -- doctor ----------------------------------------------------------------------------------


@pytest.fixture
def doctor(capsys, tmp_path, monkeypatch):
    """Exit code and lines of ``doctor``, without a database."""
    monkeypatch.setenv("CLINICDESK_CONFIG", str(tmp_path / "config"))

    def run() -> tuple[int, dict[str, str]]:
        code = main(["doctor"])
        lines = capsys.readouterr().out.splitlines()
        return code, {line[6:].split(":")[0]: line for line in lines}

    return run


def test_doctor_says_that_nothing_is_approved_as_we_ship_it(doctor):
    code, lines = doctor()
    assert code == 0
    assert "0 approved, 26 not approved" in lines["Texts of sheets"]
    assert "Consent, Trigger point injection (English)" in lines["Not approved, as they came"]


def test_doctor_lists_what_is_approved_and_what_keeps_a_sheet_from_it(doctor):
    approve_facet_consent()
    code, lines = doctor()
    assert code == 0
    assert "1 approved, 25 not approved" in lines["Texts of sheets"]
    facet = lines["Consent, Facet / medial branch block (English)"]
    assert facet == (
        "ok    Consent, Facet / medial branch block (English): "
        "approved by Dr A. Okafor, 20 Nov 2026"
    )
    rfa = lines["Consent, Radiofrequency ablation, medial branch (English)"]
    assert rfa.startswith("note")
    assert rfa.endswith("not approved: consent/en/facet.rfa.toml, consent/en/_heat.toml")
    # It lies over ours and does not say over which.
    assert 'made_from = "' in lines["documents/consent/en/facet.block.toml"]
    assert "documents/words/en.toml" in lines["The clinic's own files"]


def test_doctor_lists_a_text_whose_original_has_changed(doctor):
    put("consent/en/tpi", 'made_from = "0123456789ab"\n' + ours("consent/en/tpi"))
    code, lines = doctor()
    assert code == 1
    line = lines["documents/consent/en/tpi.toml"]
    assert line.startswith("look")
    assert "lies over a text of ours that has changed since" in line


def test_doctor_names_a_text_that_cannot_be_read(doctor):
    (own_documents() / "leaflets").mkdir()
    code, lines = doctor()
    assert code == 1
    assert "leaflets: this folder is not used here" in lines["Texts of sheets"]
