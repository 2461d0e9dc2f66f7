"""What signing a log asks beside its fields, and whether an answer does.

Dangers want a physician's coded reason, open questions an answer, sites that differ a decision.
An answer counts only for what it was about: another drug or dose asks anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.last_dose import years_in
from clinicdesk.domain.lists import listed
from clinicdesk.domain.log_warnings import AnaestheticLoad, Limit, anaesthetic_load
from clinicdesk.domain.measures import figure_problem
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.procedures import Guidance, Product, SiteDoses, Steroid
from clinicdesk.domain.rows.cases import PersonFacts
from clinicdesk.domain.rows.log import LogAnswer, LogForm, MedicationEntry
from clinicdesk.domain.rows.log_safety import AskKind, LogAsk, SiteStep
from clinicdesk.domain.rows.reviews import OTHER, GivenReason, SafetyReason
from clinicdesk.domain.safety_reasons import choices as reasons_for
from clinicdesk.domain.safety_reasons import fault, says_enough
from clinicdesk.domain.stated_doses import dose_problem
from clinicdesk.domain.translation import _

NOT_ASKED = ".not_asked"
"""The end of a check that only wants a fact."""
WEIGHED, GLUCOSE, LAST_DOSE = "weighed", "glucose", "last_dose"
"""Answers with a figure beside them instead of a sentence."""
AS_LOGGED, MEANT_OTHERWISE = "as_logged", "meant_otherwise"
"""Which of differing sites is right."""

_CHOOSE = _("Choose a reason from the list.")
_OFFERED = {AskKind.REASON, AskKind.WORDS}


class Ceiling(Protocol):
    """The most of a steroid in one session."""

    @property
    def mg(self) -> Decimal: ...


def choices(ask: LogAsk, reasons: Mapping[str, SafetyReason]) -> tuple[SafetyReason, ...]:
    """What may be chosen as the answer; empty where it is none of the clinic's reasons."""
    if ask.kind is AskKind.SIDE:
        return side_choices()
    if ask.kind not in _OFFERED:
        return ()
    offered = reasons_for(ask.check, reasons)
    if ask.kind is AskKind.REASON:
        return offered
    # A question has answers of its own: the reasons for going ahead past a danger are none.
    return tuple(reason for reason in offered if reason.checks or reason.id == OTHER)


def side_choices() -> tuple[SafetyReason, ...]:
    """Which of the sites is right."""
    return (
        SafetyReason(AS_LOGGED, _("The log is right: done there on purpose"), needs_words=True),
        SafetyReason(
            MEANT_OTHERWISE,
            _("Done as logged, but another site was meant"),
            needs_words=True,
        ),
    )


def given_to(ask: LogAsk, answers: Iterable[LogAnswer]) -> LogAnswer | None:
    """The answer to exactly this; None where there is none.

    Past a danger it was given for the drugs and sites that it was asked with.
    """
    for answer in answers:
        if (answer.check, answer.because) != (ask.check, ask.because):
            continue
        if ask.kind is AskKind.REASON and answer.asked not in ("", asked_text(ask)):
            continue
        return answer
    return None


def asked_text(ask: LogAsk) -> str:
    """The question in one line, with the drugs and sites that it is about."""
    return f"{ask.sentence} ({ask.detail})" if ask.detail else ask.sentence


def lacking(ask: LogAsk, given: LogAnswer | None, reasons: Mapping[str, SafetyReason]) -> str:
    """What an answer still lacks; empty where it stands."""
    if ask.settled is not None:
        return ""
    code, words = (given.code, given.words) if given else ("", "")
    if ask.kind is AskKind.FACT:
        return "" if says_enough(words) else _("Ask, or say in a sentence why it is not known.")
    offered = {reason.id: reason for reason in choices(ask, reasons)}
    if code not in offered:
        return _("Say which is right.") if ask.kind is AskKind.SIDE else _CHOOSE
    if code == WEIGHED:
        return _("Type the weight in kg.")
    if code == GLUCOSE:
        return figure_problem(words, ask.measures)
    if code == LAST_DOSE:
        return _doubt(ask, words) or dose_problem(ask, words)
    if ask.kind is AskKind.REASON:
        return fault(GivenReason(code, words), ask.check, reasons)
    if offered[code].needs_words and not says_enough(words):
        return _("“{reason}” needs a sentence beside it.").format(reason=offered[code].text)
    return ""


def _doubt(ask: LogAsk, words: str) -> str:
    """Asks back about another year: of words, no more than the year is sure to be understood."""
    if ask.on is None or ask.plausible_from is None:
        return ""
    for year in years_in(words):
        if not ask.plausible_from.year <= year <= ask.on.year:
            said = _(
                "A last dose of {year}: is the year right? "
                "If it is, choose “Other” and say so in a sentence."
            )
            return said.format(year=year)
    return ""


