"""``clinicdesk due``: the contract's columns, who may, what is kept in the audit."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from support.due import performed

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t

pytestmark = pytest.mark.slow

FIELDS = [
    "patient_id", "family", "site", "reason", "allowed_from", "relief_ends", "last_done",
    "last_contact", "next_appointment",
]  # fmt: skip


@pytest.fixture
def command(clinic, monkeypatch, capsys):
    """Runs ``due`` on the small clinic; gives exit code, standard output and error."""
    store = clinic.store
    place = str(store.embedded or store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")

    def run(*argv: str, user: str | None = "frontdesk") -> tuple[int, str, str]:
        who = ["--user", user] if user else []
        code = main(["--database", place, *who, "due", *argv])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return run


@pytest.fixture
def done(clinic) -> date:
    """Teresa's epidural of 3 Mar 2026, good in June, and Andrea's of last week."""
    day = date(2026, 3, 3)
    performed(clinic, day, scores=((date(2026, 6, 5), 2),))
    performed(clinic, date(2026, 11, 17), patient=clinic.seeded.andrea)
    return day


def test_the_list_as_json(command, clinic, done):
    code, out, err = command("--on", "2026-11-24", "--format", "json")
    assert (code, err) == (0, "")
    (row,) = json.loads(out)
    assert list(row) == FIELDS
    assert row == {
        "patient_id": clinic.seeded.teresa,
        "family": "EPI",
        "site": "L5 left",
        "reason": "repeat",
        "allowed_from": row["allowed_from"],
        "relief_ends": "2026-06-05",
        "last_done": "2026-03-03",
        "last_contact": None,
        "next_appointment": None,
    }
    assert done < date.fromisoformat(row["allowed_from"]) < date(2026, 7, 1)


def test_another_day_and_everything(command, clinic, done):
    ahead = json.loads(command("--on", "2027-02-16", "--format", "json")[1])
    assert {row["patient_id"] for row in ahead} == {clinic.seeded.teresa, clinic.seeded.andrea}
    every = json.loads(command("--on", "2026-11-24", "--all", "--format", "json")[1])
    assert {row["patient_id"] for row in every} == {clinic.seeded.teresa, clinic.seeded.andrea}


def test_csv_and_text(command, clinic, done):
    code, out, _ = command("--on", "2026-11-24", "--format", "csv")
    assert code == 0
    (row,) = csv.DictReader(io.StringIO(out))
    assert list(row) == FIELDS
    assert row["last_contact"] == ""
    assert "L5 left" in command("--on", "2026-11-24")[1]


def test_nobody_due_is_an_empty_list(command):
    assert command("--format", "json") == (0, "[]\n", "")


def test_it_is_kept_as_a_look_of_that_user(command, clinic, done):
    command("--on", "2026-11-24", user="nurse")
    with clinic.store.read() as tx:
        act = tx.session.query(t.AuditAct).filter_by(action="due.list").one()
        assert act.login == "nurse"


@pytest.mark.parametrize("on", ["soon", "2026-02-30", "0001-01-01", "3026-01-01"])
def test_a_day_that_cannot_be_meant(command, on):
    code, out, err = command("--on", on)
    assert (code, out) == (2, "")
    assert "Error" not in err
    assert err


def test_nobody_signed_in(command):
    assert command(user=None)[0] == 3


def test_right_after_a_booking_the_patient_has_left_the_list(command, clinic, done):
    from datetime import UTC, datetime

    start = datetime.now(UTC).replace(hour=15, minute=0, second=0, microsecond=0)
    start += timedelta(days=3)
    with clinic.store.write(None, "test.book") as tx:
        row = tx.add(
            t.Appointment(
                patient_id=clinic.seeded.teresa, physician_id=clinic.seeded.osei, starts_at=start,
                ends_at=start + timedelta(minutes=30), local_date=start.date(),
                created_at=tx.now,
            )
        )  # fmt: skip
        plan = tx.add(t.PlannedProcedure(appointment_id=row.id, procedure="esi.transforaminal"))
        tx.add(t.PlannedSite(planned_id=plan.id, name="L5", side="left"))
    assert json.loads(command("--on", "2026-11-24", "--format", "json")[1]) == []
    every = json.loads(command("--on", "2026-11-24", "--all", "--format", "json")[1])
    booked = {row["patient_id"]: row["next_appointment"] for row in every}
    assert booked[clinic.seeded.andrea] is None
    assert datetime.fromisoformat(booked[clinic.seeded.teresa]) == start
