"""Files that leave the clinic: whole or not there, for this account alone, and never a device."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from clinicdesk.domain.errors import Unavailable
from clinicdesk.services.files_out import write_whole
from clinicdesk.services.importing import Refusal
from clinicdesk.ui import preferences
from clinicdesk.ui.due.paper_desk import write_text
from clinicdesk.ui.importing.result import write_refused
from clinicdesk.ui.sheets.output import write_file

posix = pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
WAYS = {
    "a sheet": lambda path: write_file(path, b"new"),
    "a list": lambda path: write_text(path, "new"),
    "refused rows": lambda path: write_refused(path, [Refusal("a.csv", 1, "x", "new")]),
}


@pytest.fixture(params=list(WAYS))
def way(request):
    """Each way in which the window writes a file; all end in .csv or .pdf."""
    return WAYS[request.param], ".pdf" if request.param == "a sheet" else ".csv"


@posix
def test_a_file_is_for_its_owner_only_also_over_an_open_one(way, tmp_path):
    write, ending = way
    path = tmp_path / f"out{ending}"
    path.write_text("old")
    path.chmod(0o644)
    write(path)
    assert b"new" in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("step", ["fsync", "write"])
def test_on_a_full_disk_the_old_file_stays_and_it_is_said(way, tmp_path, monkeypatch, step):
    write, ending = way
    path = tmp_path / f"out{ending}"
    path.write_text("old")

    def full(*__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync" if step == "fsync" else "fdopen", full)
    with pytest.raises(Unavailable, match="The disk is full: out") as refused:
        write(path)
    assert refused.value.kind == "disk-full"
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@posix
def test_no_device_no_pipe_no_folder_is_written_to(tmp_path):
    pipe, folder, link = tmp_path / "pipe", tmp_path / "folder", tmp_path / "link"
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to("/dev/null")
    for place, says in (
        (Path("/dev/null"), "is no file: a device or a pipe"),
        (pipe, "is no file: a device or a pipe"),
        (link, "is no file: a device or a pipe"),
        (folder, "is a folder"),
        (tmp_path / "nowhere" / "x", "is not there. Make it first"),
        (tmp_path / ("x" * 300), "could not be saved|cannot be the name of a file"),
        (tmp_path / "a\0b", "cannot be the name of a file"),
    ):
        with pytest.raises(Unavailable, match=says):
            write_whole(place, b"new")
    assert pipe.is_fifo()
    assert Path("/dev/null").is_char_device()


def test_no_file_of_a_clinic_is_written_over(tmp_path):
    for name in ("clinic.db", "clinic.db.key", "clinic.db-wal", "clinic.db-shm"):
        (tmp_path / name).write_text("ours")
    for each in sorted(tmp_path.iterdir()):
        with pytest.raises(Unavailable, match="belongs to a clinic and is not written over"):
            write_whole(each, b"new")
        assert each.read_text() == "ours"
    write_whole(tmp_path / "list.csv", b"new")


@posix
def test_a_link_is_followed_and_stays_one(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"


@posix
def test_preferences_are_for_their_owner_only_and_written_whole(monkeypatch):
    preferences.Preferences(theme="dark").save()
    path = preferences.config_folder() / "preferences.json"
    assert path.stat().st_mode & 0o777 == 0o600

    def full(*__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    preferences.Preferences(theme="light").save()
    assert preferences.load().theme == "dark"