def unanswered(
    asks: Iterable[LogAsk], answers: tuple[LogAnswer, ...], reasons: Mapping[str, SafetyReason]
) -> dict[str, str]:
    """``safety.`` and the check → what it asks and what its answer lacks."""
    found = {}
    for ask in asks:
        if why := lacking(ask, given_to(ask, answers), reasons):
            found[f"safety.{ask.check}"] = f"{ask.sentence} {why}"
    return found


def kept(
    asks: Iterable[LogAsk],
    answers: tuple[LogAnswer, ...],
    reasons: Mapping[str, SafetyReason],
    by: str,
) -> tuple[LogAnswer, ...]:
    """The answers as they are signed: each with its question, its reason in words and by whom."""
    found = []
    for ask in asks:
        given = ask.settled or given_to(ask, answers)
        if given is None:
            continue
        text = {reason.id: reason.text for reason in (*reasons.values(), *side_choices())}
        # What was answered to a fact has no reason of the list, only its words.
        said = given.said or ("" if ask.kind is AskKind.FACT else text.get(given.code, ""))
        found.append(replace(given, asked=asked_text(ask), said=said, by=given.by or by))
    return tuple(found)


def answer_text(answer: LogAnswer) -> str:
    """The reason and the words beside it."""
    if answer.said and answer.words:
        return _("{reason}: {words}").format(reason=answer.said, words=answer.words)
    return answer.said or answer.words


# -- what is shown beside ------------------------------------------------------------------------


def drugs_in_words(
    medications: Iterable[MedicationEntry], products: Mapping[str, Product], kind: str
) -> tuple[str, ...]:
    """``dexamethasone 10 mg`` for each product of a kind that was given."""
    found = []
    for entry in medications:
        product = products.get(entry.product)
        if product is None or product.kind != kind or entry.dose is None:
            continue
        found.append(
            _("{product} {dose} {unit}").format(
                product=product.drug, dose=amount_text(entry.dose), unit=product.unit
            )
        )
    return tuple(found)


def steroids_of(form: LogForm, products: Mapping[str, Product]) -> tuple[Steroid, ...]:
    """The steroids of the table, doses of one drug added up; one without a dose is one, too."""
    given: dict[str, Decimal | None] = {}
    for entry in form.medications:
        product = products.get(entry.product)
        if product is None or product.kind != "steroid":
            continue
        before = given.get(product.drug, Decimal(0))
        given[product.drug] = before + entry.dose if before is not None and entry.dose else None
    return tuple(Steroid(drug, mg) for drug, mg in given.items())


ABOUT = {
    "allergy.contrast": "contrast",
    "contrast.neuraxial": "contrast",
    "pregnancy.present": "contrast",
    "allergy.anaesthetic": "local_anaesthetic",
    "anaesthetic.session": "local_anaesthetic",
    "weight.not_known": "local_anaesthetic",
    "allergy.steroid": "steroid",
    "diabetes.steroid": "steroid",
    "infection.present": "steroid",
    "joint.prosthesis": "steroid",
    "joint.planned": "steroid",
    "joint.unclear": "steroid",
    "joint.surgery": "steroid",
    "steroid.joint": "steroid",
    "steroid.particulate": "steroid",
    "steroid.session": "steroid",
}
"""The kind of product that a check is about; of the others the site alone is repeated."""


def detail_of(check: str, form: LogForm, products: Mapping[str, Product]) -> str:
    """The drugs that a check is about with their doses, and where they went."""
    kind = ABOUT.get(check)
    drugs = ", ".join(drugs_in_words(form.medications, products, kind)) if kind else ""
    return " · ".join(filter(None, (drugs, ", ".join(form.sites))))


_RAYS, _X_RAYS = "pregnancy.present", (Guidance.FLUOROSCOPY, Guidance.CT)
_BY_DOSE = ("steroid", "local_anaesthetic")


def beyond(check: str, form: LogForm, asked: LogForm, products: Mapping[str, Product]) -> bool:
    """Whether more was given than a check was answered for: another class, or more of a drug.

    ``asked``: what the question was about. Where it named no product of that kind, it was about
    any of them.
    """
    kind = ABOUT.get(check, "")
    if kind == "contrast" and form.contrast and not asked.contrast:
        return True
    if check == _RAYS and form.guidance in _X_RAYS and asked.guidance not in _X_RAYS:
        return True
    given, meant = _given(kind, form, products), _given(kind, asked, products)
    if not given or not meant:
        return False
    if {_class_of(product) for product, __ in given} - {
        _class_of(product) for product, __ in meant
    }:
        return True
    if kind not in _BY_DOSE:
        return False
    most = _by_drug(meant)
    return any(mg > most[drug] for drug, mg in _by_drug(given).items() if most.get(drug))


