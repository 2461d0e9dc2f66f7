"""The log file may be sent to support: it says what happened, and never to whom."""

from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data import schema
from clinicdesk.domain.errors import NotAllowed, SignInFailed
from clinicdesk.domain.rows.due import DueFilter
from clinicdesk.services import context, due, logfile, patients, schedule
from clinicdesk.services.signin import sign_in

ours = logging.getLogger("clinicdesk.somewhere")
NAME = "Villalobos"


@pytest.fixture
def kept() -> Iterator[Path]:
    """The file being written."""
    with logfile.kept("test"):
        yield logfile.path()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _charts() -> dict[str, str]:
    return {}


def _fail(patient: str) -> None:
    try:
        _charts()[patient]
    except KeyError as error:
        raise LookupError(f"cannot open {patient}") from error


def test_it_lies_in_the_data_folder_for_this_account_alone(kept: Path, tmp_path: Path) -> None:
    assert kept.parent.name == "logs"
    assert kept.name == "clinicdesk.log"
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_start_and_stop_say_the_versions_and_what_ran() -> None:
    with logfile.kept("window"):
        pass
    first, last = _text(logfile.path()).splitlines()
    assert "start what=window clinicdesk=" in first
    assert "python=3." in first
    assert "stop what=window seconds=" in last


def test_a_fault_is_kept_by_its_kind_and_place_and_never_by_its_words(kept: Path) -> None:
    try:
        _fail(NAME)
    except LookupError as error:
        ours.exception("fault", extra={"facts": {"number": logfile.number_of(error)}})
    text = _text(kept)
    assert "LookupError" in text
    assert "from KeyError" in text
    assert "test_logfile.py:" in text
    assert "_fail" in text
    assert NAME not in text
    assert "cannot open" not in text


def test_the_same_fault_has_the_same_number_whoever_it_was_about() -> None:
    numbers = set()
    for patient in (NAME, "Soto"):
        try:
            _fail(patient)
        except LookupError as error:
            numbers.add(logfile.number_of(error))
    assert len(numbers) == 1


def test_a_sentence_is_kept_as_it_stands_in_the_code(kept: Path) -> None:
    ours.warning("nobody called %s", NAME)
    text = _text(kept)
    assert "nobody called %s" in text
    assert NAME not in text


def test_of_a_library_only_its_name_and_line_are_kept(kept: Path) -> None:
    logging.getLogger("somelibrary").warning(f"cannot read {NAME}")  # noqa: G004
    text = _text(kept)
    assert "somelibrary test_logfile.py:" in text
    assert NAME not in text


def test_a_fact_cannot_begin_a_line_of_its_own(kept: Path) -> None:
    ours.warning("odd", extra={"facts": {"by": "a\nb c", "other": object()}})
    assert "odd by=a_b_c other=object" in _text(kept)


def test_it_begins_anew_before_it_grows_too_large(kept: Path, monkeypatch: Any) -> None:
    handler = next(
        h for h in logging.getLogger().handlers if getattr(h, "baseFilename", "") == str(kept)
    )
    monkeypatch.setattr(handler, "maxBytes", 2000)
    for _ in range(200):
        ours.warning("once more")
    files = sorted(path.name for path in kept.parent.iterdir())
    assert files == ["clinicdesk.log", *(f"clinicdesk.log.{n}" for n in range(1, 5))]
    assert all(path.stat().st_size <= 2000 for path in kept.parent.iterdir())
    if sys.platform != "win32":
        assert {stat.S_IMODE(p.stat().st_mode) for p in kept.parent.iterdir()} == {0o600}


def test_one_that_cannot_be_put_aside_is_written_on(kept: Path, monkeypatch: Any) -> None:
    handler = next(
        h for h in logging.getLogger().handlers if getattr(h, "baseFilename", "") == str(kept)
    )

    def held(*_args: object) -> None:
        raise PermissionError

    monkeypatch.setattr(handler, "maxBytes", 500)
    monkeypatch.setattr(handler, "rotate", held)
    for number in range(50):
        ours.warning("once more", extra={"facts": {"number": number}})
    assert "number=49" in _text(kept)


def test_where_no_file_can_be_written_the_program_runs_all_the_same(
    tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CLINICDESK_DATA", str(tmp_path / "file"))
    with logfile.kept("test"):
        try:
            _fail(NAME)
        except LookupError:
            ours.exception("fault")
    assert NAME not in "".join(capsys.readouterr())


def test_failed_sign_ins_are_counted_without_a_name(kept: Path, embedded_clinic: Any) -> None:
    for login in ("frontdesk", "frontdesk", "nobody"):
        with pytest.raises(SignInFailed):
            sign_in(embedded_clinic, login, "wrong", "desk")
    text = _text(kept)
    assert "sign-in failed known=True in_a_row=2" in text
    assert "sign-in failed known=False in_a_row=1" in text
    assert "frontdesk" not in text
    assert "nobody" not in text


def test_what_takes_long_is_kept_with_its_name(
    kept: Path, embedded_clinic: Any, frontdesk: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(context, "SLOW_SECONDS", 0.0)
    patients.search(embedded_clinic, frontdesk, NAME)
    text = _text(kept)
    assert "slow name=patients.search seconds=" in text
    assert NAME not in text


@pytest.mark.slow
def test_databases_are_kept_by_their_kind(kept: Path, tmp_path: Path) -> None:
    from clinicdesk.data.keys import CHEAP
    from clinicdesk.data.store import Store

    Store.create_embedded(tmp_path / f"{NAME}.db", "pw", kdf=CHEAP, keyring=False)[0].close()
    text = _text(kept)
    assert f"schema upgrade done to={schema.HEAD} seconds=" in text
    assert "database open database=sqlite" in text
    assert NAME not in text


@pytest.mark.slow
def test_a_day_of_the_demo_clinic_names_no_patient(
    kept: Path, demo_clinic: Any, nurse: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(context, "SLOW_SECONDS", 0.0)
    today = demo_clinic.today()
    rows = schedule.day(demo_clinic, nurse, today).appointments
    hits = patients.search(demo_clinic, nurse, "a", 50)
    for hit in hits:
        chart = patients.open_chart(demo_clinic, nurse, hit.id)
        try:
            _fail(chart.record.form.family)
        except LookupError:
            ours.exception("fault")
    due.refresh(demo_clinic, nurse, today)
    due.overview(demo_clinic, nurse, DueFilter(), today)
    with pytest.raises(NotAllowed):
        patients_not_allowed(demo_clinic, nurse)
    text = _text(kept).casefold()
    assert len(text.splitlines()) > 50
    names = {name.casefold() for hit in hits for name in (hit.family, hit.given, hit.mrn) if name}
    assert names
    assert rows
    assert sorted(name for name in names if name in text) == []


def patients_not_allowed(clinic: Any, nurse: Any) -> None:
    """A refusal, whose audit entry names the actor."""
    from clinicdesk.services import auditing

    auditing.verify(clinic, nurse)


def test_a_fault_in_a_command_is_kept_and_its_line_names_nobody(
    monkeypatch: Any, capsys: Any
) -> None:
    from clinicdesk.cli.commands import doctor

    def broken(_args: object) -> int:
        _fail(NAME)
        return 0

    monkeypatch.setattr(doctor, "run", broken)
    assert main(["doctor"]) == 4
    said = "".join(capsys.readouterr())
    text = _text(logfile.path())
    assert "start what=doctor" in text
    assert "LookupError" in text
    assert NAME not in text + said
