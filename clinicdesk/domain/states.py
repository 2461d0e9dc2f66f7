"""Where something stands: the words that are stored, each list once, and the words on screen.

Appointments have their own in ``domain/appointments.py``.
"""

from __future__ import annotations

from enum import StrEnum

from clinicdesk.domain.translation import _


class LogState(StrEnum):
    """Where the log of a procedure stands; ``open`` and ``signed`` are stored."""

    PLANNED = "planned"
    """Booked, and nothing logged yet."""
    NEW = "new"
    """Just opened, filled in with what was planned."""
    DRAFT = "draft"
    """Being typed by one person; no record yet."""
    OPEN = "open"
    """Saved and not signed."""
    SIGNED = "signed"

    @property
    def label(self) -> str:
        """The words on screen."""
        return _LOG_LABELS[self]


_LOG_LABELS = {
    LogState.PLANNED: _("Planned"),
    LogState.NEW: _("New entry"),
    LogState.DRAFT: _("Draft"),
    LogState.OPEN: _("Saved, not signed"),
    LogState.SIGNED: _("Signed"),
}


class Known(StrEnum):
    """What a question that is asked in person was answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """Asked, and not known yet."""


class VerdictStatus(StrEnum):
    """What the interval rules say, the worst first; the words of the verdict contract."""

    NOT_BEFORE = "not-before"
    NEEDS_REASON = "needs-reason"
    CANNOT_DETERMINE = "cannot-determine"
    OK = "ok"

    @property
    def label(self) -> str:
        """The words on screen."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    VerdictStatus.OK: _("Within limits"),
    VerdictStatus.NOT_BEFORE: _("Not before"),
    VerdictStatus.NEEDS_REASON: _("Needs a reason"),
    VerdictStatus.CANNOT_DETERMINE: _("Cannot be determined"),
}


class SafetyLevel(StrEnum):
    """What a safety finding asks for, the gravest first; the words of the safety contract."""

    REASON = "reason"
    """A physician gives a reason before it is booked or signed."""
    ASK = "ask"
    """A question that is answered before signing."""
    NOTE = "note"
    """Shown, nothing more."""


class SheetUse(StrEnum):
    """What was done with a stored sheet."""

    PRINTED = "printed"
    SAVED = "saved"
    VIEWED = "viewed"


class RaisedIn(StrEnum):
    """Where a danger came up."""

    BOOKING = "booking"
    MOVE = "move"
    FACT = "fact"
    """Learned after the appointment was made."""


class ReviewOutcome(StrEnum):
    """How a danger was answered."""

    GO_AHEAD = "go_ahead"
    REFUSED = "refused"
    FELL_AWAY = "fell_away"

    @property
    def label(self) -> str:
        """The words on screen."""
        return _REVIEW_LABELS[self]


_REVIEW_LABELS = {
    ReviewOutcome.GO_AHEAD: _("Go ahead"),
    ReviewOutcome.REFUSED: _("Not as planned"),
    ReviewOutcome.FELL_AWAY: _("No longer so"),
}


class HoldStepKind(StrEnum):
    """The steps of a drug that is held before a procedure."""

    ASKED = "asked"
    ANSWERED = "answered"
    TOLD = "told"
    STATED = "stated"

    @property
    def label(self) -> str:
        """The words on screen."""
        return _HOLD_LABELS[self]


_HOLD_LABELS = {
    HoldStepKind.ASKED: _("Prescriber asked"),
    HoldStepKind.ANSWERED: _("Prescriber answered"),
    HoldStepKind.TOLD: _("Patient told"),
    HoldStepKind.STATED: _("Last dose stated"),
}
