"""A database of an earlier version is upgraded with all that is in it, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from clinicdesk.data import engine as engines
from clinicdesk.data import schema, triggers
from clinicdesk.data.migrations.metadata import options
from clinicdesk.data.tables import Base

pytestmark = pytest.mark.slow

MIGRATIONS = Path(schema.__file__).parent / "migrations"
MOMENT = "2026-05-04T14:00:00.000000Z"
SITE = {"patient_id": 1, "track": "esi", "site": "L5 left", "at": MOMENT, "staff_id": 1}
SAID = {**SITE, "procedure_id": 1, "last_done": "2026-05-04", "reason": "Asked for it."}

AT_FIRST = (
    ("resource", {"id": 1, "kind": "staff", "name": "Dr. Osei", "position": 0, "active": True,
                  "version": 1}),
    ("staff", {"id": 1, "resource_id": 1, "login": "osei", "name": "Dr. Osei", "version": 1,
               "role": "physician", "password_hash": "", "active": True, "must_change": False,
               "failed_count": 0}),
    ("patient", {"id": 1, "mrn": "A1", "family": "Soto", "given": "Andrea", "prefix": "",
                 "suffix": "", "birth_date": "1971-08-02", "sex": "female", "language": "en",
                 "interpreter": False, "pregnant": False, "email": "", "created_at": MOMENT,
                 "version": 1}),
    ("procedure", {"id": 1, "patient_id": 1, "procedure": "esi.transforaminal", "version": 1,
                   "intent": "therapeutic", "state": "signed", "outcome": "done",
                   "performed_on": "2026-05-04", "physician_id": 1, "steroids_known": True,
                   "complications": "[]", "note": "As it was.", "side_change_reason": "",
                   "fields": "{}", "catalogue_version": "", "created_at": MOMENT}),
)  # fmt: skip
OF_THE_DUE_LIST = (
    (
        "contact_attempt",
        {
            **SITE,
            "purpose": "due",
            "kind": "phone",
            "outcome": "no_answer",
            "note": "",
            "local_date": "2026-11-24",
        },
    ),
    ("due_date", {**SAID, "set_on": "2026-11-24"}),
    ("due_snooze", SAID),
)
ASKED = (
    ("patient_asked", {"patient_id": 1, "topic": "pregnancy", "answer": "no", "at": MOMENT}),
)  # fmt: skip
SIGNED_ON_PAPER = (
    ("document_blob", {"sha256": "0" * 64, "media_type": "application/pdf", "size": 0,
                       "content": ""}),
    ("document", {"id": 1, "patient_id": 1, "kind": "consent", "title": "Consent",
                  "language": "en", "paper": "letter", "large": False, "template_id": "x",
                  "template_version": "1", "document_code": "", "sha256": "0" * 64, "pages": 1,
                  "created_at": MOMENT}),
    ("consent_signed", {"document_id": 1, "signed": True, "at": MOMENT, "staff_id": 1}),
)  # fmt: skip
KEPT = (
    ("due_item", {"patient_id": 1, "track": "esi", "site": "L5 left", "family": "EPI",
                  "procedure": "esi.transforaminal", "intent": "therapeutic", "sites": "[]",
                  "reason": "repeat", "status": "ok", "detail": "", "last_procedure_id": 1,
                  "last_procedure": "esi.transforaminal", "last_done": "2026-05-04",
                  "last_sites": "[]", "allowed_from": "2026-08-04", "due_on": "2026-08-04",
                  "relief_ends": "2026-08-04", "relief_latest": "2026-11-04",
                  "relief_basis": "usual", "last_score": "", "hand_stale": False,
                  "as_of": "2026-11-24", "stale_on": "2026-12-24"}),
    ("due_build", {"id": 1, "fingerprint": "x", "done_to": 1, "finished": True, "at": MOMENT}),
)  # fmt: skip


def _insert(connection, rows):
    for table, values in rows:
        literals = ", ".join(_literal(value) for value in values.values())
        connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({literals})")


def _literal(value):
    return str(value).lower() if isinstance(value, bool | int) else f"'{value}'"


@pytest.fixture(params=["sqlcipher", pytest.param("postgres", marks=pytest.mark.postgres)])
def first_version(request, tmp_path):
    """An engine over a database made at the first revision, with a signed record in it."""
    if request.param == "sqlcipher":
        engine = engines.embedded(tmp_path / "first.db", bytes(32))
    else:
        server = request.getfixturevalue("postgres_server")
        server.sql("postgres", "DROP DATABASE IF EXISTS first_version")
        server.sql("postgres", "CREATE DATABASE first_version")
        server.sql("first_version", "CREATE EXTENSION IF NOT EXISTS btree_gist")
        engine = engines.server(server.url("first_version"))
    _bring_to(engine, "0001", AT_FIRST)
    yield engine
    engine.dispose()


def _bring_to(engine, revision, rows):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(**{engines.WRITE: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        _insert(connection, rows)


def test_a_database_of_the_first_version_is_upgraded_with_its_data(first_version):
    assert schema.check(first_version) is False
    schema.upgrade(first_version)
    assert schema.check(first_version) is True
    with first_version.connect() as connection:
        context = MigrationContext.configure(connection, opts=options())
        assert compare_metadata(context, Base.metadata) == []
        assert connection.execute(text("SELECT note FROM procedure")).scalar() == "As it was."


def test_kept_rows_of_the_second_version_go_and_what_staff_said_stays(first_version):
    _bring_to(first_version, "0002", (*OF_THE_DUE_LIST, *KEPT))
    schema.upgrade(first_version)
    with first_version.connect() as connection:
        context = MigrationContext.configure(connection, opts=options())
        assert compare_metadata(context, Base.metadata) == []
        counts = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("due_item", "due_build", "due_count", "contact_attempt", "due_date",
                          "due_snooze")
        }  # fmt: skip
    # They are derived: the list is made anew when it is opened.
    assert counts == {"due_item": 0, "due_build": 0, "due_count": 0, "contact_attempt": 1,
                      "due_date": 1, "due_snooze": 1}  # fmt: skip


def test_a_kept_row_of_the_third_version_is_said_in_the_words_of_today(first_version):
    name, row = KEPT[0]
    standing = {"stands": "now", "stands_since": "2026-01-01", "stands_until": "2027-01-01"}
    _bring_to(first_version, "0003", ((name, {**row, **standing, "reason": "rfa_possible"}),))
    schema.upgrade(first_version)
    with first_version.connect() as connection:
        assert connection.execute(text("SELECT reason FROM due_item")).scalars().all() == [
            "next_step"
        ]


def test_a_tick_becomes_an_answer_and_no_tick_becomes_none(first_version):
    name, row = AT_FIRST[2]
    pregnant = {**row, "id": 2, "mrn": "A2", "pregnant": True}
    allergy = {"patient_id": 1, "substance": "Latex", "category": "latex", "reaction": "",
               "severity": "", "code_system": "", "code": ""}  # fmt: skip
    _bring_to(first_version, "0004", ((name, pregnant), ("allergy", allergy)))
    schema.upgrade(first_version)
    with first_version.connect() as connection:
        asked = connection.execute(
            text("SELECT patient_id, topic, answer, asked_on, asked_by FROM patient_asked")
        ).all()
        assert [tuple(row) for row in asked] == [(2, "pregnancy", "yes", None, None)]
        assert connection.execute(text("SELECT substance FROM allergy")).scalars().all() == [
            "Latex"
        ]
        context = MigrationContext.configure(connection, opts=options())
        assert compare_metadata(context, Base.metadata) == []


def test_a_word_of_before_is_found_by_its_middle(first_version):
    _bring_to(first_version, "0010", (("search_word", {"stub": "villalo", "word": "villalobos"}),))
    schema.upgrade(first_version)
    with first_version.connect() as connection:
        found = connection.execute(text("SELECT word FROM search_word WHERE stub = '~lobos'"))
        assert found.scalars().all() == ["villalobos"]


def test_after_the_upgrade_every_trigger_is_there_the_old_and_the_new(first_version):
    schema.upgrade(first_version)
    dialect = first_version.dialect.name
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[dialect]
    with first_version.connect() as connection:
        found = {name.lower() for name in connection.execute(text(query)).scalars()}
    wanted = {
        line.split("CREATE TRIGGER ", 1)[1].split()[0].lower()
        for line in triggers.statements(dialect)
        if "CREATE TRIGGER " in line
    }
    assert wanted == found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedure SET note = 'Changed.'",
        "DELETE FROM patient",
        "UPDATE contact_attempt SET note = 'Changed.'",
        "DELETE FROM contact_attempt",
        "UPDATE due_date SET reason = 'Changed.'",
        "DELETE FROM due_date",
        "DELETE FROM due_snooze",
        "UPDATE patient_asked SET answer = 'yes'",
        "DELETE FROM patient_asked",
        "UPDATE consent_signed SET signed = false",
        "DELETE FROM consent_signed",
    ],
)
def test_after_the_upgrade_the_database_refuses_what_it_must(first_version, statement):
    schema.upgrade(first_version)
    with first_version.begin() as connection:
        _insert(connection, (*OF_THE_DUE_LIST, *ASKED, *SIGNED_ON_PAPER))
    with (
        first_version.connect() as connection,
        pytest.raises(Exception, match=r"signed|never|append"),
    ):
        connection.exec_driver_sql(statement)
    with first_version.begin() as connection:
        connection.exec_driver_sql("UPDATE due_snooze SET reason = 'A snooze may change.'")
