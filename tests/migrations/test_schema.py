"""The migrated database is the one the models describe, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from clinicdesk.data import engine as engines
from clinicdesk.data import keys, schema, triggers
from clinicdesk.data.errors import translate
from clinicdesk.data.migrations.metadata import options
from clinicdesk.data.store import Store
from clinicdesk.data.tables import Base
from clinicdesk.data.upgrade_copy import keep_copy
from clinicdesk.domain.errors import Unavailable

MIGRATIONS = Path(schema.__file__).parent / "migrations"


def test_models_and_schema_agree(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options())
        assert compare_metadata(context, Base.metadata) == []


def test_every_check_and_foreign_key_of_the_models_is_there(store):
    found = inspect(store.engine)
    for table in Base.metadata.sorted_tables:
        checks = {c["name"] for c in found.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if c.__visit_name__ == "check_constraint"}
        assert wanted <= checks, table.name
        keys = {k["name"] for k in found.get_foreign_keys(table.name)}
        assert {str(k.constraint.name) for k in table.foreign_keys} <= keys, table.name


def test_the_newest_revision_is_the_one_the_program_expects():
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_current_head() == schema.HEAD


def test_every_trigger_can_be_dropped_and_made_anew(store):
    with store.engine.begin() as connection:
        for statement in (*triggers.dropping(store.dialect), *triggers.statements(store.dialect)):
            connection.execute(text(statement.replace(":", r"\:")))


def test_a_newer_database_is_refused_in_words(sqlcipher_store):
    with sqlcipher_store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    sqlcipher_store.close()
    with pytest.raises(Unavailable, match="newer ClinicDesk") as caught:
        Store.open(sqlcipher_store.embedded, "demo", keyring=False)
    assert caught.value.kind == "newer"


def test_an_upgrade_is_all_or_nothing(tmp_path, monkeypatch):
    engine = engines.embedded(tmp_path / "x.db", bytes(32))
    monkeypatch.setattr(triggers, "statements", _one_that_fails)
    with pytest.raises(Exception, match="nonsense"):
        schema.upgrade(engine)
    assert inspect(engine).get_table_names() == []


def test_a_revision_table_without_patients_is_no_clinic(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE song (name text)"))
    with pytest.raises(Unavailable, match="not a ClinicDesk clinic"):
        schema.check(engine)


def test_bugs_are_not_dressed_up():
    assert translate(ValueError("a bug")) is None


def _one_that_fails(*_):
    return ["nonsense"]


def test_the_copy_kept_before_an_upgrade_opens_with_the_same_passphrase(sqlcipher_store):
    path = sqlcipher_store.embedded
    key = keys.unlock(keys.read(path), "demo")
    copy = keep_copy(sqlcipher_store.engine, path, key, schema.HEAD)
    assert copy == path.with_name(f"{path.name}.before-{schema.HEAD}")
    assert copy.stat().st_mode & 0o777 == keys.envelope_path(copy).stat().st_mode & 0o777 == 0o600
    assert b"SQLite format" not in copy.read_bytes()
    with Store.open(copy, "demo", keyring=False) as kept:
        assert schema.check(kept.engine)
