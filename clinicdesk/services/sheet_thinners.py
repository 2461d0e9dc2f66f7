"""When each blood thinner starts again after a procedure, as the safety checks have it.

The card of the checks (``services/safety.py``) says class of bleeding, hold and restart; nothing
here knows a drug. So a sheet says what the booking and the command line say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.dates import day_words, time_words
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.lists import either
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.documents import SaidRestart, Thinner
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.safety import SafetyHold
from clinicdesk.domain.translation import _
from clinicdesk.safety.recorded import may_be_stopped
from clinicdesk.services.context import Clinic, Work
from clinicdesk.services.sheet_dangers import card_of

_LATEST = timedelta(days=60)
"""A later restart is taken for a slip of the pen."""


@dataclass(frozen=True)
class HeldDrug:
    """A drug as the record has it, and what the checks say of it before this procedure.

    ``holds`` is empty where they do not know the drug; a product of several has one of each.
    """

    written: str
    holds: tuple[SafetyHold, ...]

    @property
    def kept_on(self) -> bool:
        """It needs no stopping: nobody says when it starts again."""
        return {hold.action for hold in self.holds} == {"none"}


def meant(drugs: Iterable[HeldDrug], named: str) -> HeldDrug:
    """The drug of which a restart is said: one alone need not be named.

    Raises:
        Invalid: ``drug``, with what may be named.
    """
    held = [drug for drug in drugs if not drug.kept_on]
    found = [d for d in held if d.written.casefold() == named.strip().casefold()]
    if not named.strip() and len(held) == 1:
        found = held
    if len(found) == 1:
        return found[0]
    if not held:
        raise Invalid({"restart": _("No blood thinner is held for this procedure.")})
    said = _("Say of which blood thinner: {drugs}.")
    raise Invalid({"restart": said.format(drugs=either([drug.written for drug in held]))})


def drugs_of(
    work: Work, subject: Subject, records: PatientFacts, thinners: Iterable[str]
) -> tuple[HeldDrug, ...]:
    """The blood thinners, and whatever else the checks hold before this procedure."""
    found = {hold.drug: hold for hold in _holds(work, subject, records)}
    words = work.catalogue.safety.thinner_words
    drugs = {
        written: HeldDrug(
            written, tuple(found[key] for key in words.found(written) if key in found)
        )
        for written in (*thinners, *(each.drug for each in records.drugs or ()))
    }
    named = set(thinners)
    return tuple(
        drug
        for drug in drugs.values()
        if drug.written in named or any(hold.action == "hold" for hold in drug.holds)
    )


def _holds(work: Work, subject: Subject, records: PatientFacts) -> tuple[SafetyHold, ...]:
    """What the card of the checks says; nothing where the sites cannot be read."""
    card = card_of(work, subject, records)
    return card.holds if card is not None else ()


@dataclass(frozen=True)
class Over:
    """When a procedure was over; not ``known``: as it was planned, since nobody has said yet."""

    at: datetime
    known: bool


def thinners_of(
    clinic: Clinic,
    subject: Subject,
    drugs: Iterable[HeldDrug],
    said: Iterable[SaidRestart] = (),
) -> tuple[Thinner, ...]:
    """What becomes of each drug; ``said`` is what a person said of one of them instead."""
    over = over_of(clinic, subject)
    by_drug = {each.drug: each for each in said}
    return tuple(_one(clinic, drug, over, by_drug.get(drug.written)) for drug in drugs)


def _one(clinic: Clinic, drug: HeldDrug, over: Over | None, said: SaidRestart | None) -> Thinner:
    if said is None and may_be_stopped(drug.written, clinic.catalogue.safety):
        # “warfarin, stopped 2019” is not to be started again by a sheet.
        return Thinner(drug.written)
    actions = {hold.action for hold in drug.holds}
    if drug.kept_on:
        return Thinner(drug.written, keep=True)
    if said is not None and said.restart is not None:
        return Thinner(drug.written, restart=said.restart.astimezone(clinic.zone), by=said.by)
    hours = [hold.restart_hours for hold in drug.holds if hold.action == "hold"]
    known = [each for each in hours if each is not None]
    # A shared decision, or a drug that no table knows: the sheet leaves it to the clinic.
    if over is None or not known or len(known) < len(hours) or "shared" in actions:
        return Thinner(drug.written)
    restart = (over.at + timedelta(hours=max(known))).astimezone(clinic.zone)
    if over.known:
        return Thinner(drug.written, restart=restart)
    ended = over.at.astimezone(clinic.zone)
    return Thinner(drug.written, restart=restart, hours=max(known), counted_from=ended)


def over_of(clinic: Clinic, subject: Subject) -> Over | None:
    """When a logged procedure was over, never before it can have been; None: no time of it.

    As logged; else when the patient left the room, else when the record was signed, both of that
    very day and never before the planned end. Until one of these is there it is only planned.
    """
    if subject.ended_at is not None:
        return Over(subject.ended_at, known=True)
    planned = subject.planned_end
    if subject.began_at is not None:
        kind = clinic.catalogue.procedures.get(subject.procedure)
        planned = subject.began_at + timedelta(minutes=kind.minutes if kind else 0)

    def that_day(moment: datetime | None) -> datetime | None:
        same = moment is not None and moment.astimezone(clinic.zone).date() == subject.day
        return moment if same else None

    left = that_day(subject.left_at) or that_day(subject.signed_at)
    if planned is None:
        return None
    if left is not None:
        return Over(max(planned, left), known=True)
    return Over(max(planned, that_day(subject.saved_at) or planned), known=False)


def over_at(clinic: Clinic, subject: Subject) -> datetime | None:
    """When a logged procedure was over, or is planned to be; None where there is no time of it."""
    over = over_of(clinic, subject)
    return over.at if over is not None else None


def check_restart(
    clinic: Clinic, actor: Actor, subject: Subject, drug: HeldDrug, restart: datetime
) -> None:
    """Refuses a restart of a drug that cannot be meant; raises Invalid (``restart``)."""
    local = restart.astimezone(clinic.zone)
    over = over_of(clinic, subject)
    ended = (over.at if over else subject.started_at or restart).astimezone(clinic.zone)
    sentence = ""
    if over is None and local.date() <= subject.day:
        sentence = _("Choose a day after the procedure ({day}), or log when it was over.").format(
            day=day_words(subject.day)
        )
    elif local <= ended and over is not None:
        said = (
            _("The procedure was over on {day} at {time}. Choose a later time.")
            if over.known
            else _("The procedure was planned until {day} at {time}. Choose a later time.")
        )
        sentence = said.format(day=day_words(ended.date()), time=time_words(ended, clinic.customs))
    elif local.date() - subject.day > _LATEST:
        sentence = _("This is more than {days} days after the procedure.").format(days=_LATEST.days)
    elif not actor.may(Permission.SIGN):
        planned = thinners_of(clinic, subject, (drug,))
        first = max((one.restart for one in planned if one.restart), default=None)
        if first is not None and local < first:
            sentence = _(
                "Before {day} at {time}, as {guideline} has it: a physician has to say so."
            ).format(
                day=day_words(first.date()),
                time=time_words(first, clinic.customs),
                guideline=clinic.catalogue.guideline.partition(" (")[0],
            )
    if sentence:
        raise Invalid({"restart": sentence})
