"""A full disk: what was asked for is refused in words, and reading goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session
from sqlcipher3.dbapi2 import OperationalError

from clinicdesk.data import tables as t
from clinicdesk.domain.errors import SignInFailed, Unavailable
from clinicdesk.services import patients, schedule
from clinicdesk.services.signin import sign_in


@pytest.fixture
def full(monkeypatch):
    """Whether the disk is full: a box with one truth."""
    box, commit = [True], Session.commit

    def refuse(session):
        if box[0]:
            raise OperationalError("database or disk is full")
        commit(session)

    monkeypatch.setattr(Session, "commit", refuse)
    return box


def _looks(clinic) -> list[tuple[str, int | None]]:
    with clinic.store.read() as tx:
        acts = tx.session.query(t.AuditAct).order_by(t.AuditAct.id).all()
        return [(act.action, act.patient_id) for act in acts]


def test_whoever_knows_his_password_reads_and_the_looks_are_written_later(clinic, full):
    before, teresa = _looks(clinic), clinic.seeded.teresa
    actor = sign_in(clinic, "frontdesk", "demo", "desk")
    assert schedule.day(clinic, actor, clinic.today()).day == clinic.today()
    assert patients.open_chart(clinic, actor, teresa).record.id == teresa
    assert _looks(clinic) == before
    full[0] = False
    patients.open_chart(clinic, actor, clinic.seeded.andrea)
    assert sorted(_looks(clinic)[len(before) :], key=str) == [
        ("patient.open", teresa), ("patient.open", clinic.seeded.andrea), ("signin", None),
    ]  # fmt: skip


def test_a_write_says_full_and_a_wrong_password_opens_nothing(clinic, full):
    actor = clinic.seeded.actor("frontdesk")
    record = patients.open_chart(clinic, actor, clinic.seeded.teresa).record
    with pytest.raises(Unavailable, match="The disk is full") as refused:
        patients.change(
            clinic, actor, record.id, record.version, replace(record.form, email="a@ex.org")
        )
    assert refused.value.kind == "disk-full"
    with pytest.raises((Unavailable, SignInFailed)):
        sign_in(clinic, "frontdesk", "wrong", "desk")
