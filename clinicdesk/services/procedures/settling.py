"""What the safety checks say of a log as typed, and all that its signature asks.

The log's own products, day, sites, guidance and contrast are asked about, not what was booked. What
a physician let pass in a review of this appointment, and a last dose stated in time, stand already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clinicdesk.data.queries import check_in as day_queries
from clinicdesk.data.queries import facts, log, patients
from clinicdesk.data.queries import holds as hold_queries
from clinicdesk.data.queries import reviews as review_queries
from clinicdesk.data.queries.log import Planned
from clinicdesk.domain import log_safety, steroid_year
from clinicdesk.domain.anatomy import site_doses
from clinicdesk.domain.dates import day_words, time_words
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.log_checks import sites_differ
from clinicdesk.domain.measures import GLUCOSE, INR, Measured, above_normal, measured_words
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Guidance, Intent, Procedure
from clinicdesk.domain.rows.cases import DoneRow, PatientFacts
from clinicdesk.domain.rows.holds import HoldStepRow, HoldTrack
from clinicdesk.domain.rows.log import LogAnswer, LogForm
from clinicdesk.domain.rows.log_safety import AskKind, DoseDue, LogAsk, LogSafety, SiteStep
from clinicdesk.domain.rows.reviews import About, ReviewRow, about
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding, SafetyHold
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.states import HoldStepKind, ReviewOutcome, SafetyLevel
from clinicdesk.domain.translation import _
from clinicdesk.services import holds, safety
from clinicdesk.services.context import Work, ask
from clinicdesk.services.procedures.prefill import blank_form

_THINNERS = {"thinner.hold": "hold", "thinner.shared": "shared"}
_DIABETES = "diabetes.steroid"


@ask(Permission.LOG_PROCEDURE)
def safety_of(work: Work, form: LogForm) -> LogSafety:
    """What must be settled before this log is signed; empty while it is too empty to ask."""
    return safety_in(work, form)


def safety_in(work: Work, form: LogForm) -> LogSafety:
    """As ``safety_of``, inside a transaction."""
    records = facts.facts_of(work.tx, form.patient_id, form.performed_on, work.newest_names())
    card = _card(work, form, records)
    steps = _steps(work, form)
    asks = [*_asks(work, form, card)] if card else []
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
    return LogSafety(card, tuple(asks), steps, doses, _steroid_year(work, form, records))


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


def _asks(work: Work, form: LogForm, card: SafetyCard) -> Iterable[LogAsk]:
    passed, stated, measured = _passed(work, form), _stated(work, form), _measured(work, form)
    plan = _plan_asked(work, form) if passed else None
    for finding in card.findings:
        if finding.level is SafetyLevel.NOTE:
            continue
        settled = None
        if finding.level is SafetyLevel.REASON:
            row = passed.get(about(finding))
            if row is not None and plan is not None and _was_about(work, finding, form, plan):
                yield _as_asked(work, row, finding, plan)
                continue
        elif finding.check in _THINNERS:
            settled = _last_doses(work, form, card, finding, stated, measured)
        elif finding.check == _DIABETES:
            settled = _glucose(work, finding, measured)
        yield LogAsk(
            check=finding.check,
            because=finding.because,
            kind=_kind(finding),
            sentence=finding.sentence,
            source=finding.source,
            verify=finding.verify,
            detail=_detail(work, form, finding),
            settled=settled,
            plausible_from=_plausible_from(work, form, card, finding),
            **_figures_asked(work, form, card, finding, stated, measured),
        )


def _figures_asked(
    work: Work,
    form: LogForm,
    card: SafetyCard,
    finding: SafetyFinding,
    stated: Mapping[str, HoldStepRow],
    measured: Mapping[str, Measured],
) -> dict[str, Any]:
    """What an answer with a day or a figure in it is held against."""
    known = work.catalogue.measures.values()
    if finding.check == _DIABETES:
        return {"measures": tuple(each for each in known if each.what == GLUCOSE)}
    if finding.check not in _THINNERS:
        return {}
    wanted = [hold for hold in card.holds if hold.action == _THINNERS[finding.check]]
    return {
        "on": form.performed_on,
        "customs": work.clinic.customs,
        "due": tuple(_due(hold) for hold in wanted),
        "barred": _barred(work, form, wanted, stated, measured),
    }


def _due(hold: SafetyHold) -> DoseDue:
    names = (hold.name, hold.drug, hold.written.partition(" ")[0])
    if hold.last_dose_before is not None:
        before = hold.last_dose_before
        return DoseDue(hold.name, names, before.date(), before.time())
    return DoseDue(hold.name, names, hold.last_dose_on)


def _barred(
    work: Work,
    form: LogForm,
    wanted: Iterable[SafetyHold],
    stated: Mapping[str, HoldStepRow],
    measured: Mapping[str, Measured],
) -> str:
    """Why no last dose can be the answer: what was said or measured at check-in speaks against."""
    for hold in wanted:
        step = stated.get(hold.drug)
        if step is not None and holds.enough(_track(form, hold, step)) is False:
            said = _("At check-in the last dose of {drug} was said to be {day}, which is too late.")
            return said.format(drug=hold.name, day=_day_of(step))
        inr = measured.get(INR)
        if hold.inr and inr and (high := above_normal(inr.value, work.catalogue.measures[inr.key])):
            return high
    return ""


def _track(form: LogForm, hold: SafetyHold, step: HoldStepRow) -> HoldTrack:
    return HoldTrack(form.appointment_id or 0, form.patient_id, "", step.at, "", hold, stated=step)


def _day_of(step: HoldStepRow) -> str:
    day = step.last_dose_on or (step.last_dose_at.date() if step.last_dose_at else None)
    return day_words(day) if day else ""


def _plausible_from(
    work: Work, form: LogForm, card: SafetyCard, finding: SafetyFinding
) -> date | None:
    """The earliest last dose, of any of the drugs, that is not asked back."""
    if finding.check not in _THINNERS:
        return None
    due = [form.performed_on]
    for hold in card.holds:
        if hold.last_dose_on is not None:
            due.append(hold.last_dose_on)
        elif hold.last_dose_before is not None:
            due.append(hold.last_dose_before.date())
    return min(due) - timedelta(days=work.catalogue.hold_terms.doubt_days)


def _detail(work: Work, form: LogForm, finding: SafetyFinding) -> str:
    """The drug, its dose and the side: of a danger always, of a question where it names a drug."""
    if finding.level is SafetyLevel.REASON or finding.check in log_safety.ABOUT:
        return log_safety.detail_of(finding.check, form, work.catalogue.products)
    return ""


def _kind(finding: SafetyFinding) -> AskKind:
    if finding.level is SafetyLevel.REASON:
        return AskKind.REASON
    return AskKind.FACT if finding.check.endswith(log_safety.NOT_ASKED) else AskKind.WORDS


def _passed(work: Work, form: LogForm) -> Mapping[About, ReviewRow]:
    """What a physician let pass on this appointment, the newest answer last."""
    if form.appointment_id is None:
        return {}
    rows = review_queries.of_appointment(work.tx, form.appointment_id, work.zone)
    return {about(row): row for row in rows if row.outcome is ReviewOutcome.GO_AHEAD}


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


# -- the last doses ------------------------------------------------------------------------------


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


def _figure_of(work: Work, said: Measured) -> str:
    """``Glucose 142 mg/dL, 09:12``."""
    words = measured_words(said, work.catalogue.measures[said.key])
    return f"{words}, {time_words(said.at, work.clinic.customs)}"


def _glucose(
    work: Work, finding: SafetyFinding, measured: Mapping[str, Measured]
) -> LogAnswer | None:
    """What was measured at check-in as the answer."""
    said = measured.get(GLUCOSE)
    if said is None:
        return None
    return LogAnswer(
        check=finding.check,
        because=finding.because,
        code=log_safety.GLUCOSE,
        words=_figure_of(work, said),
        said=_("Measured at check-in"),
        by=said.by,
    )


def _last_doses(
    work: Work,
    form: LogForm,
    card: SafetyCard,
    finding: SafetyFinding,
    stated: Mapping[str, HoldStepRow],
    measured: Mapping[str, Measured],
) -> LogAnswer | None:
    """The statements of check-in as the answer, where each drug was stopped long enough.

    Where an INR is asked for, it is part of the answer: without one the log still asks.
    """
    wanted = [hold for hold in card.holds if hold.action == _THINNERS[finding.check]]
    told, by = [], ""
    for hold in wanted:
        step = stated.get(hold.drug)
        if step is None:
            return None
        if holds.enough(_track(form, hold, step)) is False:
            return None
        day = _day_of(step)
        told.append(f"{hold.name}: {day}" if day else hold.name)
        by = step.by
    if any(hold.inr for hold in wanted):
        inr = measured.get(INR)
        if inr is None or above_normal(inr.value, work.catalogue.measures[inr.key]):
            return None
        told.append(_figure_of(work, inr))
    if not told:
        return None
    return LogAnswer(
        check=finding.check,
        because=finding.because,
        code=log_safety.LAST_DOSE,
        words=", ".join(told),
        said=_("Last dose stated at check-in"),
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
