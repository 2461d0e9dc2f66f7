"""From a driver's error to a sentence: what happened, and what to do.

SQLite is told apart by its result code, PostgreSQL by SQLSTATE; a message is
looked at only where the code says too little.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from clinicdesk.domain.errors import (
    Clash,
    ClinicError,
    Hindrance,
    Invalid,
    Locked,
    Stale,
    Unavailable,
)
from clinicdesk.domain.translation import _

TAKEN = _("This time has just been taken. Choose another.")
STALE = _("Somebody else has just saved this. Look at both versions, then save again.")
MRN_TAKEN = _("Another patient has this record number. Leave it empty for a new one.")
FROZEN = _("This record is signed. Add an addendum instead.")
DAMAGED = _(
    "The database file is damaged and was left as it is. "
    "Restore the newest backup, or ask whoever looks after the computers."
)
NOT_OPENED = _(
    "This file does not open with this key: it is damaged, or not this clinic's database. "
    "It was left as it is."
)
FULL = _("The disk is full. Nothing was saved; make room on the disk, then save again.")
FULL_TO_OPEN = _(
    "The disk is full, so the clinic cannot be opened. Nothing was lost; make room on the disk, "
    "then open it again."
)
READ_ONLY = _(
    "The folder of the database cannot be written to. Ask for write access, then try again."
)
BUSY = _("The database is busy in another program. Nothing was saved; try again in a moment.")
GONE = _("The clinic's server does not answer. What you typed is kept; it is tried again.")
UNREADABLE = _("The database cannot be opened. Check that the file is there and may be read.")

_BY_SQLITE: dict[int, tuple[str, str]] = {
    5: (BUSY, "busy"),
    6: (BUSY, "busy"),
    8: (READ_ONLY, "read-only"),
    10: ("The disk cannot be read or written. Nothing was saved; check the disk.", "other"),
    11: (DAMAGED, "damaged"),
    13: (FULL, "disk-full"),
    14: (UNREADABLE, "missing"),
    26: (NOT_OPENED, "damaged"),
}
_BY_SQLSTATE: dict[str, tuple[str, str]] = {
    "53100": (FULL, "disk-full"),
    "25006": (READ_ONLY, "read-only"),
    "28P01": ("The server refused this user or password.", "wrong-key"),
    "28000": ("The server refused this user or password.", "wrong-key"),
    "3D000": ("There is no such database on the server. Check its name.", "missing"),
    "40001": (BUSY, "busy"),
    "40P01": (BUSY, "busy"),
    "55P03": (BUSY, "busy"),
}
_BY_NAME = {
    "SQLITE_BUSY": 5,
    "SQLITE_LOCKED": 6,
    "SQLITE_READONLY": 8,
    "SQLITE_IOERR": 10,
    "SQLITE_CORRUPT": 11,
    "SQLITE_FULL": 13,
    "SQLITE_CANTOPEN": 14,
    "SQLITE_NOTADB": 26,
}
_BY_TEXT = (
    ("database is locked", 5),
    ("readonly database", 8),
    ("disk image is malformed", 11),
    ("disk is full", 13),
    ("unable to open", 14),
    ("not a database", 26),
    ("hmac check failed", 26),
    ("disk i/o error", 10),
)


def _clash() -> Clash:
    return Clash((Hindrance("physician", "", TAKEN),))


def _by_constraint(text: str) -> ClinicError | None:
    if "claim-overlap" in text or "ex_claim_" in text:
        return _clash()
    if "signed-record" in text:
        return Locked(FROZEN)
    if any(name in text for name in ("uq_patient_mrn", "patient.mrn")):
        return Invalid({"mrn": MRN_TAKEN})
    return None


def _refused_connection(message: str) -> str | None:
    """A failed connection carries no SQLSTATE, only the server's words."""
    if "does not exist" in message and "database" in message:
        return "3D000"
    if "authentication failed" in message or "no password supplied" in message:
        return "28P01"
    return None


def _sqlite_code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF
    name = str(getattr(error, "sqlite_errorname", ""))
    for known, value in _BY_NAME.items():
        if name.startswith(known):
            return value
    text = str(error).lower()
    return next((value for part, value in _BY_TEXT if part in text), None)


def translate(error: BaseException) -> ClinicError | None:
    """The clinic's error for a driver's; None if it is a bug and must stay what it is."""
    if isinstance(error, ClinicError):
        return error
    if isinstance(error, StaleDataError):
        return Stale(STALE)
    if isinstance(error, PermissionError):
        return Unavailable(READ_ONLY, "read-only")
    if isinstance(error, OSError):
        return _from_os(error)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if cause is None:
        return None
    known = _by_constraint(str(cause))
    if known is not None:
        return known
    return _from_driver(cause)


def _from_os(error: OSError) -> ClinicError | None:
    if error.errno in (28, 122):
        return Unavailable(FULL, "disk-full")
    if error.errno in (30, 13, 1):
        return Unavailable(READ_ONLY, "read-only")
    return None


def _from_driver(cause: BaseException) -> ClinicError | None:
    if type(cause).__module__.startswith("psycopg"):
        state = getattr(cause, "sqlstate", None)
        state = state or _refused_connection(str(cause))
        if state in _BY_SQLSTATE:
            return Unavailable(*_BY_SQLSTATE[state])
        if type(cause).__name__ == "OperationalError" or str(state or "").startswith(("08", "57P")):
            return Unavailable(GONE, "missing")
        return None
    if type(cause).__module__.startswith(("sqlite3", "sqlcipher3")):
        code = _sqlite_code(cause)
        return Unavailable(*_BY_SQLITE[code]) if code in _BY_SQLITE else None
    return None
