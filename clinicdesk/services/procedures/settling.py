"""What the safety checks say of a log as typed, and all that its signature asks.

The log's own products, day, sites, guidance and contrast are asked about, not what was booked. What
a physician let pass in a review of this appointment, and a last dose stated in time, stand already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from clinicdesk.data.queries import facts, log, patients
from clinicdesk.data.queries import reviews as review_queries
from clinicdesk.data.queries.log import Planned
from clinicdesk.domain import log_safety, steroid_year
from clinicdesk.domain.anatomy import site_doses
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.log_checks import sites_differ
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Guidance, Intent, Procedure
from clinicdesk.domain.rows.cases import DoneRow, PatientFacts
from clinicdesk.domain.rows.log import LogAnswer, LogForm
from clinicdesk.domain.rows.log_safety import AskKind, LogAsk, LogSafety, SiteStep
from clinicdesk.domain.rows.reviews import About, ReviewRow, about
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.states import ReviewOutcome, SafetyLevel
from clinicdesk.domain.translation import _
from clinicdesk.services import safety
from clinicdesk.services.context import Work, ask
from clinicdesk.services.procedures.day_figures import DayFigures
from clinicdesk.services.procedures.prefill import blank_form


@ask(Permission.LOG_PROCEDURE)
def safety_of(work: Work, form: LogForm) -> LogSafety:
    """What must be settled before this log is signed; empty while it is too empty to ask."""
    return safety_in(work, form)


def safety_in(work: Work, form: LogForm) -> LogSafety:
    """As ``safety_of``, inside a transaction."""
    records = facts.facts_of(work.tx, form.patient_id, form.performed_on, work.newest_names())
    card = _card(work, form, records)
    steps = _steps(work, form)
    figures = DayFigures.of(work, form, card) if card else None
    if figures:
        figures = replace(figures, card=_with_refusals(work, form, figures.card))
    asks = [*_asks(work, form, figures)] if figures else []
    if (side := log_safety.side_ask(steps)) is not None:
        asks.insert(0, side)
    catalogue = work.catalogue
    person = patients.person(work.tx, form.patient_id)
    procedure = procedure_of(work, form)
    doses = log_safety.dose_lines(
        form,
        catalogue.products,
        catalogue.safety.ceilings,
        catalogue.limits,
        person,
        site_doses(procedure, form.sites) if procedure else None,
    )
    shown = figures.card if figures else None
    return LogSafety(shown, tuple(asks), steps, doses, _steroid_year(work, form, records))


def procedure_of(work: Work, form: LogForm) -> Procedure | None:
    """The form's procedure, if it names one of the catalogue."""
    return work.catalogue.procedures.get(form.procedure)


# -- the checks ----------------------------------------------------------------------------------


def _steroid_year(work: Work, form: LogForm, records: PatientFacts) -> str:
    """The steroid of the year before this session, and what it adds."""
    equivalents = work.catalogue.safety.equivalents
    before = [row for row in records.done if not _is_this(row, form)]
    given = log_safety.steroids_of(form, work.catalogue.products)
    year = steroid_year.steroid_year(before, form.performed_on, equivalents)
    adds = steroid_year.session_text(given, equivalents, named=year.injections > 0)
    return " ".join(filter(None, (steroid_year.year_text(year), adds)))


def _is_this(row: DoneRow, form: LogForm) -> bool:
    """Whether a record of the same day is this very log, saved before."""
    return (row.day, row.appointment_id, row.procedure) == (
        form.performed_on,
        form.appointment_id,
        form.procedure,
    )


def _card(work: Work, form: LogForm, records: PatientFacts) -> SafetyCard | None:
    if procedure_of(work, form) is None or not form.sites:
        return None
    plan = PlanRequest(
        patient_id=form.patient_id,
        procedure=form.procedure,
        sites=form.sites,
        on=form.performed_on,
        intent=Intent(form.intent) if form.intent else None,
        guidance=Guidance(form.guidance) if form.guidance else None,
        contrast=form.contrast,
        appointment_id=form.appointment_id,
    )
    given = tuple(
        (entry.product, entry.volume_ml)
        for entry in form.medications
        if entry.product in work.catalogue.products
    )
    visit = log.visit_of(work.tx, form.appointment_id)
    start = visit.start if visit and visit.day == form.performed_on else None
    try:
        return safety.safety_from(work, records, plan, medications=given, start=start)
    except Invalid:
        # A site or day that cannot stand is named at its field by the checks of the log.
        return None


def _asks(work: Work, form: LogForm, figures: DayFigures) -> Iterable[LogAsk]:
    passed = _answered(work, form, ReviewOutcome.GO_AHEAD)
    plan = _plan_asked(work, form) if passed else None
    for finding in figures.card.findings:
        if finding.level is SafetyLevel.NOTE:
            continue
        if finding.level is SafetyLevel.REASON:
            row = passed.get(about(finding))
            if row is not None and plan is not None and _was_about(work, finding, form, plan):
                yield _as_asked(work, row, finding, plan)
                continue
        yield LogAsk(
            check=finding.check,
            because=finding.because,
            kind=_kind(finding),
            sentence=finding.sentence,
            source=finding.source,
            verify=finding.verify,
            detail=_detail(work, form, finding),
            settled=figures.settled(finding),
            **figures.asked(finding),
        )


