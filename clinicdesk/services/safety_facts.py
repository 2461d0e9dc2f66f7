"""What a patient was asked before a needle: answers and entries, from whatever desk.

One act for the quick question (``answer``) and for the whole page (``record``). Nobody reads the
lists at a version: what one desk adds is joined with what another has added meanwhile, an entry is
ended by its id alone, and "none" is refused while entries stand.
"""

from __future__ import annotations

from dataclasses import replace

from clinicdesk.data.queries import safety_facts as queries
from clinicdesk.data.queries.asked import keep_answer
from clinicdesk.data.tables import Patient
from clinicdesk.domain import fact_entries
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.identifiers import ssn_in
from clinicdesk.domain.lists import either
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.safety_facts import (
    KINDS,
    Entry,
    FactsAnswer,
    ImplantEntry,
    SafetyFacts,
    Said,
    SurgeryEntry,
    Topic,
)
from clinicdesk.domain.site_names import site_name
from clinicdesk.domain.translation import _
from clinicdesk.services import reviews
from clinicdesk.services.context import Work, act, ask
from clinicdesk.services.due.keeping import refresh_patient

_OF_A_LIST = (None, Said.NOT_ASKED, Said.NONE, Said.LIST)
_OF_PREGNANCY = (Said.NOT_ASKED, Said.YES, Said.NO)


@ask(Permission.OPEN_CHART)
def facts(work: Work, patient_id: int) -> SafetyFacts:
    """Where every question stands today; raises NotFound."""
    return queries.safety_facts(work.tx, patient_id, work.today, work.zone)


@act("patient.answer", Permission.EDIT_PATIENT)
def answer(
    work: Work,
    patient_id: int,
    topic: Topic,
    said: Said | None = None,
    *,
    add: tuple[Entry, ...] = (),
    end: tuple[int, ...] = (),
) -> bool:
    """Keeps one answer, of today and of the person who acts; returns whether anything changed.

    Raises:
        Invalid: on the topic, with a sentence.
        NotFound: there is no such patient.
    """
    return _recorded(work, patient_id, (FactsAnswer(topic, said, add, end),))


@act("patient.answer", Permission.EDIT_PATIENT)
def record(work: Work, patient_id: int, answers: tuple[FactsAnswer, ...]) -> bool:
    """Keeps several answers as one act; returns whether anything changed. Raises as ``answer``."""
    return _recorded(work, patient_id, answers)


def _recorded(work: Work, patient_id: int, answers: tuple[FactsAnswer, ...]) -> bool:
    work.tx.concerns(patient_id)
    changed = record_in(work, patient_id, answers)
    if changed:
        reviews.refresh(work, patient_id)
        refresh_patient(work, patient_id)
    return changed


def record_in(work: Work, patient_id: int, answers: tuple[FactsAnswer, ...]) -> bool:
    """``record`` inside a transaction that is already open.

    The caller brings the due list in step: it may have many patients.
    """
    # Locked, so that two desks cannot both find a list empty and one of them say "none".
    patient = work.tx.lock(Patient, patient_id)
    wrong: dict[str, str] = {}
    checked = [_completed(work, one) for one in answers]
    for one in checked:
        sentence = _problem(work, patient, one)
        if sentence:
            wrong[one.topic.value] = sentence
    if wrong:
        raise Invalid(wrong)
    changes = [_keep(work, patient_id, one) for one in checked]
    if not any(changes):
        return False
    work.tx.touch(patient)
    work.tx.flush()
    work.tx.changed("patient", patient_id)
    return True


def _keep(work: Work, patient_id: int, one: FactsAnswer) -> bool:
    if one.topic is Topic.PREGNANCY:
        assert one.said is not None
        return keep_answer(work.tx, patient_id, one.topic, one.said, work.today)
    return queries.change_list(work.tx, patient_id, one, work.today)


def _completed(work: Work, one: FactsAnswer) -> FactsAnswer:
    return replace(one, add=tuple(complete(work, entry) for entry in one.add))


def complete(work: Work, entry: Entry) -> Entry:
    """An entry with what the clinic's tables tell about its words."""
    return fact_entries.completed(entry, work.catalogue.entry_words)


def _problem(work: Work, patient: Patient, one: FactsAnswer) -> str:
    """Why an answer cannot be kept; empty where it can."""
    if one.topic is Topic.PREGNANCY:
        if one.said not in _OF_PREGNANCY or one.add or one.end:
            return _("Say yes, no or not asked.")
        return _("Sex is male. Correct one of the two.") * (
            one.said is Said.YES and patient.sex == "male"
        )
    if one.said not in _OF_A_LIST or not all(isinstance(e, KINDS[one.topic]) for e in one.add):
        return _("Say none, not asked, or what there is.")
    texts = {str(n): fact_entries.entry_text(entry) for n, entry in enumerate(one.add)}
    found = [*(fact_entries.problem(entry) for entry in one.add), *ssn_in(**texts).values()]
    found += [_misspelt(work, entry) for entry in one.add]
    return next((sentence for sentence in found if sentence), "") or _contradiction(
        work, patient.id, one
    )


def _misspelt(work: Work, entry: Entry) -> str:
    """What a joint that stands on no list may mean: the checks compare names."""
    if not isinstance(entry, SurgeryEntry | ImplantEntry) or not entry.site:
        return ""
    name = site_name(entry.site)
    if work.names.lists(name) or work.catalogue.entry_words.joint_site(entry.site):
        return ""
    if not (near := work.names.near(name)):
        return ""
    said = _("“{name}” is not on the list of sites. Did you mean {near}?")
    return said.format(name=name, near=either(near))


def _contradiction(work: Work, patient_id: int, one: FactsAnswer) -> str:
    rows = queries.rows_of(work.tx, one.topic, patient_id, work.today)
    standing = [queries.entry_of(one.topic, row) for row in rows if row.id not in one.end]
    if one.said is Said.LIST and not standing and not one.add:
        return _("Enter at least one, or say none.")
    if one.said in (Said.NONE, Said.NOT_ASKED) and (standing or one.add):
        names = ", ".join(fact_entries.entry_text(entry) for entry in (*standing, *one.add))
        return _("On record: {names}. Take it off the list first.").format(names=names)
    return ""
