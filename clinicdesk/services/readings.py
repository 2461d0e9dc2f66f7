"""Scores entered after the procedure: additions of their own, nothing signed changes."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.data.queries import calls
from clinicdesk.data.queries import readings as queries
from clinicdesk.data.tables import ProcedureRecord
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.readings import pain_first, score_problem
from clinicdesk.domain.rows.readings import ReadingForm, ScoredProcedure
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, act, ask
from clinicdesk.services.due.keeping import refresh_patient

_PHASES = ("baseline", "post", "followup")


@ask(Permission.WORK_DUE_LIST)
def scored(work: Work, procedure_ids: tuple[int, ...]) -> tuple[ScoredProcedure, ...]:
    """The procedures a score may be about, with their scores before it.

    Raises:
        NotFound: none of them is on record any more.
    """
    found = queries.procedures(work.tx, procedure_ids)
    if not found:
        raise NotFound(_("This procedure is no longer on record. Refresh the page."))
    return tuple(_row(work, record) for record in found)


@act("reading.add", Permission.WORK_DUE_LIST)
def add_reading(work: Work, form: ReadingForm) -> int:
    """Keeps a score beside its procedures; the reading's id.

    A relief in percent is kept as the score it comes to from the one before the procedure, with
    a note that says so.

    Raises:
        Invalid: on ``procedure``, ``scale``, ``value`` or ``on``.
    """
    records = queries.procedures(work.tx, form.procedure_ids)
    if not records or len(records) != len(set(form.procedure_ids)):
        raise Invalid({"procedure": _("This procedure is no longer on record. Refresh the page.")})
    if len({record.patient_id for record in records}) > 1:
        raise Invalid({"procedure": _("One score cannot belong to two patients.")})
    _check_day(work, form, records)
    value, note = _score(work, form, records)
    ids = [record.id for record in records]
    if queries.already(work.tx, ids, form.phase, form.scale, value, form.on):
        raise Invalid({"value": _("This score is on record already.")})
    reading_id = queries.add(
        work.tx, records[0].patient_id, ids, form.phase, form.scale, value, form.on, note,
        today=form.on == work.today,
    )  # fmt: skip
    if form.phase == "followup":
        calls.score_given(work.tx, ids, form.on)
    work.tx.changed("procedure", records[0].patient_id, form.on)
    refresh_patient(work, records[0].patient_id)
    return reading_id


def _row(work: Work, record: ProcedureRecord) -> ScoredProcedure:
    kind = work.catalogue.procedures.get(record.procedure)
    known, scales = queries.baselines(work.tx, record.id), work.catalogue.vocabulary.scales
    return ScoredProcedure(
        id=record.id,
        patient_id=record.patient_id,
        name=kind.name if kind else record.procedure,
        sites=queries.sites(work.tx, record.id),
        day=record.performed_on,
        baselines=tuple(sorted(known, key=lambda pair: pain_first(pair[0], scales))),
    )


def _check_day(work: Work, form: ReadingForm, records: tuple[ProcedureRecord, ...]) -> None:
    if form.phase not in _PHASES:
        raise Invalid({"phase": _("Say whether it was before, right after or later.")})
    if form.on > work.today:
        raise Invalid({"on": _("A score of a later day cannot be known yet.")})
    days = [record.performed_on for record in records]
    if form.phase == "followup" and form.on <= max(days):
        raise Invalid(
            {
                "on": _("A follow-up score is of a day after {days}.").format(
                    days=day_words(max(days))
                )
            }
        )
    if form.phase == "post" and any(form.on != day for day in days):
        raise Invalid(
            {"on": _("A score right after the block is of {days}.").format(days=day_words(days[0]))}
        )
    if form.phase == "baseline" and form.on > min(days):
        raise Invalid(
            {
                "on": _("A score before the procedure is not later than {days}.").format(
                    days=day_words(min(days))
                )
            }
        )


def _score(
    work: Work, form: ReadingForm, records: tuple[ProcedureRecord, ...]
) -> tuple[Decimal, str]:
    """The score to be kept, and the note beside it."""
    scales = work.catalogue.vocabulary.scales
    if form.scale not in scales:
        raise Invalid({"scale": _("Choose a scale.")})
    if not form.percent:
        if problem := score_problem(form.value, form.scale, scales):
            raise Invalid({"value": problem})
        return form.value, ""
    return _from_percent(work, form, records)


def _from_percent(
    work: Work, form: ReadingForm, records: tuple[ProcedureRecord, ...]
) -> tuple[Decimal, str]:
    if form.phase == "baseline":
        raise Invalid({"value": _("Before the procedure there is no relief: give the score.")})
    if not 0 <= form.value <= 100:
        raise Invalid(
            {
                "value": _("Relief is 0 to 100 %, not {form_value}.").format(
                    form_value=amount_text(form.value)
                )
            }
        )
    if form.value != form.value.to_integral_value():
        raise Invalid({"value": _("Give the relief in whole percent.")})
    before = {dict(queries.baselines(work.tx, record.id)).get(form.scale) for record in records}
    start = before.pop() if len(before) == 1 else None
    if not start:
        raise Invalid(
            {
                "value": _(
                    "There is no one {scale} score before it to take a percentage of: "
                    "enter the score itself."
                ).format(scale=form.scale)
            }
        )
    value = start * (100 - form.value) / 100
    said = amount_text(form.value)
    return value, _("The patient said {said} % relief of {scale} {start}.").format(
        said=said, scale=form.scale, start=amount_text(start)
    )
