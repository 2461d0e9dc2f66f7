"""When a patient is asked again after a procedure, by its family."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.procedures import Intent, Procedure
from clinicdesk.rules.calendar import Span

_SCORES_EPIDURAL = (Span(2, "week"), Span(3, "month"))
_SCORES_ABLATION = (Span(6, "week"), Span(3, "month"), Span(6, "month"))
_NEXT_DAY = (Span(1, "day"),)


def follow_up_days(procedure: Procedure, intent: str, performed_on: date) -> tuple[date, ...]:
    """The days on which a call is due, ascending.

    A diagnostic block speaks within hours: the next day. Radiofrequency takes weeks to
    work: 6 weeks, 3 and 6 months. All others: 2 weeks and 3 months, the span of the
    interval rules' response tests.
    """
    return tuple(span.after(performed_on) for span in _spans(procedure, intent))


def _spans(procedure: Procedure, intent: str) -> tuple[Span, ...]:
    if procedure.family == "RFA":
        return _SCORES_ABLATION
    if intent == Intent.DIAGNOSTIC:
        return _NEXT_DAY
    return _SCORES_EPIDURAL
