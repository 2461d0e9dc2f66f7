"""Keeps what a file says of the lists asked before a needle: joined with what is on record."""

from __future__ import annotations

from collections.abc import Sequence

from clinicdesk.data.queries import safety_facts as queries
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.safety_facts import Said
from clinicdesk.domain.translation import _
from clinicdesk.services import safety_facts
from clinicdesk.services.context import Work
from clinicdesk.services.importing.facts import FactLine, pregnancy_in_cell
from clinicdesk.services.importing.report import ImportReport
from clinicdesk.services.importing.rows import Candidate, Oddity, Refusal


def keep_list(
    work: Work, report: ImportReport, file: str, patient_id: int, lines: Sequence[FactLine]
) -> bool:
    """One list of one patient: entries are joined with what is known, "none" is an answer.

    Returns whether anything was new.
    """
    if not lines:
        return False
    topic = lines[0].topic
    entries = [
        (safety_facts.complete(work, line.entry), line.since, line.until)
        for line in lines
        if line.entry is not None
    ]
    added = queries.add_dated(work.tx, patient_id, topic, entries, work.today)
    setattr(report, topic.value, getattr(report, topic.value) + added)
    if entries:
        return added > 0
    answered = queries.take_over_none(work.tx, patient_id, topic, work.today)
    if answered is None:
        reason = _("Entries are on record, so “none” was not taken over.")
        report.refuse(Refusal(file, lines[0].line, topic.label, reason))
    report.none += int(answered or False)
    return bool(answered)


def keep_pregnancy(
    work: Work, report: ImportReport, file: str, patient_id: int, row: Candidate, column: str
) -> bool:
    """The cell about pregnancy: an answer that stands is not changed by a file.

    Returns whether it was new.
    """
    text = row.lists.get("pregnant", "")
    said = pregnancy_in_cell(text)
    if said is Said.NOT_ASKED:
        return False
    remark = ""
    if said is None:
        remark = _("neither yes nor no; the patient was taken without it")
    elif said is Said.YES and row.form.sex == "male":
        remark = _("the sex is male; the patient was taken without it")
    if said is None or remark:
        report.odd(Oddity(row.line, column, text, remark))
        return False
    kept = queries.take_over_pregnancy(work.tx, patient_id, said)
    if isinstance(kept, bool):
        report.pregnancy += int(kept)
        return kept
    day = day_words(kept.asked_on or kept.at.astimezone(work.zone).date())
    if kept.said is Said.YES:
        reason = _("“Pregnant” is on record since {day}: not changed by the file. Ask the patient.")
    else:
        reason = _(
            "“Not pregnant” is on record since {day}: not changed by the file. Ask the patient."
        )
    report.refuse(Refusal(file, row.line, column, reason.format(day=day)))
    return False
