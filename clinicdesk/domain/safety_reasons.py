"""Whether a reason answers a danger: a coded one, with a sentence where it needs one."""

from __future__ import annotations

from collections.abc import Mapping

from clinicdesk.domain.rows.reviews import GivenReason, SafetyReason
from clinicdesk.domain.translation import _

LEAST_WORDS, LEAST_LETTERS = 3, 12
"""Below that, words beside a reason explain nothing."""


def says_enough(words: str) -> bool:
    """Whether it is a sentence: three words of some length."""
    parts = words.split()
    return len(parts) >= LEAST_WORDS and len(" ".join(parts)) >= LEAST_LETTERS


def fault(given: GivenReason, check: str, reasons: Mapping[str, SafetyReason]) -> str:
    """Why a reason does not answer a finding of this check; empty if it does."""
    reason = reasons.get(given.code)
    if reason is None:
        return _("Choose a reason from the list.")
    if not reason.answers(check):
        return _("“{reason}” does not answer this. Choose another reason.").format(
            reason=reason.text
        )
    if reason.needs_words and not says_enough(given.words):
        return _("“{reason}” needs a sentence beside it.").format(reason=reason.text)
    return ""


def choices(check: str, reasons: Mapping[str, SafetyReason]) -> tuple[SafetyReason, ...]:
    """The reasons that may answer a finding of this check, in the order of their file."""
    return tuple(reason for reason in reasons.values() if reason.answers(check))