def _detail(work: Work, form: LogForm, finding: SafetyFinding) -> str:
    """The drug, its dose and the side: of a danger always, of a question where it names a drug."""
    if finding.level is SafetyLevel.REASON or finding.check in log_safety.ABOUT:
        return log_safety.detail_of(finding.check, form, work.catalogue.products)
    return ""


def _kind(finding: SafetyFinding) -> AskKind:
    if finding.level is SafetyLevel.REASON:
        return AskKind.REASON
    return AskKind.FACT if finding.check.endswith(log_safety.NOT_ASKED) else AskKind.WORDS


def _answered(work: Work, form: LogForm, outcome: ReviewOutcome) -> Mapping[About, ReviewRow]:
    """What a physician answered so on this appointment, where that is the newest answer."""
    if form.appointment_id is None:
        return {}
    rows = review_queries.of_appointment(work.tx, form.appointment_id, work.zone)
    newest = {about(row): row for row in rows if row.outcome is not None}
    return {key: row for key, row in newest.items() if row.outcome is outcome}


def _with_refusals(work: Work, form: LogForm, card: SafetyCard) -> SafetyCard:
    """The card, in which a danger that a physician did not let pass says so."""
    refused = _answered(work, form, ReviewOutcome.REFUSED)
    if not refused:
        return card
    return replace(card, findings=tuple(_told(work, each, refused) for each in card.findings))


def _told(work: Work, finding: SafetyFinding, refused: Mapping[About, ReviewRow]) -> SafetyFinding:
    row = refused.get(about(finding))
    if row is None:
        return finding
    answer = _answer_of(work, row)
    said = _("{sentence} Not as planned, said {who}: {why}").format(
        sentence=finding.sentence, who=answer.by, why=answer.words or answer.said
    )
    return replace(finding, sentence=said)


def _plan_asked(work: Work, form: LogForm) -> Planned | None:
    """What a review of this appointment was asked about."""
    if form.appointment_id is None:
        return None
    plans = log.planned(work.tx, form.appointment_id)
    return next((plan for plan in plans if plan.planned_id == form.planned_id), None)


def _was_about(work: Work, finding: SafetyFinding, form: LogForm, plan: Planned) -> bool:
    """Whether what is logged is what the answer was given for: there, and no more than that."""
    procedure, products = procedure_of(work, form), work.catalogue.products
    if procedure is None or form.procedure != plan.procedure:
        return False
    if sites_differ(form, plan.sites, procedure):
        return False
    asked = blank_form(plan, procedure, products, form.scale)
    return not log_safety.beyond(finding.check, form, asked, products)


def _as_asked(work: Work, row: ReviewRow, finding: SafetyFinding, plan: Planned) -> LogAsk:
    """A question that a review has answered, in the words and for the sites it was asked in."""
    planned = [_steroid_words(drug, mg) for drug, mg in plan.steroids or ()]
    named = planned if log_safety.ABOUT.get(row.check) == "steroid" else []
    parts = (", ".join(named), ", ".join(plan.sites))
    about = " · ".join(filter(None, parts))
    return LogAsk(
        check=row.check,
        because=row.because,
        kind=_kind(finding),
        sentence=row.sentence,
        source=row.source,
        verify=finding.verify,
        detail=_("{about}, asked {day}").format(about=about, day=day_words(row.raised_at.date())),
        settled=_answer_of(work, row),
    )


def _steroid_words(drug: str, mg: Decimal) -> str:
    return _("{drug} {mg} mg").format(drug=drug, mg=amount_text(mg)) if mg else drug


def _answer_of(work: Work, row: ReviewRow) -> LogAnswer:
    reason = work.catalogue.safety_reasons.get(row.code)
    by = row.answered_by
    if row.answered_at is not None:
        by = _("{name}, {day}").format(name=by, day=day_words(row.answered_at.date()))
    return LogAnswer(
        check=row.check,
        because=row.because,
        code=row.code,
        words=row.words,
        said=reason.text if reason else row.code,
        by=by,
    )


# -- sites ---------------------------------------------------------------------------------------


def _steps(work: Work, form: LogForm) -> tuple[SiteStep, ...]:
    procedure = procedure_of(work, form)
    if procedure is None or not form.sites:
        return ()
    booked = log.planned_sites_of(work.tx, form.planned_id)
    consented = log.consented_sites(work.tx, form.appointment_id, form.planned_id)
    before = [
        SiteStep(step, sites, odd=sites_differ(form, sites, procedure))
        for step, sites in (("booked", booked), ("consented", consented))
        if sites
    ]
    return (*before, SiteStep("logged", form.sites))
