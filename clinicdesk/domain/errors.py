"""Errors that carry a sentence for the person at the screen.

Whoever raises one writes the sentence: plain, short, saying what to do. The
window shows it at the field, at the pointer or in a banner; the command line
prints it and maps the class to an exit code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


class ClinicError(Exception):
    """Base of everything that is not a bug; ``str()`` of it is the sentence."""


class Invalid(ClinicError):
    """Input that cannot be taken.

    Attributes:
        fields: field name (as in the form's dataclass; nested ones dotted,
            ``medications.0.dose``) to the sentence shown at that field.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class Doubtful(Invalid):
    """Input that may be right, but is asked back: given once more as sure, it is taken."""


class NotAllowed(ClinicError):
    """The signed-in person's role does not permit the act."""


class SignInFailed(ClinicError):
    """Wrong user or password, or sign-in is paused after too many tries.

    Attributes:
        paused_until: when sign-in opens again; None if it is not paused.
    """

    def __init__(self, message: str, paused_until: datetime | None = None) -> None:
        super().__init__(message)
        self.paused_until = paused_until


class FirstPassword(SignInFailed):
    """The password is right, but somebody else gave it: its owner chooses one of his own first."""


class NotFound(ClinicError):
    """The row asked for does not exist.

    Attributes:
        kind: ``patient``, ``appointment``, ``procedure``, … (a table); empty where it is none of
            the records.
    """

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


class Stale(ClinicError):
    """Somebody else saved the row first: nothing was written.

    Attributes:
        theirs: field name to the value now in the database, so that the
            window can show both versions.
    """

    def __init__(self, message: str, theirs: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.theirs = dict(theirs or {})


@dataclass(frozen=True)
class Hindrance:
    """One thing that stands in the way of a time slot.

    Attributes:
        kind: ``physician``, ``room``, ``equipment``, ``patient``, ``closed`` or ``past``.
        who: name of the physician, room, equipment or patient concerned.
        message: one short sentence for the pointer, e.g.
            "C-arm room is booked 13:00–14:30 (Saarinen)."
    """

    kind: str
    who: str
    message: str


class Clash(ClinicError):
    """The time is taken or outside opening hours; nothing was booked."""

    def __init__(self, hindrances: tuple[Hindrance, ...]) -> None:
        super().__init__(" ".join(h.message for h in hindrances))
        self.hindrances = hindrances


class ReasonNeeded(ClinicError):
    """The interval rules ask for a documented reason before this is booked or signed."""


class Locked(ClinicError):
    """A signed record was about to be changed."""


class Unavailable(ClinicError):
    """The environment's fault: disk full, folder read-only, server gone, wrong key, damaged file.

    Attributes:
        kind: ``wrong-key``, ``damaged``, ``read-only``, ``disk-full``, ``missing``,
            ``network-share``, ``newer``, ``busy`` or ``other``.
    """

    def __init__(self, message: str, kind: str = "other") -> None:
        super().__init__(message)
        self.kind = kind


class Malformed(ClinicError):
    """A file that cannot be read as what it should be (pack, catalogue, case, CSV).

    The sentence names the file and the line or path and says what was expected.
    """
