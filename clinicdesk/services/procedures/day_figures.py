"""Last doses, glucose and INR of the day: what check-in settled, what signing still asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clinicdesk.domain import log_safety
from clinicdesk.domain.dates import day_words, time_words
from clinicdesk.domain.last_dose import due_day, kept
from clinicdesk.domain.measures import (
    GLUCOSE,
    INR,
    Measure,
    Measured,
    measured_words,
)
from clinicdesk.domain.rows.holds import HoldStepRow
from clinicdesk.domain.rows.log import LogAnswer, LogForm
from clinicdesk.domain.rows.log_safety import DoseDue
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding, SafetyHold
from clinicdesk.domain.translation import _
from clinicdesk.services import day_dangers
from clinicdesk.services.context import Work

_DIABETES = "diabetes.steroid"


@dataclass(frozen=True)
class DayFigures:
    """What was stated and measured for a log.

    Attributes:
        work, form, card: the log, and what the checks and the day say of it: what was stated too
            late, or measured too high, is a danger there.
        stated: by drug the last dose stated at check-in.
        measured: by question the newest figure of the day.
    """

    work: Work
    form: LogForm
    card: SafetyCard
    stated: Mapping[str, HoldStepRow]
    measured: Mapping[str, Measured]

    @classmethod
    def of(cls, work: Work, form: LogForm, card: SafetyCard) -> DayFigures:
        """Read for a log."""
        stated = day_dangers.stated(work, form.appointment_id, card.holds)
        measured = day_dangers.measured(work, form.patient_id, form.performed_on)
        dangers = day_dangers.found(work, card.holds, stated, measured.get(INR))
        told = day_dangers.with_the_day(card, dangers, stated)
        return cls(work, form, told, stated, measured)

    def settled(self, finding: SafetyFinding) -> LogAnswer | None:
        """The answer that check-in gave already; None where signing still asks."""
        if finding.check in day_dangers.HELD:
            return self._last_doses(finding)
        return self._glucose(finding) if finding.check == _DIABETES else None

    def asked(self, finding: SafetyFinding) -> dict[str, Any]:
        """Fields of a question: what an answer with a day or a figure in it is held against."""
        if finding.check == _DIABETES:
            return {"measures": self._known(GLUCOSE)}
        if finding.check not in day_dangers.HELD:
            return {}
        wanted = self._wanted(finding)
        wants_inr = any(hold.inr for hold in wanted) and INR not in self.measured
        return {
            "on": self.form.performed_on,
            "plausible_from": self._plausible_from(),
            "customs": self.work.clinic.customs,
            "due": tuple(_due(hold) for hold in wanted),
            "measures": self._known(INR) if wants_inr else (),
        }

    # -- the last doses ----------------------------------------------------------------------

    def _wanted(self, finding: SafetyFinding) -> list[SafetyHold]:
        return [hold for hold in self.card.holds if hold.action == day_dangers.HELD[finding.check]]

    def _last_doses(self, finding: SafetyFinding) -> LogAnswer | None:
        """The statements of check-in, where each drug was stopped long enough.

        Where an INR is asked for, it is part of the answer: without one the log still asks. So it
        does where hours count and none was stated.
        """
        wanted = self._wanted(finding)
        if not wanted or not all(self._known_to_be_kept(hold) for hold in wanted):
            return None
        inr = self.measured.get(INR)
        if inr is None and any(hold.inr for hold in wanted):
            return None
        steps = [(hold, self.stated[hold.drug]) for hold in wanted]
        told = [f"{hold.name}: {day}" if (day := _day_of(s)) else hold.name for hold, s in steps]
        if inr is not None and any(hold.inr for hold in wanted):
            told.append(self._figure(inr))
        return LogAnswer(
            check=finding.check,
            because=finding.because,
            code=log_safety.LAST_DOSE,
            words=", ".join(told),
            said=_("Last dose stated at check-in"),
            by=steps[-1][1].by,
        )

    def _known_to_be_kept(self, hold: SafetyHold) -> bool:
        """Whether it was stated, and in time where the guideline names one."""
        step = self.stated.get(hold.drug)
        return step is not None and (due_day(hold) is None or kept(step, hold) is True)

    def _plausible_from(self) -> date:
        """The earliest last dose, of any of the drugs, that is not asked back."""
        days = [self.form.performed_on, *filter(None, map(due_day, self.card.holds))]
        return min(days) - timedelta(days=self.work.catalogue.hold_terms.doubt_days)

    # -- figures -----------------------------------------------------------------------------

    def _known(self, what: str) -> tuple[Measure, ...]:
        return tuple(each for each in self.work.catalogue.measures.values() if each.what == what)

    def _figure(self, said: Measured) -> str:
        """``Glucose 142 mg/dL, 09:12``."""
        words = measured_words(said, self.work.catalogue.measures[said.key])
        return f"{words}, {time_words(said.at, self.work.clinic.customs)}"

    def _glucose(self, finding: SafetyFinding) -> LogAnswer | None:
        said = self.measured.get(GLUCOSE)
        if said is None:
            return None
        return LogAnswer(
            check=finding.check,
            because=finding.because,
            code=log_safety.GLUCOSE,
            words=self._figure(said),
            said=_("Measured at check-in"),
            by=said.by,
        )


def _due(hold: SafetyHold) -> DoseDue:
    names = (hold.name, hold.drug, hold.written.partition(" ")[0])
    if hold.last_dose_before is not None:
        before = hold.last_dose_before
        return DoseDue(hold.name, names, before.date(), before.time())
    return DoseDue(hold.name, names, hold.last_dose_on)


def _day_of(step: HoldStepRow) -> str:
    day = step.last_dose_on or (step.last_dose_at.date() if step.last_dose_at else None)
    return day_words(day) if day else ""
