"""The copy made before an upgrade is whole under its name, or not there: whenever it is stopped."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from clinicdesk.data import keys, schema, upgrade_copy, wal
from clinicdesk.data import store as stores
from clinicdesk.data.keys import CHEAP
from clinicdesk.data.store import Store
from clinicdesk.domain.errors import Unavailable

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process of its own"),
]
POINTS = (
    ("the key is on its way", os, "fsync", 1),
    ("the key has its name", os, "open", 3),
    ("the file is begun", os, "close", 2),
    ("the pages are written", os, "fsync", 3),
    ("it is looked through", wal, "reader", 1),
    ("it is about to get its name", Path, "replace", 2),
    ("it has its name", os, "fsync", 4),
)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    path = tmp_path_factory.mktemp("older") / "clinic.db"
    Store.create_embedded(path, "demo", kdf=CHEAP, keyring=False)[0].close()
    return path


@pytest.fixture
def older(first, tmp_path, monkeypatch):
    """A clinic that the next opening finds to be of an older version, and its copy's place."""
    path = tmp_path / "clinic.db"
    for ending in ("", ".key"):
        shutil.copy(f"{first}{ending}", f"{path}{ending}")
    monkeypatch.setattr(schema, "check", lambda engine: False)
    monkeypatch.setattr(schema, "upgrade", lambda engine: None)
    return path, path.with_name(f"clinic.db.before-{schema.HEAD}")


def _killed_at(path: Path, place: object, name: str, times: int) -> None:
    """Opens the clinic in a process that ends without a word at the so many-th call."""
    child = os.fork()
    if child == 0:  # pragma: no cover - it ends itself
        real, calls = getattr(place, name), []

        def ends(*args, **kwargs):
            calls.append(1)
            if len(calls) == times:
                os._exit(7)
            return real(*args, **kwargs)

        try:
            # Only the copying is counted.
            begin = stores.keep_copy

            def counted(*args):
                setattr(place, name, ends)
                return begin(*args)

            stores.keep_copy = counted
            Store.open(path, "demo", keyring=False)
        finally:
            os._exit(0)
    __, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7


def _sound(copy: Path) -> bool:
    connection = wal.reader(copy, keys.unlock(keys.read(copy), "demo"))
    try:
        return connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    finally:
        connection.close()


@pytest.mark.parametrize(("when", "place", "name", "times"), POINTS, ids=[p[0] for p in POINTS])
def test_killed_it_leaves_no_copy_that_is_none(older, when, place, name, times):
    path, copy = older
    _killed_at(path, place, name, times)
    assert not copy.exists() or _sound(copy)
    # The next start makes it whole, whatever was left.
    Store.open(path, "demo", keyring=False).close()
    assert _sound(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not [each for each in path.parent.iterdir() if ".part" in each.name]


def test_an_older_copy_stays_until_the_new_one_is_whole(older):
    path, copy = older
    Store.open(path, "demo", keyring=False).close()
    before = copy.read_bytes()
    _killed_at(path, Path, "replace", 2)
    assert copy.read_bytes() == before
    assert _sound(copy)


def test_a_full_disk_upgrades_nothing_and_leaves_no_copy(older, monkeypatch):
    path, copy = older
    upgraded = []
    monkeypatch.setattr(schema, "upgrade", upgraded.append)

    def full(*__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(upgrade_copy, "_to_disk", full)
    with pytest.raises(Unavailable, match="The disk is full") as refused:
        Store.open(path, "demo", keyring=False)
    assert refused.value.kind == "disk-full"
    assert upgraded == []
    assert not copy.exists()


def test_a_copy_that_is_not_sound_stops_the_upgrade(older, monkeypatch):
    path, copy = older
    reader = wal.reader

    def damaged(part, key):
        content = bytearray(part.read_bytes())
        content[3 * 4096 + 100] ^= 0xFF
        part.write_bytes(content)
        return reader(part, key)

    monkeypatch.setattr(wal, "reader", damaged)
    with pytest.raises(Unavailable, match="not sound, so nothing was upgraded"):
        Store.open(path, "demo", keyring=False)
    assert not copy.exists()


def test_the_copy_holds_what_the_log_held(older):
    path, copy = older
    store = Store.open(path, "demo", keyring=False)
    with store.engine.begin() as connection:
        connection.execute(text("INSERT INTO counter (name, value) VALUES ('x', 3)"))
    Store.open(path, "demo", keyring=False).close()
    store.close()
    connection = wal.reader(copy, keys.unlock(keys.read(copy), "demo"))
    assert connection.execute("SELECT value FROM counter WHERE name = 'x'").fetchone() == (3,)
    connection.close()
