"""How long each recognised blood thinner is held before the plan, and when it starts again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.safety import SafetyCard, SafetyHold
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _, _n
from clinicdesk.safety.case import Case
from clinicdesk.safety.knowledge import Anticoagulant, Guideline, Hold, Knowledge
from clinicdesk.safety.recorded import may_be_stopped

HOLD, SHARED, NONE = "hold", "shared", "none"
_DAY = 24
_HERBAL = "herbal"


def recognised(drugs: Iterable[str], knowledge: Knowledge) -> tuple[tuple[str, Anticoagulant], ...]:
    """Each drug that matters for bleeding, with the record's words; in its order, each once."""
    found: dict[str, str] = {}
    for written in drugs:
        for key in knowledge.thinner_words.found(written):
            found.setdefault(key, written)
    return tuple((written, knowledge.anticoagulants[key]) for key, written in found.items())


def holds(
    case: Case, drugs: Iterable[tuple[str, Anticoagulant]], bleeding: str, guideline: Guideline
) -> Iterator[SafetyHold]:
    """What the guideline says of each in this bleeding class."""
    for written, drug in drugs:
        hold, restart = drug.hold[bleeding], drug.restart[bleeding]
        action = HOLD if hold.kind == "time" else hold.kind
        days = hold.least // _DAY if hold.in_days and hold.least is not None else None
        hours = hold.least if action == HOLD and days is None else None
        last_on = None if days is None else case.on - timedelta(days=days + 1)
        before = _hours_before(case.start, hours)
        held, name = action == HOLD, _called(drug, written)
        yield SafetyHold(
            drug=drug.key,
            name=name,
            written=written,
            action=action,
            sentence=_unverified(name, guideline)
            if action == NONE and drug.drug_class == _HERBAL
            else _sentence(name, drug.inr, action, hold, restart, case, guideline),
            source=drug.source,
            verify=drug.verify,
            days=days,
            hours=hours,
            most=_most(hold),
            last_dose_on=last_on,
            last_dose_before=before,
            restart_hours=restart.least if held else None,
            restart_most=_range_end(restart) if held else None,
            inr=drug.inr,
            note=drug.note,
        )


def asked_back(hold: SafetyHold, knowledge: Knowledge) -> SafetyHold:
    """A hold whose drug is said to be taken no more: the entry decides nothing, it is asked."""
    if hold.action == NONE or not may_be_stopped(hold.written, knowledge):
        return hold
    said = _("“{written}”: is it still taken? If so: {sentence}")
    return replace(hold, sentence=said.format(written=hold.written, sentence=hold.sentence))


def in_time(hold: SafetyHold, on: date, now: datetime) -> SafetyHold:
    """A hold as it stands at ``now``, in the clinic's zone: its last dose may be past already.

    Args:
        hold: of a plan that is only being chosen: nobody has told the patient to stop.
        on: the day of the plan.
        now: aware.
    """
    first = _first_in_time(hold, on, now)
    if first is None:
        return hold
    # When the last dose should have been, the sentence of the hold says.
    said = _("{drug}: too late for this day; earliest day that leaves time: {first}.").format(
        drug=hold.name, first=day_words(first)
    )
    return replace(hold, sentence=f"{said} {hold.sentence}", leaves_time_on=first)


def card_in_time(card: SafetyCard, on: date, now: datetime) -> SafetyCard:
    """A card with its holds as ``in_time``, also in what its findings say of them."""
    told = tuple(in_time(hold, on, now) for hold in card.holds)
    findings = card.findings
    for old, new in zip(card.holds, told, strict=True):
        findings = tuple(
            replace(each, sentence=each.sentence.replace(old.sentence, new.sentence))
            for each in findings
        )
    return replace(card, holds=told, findings=findings)


def _first_in_time(hold: SafetyHold, on: date, now: datetime) -> date | None:
    """The first day for which the last dose is still to come; None where ``on`` is one."""
    if hold.last_dose_on is not None and hold.days is not None:
        late = hold.last_dose_on < now.date()
        return now.date() + timedelta(days=hold.days + 1) if late else None
    before = hold.last_dose_before
    if before is None or hold.hours is None or before >= now:
        return None
    missing = now - before
    return on + timedelta(days=-(-missing // timedelta(days=1)))


def _hours_before(start: datetime | None, hours: int | None) -> datetime | None:
    """So many hours before the start, on the clinic's clock whatever it was set to between."""
    if start is None or hours is None:
        return None
    return (start.astimezone(UTC) - timedelta(hours=hours)).astimezone(start.tzinfo)


def _range_end(hold: Hold) -> int | None:
    return hold.most if hold.most != hold.least else None


def _most(hold: Hold) -> int | None:
    """The longer end of a range, in the unit of the shorter."""
    end = _range_end(hold)
    return end if end is None or not hold.in_days else end // _DAY


def _unverified(name: str, guideline: Guideline) -> str:
    """Of a herb no figure of the guideline is known: that is no "no hold"."""
    said = _("{drug}: no figure of the guideline was verified ({guideline}). Ask the physician.")
    return said.format(drug=name, guideline=guideline.short)


def _called(drug: Anticoagulant, written: str) -> str:
    """Its name; where the record has another word for it (a brand, one of a class), both."""
    return drug.name if fold(drug.name) in fold(written) else f"{written} ({drug.name})"


def _sentence(
    name: str,
    inr: bool,
    action: str,
    hold: Hold,
    restart: Hold,
    case: Case,
    guideline: Guideline,
) -> str:
    if action == SHARED:
        said = _("{drug}: no routine hold ({guideline}); decide with the prescriber.")
        return said.format(drug=name, guideline=guideline.short)
    if action == NONE:
        said = _("{drug}: no hold for this procedure ({guideline}).")
        return said.format(drug=name, guideline=guideline.short)
    parts = [_last_dose(name, hold, case, guideline)]
    if inr:
        parts.append(_("A normal INR is needed too."))
    parts.append(_("Never stop it without the prescriber's agreement."))
    if restart.least is not None:
        parts.append(_("Restart after {span}.").format(span=_hours(restart)))
    return " ".join(parts)


def _last_dose(name: str, hold: Hold, case: Case, guideline: Guideline) -> str:
    least = hold.least or 0
    if hold.in_days:
        last = case.on - timedelta(days=least // _DAY + 1)
        said = _("{drug}: last dose {day}, {span} without it ({guideline}).")
        return said.format(
            drug=name, day=day_words(last), span=_days(hold), guideline=guideline.short
        )
    before = _hours_before(case.start, least)
    if before is None:
        said = _("{drug}: last dose {span} before the start ({guideline}).")
        return said.format(drug=name, span=_hours(hold), guideline=guideline.short)
    said = _("{drug}: last dose before {day} {time}, {span} before the start ({guideline}).")
    return said.format(
        drug=name,
        day=day_words(before.date()),
        time=f"{before:%H:%M}",
        span=_hours(hold),
        guideline=guideline.short,
    )


def _days(hold: Hold) -> str:
    least = (hold.least or 0) // _DAY
    most = _most(hold)
    if most is not None:
        return _("{least}-{most} days").format(least=least, most=most)
    return _n("{n} day", "{n} days", least).format(n=least)


def _hours(hold: Hold) -> str:
    if (most := _range_end(hold)) is not None:
        return _("{least}-{most} hours").format(least=hold.least, most=most)
    return _n("{n} hour", "{n} hours", hold.least or 0).format(n=hold.least)
