"""What the day itself says against a procedure: a last dose stated too late, an INR too high.

The checks know the plan and the record; this is what was said and measured on the day. Both are
dangers like theirs: they wait for a physician, mark the appointment, and signing asks about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from clinicdesk.data.queries import check_in as day_queries
from clinicdesk.data.queries import holds as hold_queries
from clinicdesk.domain.dates import day_words, time_words
from clinicdesk.domain.last_dose import due_day, kept, speaks
from clinicdesk.domain.lists import listed
from clinicdesk.domain.measures import INR, Measured, above_normal, measured_words
from clinicdesk.domain.rows.holds import HoldStepRow
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding, SafetyHold
from clinicdesk.domain.states import HoldStepKind, SafetyLevel
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work

LATE, HIGH_INR = "thinner.late", "thinner.inr"
HELD = {"thinner.hold": "hold", "thinner.shared": "shared"}
"""The questions for a last dose, and the action of the drugs that they ask about."""

Stated = Mapping[str, HoldStepRow]


def stated(work: Work, appointment_id: int | None, held: Iterable[SafetyHold]) -> Stated:
    """By drug the newest last dose that was stated, as far as it speaks of the hold."""
    if appointment_id is None:
        return {}
    taken = hold_queries.steps(work.tx, [appointment_id], work.zone).get(appointment_id, [])
    newest = {step.drug: step for step in taken if step.step is HoldStepKind.STATED}
    return {
        hold.drug: newest[hold.drug]
        for hold in held
        if hold.drug in newest and speaks(newest[hold.drug], hold)
    }


def measured(work: Work, patient_id: int, day: date) -> dict[str, Measured]:
    """By question the newest figure of a day."""
    known = work.catalogue.measures
    found = day_queries.measured(work.tx, patient_id, day, work.zone)
    ordered = sorted((said for key, said in found.items() if key in known), key=lambda m: m.at)
    return {known[said.key].what: said for said in ordered}


def of_appointment(
    work: Work, patient_id: int, appointment_id: int, day: date, cards: Iterable[SafetyCard]
) -> tuple[SafetyFinding, ...]:
    """What was stated and measured for an appointment on its day, held against its ``cards``."""
    held = _strictest(hold for card in cards for hold in card.holds)
    if not held:
        return ()
    inr = measured(work, patient_id, day).get(INR) if any(hold.inr for hold in held) else None
    return found(work, held, stated(work, appointment_id, held), inr)


def found(
    work: Work, held: Sequence[SafetyHold], said: Stated, inr: Measured | None
) -> tuple[SafetyFinding, ...]:
    """The dangers; one for every drug that was taken too late, one for the INR."""
    late = [hold for hold in held if too_late(hold, said)]
    return tuple(
        finding
        for finding in (_late(work, late, said), _high_inr(work, held, inr))
        if finding is not None
    )


def too_late(hold: SafetyHold, said: Stated) -> bool:
    """Whether the last dose of a held drug was stated, and is too late."""
    step = said.get(hold.drug)
    return hold.action != "none" and step is not None and kept(step, hold) is False


def with_the_day(card: SafetyCard, dangers: Iterable[SafetyFinding], said: Stated) -> SafetyCard:
    """The card as it stands once the day has spoken.

    A drug that was taken too late is that danger and no question any more; the others are still
    asked about.
    """
    left = tuple(hold for hold in card.holds if not too_late(hold, said))
    findings = [*dangers, *(_about(left, each) for each in card.findings)]
    order = list(SafetyLevel)
    kept_on = sorted(
        (each for each in findings if each is not None),
        key=lambda each: (order.index(each.level), each.check),
    )
    return replace(card, findings=tuple(kept_on), holds=left)


def _about(left: Iterable[SafetyHold], finding: SafetyFinding) -> SafetyFinding | None:
    if finding.check not in HELD:
        return finding
    meant = [hold for hold in left if hold.action == HELD[finding.check]]
    if not meant:
        return None
    return replace(
        finding,
        because=tuple(dict.fromkeys(hold.written for hold in meant)),
        sentence=" ".join(hold.sentence for hold in meant),
    )


def _strictest(holds: Iterable[SafetyHold]) -> list[SafetyHold]:
    """Of several procedures of one visit, each drug with its earliest last dose."""
    by_drug: dict[str, SafetyHold] = {}
    for hold in holds:
        before = by_drug.get(hold.drug)
        if before is None or (due_day(hold) or date.max) < (due_day(before) or date.max):
            by_drug[hold.drug] = hold
    return list(by_drug.values())


def _late(work: Work, late: Sequence[SafetyHold], said: Stated) -> SafetyFinding | None:
    if not late:
        return None
    lines = [_late_words(work, hold, said[hold.drug]) for hold in late]
    because = [part for hold in late for part in (hold.written, _moment(said[hold.drug]))]
    return _finding(work, LATE, because, " ".join(lines))


def _late_words(work: Work, hold: SafetyHold, step: HoldStepRow) -> str:
    customs, before = work.clinic.customs, hold.last_dose_before
    day = step.last_dose_on or (step.last_dose_at.date() if step.last_dose_at else None)
    assert day is not None
    last = day_words(day)
    if step.last_dose_at is not None:
        last = _("{day} {time}").format(day=last, time=time_words(step.last_dose_at, customs))
    if before is not None:
        due = _("{day} {time}").format(
            day=day_words(before.date()), time=time_words(before, customs)
        )
    else:
        due = day_words(hold.last_dose_on) if hold.last_dose_on else ""
    return _(
        "At check-in the last dose of {drug} was said to be {last}. That is too late: "
        "the guideline's last dose was {due}."
    ).format(drug=hold.name, last=last, due=due)


def _moment(step: HoldStepRow) -> str:
    """The statement in no language: another one is another danger."""
    if step.last_dose_at is not None:
        return step.last_dose_at.strftime("%Y-%m-%d %H:%M")
    return step.last_dose_on.isoformat() if step.last_dose_on else ""


def _high_inr(work: Work, held: Iterable[SafetyHold], inr: Measured | None) -> SafetyFinding | None:
    wants = [hold for hold in held if hold.inr and hold.action != "none"]
    if inr is None or not wants:
        return None
    measure = work.catalogue.measures[inr.key]
    high = above_normal(inr.value, measure)
    if not high:
        return None
    said = _("{drug}, measured at check-in: {high}")
    because = [*(hold.written for hold in wants), measured_words(inr, measure)]
    sentence = said.format(drug=listed([hold.name for hold in wants]), high=high)
    return _finding(work, HIGH_INR, because, sentence)


def _finding(work: Work, check: str, because: Iterable[str], sentence: str) -> SafetyFinding:
    basis = work.catalogue.safety.checks[check]
    return SafetyFinding(
        check=check,
        level=SafetyLevel.REASON,
        because=tuple(dict.fromkeys(because)),
        sentence=sentence,
        source=basis.source,
        verify=basis.verify,
    )
