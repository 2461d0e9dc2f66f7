"""Signing in: right, wrong, paused, and kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from clinicdesk.domain.errors import SignInFailed
from clinicdesk.domain.permissions import Role
from clinicdesk.services import passwords
from clinicdesk.services.signin import confirm_password, sign_in, staff_for_sign_in


def _fail(clinic, times=1, login="nurse"):
    for _ in range(times):
        with pytest.raises(SignInFailed) as caught:
            sign_in(clinic, login, "wrong", "desk 1")
    return caught.value


def test_the_right_password_signs_in_whatever_the_case_of_the_name(clinic):
    actor = sign_in(clinic, " Nurse ", "demo", "desk 1")
    assert (actor.login, actor.name, actor.role, actor.workstation) == (
        "nurse", "Marisol Castellano", Role.NURSE, "desk 1"
    )  # fmt: skip


def test_the_list_shows_everybody(clinic):
    assert [row.login for row in staff_for_sign_in(clinic)] == [
        "physician", "lindqvist", "nurse", "frontdesk", "manager"
    ]  # fmt: skip


@pytest.mark.parametrize("login", ["nurse", "nobody", ""])
def test_wrong_user_and_wrong_password_sound_the_same(clinic, login):
    error = _fail(clinic, login=login)
    assert str(error) == "User or password is wrong. Try again."
    assert error.paused_until is None


def test_five_wrong_tries_pause_a_minute_then_five(clinic):
    now = clinic.clock.now()
    error = _fail(clinic, 5)
    assert error.paused_until == now + timedelta(minutes=1)
    assert "Sign-in opens again at 10:13:00" in str(error)
    with pytest.raises(SignInFailed, match="Too many"):
        sign_in(clinic, "nurse", "demo", "desk 1")
    clinic.clock.moment += timedelta(seconds=61)
    error = _fail(clinic)
    assert error.paused_until == clinic.clock.now() + timedelta(minutes=5)
    clinic.clock.moment += timedelta(minutes=5, seconds=1)
    sign_in(clinic, "nurse", "demo", "desk 1")
    assert _fail(clinic).paused_until is None


def test_others_are_not_paused_with_one(clinic):
    _fail(clinic, 5)
    sign_in(clinic, "frontdesk", "demo", "desk 2")


def test_the_pause_outlives_a_restart(clinic):
    from clinicdesk.services.context import Clinic

    _fail(clinic, 5)
    again = Clinic(clinic.store, clinic.clock)
    with pytest.raises(SignInFailed, match="Too many"):
        sign_in(again, "nurse", "demo", "desk 1")


def test_a_pause_by_a_clock_that_was_ahead_shuts_nobody_out(clinic):
    right = clinic.clock.moment
    clinic.clock.moment += timedelta(days=200)
    for _ in range(5):
        _fail(clinic)
    clinic.clock.moment = right
    assert sign_in(clinic, "nurse", "demo", "desk 1").login == "nurse"


def test_every_try_is_kept_without_the_password(clinic):
    _fail(clinic)
    _fail(clinic, login="demo-password-in-the-wrong-field")
    sign_in(clinic, "nurse", "demo", "desk 1")
    with clinic.store.read() as tx:
        rows = tx.session.execute(
            text("SELECT action, login, workstation FROM audit_act ORDER BY id DESC LIMIT 3")
        ).all()
        everything = str(tx.session.execute(text("SELECT * FROM audit_act")).all())
    assert [tuple(row) for row in rows] == [
        ("signin", "nurse", "desk 1"),
        ("signin.failed", "(unknown)", "desk 1"),
        ("signin.failed", "nurse", "desk 1"),
    ]
    assert "wrong-field" not in everything


def test_confirming_takes_ones_own_password(clinic, physician):
    confirm_password(clinic, physician, "demo")
    with pytest.raises(SignInFailed):
        confirm_password(clinic, physician, "Demo")


def test_somebody_who_left_does_not_sign_in(clinic):
    from clinicdesk.data.tables import Staff

    with clinic.store.write(None, "test") as tx:
        tx.get(Staff, clinic.seeded.staff["nurse"].id).active = False
    _fail(clinic)
    with pytest.raises(SignInFailed):
        sign_in(clinic, "nurse", "demo", "desk 1")
    assert "nurse" not in [row.login for row in staff_for_sign_in(clinic)]


def test_a_hash_tells_no_password_and_a_broken_one_matches_nothing():
    made = passwords.hashed("demo", passwords.CHEAP)
    assert "demo" not in made
    assert passwords.matches(made, "demo")
    assert not passwords.matches(made, "Demo")
    assert not passwords.matches("nonsense", "demo")
