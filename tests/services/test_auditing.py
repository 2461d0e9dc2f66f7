"""The check of the audit log as a manager asks for it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from clinicdesk.data import triggers
from clinicdesk.domain.errors import NotAllowed
from clinicdesk.services.auditing import verify


def test_a_sound_log(clinic, manager):
    report = verify(clinic, manager)
    assert report.sound
    assert report.message == f"{report.checked} entries checked, all in order."


def test_a_changed_entry_is_named(clinic, manager):
    with clinic.store.engine.begin() as connection:
        for statement in triggers.dropping(clinic.store.dialect):
            connection.execute(text(statement))
        connection.execute(text("UPDATE audit_act SET action = 'nothing' WHERE id = 1"))
    report = verify(clinic, manager)
    assert not report.sound
    assert (report.checked, report.broken, report.fault) == (0, 1, "changed")
    assert report.message == "Entry 1 was altered afterwards."


def test_not_everybody_may(clinic, frontdesk):
    with pytest.raises(NotAllowed):
        verify(clinic, frontdesk)
