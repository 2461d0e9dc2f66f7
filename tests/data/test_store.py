"""Opening and making an embedded clinic, and every way in which that goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from clinicdesk.data import keys
from clinicdesk.data.keys import CHEAP
from clinicdesk.data.shares import refuse_share
from clinicdesk.data.store import Store
from clinicdesk.data.tables import Patient
from clinicdesk.domain.errors import Unavailable

SURNAME = "Quarrelsome-Testpatient"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A database with one patient, and its recovery code; copied, not made anew each time."""
    path = tmp_path_factory.mktemp("first") / "clinic.db"
    store, code = Store.create_embedded(path, "demo", kdf=CHEAP, keyring=False)
    with store.write(None, "test") as tx:
        tx.add(
            Patient(
                mrn="1", family=SURNAME, given="A", birth_date=date(1958, 3, 14), created_at=tx.now
            )
        )
    store.close()
    return path, code


@pytest.fixture
def made(first, tmp_path):
    path, code = first
    for name in ("clinic.db", "clinic.db.key"):
        shutil.copy(path.with_name(name), tmp_path / name)
    store = _open(tmp_path / "clinic.db")
    yield store, code
    store.close()


def _open(path, passphrase="demo"):
    return Store.open(path, passphrase, keyring=False)


def test_passphrase_and_recovery_code_both_open(made):
    store, code = made
    for secret in ("demo", code, code.lower().replace("-", " ")):
        with _open(store.embedded, secret) as again, again.read() as tx:
            assert tx.session.execute(text("SELECT family FROM patient")).scalar() == SURNAME


def test_a_wrong_passphrase_is_said_so(made, capfd):
    with pytest.raises(Unavailable, match="does not open this clinic") as caught:
        _open(made[0].embedded, "wrong")
    assert caught.value.kind == "wrong-key"
    assert capfd.readouterr().err == ""


def test_the_passphrase_is_asked_for_only_without_a_keyring(made):
    asked = []

    def ask() -> str:
        asked.append(1)
        return "demo"

    Store.open(made[0].embedded, ask, keyring=False).close()
    assert asked == [1]
    with pytest.raises(Unavailable, match="asks for its passphrase"):
        Store.open(made[0].embedded, None, keyring=False)


def test_the_keyring_opens_without_asking(made, monkeypatch):
    import keyring

    kept = {}
    monkeypatch.setattr(keyring, "set_password", lambda s, n, p: kept.__setitem__((s, n), p))
    monkeypatch.setattr(keyring, "get_password", lambda s, n: kept.get((s, n)))
    Store.open(made[0].embedded, "demo").close()
    Store.open(made[0].embedded).close()
    assert len(kept) == 1


def test_no_keyring_is_no_hindrance(tmp_path, monkeypatch):
    import keyring
    from keyring.errors import NoKeyringError

    def fail(*_args):
        raise NoKeyringError("none here")

    monkeypatch.setattr(keyring, "set_password", fail)
    monkeypatch.setattr(keyring, "get_password", fail)
    store, _ = Store.create_embedded(tmp_path / "c.db", "demo", kdf=CHEAP)
    store.close()
    Store.open(tmp_path / "c.db", "demo").close()


def test_no_name_stands_readable_on_the_disk(made):
    store, _ = made
    found = sorted(p.name for p in store.embedded.parent.iterdir())
    assert "clinic.db-wal" in found
    for path in store.embedded.parent.iterdir():
        content = path.read_bytes()
        assert SURNAME.encode() not in content
        assert b"SQLite format" not in content
    strings = subprocess.run(
        ["strings", "-n", "5", str(store.embedded)], capture_output=True, text=True, check=True
    )
    assert "Quarrel" not in strings.stdout


def test_the_file_is_for_its_owner_only(made):
    if os.name == "posix":
        for path in (made[0].embedded, keys.envelope_path(made[0].embedded)):
            assert path.stat().st_mode & 0o077 == 0


def test_a_damaged_file_is_refused_and_left_alone(made):
    store, _ = made
    store.close()
    content = bytearray(store.embedded.read_bytes())
    content[:4096] = os.urandom(4096)
    store.embedded.write_bytes(content)
    with pytest.raises(Unavailable, match="damaged") as caught:
        _open(store.embedded)
    assert caught.value.kind == "damaged"
    assert store.embedded.read_bytes() == bytes(content)


def test_a_damaged_page_is_said_when_it_is_read(made):
    store, _ = made
    store.close()
    content = bytearray(store.embedded.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 100] ^= 0xFF
    store.embedded.write_bytes(content)
    with (
        pytest.raises(Unavailable, match="damaged"),
        _open(store.embedded) as again,
        again.read() as tx,
    ):
        tx.session.execute(text("SELECT * FROM patient")).all()


