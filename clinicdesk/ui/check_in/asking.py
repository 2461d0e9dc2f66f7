"""What the check-in panel asks the services, in the lane, and what of it is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.measures import GLUCOSE, INFECTION, INR, PAIN
from clinicdesk.domain.one_fact import without_shared
from clinicdesk.domain.rows.check_in import DayFacts
from clinicdesk.domain.rows.people import Actor, Banner
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.states import Known, SafetyLevel
from clinicdesk.services import check_in, patients, safety, schedule, verdicts
from clinicdesk.services.context import Clinic
from clinicdesk.ui.safety.standing import Standing, ask_standing, said_here
from clinicdesk.ui.verdict.words import worst_card

WEIGHT, DRIVER = "weight", "driver"


@dataclass(frozen=True)
class Arrival:
    """Everything about one appointment at the moment of check-in.

    ``units``: by key of a measure the question it answers.
    """

    row: AppointmentRow
    banner: Banner
    standing: Standing = field(default_factory=Standing)
    cards: tuple[SafetyCard, ...] = ()
    facts: DayFacts = field(default_factory=DayFacts)
    verdict: VerdictCard | None = None
    units: tuple[tuple[str, str], ...] = ()

    def _finds(self, check: str) -> bool:
        asks = (f for card in self.cards for f in card.of_level(SafetyLevel.ASK))
        return any(finding.check == check for finding in asks)

    @property
    def planned(self) -> bool:
        """Whether there is a needle to ask for."""
        return bool(self.row.planned)

    @property
    def wants(self) -> tuple[str, ...]:
        """The figures that are asked for this procedure."""
        held = any(t.hold.inr for t in self.standing.holds)
        asked = {
            INR: held,
            GLUCOSE: self._finds("diabetes.steroid"),
            WEIGHT: self._finds("weight.not_known"),
            PAIN: any(question == PAIN for __, question in self.units),
        }
        return tuple(key for key, wanted in asked.items() if wanted)

    def measured(self, what: str) -> str:
        """The key under which an answer of the day is kept; empty without one."""
        kept = [key for key, question in self.units if question == what]
        return next((key for key in kept if key in self.facts.measured), "")

    @property
    def open_keys(self) -> tuple[str, ...]:
        """What is still to be asked, in the order of the panel."""
        if not self.planned:
            return ()
        found = [] if INFECTION in self.facts.measured else [INFECTION]
        found += [finding.check for finding in self.standing.questions]
        found += [DRIVER] * self.driver_open
        found += [dose_key(track.hold.drug) for track in self.standing.doses]
        found += [what for what in self.wants if what == WEIGHT or not self.measured(what)]
        return tuple(found)

    @property
    def driver_open(self) -> bool:
        """Whether it is not known yet who takes the patient home."""
        said = self.facts.driver
        return self.facts.asks_driver and (said is None or said.said is Known.UNKNOWN)

    @property
    def consent_open(self) -> bool:
        """Whether what is planned still waits for a signature on paper."""
        signed = len(self.facts.signed) >= len(self.row.planned) and not self.facts.to_sign
        return self.planned and not signed


def dose_key(drug: str) -> str:
    """The row of a held drug."""
    return f"dose.{drug}"


def arrival(clinic: Clinic, actor: Actor, appointment_id: int) -> Arrival:
    """Asks for it; raises NotFound."""
    row = schedule.appointment(clinic, actor, appointment_id)
    banner = patients.banner(clinic, actor, row.patient_id)
    units = tuple((key, each.what) for key, each in clinic.catalogue.measures.items())
    facts = check_in.of_appointment(clinic, actor, row.id)
    if not row.planned or row.procedure_id is not None or not row.status.holds_time:
        return Arrival(row, banner, facts=facts, units=units)
    day = row.start.date()
    try:
        cards = safety.safety_of_appointment(clinic, actor, row.id, day, row.start)
    except Invalid:
        cards = ()
    verdict = worst_card(verdicts.assess_appointment(clinic, actor, row.id, day))
    standing = ask_standing(clinic, actor, row)
    if verdict is not None:
        # A danger that stands among the lines says the rule of the same fact, too.
        verdict = without_shared(verdict, said_here(standing, cards))
    return Arrival(row, banner, standing, cards, facts, verdict, units)
