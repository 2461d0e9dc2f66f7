"""What the check-in panel says: pure, tested without a window."""

from __future__ import annotations

from datetime import date, datetime

from clinicdesk.domain.lists import listed
from clinicdesk.domain.rows.check_in import DayFacts, DriverRow
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.states import Known, ReviewOutcome
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui.check_in.asking import Arrival
from clinicdesk.ui.local import day_near, time_text
from clinicdesk.ui.safety.follow_words import day_beside, dose_words, when_words


def open_words(arrival: Arrival) -> str:
    """What stays open, and that it may follow; empty where nothing does."""
    count = len(arrival.open_keys)
    if count and arrival.consent_open:
        return _n(
            "{n} question and the consent are open. They can follow in preparation.",
            "{n} questions and the consent are open. They can follow in preparation.",
            count,
        ).format(n=count)
    if count:
        return _n(
            "{n} question is open. It can follow in preparation.",
            "{n} questions are open. They can follow in preparation.",
            count,
        ).format(n=count)
    return _("The consent is open. It can follow in preparation.") * arrival.consent_open


def refused_words(arrival: Arrival) -> str:
    """That a physician did not let a danger pass as it is planned; empty where none said so."""
    refused = [r for r in arrival.standing.reviews if r.outcome is ReviewOutcome.REFUSED]
    if not refused:
        return ""
    who = ", ".join(dict.fromkeys(each.answered_by for each in refused))
    return _("Not as planned, says {who}: change what is planned, or ask.").format(who=who)


def told_words(track: HoldTrack) -> str:
    """What the patient was told, or what is due where nobody told."""
    if track.told is not None:
        return _("told on {day}: {last}").format(
            day=day_near(track.told.at.date()), last=dose_words(track.told, track.start)
        )
    hold = track.hold
    if hold.last_dose_on is not None:
        return _("due {day}; on record nobody told the patient").format(
            day=day_beside(hold.last_dose_on, track.start)
        )
    if hold.last_dose_before is not None:
        return _("due before {when}; on record nobody told the patient").format(
            when=when_words(hold.last_dose_before, track.start)
        )
    return _("to be decided with the prescriber")


def stated_words(track: HoldTrack, enough: bool | None) -> tuple[str, str]:
    """What the stated dose comes to, and its tone; both empty before it is stated."""
    stated = track.stated
    if stated is None:
        return "", ""
    last = dose_words(stated, track.start)
    if enough is False:
        return _("{last}: too late. A physician decides.").format(last=last), "danger"
    if enough is None:
        return _("{last}: kept. A physician decides.").format(last=last), "warn"
    if track.told is not None and last == dose_words(track.told, track.start):
        return _("{last}: held long enough, as told.").format(last=last), "ok"
    return _("{last}: held long enough.").format(last=last), "ok"


def confirmed_words(facts: DayFacts, today: date) -> str:
    """What is known of phone, payer and address: ``unchanged since 10 Nov``."""
    last = facts.confirmed
    if last is None:
        return _("not confirmed yet")
    day = last.at.date()
    if last.contacts != facts.contacts:
        return _("changed since {day}").format(day=day_near(day))
    if day == today:
        return _("confirmed {at}, {by}").format(at=time_text(last.at), by=last.by)
    return _("unchanged since {day}").format(day=day_near(day))


def confirmed_today(facts: DayFacts, today: date) -> bool:
    """Whether they were confirmed today as they stand now."""
    last = facts.confirmed
    return last is not None and last.contacts == facts.contacts and last.at.date() == today


def driver_words(kept: DriverRow) -> str:
    """Under the question of the way home: ``Luis, son; asked at 10:12``."""
    at = time_text(kept.at)
    if kept.said is Known.YES and kept.words:
        return _("{who}; asked at {at}").format(who=kept.words, at=at)
    return {
        Known.YES: _("yes, asked at {at}"),
        Known.NO: _("no, asked at {at}"),
        Known.UNKNOWN: _("not known yet, asked at {at}"),
    }[kept.said].format(at=at)


def no_driver_words(arrival: Arrival) -> str:
    """What the desk has to do where nobody takes the patient home; empty where somebody does."""
    kept = arrival.facts.driver
    if not arrival.facts.asks_driver or kept is None or kept.said is not Known.NO:
        return ""
    return _("No driver: tell {physician}.").format(physician=arrival.row.physician)


def driver_line(kept: DriverRow, physician: str) -> str:
    """The same beside the appointment, with who asked."""
    sentences = {
        Known.YES: _("Driver home: {who}. Asked at {at}, {by}."),
        Known.NO: _("No driver home: tell {physician}. Asked at {at}, {by}."),
        Known.UNKNOWN: _("Driver home: not known yet. Asked at {at}, {by}."),
    }
    return sentences[kept.said].format(
        who=kept.words or _("yes"), physician=physician, at=time_text(kept.at), by=kept.by
    )


def consent_words(arrival: Arrival, today: date) -> str:
    """``not printed``, ``printed 10:09, not signed``, ``signed 10:12``.

    Of several planned procedures the least that is true of all of them.
    """
    facts = arrival.facts
    if len(facts.consents) < len(arrival.row.planned):
        return _("not printed")
    if facts.to_sign:
        printed = max(paper.printed_at for paper in facts.to_sign)
        return _("printed {when}, not signed").format(when=_when(printed, today))
    signed = [paper.signed_at for paper in facts.signed if paper.signed_at is not None]
    return _("signed {when}").format(when=_when(max(signed), today)) if signed else ""


def signed_by_words(facts: DayFacts) -> str:
    """Who recorded it; empty where nothing is signed."""
    names = listed(sorted({paper.signed_by for paper in facts.signed} - {""}))
    return _("Recorded by {names}").format(names=names) if names else ""


def _when(at: datetime, today: date) -> str:
    return time_text(at) if at.date() == today else day_near(at.date())


def side_words(arrival: Arrival) -> tuple[str, str]:
    """Booked against consent, and its tone."""
    booked = ", ".join(arrival.facts.booked)
    consented = ", ".join(arrival.facts.consented)
    if not consented:
        return _("Booked {booked}, no consent printed yet").format(booked=booked), "muted"
    signed = len(arrival.facts.signed) == len(arrival.facts.consents)
    if arrival.facts.differs and signed:
        return _("Booked {booked}, but the signed consent says {consented}").format(
            booked=booked, consented=consented
        ), "danger"
    if arrival.facts.differs:
        return _("Booked {booked}, but the consent says {consented}").format(
            booked=booked, consented=consented
        ), "danger"
    if signed:
        return _("Booked and signed: {booked}").format(booked=booked), "muted"
    return _("Booked and consent: {booked}").format(booked=booked), "muted"
