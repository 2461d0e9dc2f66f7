"""When each blood thinner starts again after a procedure, as the clinic's guideline has it.

Class of bleeding and hold are those of the catalogue: the one place on sheets that reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.anatomy import Sort, site_for
from clinicdesk.domain.dates import day_words, time_words
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.documents import Thinner
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.safety.knowledge import Anticoagulant
from clinicdesk.services.context import Clinic

_CLASSES = ("low", "intermediate", "high")
_COUNTED = ("anticoagulant", "antiplatelet")
_LATEST = timedelta(days=60)
"""A later restart is taken for a slip of the pen."""


def thinners_of(
    clinic: Clinic, subject: Subject, drugs: Sequence[str], said: datetime | None, by: str
) -> tuple[Thinner, ...]:
    """What becomes of each drug; ``said`` is what a person said instead, ``by`` that person."""
    kind = clinic.catalogue.procedures.get(subject.procedure)
    risk = _bleeding(clinic.catalogue, kind, subject.sites, drugs) if kind else ""
    over = over_at(clinic, subject)
    return tuple(_one(clinic, drug, risk, over, said, by) for drug in drugs)


def _one(
    clinic: Clinic, written: str, risk: str, over: datetime | None, said: datetime | None, by: str
) -> Thinner:
    drug = clinic.catalogue.anticoagulant(written)
    if drug is not None and risk and drug.hold[risk].kind == "none":
        return Thinner(written, keep=True)
    if said is not None:
        return Thinner(written, restart=said.astimezone(clinic.zone), by=by)
    hours = _hours(drug, risk)
    if over is None or hours is None:
        return Thinner(written)
    return Thinner(written, restart=(over + timedelta(hours=hours)).astimezone(clinic.zone))


def _hours(drug: Anticoagulant | None, risk: str) -> int | None:
    """Hours until it may start again; None where nothing says so, or it is a shared decision."""
    if drug is None or not risk or drug.hold[risk].kind != "time":
        return None
    return drug.restart[risk].least


def _bleeding(
    catalogue: Catalogue, kind: Procedure, sites: Sequence[str], drugs: Sequence[str]
) -> str:
    """The procedure's class at these sites; two drugs that thin the blood move it up one."""
    neck = kind.bleeding_cervical and any(_is_cervical(site, kind) for site in sites)
    found = kind.bleeding_cervical if neck else kind.bleeding
    known = {drug.key: drug for written in drugs if (drug := catalogue.anticoagulant(written))}
    counted = [
        drug
        for drug in known.values()
        if drug.drug_class in _COUNTED and drug.hold[_CLASSES[1]].kind != "none"
    ]
    up = 1 if len(counted) > 1 else 0
    return _CLASSES[min(_CLASSES.index(found) + up, len(_CLASSES) - 1)]


def _is_cervical(text: str, kind: Procedure) -> bool:
    try:
        site = site_for(text, kind)
    except ValueError:
        return False
    return site.sort in (Sort.SEGMENT, Sort.ROOT) and site.name.startswith("C")


def over_at(clinic: Clinic, subject: Subject) -> datetime | None:
    """When a logged procedure was over; None where the log has no time of it."""
    if subject.ended_at is not None:
        return subject.ended_at
    if subject.began_at is None:
        return None
    kind = clinic.catalogue.procedures.get(subject.procedure)
    return subject.began_at + timedelta(minutes=kind.minutes if kind else 0)


def check_restart(
    clinic: Clinic, actor: Actor, subject: Subject, drugs: Sequence[str], restart: datetime
) -> None:
    """Refuses a restart that cannot be meant; raises Invalid (``restart``)."""
    local = restart.astimezone(clinic.zone)
    over = over_at(clinic, subject)
    ended = (over or subject.started_at or restart).astimezone(clinic.zone)
    sentence = ""
    if over is None and local.date() <= subject.day:
        sentence = _("Choose a day after the procedure ({day}), or log when it was over.").format(
            day=day_words(subject.day)
        )
    elif local <= ended and over is not None:
        sentence = _("The procedure was over on {day} at {time}. Choose a later time.").format(
            day=day_words(ended.date()), time=time_words(ended, clinic.customs)
        )
    elif local.date() - subject.day > _LATEST:
        sentence = _("This is more than {days} days after the procedure.").format(days=_LATEST.days)
    elif not actor.may(Permission.SIGN):
        planned = thinners_of(clinic, subject, drugs, None, "")
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
