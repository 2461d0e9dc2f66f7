"""What the chart says about procedures and appointments: pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from clinicdesk.domain.dates import day_words, weekday_words
from clinicdesk.domain.readings import relief
from clinicdesk.domain.rows.people import PastProcedure, UpcomingAppointment
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.ui.local import time_text, weekday_near

ARROW = " → "
_STATES = {state.value: state.label for state in LogState} | {LogState.OPEN.value: _("Not signed")}
_KINDS = {
    "mobile": _("Mobile"),
    "home": _("Home"),
    "maiden": _("Born"),
    "preferred": _("Called"),
    "work": _("Work"),
}


def score_text(value: Decimal | None) -> str:
    """A score as written, a dash where there is none."""
    if value is None:
        return "–"
    return f"{value.normalize():f}"


def pain_text(row: PastProcedure) -> str:
    """``7 → 2 → 3``: before, after, follow-up; empty without any."""
    values = (row.before, row.after, row.followup)
    if all(value is None for value in values):
        return ""
    shown = values if row.followup is not None else values[:2]
    return ARROW.join(score_text(value) for value in shown)


def relief_percent(row: PastProcedure) -> int | None:
    """Relief in whole percent at the latest score, cut towards zero; None if unknown."""
    later = row.followup if row.followup is not None else row.after
    if row.before is None or later is None:
        return None
    share = relief(row.before, later)
    return None if share is None else int(share * 100)


def relief_weeks(row: PastProcedure) -> int | None:
    """Whole weeks from the procedure to the follow-up that the relief was read at."""
    if row.followup is None or row.followup_on is None:
        return None
    return max(0, (row.followup_on - row.performed_on).days // 7)


def relief_text(row: PastProcedure) -> str:
    """``60% · 15 wk`` at the follow-up, ``70%`` right after, empty where nothing can be said."""
    percent, weeks = relief_percent(row), relief_weeks(row)
    if percent is None:
        return ""
    return (
        _("{percent}% · {weeks} wk").format(percent=percent, weeks=weeks)
        if weeks is not None
        else f"{percent}%"
    )


def state_text(row: PastProcedure) -> str:
    """``Signed``, ``Not signed``, ``Draft`` or ``Struck out``."""
    if row.struck:
        return _("Struck out")
    return _STATES.get(row.state, row.state.capitalize())


def state_icon(row: PastProcedure) -> str:
    """A shape for the state."""
    if row.struck:
        return "x"
    return {LogState.SIGNED.value: "lock", LogState.OPEN.value: "pen"}.get(row.state, "note")


def sites_text(sites: tuple[str, ...]) -> str:
    """``L4 left, L5 left``."""
    return ", ".join(sites)


def spoken_row(row: PastProcedure) -> str:
    """A line of the list for a screen reader."""
    parts = [
        weekday_words(row.performed_on),
        row.name,
        sites_text(row.sites),
        row.physician,
        ", ".join(row.medications),
        _("pain {pain_text} on {scale}").format(pain_text=pain_text(row), scale=row.scale)
        if pain_text(row)
        else _("no pain score"),
        _("relief {relief_text}").format(relief_text=relief_text(row)) if relief_text(row) else "",
        state_text(row),
    ]
    return ", ".join(part for part in parts if part)


def procedure_tip(row: PastProcedure) -> str:
    """Everything about a procedure, as lines of plain text."""
    lines = [f"{row.name} · {sites_text(row.sites)}", weekday_words(row.performed_on)]
    if row.physician:
        lines.append(row.physician)
    lines.extend(row.medications)
    if pain_text(row):
        lines.append(
            _("Pain ({scale}): {pain_text}").format(scale=row.scale, pain_text=pain_text(row))
        )
    if row.followup_on is not None:
        lines.append(_("Follow-up on {followup_on}").format(followup_on=day_words(row.followup_on)))
    state = state_text(row)
    if row.signed_by:
        state = _("{state} by {signed_by}").format(state=state, signed_by=row.signed_by)
    lines.append(state)
    return "\n".join(lines)


def upcoming_when(row: UpcomingAppointment, today: date) -> str:
    """``Today 10:30`` or ``Tue 15 Dec 14:15``."""
    day = row.start.date()
    words = _("Today") if day == today else weekday_near(day)
    return f"{words} {time_text(row.start)}"


def upcoming_title(row: UpcomingAppointment) -> str:
    """``Transforaminal ESI, L5 left``."""
    return ", ".join([row.title, *row.sites])


def kind_label(kind: str) -> str:
    """The word for a kind of phone or name."""
    return _KINDS.get(kind, kind.replace("_", " ").capitalize())
