"""Every change leaves its entry, and nobody alters an entry unseen."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from clinicdesk.data import audit, triggers
from clinicdesk.data.tables import Patient, Staff
from clinicdesk.domain.errors import Stale


def _entries(store):
    with store.read() as tx:
        return tx.session.execute(
            text(
                "SELECT a.action, a.login, a.workstation, a.reason, i.kind, i.table_name, i.before,"
                " i.after, a.patient_id FROM audit_act a LEFT JOIN audit_item i ON i.act_id = a.id"
                " ORDER BY a.id, i.position"
            )
        ).all()


def _patient(tx, mrn="1"):
    return tx.add(
        Patient(mrn=mrn, family="Soto", given="A", birth_date=date(1971, 8, 2), created_at=tx.now)
    )


def test_an_act_says_who_where_what_before_and_after(clinic, frontdesk):
    teresa = clinic.seeded.teresa
    with clinic.store.write(frontdesk, "patient.change", "asked by the patient") as tx:
        row = tx.lock(Patient, teresa)
        row.language = "es"
        tx.changed("patient", teresa)
    last = _entries(clinic.store)[-1]
    assert last[:6] == (
        "patient.change", "frontdesk", "test-desk", "asked by the patient", "update", "patient"
    )  # fmt: skip
    assert json.loads(last.before) == {"language": "en"}
    assert json.loads(last.after) == {"language": "es"}
    assert last.patient_id == teresa


def test_nothing_is_kept_of_an_act_that_failed(store):
    with pytest.raises(ZeroDivisionError), store.write(None, "test") as tx:
        _patient(tx, str(1 // 0 if _patient(tx).id else 2))
    assert _entries(store) == []
    with store.read() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM patient")).scalar() == 0


def test_secrets_never_stand_in_the_audit(clinic):
    with clinic.store.write(None, "test") as tx:
        tx.get(Staff, 1).password_hash = "$argon2id$new"
    assert "argon2" not in str(_entries(clinic.store))


def test_bulk_inserts_leave_an_entry_per_row(store):
    with store.write(None, "import") as tx:
        ids = tx.next_ids(Patient, 3)
        rows = [
            {
                "id": n, "mrn": str(n), "family": "Many", "given": "", "prefix": "", "suffix": "",
                "birth_date": date(1990, 1, 1), "sex": "unknown", "language": "en", "email": "",
                "interpreter": False, "created_at": tx.now, "version": 1,
            }
            for n in ids
        ]  # fmt: skip
        tx.insert_many(Patient, rows)
    with store.write(None, "single") as tx:
        assert _patient(tx, "x").id not in ids
    assert [e.kind for e in _entries(store)] == ["insert"] * 4


def test_the_second_to_save_is_told(clinic):
    teresa = clinic.seeded.teresa
    with clinic.store.write(None, "test") as tx:
        tx.lock(Patient, teresa, version=1).email = "a@example.org"
    with pytest.raises(Stale) as caught, clinic.store.write(None, "test") as tx:
        tx.lock(Patient, teresa, version=1)
    assert caught.value.theirs["email"] == "a@example.org"


def test_a_write_says_what_changed_to_other_windows(store):
    with store.write(None, "test") as tx:
        row = _patient(tx)
        tx.changed("patient", row.id, date(2026, 11, 24))
    assert tx.changes.kinds == {"patient"}
    assert tx.changes.days == {date(2026, 11, 24)}
    with store.read() as tx:
        payload = tx.session.execute(text("SELECT payload FROM change_log")).scalar_one()
    payload = json.loads(payload) if isinstance(payload, str) else payload
    assert payload == {"kinds": ["patient"], "patients": [row.id], "days": ["2026-11-24"]}


# -- the chain ------------------------------------------------------------------------------


@pytest.fixture
def chain(store):
    """Six acts, and a hand that can get at them: the triggers are off."""
    for n in range(6):
        with store.write(None, f"act{n}", "why") as tx:
            _patient(tx, str(n))
            tx.note("seen", n=n)
    with store.engine.begin() as connection:
        for statement in triggers.dropping(store.dialect):
            connection.execute(text(statement))
    return store


def _tamper(store, *statements):
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", r"\:")))


def _check(store):
    with store.read() as tx:
        return audit.verify(tx.session)


def test_an_untouched_chain_is_sound(chain):
    assert _check(chain) == (6, None)


CHANGES = {
    "at": "'2020-01-01 00:00:00.000000+00'",
    "staff_id": "9",
    "login": "'somebody'",
    "workstation": "'elsewhere'",
    "action": "'nothing'",
    "patient_id": "9",
    "reason": "'because'",
    "items_hash": "'00'",
    "prev_hash": "'00'",
    "hash": "'00'",
}


def _found_after(store, *statements):
    """(checked, entry, fault) after tampering, which is then undone."""
    with store.engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", r"\:")))
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            checked, broken = audit.verify(session)
        connection.rollback()
    return checked, broken.entry, broken.fault


def test_each_changed_column_of_an_entry_is_found(chain):
    for column, changed in CHANGES.items():
        value = changed
        if column == "at" and chain.dialect == "sqlite":
            value = "'2020-01-01T00:00:00.000000Z'"
        found = _found_after(chain, f"UPDATE audit_act SET {column} = {value} WHERE id = 3")
        assert found[:2] == (2, 3), column
    assert _check(chain) == (6, None)


ITEM_CHANGES = (
    "kind = 'delete'",
    "table_name = 'other'",
    "row_id = '77'",
    "before = '{}'",
    "after = '{}'",
    "position = 7",
)


def test_each_changed_column_of_a_change_is_found(chain):
    for change in ITEM_CHANGES:
        found = _found_after(
            chain, f"UPDATE audit_item SET {change} WHERE act_id = 4 AND position = 1"
        )
        assert found == (3, 4, "changed"), change


def test_a_removed_entry_is_found(chain):
    _tamper(chain, "DELETE FROM audit_item WHERE act_id = 2", "DELETE FROM audit_act WHERE id = 2")
    assert _check(chain)[1].entry == 2
    assert _check(chain)[1].fault == "removed"


def test_a_removed_change_is_found(chain):
    _tamper(chain, "DELETE FROM audit_item WHERE act_id = 2 AND position = 0")
    assert _check(chain)[1].entry == 2


def test_a_cut_off_end_is_found(chain):
    _tamper(
        chain, "DELETE FROM audit_item WHERE act_id >= 5", "DELETE FROM audit_act WHERE id >= 5"
    )
    checked, broken = _check(chain)
    assert (checked, broken.entry, broken.fault) == (4, 5, "removed")


def test_an_inserted_entry_is_found(chain):
    _tamper(
        chain,
        "INSERT INTO audit_act (id, at, login, workstation, action, reason, items_hash, prev_hash,"
        " hash) SELECT 7, at, login, workstation, action, reason, items_hash, hash, 'ff'"
        " FROM audit_act WHERE id = 6",
    )
    assert _check(chain)[1].entry == 7


def test_swapped_entries_are_found(chain):
    _tamper(
        chain,
        "CREATE TEMPORARY TABLE kept AS SELECT * FROM audit_act WHERE id IN (3, 4)",
        "UPDATE audit_act SET login = 'x', hash = (SELECT hash FROM kept WHERE kept.id ="
        " 7 - audit_act.id), prev_hash = (SELECT prev_hash FROM kept WHERE kept.id ="
        " 7 - audit_act.id), action = (SELECT action FROM kept WHERE kept.id = 7 - audit_act.id)"
        " WHERE id IN (3, 4)",
    )
    checked, broken = _check(chain)
    assert (checked, broken.entry, broken.fault) == (2, 3, "reordered")


def test_a_forged_head_is_found(chain):
    _tamper(chain, "UPDATE audit_head SET hash = 'ff'")
    assert _check(chain)[1] is not None
