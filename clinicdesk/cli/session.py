"""Opening the clinic and signing in for a command. Secrets never come from arguments."""

from __future__ import annotations

import argparse
import getpass
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clinicdesk import memory
from clinicdesk.cli.days import settle
from clinicdesk.cli.output import note
from clinicdesk.domain.broken_text import is_broken
from clinicdesk.domain.errors import SignInFailed, Unavailable
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.domain.rows.people import Actor
    from clinicdesk.services.context import Clinic

PASSPHRASE = "CLINICDESK_PASSPHRASE"  # noqa: S105 - the name of a variable
_NO_TEXT = _("What was typed holds bytes that are no text (UTF-8). Type it again.")
PASSWORD = "CLINICDESK_PASSWORD"  # noqa: S105 - the name of a variable


def last_opened() -> str | None:
    """The clinic this account last opened, or None."""
    from clinicdesk.ui import preferences

    return preferences.load().last_clinic or None


def where(args: argparse.Namespace) -> str:
    """The database of the command; raises Unavailable if there is none to take."""
    found = args.database or last_opened()
    if not found:
        raise Unavailable(
            _("No clinic was opened on this account yet. Say which: --database FILE"), "missing"
        )
    return str(found)


@contextmanager
def open_clinic(args: argparse.Namespace) -> Iterator[Clinic]:
    """The clinic of the command, closed at the end; raises Unavailable."""
    from clinicdesk.services.clinics import open_clinic as opened

    clinic = opened(where(args), ask_passphrase)
    memory.settle()
    if said := clinic.notice():
        note(said)
    try:
        yield clinic
    finally:
        clinic.close()


@contextmanager
def signed_in(args: argparse.Namespace) -> Iterator[tuple[Clinic, Actor]]:
    """The clinic and who acts in it; raises SignInFailed, Unavailable."""
    from clinicdesk.services.signin import sign_in

    login, password = _credentials(args)
    with open_clinic(args) as clinic:
        settle(args, clinic)
        yield clinic, sign_in(clinic, login, password, platform.node() or _("command line"))


def _credentials(args: argparse.Namespace) -> tuple[str, str]:
    login = args.user
    if not login:
        if not _terminal():
            raise SignInFailed(_("Say who acts: --user NAME."))
        login = _prompt(_("User: "))
    if is_broken(login):
        raise SignInFailed(_("The user name holds bytes that are no text (UTF-8)."))
    password = os.environ.get(PASSWORD)
    if password is None:
        if not _terminal():
            raise SignInFailed(
                _("No password for {login}: set {password}, or use a terminal.").format(
                    login=login, password=PASSWORD
                )
            )
        password = _hidden(_("Password of {login}: ").format(login=login))
    if is_broken(password):
        raise SignInFailed(_("The password given holds bytes that are no text (UTF-8)."))
    return login, password


def ask_passphrase() -> str:
    """The passphrase where the key store has none: from the environment, else the terminal."""
    found = os.environ.get(PASSPHRASE)
    if found is not None:
        return found
    if not _terminal():
        raise Unavailable(
            _("This clinic asks for its passphrase: set {passphrase}, or use a terminal.").format(
                passphrase=PASSPHRASE
            ),
            "wrong-key",
        )
    return _hidden(_("Passphrase of the clinic: "))


def _terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _prompt(text: str) -> str:
    sys.stderr.write(text)
    sys.stderr.flush()
    try:
        return sys.stdin.readline().strip()
    except UnicodeDecodeError:
        raise SignInFailed(_NO_TEXT) from None


def _hidden(text: str) -> str:
    try:
        return getpass.getpass(text, sys.stderr)
    except UnicodeDecodeError:
        raise SignInFailed(_NO_TEXT) from None