@pytest.mark.parametrize("content", [b"", b"not json", b'{"key_id": 3}', b"[1]"])
def test_a_damaged_key_file_is_said_so(made, content):
    keys.envelope_path(made[0].embedded).write_bytes(content)
    with pytest.raises(Unavailable, match=r"key file clinic\.db\.key is damaged"):
        _open(made[0].embedded)


def test_a_missing_key_file_is_said_so(made):
    keys.envelope_path(made[0].embedded).unlink()
    with pytest.raises(Unavailable, match="is missing") as caught:
        _open(made[0].embedded)
    assert caught.value.kind == "missing"


def test_a_missing_clinic_is_said_so(tmp_path):
    with pytest.raises(Unavailable, match="There is no clinic at"):
        _open(tmp_path / "nowhere.db")


def test_nothing_is_overwritten(made):
    with pytest.raises(Unavailable, match="already a file"):
        Store.create_embedded(made[0].embedded, "demo", kdf=CHEAP, keyring=False)


def test_a_full_disk_loses_nothing_that_was_saved(made):
    store, _ = made
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        raw = connection.connection.dbapi_connection
        raw.cursor().execute(f"PRAGMA max_page_count = {pages + 2}")
    with (
        pytest.raises(Unavailable, match="disk is full") as caught,
        store.write(None, "test") as tx,
    ):
        _fill(tx)
    assert caught.value.kind == "disk-full"
    with _open(store.embedded) as again, again.read() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM patient")).scalar() == 1


def _fill(tx):
    for n in range(500):
        tx.add(
            Patient(
                mrn=f"x{n}",
                family="Long " * 50,
                given="",
                birth_date=date(1990, 1, 1),
                created_at=tx.now,
            )
        )


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_read_only_folder_is_said_so(tmp_path):
    """Root ignores permissions, so another user tries."""
    if os.geteuid() == 0:
        _read_only_as_nobody()
        return
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    with pytest.raises(Unavailable, match="cannot be written") as caught:
        Store.create_embedded(folder / "c.db", "demo", kdf=CHEAP, keyring=False)
    assert caught.value.kind == "read-only"


def _read_only_as_nobody():
    import pwd
    import sys
    import tempfile

    nobody = pwd.getpwnam("nobody")
    folder = tempfile.mkdtemp(prefix="clinicdesk-ro-", dir="/tmp")
    child = os.fork()
    if child == 0:  # pragma: no cover - the child reports by its exit code
        code = 3
        try:
            Path(folder).chmod(0o555)
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            try:
                Store.create_embedded(f"{folder}/c.db", "demo", kdf=CHEAP, keyring=False)
            except Unavailable as error:
                code = 0 if error.kind == "read-only" and "cannot be written" in str(error) else 1
        finally:
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    Path(folder).rmdir()
    assert os.waitstatus_to_exitcode(status) == 0


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
desk:/vol /srv/share nfs4 rw 0 0
//desk/x /mnt/win\\040share cifs rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
"""


@pytest.mark.parametrize("place", ["/srv/share", "/srv/share/deep", "/mnt/win share"])
def test_a_network_share_is_refused(place):
    with pytest.raises(Unavailable, match="network share") as caught:
        refuse_share(Path(place) / "c.db", MOUNTS)
    assert caught.value.kind == "network-share"


@pytest.mark.parametrize("place", ["/srv", "/srv/shared", "/srv/share/local", "/home/desk"])
def test_a_local_folder_is_not(place):
    refuse_share(Path(place) / "c.db", MOUNTS)


def test_a_server_that_is_away_is_said_so():
    with pytest.raises(Unavailable, match="does not answer"):
        Store.open("postgresql://nobody@127.0.0.1:1/clinic")


@pytest.mark.postgres
def test_an_empty_server_database_says_what_to_do(postgres_server):
    postgres_server.sql("postgres", "CREATE DATABASE quite_empty")
    with pytest.raises(Unavailable, match="clinicdesk server init"):
        Store.open(postgres_server.url("quite_empty"))
    with pytest.raises(Unavailable, match="no such database"):
        Store.open(postgres_server.url("no_such_thing"))


def test_a_window_that_is_older_than_the_clinic_by_now_writes_nothing(clinic):
    with clinic.store.unaudited() as tx:
        tx.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for begin in (clinic.store.unaudited, lambda: clinic.store.write(None, "test.act")):
        with (
            pytest.raises(Unavailable, match="Close this window and open the newer") as refused,
            begin(),
        ):
            pass
        assert refused.value.kind == "newer"
    with clinic.store.read() as tx:
        assert tx.session.query(Patient).count() > 0
