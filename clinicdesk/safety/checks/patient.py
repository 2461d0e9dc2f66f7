"""Pregnancy, diabetes, infection: what the patient brings along."""

from __future__ import annotations

from collections.abc import Iterator

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.spans import add_months
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import ASK, NOTE, REASON, Found, quoted
from clinicdesk.safety.knowledge import DIABETES, INFECTION, PREDIABETES
from clinicdesk.safety.pregnancy import Pregnancy, standing
from clinicdesk.safety.recorded import condition_is, infection_may_be_over
from clinicdesk.safety.session import Session

_MAY_BE_PREGNANT = ("female", "unknown")
_MONTHS = 12
_IN_DOUBT = {
    Pregnancy.OLD: _(
        "{words} was recorded longer ago than a pregnancy lasts: ask again, X-rays are planned."
    ),
    Pregnancy.PERHAPS: _("{words} is on record, and X-rays are planned: ask about pregnancy."),
    Pregnancy.DENIED: _(
        "{words} is on record, and the answer to the question was no: ask again. "
        "Take the entry off the conditions if it is over."
    ),
}
"""What is on record and settles nothing."""


def checks(session: Session) -> Iterator[Found]:
    """Pregnancy, then the conditions."""
    yield from _pregnancy(session)
    yield from _diabetes(session)
    yield from _conditions(session)


def _pregnancy(session: Session) -> Iterator[Found]:
    patient, on = session.patient, session.case.on
    found = standing(
        patient.pregnant, patient.pregnant_asked_on, patient.noted, on, session.knowledge
    )
    words = quoted(found.words)
    if found.state is Pregnancy.YES:
        if session.x_rays:
            sentence = _("The patient is pregnant, and X-rays are planned.")
        else:
            sentence = _("The patient is pregnant. No X-rays are planned.")
        level = REASON if session.x_rays else NOTE
        yield Found("pregnancy.present", level, found.words, sentence)
    elif not session.x_rays:
        return
    elif found.state in _IN_DOUBT:
        said = _IN_DOUBT[found.state].format(words=words)
        asks = patient.pregnant is None and _may_be_pregnant(session)
        check = "pregnancy.not_asked" if asks else "pregnancy.doubt"
        yield Found(check, ASK, found.words, said)
    elif found.state is Pregnancy.STALE and patient.pregnant_asked_on and _may_be_pregnant(session):
        asked = _("“no” was answered on {day}, and X-rays are planned: ask again.")
        sentence = asked.format(day=day_words(patient.pregnant_asked_on))
        yield Found("pregnancy.doubt", ASK, (), sentence)
    elif found.state is Pregnancy.NOT_ASKED and _may_be_pregnant(session):
        sentence = _("Nobody here has asked about pregnancy yet, and X-rays are planned.")
        yield Found("pregnancy.not_asked", ASK, (), sentence)


def _may_be_pregnant(session: Session) -> bool:
    first, last = session.knowledge.limits.pregnancy_ages
    birth, on = session.patient.birth_date, session.case.on
    old_enough = on >= add_months(birth, first * _MONTHS)
    not_older = on < add_months(birth, (last + 1) * _MONTHS)
    return session.patient.sex in _MAY_BE_PREGNANT and old_enough and not_older


def _diabetes(session: Session) -> Iterator[Found]:
    if not session.steroids:
        return
    knowledge, patient = session.knowledge, session.patient
    known = tuple(text for text in patient.conditions or () if _says(session, text, DIABETES))
    taken = tuple(each for each in patient.drugs or () if knowledge.diabetes_drug_words.found(each))
    before = tuple(text for text in patient.conditions or () if _says(session, text, PREDIABETES))
    if found := (*known, *taken):
        said = _(
            "Diabetes on record ({words}), and a steroid is planned: "
            "ask for the glucose and say that it will rise."
        )
        if not known:
            said = _(
                "A drug for diabetes is on record ({words}), and a steroid is planned: "
                "ask for the glucose and say that it will rise."
            )
        yield Found("diabetes.steroid", ASK, found, said.format(words=quoted(found)))
    elif before:
        said = _("{words} is on record, and a steroid is planned: the glucose may rise.")
        yield Found("diabetes.steroid", NOTE, before, said.format(words=quoted(before)))


def _conditions(session: Session) -> Iterator[Found]:
    conditions = session.patient.conditions
    if conditions is None:
        if session.steroids:
            sentence = _("Nobody has asked about illnesses yet, and a steroid is planned.")
            yield Found("conditions.not_asked", ASK, (), sentence)
        return
    found = tuple(text for text in conditions if _says(session, text, INFECTION))
    past = tuple(text for text in found if infection_may_be_over(text, session.knowledge))
    if found and found != past:
        said = _("An infection, or treatment of one, is on record ({words}).")
        yield Found("infection.present", REASON, found, said.format(words=quoted(found)))
    elif past:
        said = _("{words} is on record, an infection: ask whether it is over.")
        yield Found("infection.present", ASK, past, said.format(words=quoted(past)))


def _says(session: Session, text: str, kind: str) -> bool:
    """Whether a condition as written is of that kind; an infection that is over is none."""
    return condition_is(text, kind, session.knowledge)
