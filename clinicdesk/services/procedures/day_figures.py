"""Last doses, glucose and INR of the day: what check-in settled, what signing still asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clinicdesk.data.queries import check_in as day_queries
from clinicdesk.data.queries import holds as hold_queries
from clinicdesk.domain import log_safety
from clinicdesk.domain.dates import day_words, time_words
from clinicdesk.domain.measures import (
    GLUCOSE,
    INR,
    Measure,
    Measured,
    above_normal,
    measured_words,
)
from clinicdesk.domain.rows.holds import HoldStepRow, HoldTrack
from clinicdesk.domain.rows.log import LogAnswer, LogForm
from clinicdesk.domain.rows.log_safety import DoseDue
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding, SafetyHold
from clinicdesk.domain.states import HoldStepKind
from clinicdesk.domain.translation import _
from clinicdesk.services import holds
from clinicdesk.services.context import Work

_THINNERS = {"thinner.hold": "hold", "thinner.shared": "shared"}
_DIABETES = "diabetes.steroid"


@dataclass(frozen=True)
class DayFigures:
    """What was stated and measured for a log.

    Attributes:
        work, form, card: the log, and what the checks say of it.
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
        return cls(work, form, card, _stated(work, form), _measured(work, form))

    def settled(self, finding: SafetyFinding) -> LogAnswer | None:
        """The answer that check-in gave already; None where signing still asks."""
        if finding.check in _THINNERS:
            return self._last_doses(finding)
        return self._glucose(finding) if finding.check == _DIABETES else None

    def asked(self, finding: SafetyFinding) -> dict[str, Any]:
        """Fields of a question: what an answer with a day or a figure in it is held against."""
        if finding.check == _DIABETES:
            return {"measures": self._known(GLUCOSE)}
        if finding.check not in _THINNERS:
            return {}
        wanted = self._wanted(finding)
        wants_inr = any(hold.inr for hold in wanted) and INR not in self.measured
        return {
            "on": self.form.performed_on,
            "plausible_from": self._plausible_from(),
            "customs": self.work.clinic.customs,
            "due": tuple(_due(hold) for hold in wanted),
            "barred": self._barred(wanted),
            "measures": self._known(INR) if wants_inr else (),
        }

    # -- the last doses ----------------------------------------------------------------------

    def _wanted(self, finding: SafetyFinding) -> list[SafetyHold]:
        return [hold for hold in self.card.holds if hold.action == _THINNERS[finding.check]]

    def _last_doses(self, finding: SafetyFinding) -> LogAnswer | None:
        """The statements of check-in, where each drug was stopped long enough.

        Where an INR is asked for, it is part of the answer: without one the log still asks.
        """
        wanted = self._wanted(finding)
        if not wanted or self._barred(wanted) or any(h.drug not in self.stated for h in wanted):
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

    def _barred(self, wanted: list[SafetyHold]) -> str:
        """Why no last dose can be the answer: what was said or measured speaks against it."""
        return next(filter(None, self._against(wanted)), "")

    def _against(self, wanted: list[SafetyHold]) -> Iterator[str]:
        inr = self.measured.get(INR)
        for hold in wanted:
            step = self.stated.get(hold.drug)
            if step is not None and holds.enough(self._track(hold, step)) is False:
                said = _(
                    "At check-in the last dose of {drug} was said to be {day}, which is too late."
                )
                yield said.format(drug=hold.name, day=_day_of(step))
            if hold.inr and inr is not None:
                yield above_normal(inr.value, self.work.catalogue.measures[inr.key])

    def _track(self, hold: SafetyHold, step: HoldStepRow) -> HoldTrack:
        number = self.form.appointment_id or 0
        return HoldTrack(number, self.form.patient_id, "", step.at, "", hold, stated=step)

    def _plausible_from(self) -> date:
        """The earliest last dose, of any of the drugs, that is not asked back."""
        due = [self.form.performed_on]
        for hold in self.card.holds:
            if hold.last_dose_on is not None:
                due.append(hold.last_dose_on)
            elif hold.last_dose_before is not None:
                due.append(hold.last_dose_before.date())
        return min(due) - timedelta(days=self.work.catalogue.hold_terms.doubt_days)

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


def _stated(work: Work, form: LogForm) -> Mapping[str, HoldStepRow]:
    """By drug: the last dose stated at check-in, the newest statement last."""
    if form.appointment_id is None:
        return {}
    steps = hold_queries.steps(work.tx, [form.appointment_id], work.zone)
    taken = steps.get(form.appointment_id, [])
    return {step.drug: step for step in taken if step.step is HoldStepKind.STATED}


def _measured(work: Work, form: LogForm) -> Mapping[str, Measured]:
    """By question the figure of the day, as it was measured at check-in."""
    found = day_queries.measured(work.tx, form.patient_id, form.performed_on, work.zone)
    known = work.catalogue.measures
    newest = sorted((said for key, said in found.items() if key in known), key=lambda m: m.at)
    return {known[said.key].what: said for said in newest}


def _due(hold: SafetyHold) -> DoseDue:
    names = (hold.name, hold.drug, hold.written.partition(" ")[0])
    if hold.last_dose_before is not None:
        before = hold.last_dose_before
        return DoseDue(hold.name, names, before.date(), before.time())
    return DoseDue(hold.name, names, hold.last_dose_on)


def _day_of(step: HoldStepRow) -> str:
    day = step.last_dose_on or (step.last_dose_at.date() if step.last_dose_at else None)
    return day_words(day) if day else ""
