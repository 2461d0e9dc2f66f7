"""A computer clock that was set back is noticed, named, and asked about before a signature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.due import pass_time
from support.logs import PASSWORD, book, complete

from clinicdesk.domain.errors import Doubtful
from clinicdesk.services import procedures
from clinicdesk.services.auditing import verify
from clinicdesk.services.clocks import clock_fault
from clinicdesk.services.signin import sign_in

SET_BACK = timedelta(hours=-3)


def _enter(clinic):
    sign_in(clinic, "manager", PASSWORD, "desk 1")


def _says(clinic):
    now = clinic.clock.now().astimezone(clinic.zone)
    then = now - SET_BACK
    return (
        f"clock says Tue 24 Nov 2026 {now:%H:%M}, "
        f"but an entry was made at Tue 24 Nov 2026 {then:%H:%M} already"
    )


def test_a_clock_that_goes_on_is_right(clinic):
    _enter(clinic)
    assert clock_fault(clinic) == ""
    pass_time(clinic, timedelta(days=400))
    assert clock_fault(clinic) == ""


def test_desks_differ_by_minutes(clinic):
    _enter(clinic)
    pass_time(clinic, timedelta(minutes=-4))
    assert clock_fault(clinic) == ""


def test_a_clock_that_was_set_back_is_said_in_the_clinics_time(clinic):
    _enter(clinic)
    pass_time(clinic, SET_BACK)
    _enter(clinic)
    assert _says(clinic) in clock_fault(clinic)


def test_a_clock_that_once_was_ahead_is_forgotten_in_time(clinic, manager):
    pass_time(clinic, timedelta(days=900))
    _enter(clinic)
    pass_time(clinic, timedelta(days=-900))
    assert clock_fault(clinic)
    for _ in range(200):
        with clinic.store.write(manager, "test"):
            pass
    assert clock_fault(clinic) == ""


def test_signing_asks_once_and_takes_the_answer(clinic, physician):
    form = complete(procedures.open_log(clinic, physician, book(clinic)).form)
    _enter(clinic)
    pass_time(clinic, SET_BACK)
    with pytest.raises(Doubtful) as asked:
        procedures.sign(clinic, physician, form, 0, PASSWORD)
    assert list(asked.value.fields) == ["clock"]
    assert _says(clinic) in str(asked.value)
    assert procedures.sign(clinic, physician, form, 0, PASSWORD, clock_sure=True).value


def test_the_check_of_the_audit_names_where_it_was_set_back(clinic, manager):
    _enter(clinic)
    assert verify(clinic, manager).clock == ""
    first = verify(clinic, manager).checked + 1
    pass_time(clinic, SET_BACK)
    _enter(clinic)
    report = verify(clinic, manager)
    assert report.sound
    assert f"was set back 1 time, at entry {first}: " in report.clock
    pass_time(clinic, -SET_BACK)
    _enter(clinic)
    pass_time(clinic, SET_BACK)
    _enter(clinic)
    assert f"2 times, first at entry {first}: " in verify(clinic, manager).clock
