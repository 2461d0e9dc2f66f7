"""``demo PATH``: made whole or not at all, and never over a real clinic."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data.keys import CHEAP
from clinicdesk.services import clinics, demo, passwords

pytestmark = pytest.mark.slow


@pytest.fixture
def made(tmp_path, capsys):
    """A demo clinic of 25 patients; its path."""
    path = tmp_path / "demo.db"
    assert main(["demo", str(path), "--patients", "25", "--years", "1"]) == 0
    assert capsys.readouterr().out == ""
    return path


def test_its_people_can_work_in_it(made, capsys, monkeypatch):
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    for user in ("frontdesk", "nurse", "physician", "manager"):
        assert main(["--database", str(made), "--user", user, "search", "0"]) == 0
    assert sorted(p.name for p in made.parent.iterdir() if p.name.startswith("demo.db")) == [
        "demo.db",
        "demo.db.key",
    ]


def test_a_place_that_is_taken_is_left_as_it_is_without_force(made, capsys):
    before = made.read_bytes()
    assert main(["demo", str(made), "--patients", "5"]) == 2
    assert "--force" in capsys.readouterr().err
    assert made.read_bytes() == before
    assert main(["demo", str(made), "--patients", "5", "--years", "1", "--force"]) == 0
    assert made.read_bytes() != before


@pytest.mark.parametrize("passphrase", ["long passphrase", "demo"])
def test_force_never_replaces_a_real_clinic(tmp_path, capsys, monkeypatch, passphrase):
    path = tmp_path / "real.db"
    setup = clinics.ClinicSetup(
        name="Real",
        country="US",
        manager_name="M",
        manager_login="manager",
        manager_password="long password",
    )
    monkeypatch.setattr(clinics, "SHORTEST_PASSPHRASE", 1)
    clinic, _ = clinics.create_clinic(
        path, passphrase, setup, keyring=False, kdf=CHEAP, hashing=passwords.CHEAP
    )
    clinic.close()
    before = path.read_bytes()
    assert main(["demo", str(path), "--patients", "5", "--force"]) == 4
    assert "left as it is" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_one_that_is_stopped_leaves_nothing_and_keeps_the_old_one(made, capsys, monkeypatch):
    before = made.read_bytes()

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "create_demo", stop)
    assert main(["demo", str(made), "--force"]) == 4
    assert made.read_bytes() == before
    assert not list(made.parent.glob("*.new*"))


def test_one_that_the_system_ends_leaves_nothing(tmp_path):
    path = tmp_path / "demo.db"
    command = [sys.executable, "-m", "clinicdesk", "demo", str(path), "--patients", "20000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as made:
        while not path.with_name("demo.db.new-wal").exists():
            assert made.poll() is None
        made.terminate()
        made.communicate()
    assert made.returncode == 4
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_place(tmp_path, capsys):
    assert main(["demo", str(tmp_path)]) == 4
    (tmp_path / "file").write_text("x")
    assert main(["demo", str(tmp_path / "file" / "demo.db"), "--patients", "5"]) == 4
    assert "Traceback" not in capsys.readouterr().err


def test_without_a_screen_the_demo_day_leaves_its_pictures_with_the_user(monkeypatch, tmp_path):
    went: list[object] = []

    def tour(folder: object, clock: object) -> int:
        went.append(folder)
        return 0

    monkeypatch.setattr("clinicdesk.ui.tour.run.tour", tour)
    monkeypatch.setattr("clinicdesk.app.has_screen", lambda: False)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("CLINICDESK_DATA", str(tmp_path / "data"))
    assert main(["--demo"]) == 0
    assert went == [tmp_path / "data" / "demo-day"]


@pytest.mark.skipif(os.name != "posix", reason="a pipe of POSIX")
def test_a_device_or_a_pipe_is_left_where_it_is(tmp_path, capsys):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert main(["demo", str(pipe), "--force"]) == 4
    assert "is no file: a device or a pipe" in capsys.readouterr().err
    assert pipe.is_fifo()
