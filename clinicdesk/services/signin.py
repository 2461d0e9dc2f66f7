"""Signing in, and confirming with the password before a signature.

Five wrong passwords in a row pause sign-in for a minute, each further one for
five; the pause is kept in the database, so that a restart does not end it.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import lru_cache

from clinicdesk.data.queries import staff as staff_queries
from clinicdesk.data.tx import Tx
from clinicdesk.domain.dates import time_words
from clinicdesk.domain.errors import FirstPassword, Invalid, SignInFailed, Unavailable
from clinicdesk.domain.rows.people import Actor, StaffRow
from clinicdesk.domain.rows.staff import Account
from clinicdesk.domain.translation import _
from clinicdesk.services import passwords
from clinicdesk.services.context import Clinic, everybody

log = logging.getLogger(__name__)
TRIES = 5
FIRST_PAUSE = timedelta(minutes=1)
LATER_PAUSE = timedelta(minutes=5)
_FIRST = _(
    "This password was given to you by somebody else. Choose one of your own, of at least "
    "{minimum} characters, on the sign-in page of the window."
)
_WRONG = _("User or password is wrong. Try again.")


@lru_cache(maxsize=1)
def _unknown_hash() -> str:
    return passwords.hashed("nobody")


@everybody(_("the lock screen names who works here, before anybody has signed in"))
def staff_for_sign_in(clinic: Clinic) -> tuple[StaffRow, ...]:
    """Who may sign in, for the lock screen's list."""
    with clinic.store.read() as tx:
        return staff_queries.staff(tx)


@everybody(_("whoever signs in has no role yet"))
def sign_in(clinic: Clinic, login: str, password: str, workstation: str) -> Actor:
    """The actor of a right password; every try is kept in the audit.

    Raises:
        FirstPassword: it is right, and was given by somebody else (``choose_password``).
        SignInFailed: it is not.
    """
    account = _checked(clinic, login, password, workstation, "signin")
    if account.must_change:
        raise FirstPassword(_FIRST.format(minimum=passwords.MINIMUM_LENGTH))
    return Actor(account.id, account.login, account.name, account.role, workstation)


@everybody(_("whoever signs in for the first time has no role yet"))
def choose_password(clinic: Clinic, login: str, given: str, own: str, workstation: str) -> Actor:
    """Signs in with a password of one's own instead of the one that was given.

    Raises:
        Invalid: on ``own``: too short, or the given one once more.
        SignInFailed: the given one is wrong.
    """
    account = _checked(clinic, login, given, workstation, "signin")
    if len(own) < passwords.MINIMUM_LENGTH:
        raise Invalid(
            {
                "own": _("Use at least {minimum_length} characters.").format(
                    minimum_length=passwords.MINIMUM_LENGTH
                )
            }
        )
    if own == given:
        raise Invalid({"own": _("This is the password that was given to you. Choose another.")})
    actor = Actor(account.id, account.login, account.name, account.role, workstation)
    cost = passwords.cost_of(account.password_hash)
    with clinic.store.write(actor, "password.choose") as tx:
        staff_queries.set_password(tx, account.id, passwords.hashed(own, cost))
    return actor


@everybody(_("everybody confirms only himself"))
def confirm_password(clinic: Clinic, actor: Actor, password: str) -> None:
    """Raises SignInFailed if it is not the actor's own password."""
    _checked(clinic, actor.login, password, actor.workstation, "password.confirm")


def _checked(clinic: Clinic, login: str, password: str, workstation: str, action: str) -> Account:
    with clinic.store.read() as tx:
        account = staff_queries.account(tx, login)
    now = clinic.clock.now()
    if account is not None and (until := _pause_of(account, now)) is not None:
        raise SignInFailed(_paused(clinic, until), until)
    # A login that does not exist takes as long as a wrong password.
    right = passwords.matches(account.password_hash if account else _unknown_hash(), password)
    known = account.login if account else "(unknown)"
    good = right and account is not None and account.active
    pause, kept = None, None
    try:
        with clinic.store.write(
            None, action if good else f"{action}.failed", login=known, workstation=workstation
        ) as tx:
            tx.note("signin", right=good)
            pause = _count(tx, account, now, right=bool(good))
            kept = tx
    except Unavailable as error:
        # On a full disk who knows his password may read; wrong tries, not counted, let nobody in.
        if not good or kept is None:
            raise
        clinic.owed.keep(kept, error)
    if good and account is not None:
        return account
    facts = {"known": account is not None, "in_a_row": (account.failed_count if account else 0) + 1}
    log.warning("sign-in failed", extra={"facts": facts})
    raise SignInFailed(_paused(clinic, pause) if pause else _WRONG, pause)


def _pause_of(account: Account, now: datetime) -> datetime | None:
    """Until when sign-in is paused; a pause longer than any is one by a clock that was wrong."""
    until = account.paused_until
    return until if until is not None and now < until <= now + LATER_PAUSE else None


def _count(tx: Tx, account: Account | None, now: datetime, *, right: bool) -> datetime | None:
    if account is None:
        return None
    fresh = staff_queries.account(tx, account.login) or account
    if right:
        if fresh.failed_count or fresh.paused_until:
            staff_queries.set_failures(tx, account.id, 0, None)
        return None
    count = fresh.failed_count + 1
    pause = None
    if count >= TRIES:
        pause = now + (FIRST_PAUSE if count == TRIES else LATER_PAUSE)
    staff_queries.set_failures(tx, account.id, count, pause)
    return pause


def _paused(clinic: Clinic, until: datetime) -> str:
    local = until.astimezone(clinic.zone)
    at = time_words(local, clinic.customs, seconds=True)
    return _("Too many wrong tries. Sign-in opens again at {at}.").format(at=at)
