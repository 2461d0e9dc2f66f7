"""A write-ahead log of another day beside a file: known, and set aside; its own is played in."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from clinicdesk.data import wal
from clinicdesk.data.keys import CHEAP
from clinicdesk.data.store import Store
from clinicdesk.data.tables import Patient

ENDINGS = ("", ".key", "-wal", "-shm", "-wal.of")


class Place:
    """A clinic in a folder, copied as people copy it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path = folder / "clinic.db"

    def open(self) -> Store:
        return Store.open(self.path, "demo", keyring=False)

    def to(self, folder: Path, endings: tuple[str, ...] = ENDINGS) -> Place:
        """Copies what there is."""
        other = Place(folder) if not folder.exists() else Place.at(folder)
        for ending in endings:
            source = Path(f"{self.path}{ending}")
            if source.exists():
                shutil.copy(source, f"{other.path}{ending}")
        return other

    @classmethod
    def at(cls, folder: Path) -> Place:
        made = cls.__new__(cls)
        made.path = folder / "clinic.db"
        return made

    def names(self) -> list[str]:
        return sorted(each.name for each in self.path.parent.iterdir())


def add(store: Store, *numbers: int) -> None:
    for number in numbers:
        with store.write(None, "test") as tx:
            tx.add(
                Patient(
                    mrn=f"x{number}", family="Soto" * 40, given="A",
                    birth_date=date(1958, 3, 14), created_at=tx.now,
                )
            )  # fmt: skip


def count(store: Store) -> int:
    with store.read() as tx:
        assert tx.session.execute(text("PRAGMA quick_check")).scalar() == "ok"
        return int(tx.session.execute(text("SELECT count(*) FROM patient")).scalar_one())


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path / "clinic")
    Store.create_embedded(made.path, "demo", kdf=CHEAP, keyring=False)[0].close()
    with made.open() as store:
        add(store, 1)
    return made


def crashed(place: Place, folder: Path, *numbers: int) -> Place:
    """The clinic as it lies there after a power cut, with what was written and not folded in."""
    with place.open() as store:
        add(store, *numbers)
        left = place.to(folder)
    assert wal.number_of(left.path) is not None
    return left


def test_after_a_crash_all_that_was_saved_is_there(place, tmp_path):
    left = crashed(place, tmp_path / "crash", *range(2, 30))
    with left.open() as store:
        assert count(store) == 29
        assert store.set_aside is None


def test_a_backup_put_back_beside_the_log_of_a_crash_opens_as_it_was(place, tmp_path):
    backup = place.to(tmp_path / "backup", ("", ".key"))
    with place.open() as store:
        add(store, *range(2, 20))
    left = crashed(place, tmp_path / "crash", *range(20, 30))
    backup.to(left.path.parent, ("", ".key"))
    with left.open() as store:
        assert count(store) == 1
        assert store.set_aside is not None
        assert store.set_aside.exists()
        assert store.set_aside.name.startswith("clinic.db-wal.not-of-this-file-")
        add(store, 100)
    with left.open() as store:
        assert count(store) == 2
        assert store.set_aside is None


def test_a_backup_of_the_same_morning_and_its_log_are_one_clinic(place, tmp_path):
    backup = place.to(tmp_path / "backup", ("", ".key"))
    left = crashed(place, tmp_path / "crash", *range(2, 12))
    backup.to(left.path.parent, ("", ".key"))
    with left.open() as store:
        assert count(store) == 11
        assert store.set_aside is None


def test_a_log_half_folded_in_is_the_files_own(place, tmp_path):
    with place.open() as store, store.engine.connect() as connection:
        add(store, *range(2, 12))
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        left = place.to(tmp_path / "crash")
        add(store, *range(12, 22))
        later = place.to(tmp_path / "later")
    for each, wanted in ((left, 11), (later, 21)):
        with each.open() as store:
            assert count(store) == wanted
            assert store.set_aside is None


def test_a_log_without_a_mark_is_let_be(place, tmp_path):
    left = crashed(place, tmp_path / "crash", 2, 3)
    for damage in (b"", b"not json", b'{"log": 1}'):
        Path(f"{left.path}-wal.of").write_bytes(damage)
        again = left.to(tmp_path / f"again{len(damage)}")
        with again.open() as store:
            assert count(store) == 3


def test_a_second_desk_at_the_same_file_finds_its_log_its_own(place):
    with place.open() as first:
        add(first, 2)
        with place.open() as second:
            add(second, 3)
            add(first, 4)
            assert count(second) == 4
            assert second.set_aside is None
        with place.open() as third:
            assert third.set_aside is None
            assert count(third) == 4


def test_closed_it_leaves_no_log(place):
    assert place.names() == ["clinic.db", "clinic.db.key"]
