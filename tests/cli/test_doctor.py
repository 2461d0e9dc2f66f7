"""``doctor``: one line each, with what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data.keys import CHEAP
from clinicdesk.data.store import Store
from clinicdesk.domain.clock import FixedClock

pytestmark = pytest.mark.slow


@pytest.fixture
def clinic_file(tmp_path, monkeypatch):
    """An embedded database with the passphrase ``pw``."""
    monkeypatch.setenv("CLINICDESK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "pw")
    monkeypatch.setattr("sys.stdin", None)
    path = tmp_path / "clinic.db"
    Store.create_embedded(path, "pw", kdf=CHEAP, keyring=False)[0].close()
    return path


def _doctor(capsys, *argv: str) -> tuple[int, dict[str, str]]:
    code = main([*argv, "doctor"])
    lines = capsys.readouterr().out.splitlines()
    return code, {line[6:].split(":")[0]: line for line in lines}


def test_without_a_database_the_installation_is_looked_at(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("CLINICDESK_CONFIG", str(tmp_path))
    code, lines = _doctor(capsys)
    assert code == 0
    assert lines["Window"].startswith("ok    Window: PySide6 6.11.3")
    assert "12 procedures" in lines["Catalogue and rules"]
    assert lines["Database"].startswith("ok")
    assert "clinicdesk.log" in lines["Log file"]
    assert "may be sent to support" in lines["Log file"]


def test_a_log_file_that_cannot_be_written_is_told(capsys, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CLINICDESK_DATA", str(tmp_path / "file"))
    code, lines = _doctor(capsys)
    assert code == 1
    assert lines["Log file"].startswith("look")


def test_a_sound_database(capsys, clinic_file):
    code, lines = _doctor(capsys, "--database", str(clinic_file))
    assert code == 0
    assert lines["Database"].startswith("ok")
    assert "sound" in lines["Database"]
    assert "SQLCipher" in lines["Database"]
    assert lines["Free disk"].startswith("ok")
    assert f"copy {clinic_file.name} and {clinic_file.name}.key" in lines["Last backup"]


def test_a_clock_that_was_set_back_is_exit_1(capsys, clinic_file):
    _code, lines = _doctor(capsys, "--database", str(clinic_file))
    assert lines["Clock"] == "ok    Clock: well"
    late = FixedClock(datetime.now(UTC) + timedelta(hours=5))
    with Store.open(clinic_file, "pw", clock=late) as store, store.write(None, "test"):
        pass
    code, lines = _doctor(capsys, "--database", str(clinic_file))
    assert code == 1
    assert lines["Clock"].startswith("look  Clock: not well — This computer's clock says ")


def test_a_damaged_database_is_exit_1(capsys, clinic_file):
    content = bytearray(clinic_file.read_bytes())
    content[len(content) // 2 + 100] ^= 255
    clinic_file.write_bytes(content)
    code, lines = _doctor(capsys, "--database", str(clinic_file))
    assert code == 1
    assert lines["Database"].startswith("look")
    assert "restore" in lines["Database"].casefold()


@pytest.mark.parametrize(
    ("passphrase", "says"), [("wrong", "does not open"), (None, "CLINICDESK_PASSPHRASE")]
)
def test_a_key_that_does_not_fit(capsys, clinic_file, monkeypatch, passphrase, says):
    if passphrase is None:
        monkeypatch.delenv("CLINICDESK_PASSPHRASE")
    else:
        monkeypatch.setenv("CLINICDESK_PASSPHRASE", passphrase)
    code, lines = _doctor(capsys, "--database", str(clinic_file))
    assert code == 1
    assert says in lines["Database"]


def test_a_database_that_is_not_there(capsys, clinic_file, tmp_path):
    code, lines = _doctor(capsys, "--database", str(tmp_path / "none" / "x.db"))
    assert code == 1
    assert "There is no clinic" in lines["Database"]
    assert lines["Free disk"].startswith("look")
