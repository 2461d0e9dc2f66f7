"""Exit codes, and which error gives which."""

from __future__ import annotations

from enum import IntEnum

from clinicdesk.domain.errors import (
    Clash,
    ClinicError,
    NotAllowed,
    ReasonNeeded,
    SignInFailed,
    Unavailable,
)


class Exit(IntEnum):
    """What the calling script learns."""

    DONE = 0
    LOOK = 1
    """Done, and something needs a look: rows refused, a check failed, a tampered entry."""
    WRONG = 2
    """Wrong use or malformed input; nothing was written."""
    NOT_ALLOWED = 3
    """Not signed in, or not permitted."""
    ENVIRONMENT = 4
    """No database, disk full, server away."""


def exit_for(error: BaseException) -> Exit:
    """The exit code for an error that ended a command."""
    if isinstance(error, NotAllowed | SignInFailed):
        return Exit.NOT_ALLOWED
    if isinstance(error, Unavailable):
        # A wrong passphrase is a matter of who asks, not of the machine.
        return Exit.NOT_ALLOWED if error.kind == "wrong-key" else Exit.ENVIRONMENT
    if isinstance(error, Clash | ReasonNeeded):
        return Exit.LOOK
    if isinstance(error, ClinicError):
        return Exit.WRONG
    return Exit.ENVIRONMENT