def _given(
    kind: str, form: LogForm, products: Mapping[str, Product]
) -> list[tuple[Product, Decimal]]:
    found = [(products.get(entry.product), entry.dose or Decimal(0)) for entry in form.medications]
    return [(product, dose) for product, dose in found if product and product.kind == kind]


def _class_of(product: Product) -> tuple[bool | None, bool | None]:
    """Particles in a steroid, and whether contrast may touch the cord: what sets them apart."""
    return product.particulate, product.intrathecal


def _by_drug(given: Iterable[tuple[Product, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for product, dose in given:
        found[product.drug] = found.get(product.drug, Decimal(0)) + dose
    return found


def dose_lines(
    form: LogForm,
    products: Mapping[str, Product],
    ceilings: Mapping[str, Ceiling],
    limits: Mapping[str, Limit],
    person: PersonFacts,
    usual: SiteDoses | None = None,
) -> tuple[str, ...]:
    """Steroid and local anaesthetic of the session against their most, in a line each.

    ``usual``: the doses of these sites, where they go by class of site.
    """
    lines = [_steroid_line(steroids_of(form, products), ceilings, usual)]
    load = anaesthetic_load(form.medications, products, limits, person.weight_kg)
    if load.parts:
        lines.append(_anaesthetic_line(load, person))
    if load.unknown:
        said = _("No greatest dose of {drugs} is known here: check it yourself.")
        lines.append(said.format(drugs=listed(load.unknown)))
    return tuple(filter(None, lines))


def _steroid_line(
    steroids: tuple[Steroid, ...], ceilings: Mapping[str, Ceiling], usual: SiteDoses | None
) -> str:
    parts = [_steroid_part(each.drug, each.mg, ceilings) for each in steroids]
    if not parts:
        return ""
    if usual is None or not any(each.drug in usual.drugs for each in steroids):
        return _("Steroid of this session: {parts}.").format(parts=", ".join(parts))
    said = _("Steroid of this session: {parts} ({least} to {most} mg are usual at this site).")
    return said.format(
        parts=", ".join(parts),
        least=amount_text(usual.least_mg),
        most=amount_text(usual.most_mg),
    )


def _steroid_part(drug: str, mg: Decimal | None, ceilings: Mapping[str, Ceiling]) -> str:
    if mg is None:
        return _("{drug}, dose not typed yet").format(drug=drug)
    if drug not in ceilings:
        return _("{drug} {mg} mg, no ceiling known").format(drug=drug, mg=amount_text(mg))
    return _("{drug} {mg} of {most} mg").format(
        drug=drug, mg=amount_text(mg), most=amount_text(ceilings[drug].mg)
    )


def _anaesthetic_line(load: AnaestheticLoad, person: PersonFacts) -> str:
    given = ", ".join(
        _("{drug} {mg} of {most} mg").format(drug=drug, mg=amount_text(mg), most=amount_text(most))
        for drug, mg, most in load.parts
    )
    share = load.percent
    if not load.weighed:
        return _(
            "Local anaesthetic: {given}, {share}% of the fixed most, weight not known."
        ).format(given=given, share=share)
    if person.weighed_on is None:
        said = _("Local anaesthetic: {given}, {share}% of the most for {kg} kg.")
        return said.format(given=given, share=share, kg=amount_text(person.weight_kg))
    said = _("Local anaesthetic: {given}, {share}% of the most for {kg} kg, weighed {day}.")
    return said.format(
        given=given,
        share=share,
        kg=amount_text(person.weight_kg),
        day=day_words(person.weighed_on),
    )


# -- sites ---------------------------------------------------------------------------------------


def side_ask(steps: tuple[SiteStep, ...]) -> LogAsk | None:
    """Asks which is right where a site is another than the one that was logged."""
    if not any(step.odd for step in steps):
        return None
    told = {step.step: ", ".join(step.sites) for step in steps}
    booked, consented = told.get("booked", ""), told.get("consented", "")
    if booked and consented:
        said = _("The sites differ: booked {booked}, consented {consented}, logged {logged}.")
    elif booked:
        said = _("The sites differ: booked {booked}, logged {logged}.")
    else:
        said = _("The sites differ: consented {consented}, logged {logged}.")
    return LogAsk(
        check="side",
        because=tuple(f"{step.step}: {', '.join(step.sites)}" for step in steps),
        kind=AskKind.SIDE,
        sentence=said.format(booked=booked, consented=consented, logged=told.get("logged", "")),
    )
