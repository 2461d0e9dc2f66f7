"""What blocks the signing of a procedure log.

``missing`` names every field that is not ready, with the sentence shown there.
``log_warnings`` holds what should be looked at but never blocks.
Field names are those of ``LogForm``; lines of the table are ``medications.0.lot``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from clinicdesk.domain.anatomy import Spot, listed_site, site_for
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.identifiers import ssn_in
from clinicdesk.domain.medications import (
    KERMA_TOP_MGY,
    SECONDS_TOP,
    VOLUME_TOP_ML,
    Expiry,
    amount_text,
    dose,
    expired_sentence,
)
from clinicdesk.domain.people import died_words
from clinicdesk.domain.procedures import Guidance, Procedure, Product
from clinicdesk.domain.readings import Scales, score_problem
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.safety_reasons import says_enough
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _

NO_COMPLICATION = "none"
OTHER_COMPLICATION = "other"
ABORTED_COMPLICATION = "aborted"


@dataclass(frozen=True)
class LogContext:
    """What the checks need beside the form.

    Attributes:
        today: the clinic's date.
        scales: those of the catalogue.
        signer_id: staff id of whoever would sign; None leaves that check out.
        physician: name of the physician on the form, for the sentence.
        planned_sites: what was booked; empty where nothing was.
        verdict_status: the interval rules' status for this log, empty where not asked.
        birth_date, booked_on: of the patient and of the appointment; None leaves that check out.
        died_on: the day of the patient's death, if one is on record.
        plausible_seconds, plausible_mgy: above these, exposure time and air kerma want a reason.
    """

    today: date
    scales: Scales
    signer_id: int | None = None
    physician: str = ""
    planned_sites: tuple[str, ...] = ()
    verdict_status: str = ""
    birth_date: date | None = None
    died_on: date | None = None
    booked_on: date | None = None
    plausible_seconds: Decimal = SECONDS_TOP
    plausible_mgy: Decimal = KERMA_TOP_MGY


def missing(
    form: LogForm,
    procedure: Procedure | None,
    products: Mapping[str, Product],
    context: LogContext,
) -> dict[str, str]:
    """Field → sentence for everything that blocks signing, in the order of the page."""
    form = replace(form, aborted=form.aborted or ABORTED_COMPLICATION in form.complications)
    found: dict[str, str] = {}
    if procedure is None:
        found["procedure"] = _("Choose the procedure.")
    else:
        found |= _sites(form, procedure, context.planned_sites)
        if form.intent not in {intent.value for intent in procedure.intents}:
            found["intent"] = _("Say whether it was diagnostic or therapeutic.")
    found |= _guidance(form, context)
    found |= _contrast(form, procedure, products)
    found |= _medications(form, products)
    found |= _scores(form, context.scales)
    found |= _complications(form)
    found |= _day_and_signer(form, context)
    found |= ssn_in(note=form.note, reason=form.reason, day_reason=form.day_reason)
    if context.verdict_status not in ("", VerdictStatus.OK) and not _says(form.reason):
        found["reason"] = _(
            "The interval rules ask for a reason. Write in a sentence why it was done now."
        )
    return found


def _says(text: str) -> bool:
    return says_enough(text)


def _sites(form: LogForm, procedure: Procedure, planned: tuple[str, ...]) -> dict[str, str]:
    if not form.sites:
        return {"sites": _("Choose the site, for example on the figure.")}
    spots: set[Spot] = set()
    for text in form.sites:
        try:
            site = listed_site(text, procedure)
        except ValueError as error:
            return {"sites": str(error)}
        if spots & site.spots:
            return {"sites": _("{site} is given twice. Remove one.").format(site=site)}
        spots |= site.spots
    if planned and not _says(form.side_change_reason) and sites_differ(form, planned, procedure):
        return {
            "side_change_reason": _(
                "Booked was {planned}. Write in a sentence why the site differs."
            ).format(planned=", ".join(planned))
        }
    return {}


def sites_differ(form: LogForm, planned: tuple[str, ...], procedure: Procedure) -> bool:
    """Whether what was done covers other spots (level or side) than what was booked."""
    return _spots(form.sites, procedure) != _spots(planned, procedure)


def _spots(sites: tuple[str, ...], procedure: Procedure) -> frozenset[object]:
    """Covered spots; a site that does not fit the procedure stands for itself."""
    found: set[object] = set()
    for text in sites:
        try:
            found |= site_for(text, procedure).spots
        except ValueError:
            found.add(" ".join(text.casefold().split()))
    return frozenset(found)


def _guidance(form: LogForm, context: LogContext) -> dict[str, str]:
    if form.guidance not in {guidance.value for guidance in Guidance}:
        return {"guidance": _("Say how the needle was guided.")}
    found: dict[str, str] = {}
    if form.guidance != Guidance.FLUOROSCOPY:
        return found
    excused = _says(form.radiation_reason)
    if form.fluoroscopy_seconds is None and not excused:
        found["fluoroscopy_seconds"] = _("Type the exposure time, or why it is not known.")
    if form.air_kerma_mgy is None and form.kap_ugym2 is None and not excused:
        found["air_kerma_mgy"] = _("Type the air kerma, or why it is not known.")
    amounts = (
        ("fluoroscopy_seconds", form.fluoroscopy_seconds, SECONDS_TOP, _("exposure time")),
        ("air_kerma_mgy", form.air_kerma_mgy, KERMA_TOP_MGY, _("air kerma")),
    )
    for field, value, top, what in amounts:
        if value is not None and not 0 <= value <= top:
            found[field] = _("{value} cannot be right for the {what}. Check the number.").format(
                value=amount_text(value), what=what
            )
    return found if excused else found | _implausible(form, context)


def _implausible(form: LogForm, context: LogContext) -> dict[str, str]:
    """High figures are asked back, never refused: they do happen, and are worth a sentence."""
    found: dict[str, str] = {}
    seconds, kerma = form.fluoroscopy_seconds, form.air_kerma_mgy
    if seconds is not None and context.plausible_seconds < seconds <= SECONDS_TOP:
        found["fluoroscopy_seconds"] = _(
            "{minutes} min of X-ray is more than {most} min. Check the number, or write why."
        ).format(
            minutes=amount_text(_minutes(seconds)),
            most=amount_text(_minutes(context.plausible_seconds)),
        )
    if kerma is not None and context.plausible_mgy < kerma <= KERMA_TOP_MGY:
        found["air_kerma_mgy"] = _(
            "{kerma} mGy is more than {most} mGy. Check the number, or write why."
        ).format(kerma=amount_text(kerma), most=amount_text(context.plausible_mgy))
    return found


def _minutes(seconds: Decimal) -> Decimal:
    """To a tenth, upwards: what is more than the most must read so."""
    return (seconds / 60).quantize(Decimal("0.1"), ROUND_CEILING).normalize()


def _contrast(
    form: LogForm, procedure: Procedure | None, products: Mapping[str, Product]
) -> dict[str, str]:
    given = any(_kind(entry, products) == "contrast" for entry in form.medications)
    if form.contrast is None and (given or (procedure and procedure.usual.contrast is not None)):
        return {"contrast": _("Say whether contrast was used.")}
    if form.contrast and not given and not form.aborted:
        return {"contrast": _("Contrast was used: add it to the medication table.")}
    if form.contrast is False and given:
        return {"contrast": _("Contrast stands in the medication table: say Yes, or remove it.")}
    return {}


def _kind(entry: MedicationEntry, products: Mapping[str, Product]) -> str:
    product = products.get(entry.product)
    return product.kind if product else ""


def _medications(form: LogForm, products: Mapping[str, Product]) -> dict[str, str]:
    if not form.medications and not form.aborted:
        return {"medications": _("Add what was given.")}
    found: dict[str, str] = {}
    for index, entry in enumerate(form.medications):
        for field, sentence in _entry(entry, products, form.performed_on).items():
            found[f"medications.{index}.{field}"] = sentence
    return found


def _entry(entry: MedicationEntry, products: Mapping[str, Product], on: date) -> dict[str, str]:
    """What one line of the table still needs."""
    product = products.get(entry.product)
    if product is None:
        return {"product": _("Choose the product, or remove this line.")}
    found: dict[str, str] = {}
    if entry.volume_ml is None:
        found["volume_ml"] = _("Type the volume of {product_name}.").format(
            product_name=product.name
        )
    elif not 0 < entry.volume_ml <= VOLUME_TOP_ML:
        found["volume_ml"] = _(
            "{volume_ml} mL cannot be right for {product_name}. Check the number."
        ).format(volume_ml=amount_text(entry.volume_ml), product_name=product.name)
    elif entry.dose != dose(product, entry.volume_ml):
        found["dose"] = _(
            "The dose of {product_name} does not match its volume. Type one again."
        ).format(product_name=product.name)
    if entry.lot.strip() == "":
        if not _says(entry.no_lot_reason):
            found["lot"] = _("Type the lot of {product_name}, or why there is none.").format(
                product_name=product.name
            )
        return found | _expired(entry, on)
    if entry.expiry is None:
        found["expiry"] = _("Type the expiry of lot {lot}, for example 04 2028.").format(
            lot=entry.lot
        )
    return found | _expired(entry, on)


def _expired(entry: MedicationEntry, on: date) -> dict[str, str]:
    if entry.expiry is None:
        return {}
    expiry = Expiry(entry.expiry, entry.expiry_month_only)
    return {"expiry": expired_sentence(entry.lot, expiry)} if expiry.over(on) else {}


def _scores(form: LogForm, scales: Scales) -> dict[str, str]:
    found: dict[str, str] = {}
    wanted = (
        ("pain_before", form.pain_before, _("pain before"), True),
        ("pain_after", form.pain_after, _("pain after"), not form.aborted),
    )
    for field, value, what, needed in wanted:
        if value is None:
            if needed:
                found[field] = _("Give the {what}.").format(what=what)
        elif problem := score_problem(value, form.scale, scales, what):
            found[field] = problem
    return found


def _complications(form: LogForm) -> dict[str, str]:
    if not form.complications:
        return {"complications": _("Say which complications there were, or None.")}
    if NO_COMPLICATION in form.complications and len(form.complications) > 1:
        return {"complications": _("None cannot stand beside a complication.")}
    if OTHER_COMPLICATION in form.complications and not _says(form.note):
        return {"note": _("Describe the other complication in the note.")}
    if form.aborted and not _says(form.note):
        return {"note": _("Write why it was given up.")}
    return {}


def _day_and_signer(form: LogForm, context: LogContext) -> dict[str, str]:
    found: dict[str, str] = {}
    if form.performed_on > context.today:
        found["performed_on"] = _("A procedure of a later day cannot be signed yet.")
    elif before_birth(form, context.birth_date):
        found["performed_on"] = before_birth(form, context.birth_date)
    elif context.died_on is not None and form.performed_on > context.died_on:
        found["performed_on"] = died_words(context.died_on, form.performed_on)
    elif another_day(form, context.booked_on) and not _says(form.day_reason):
        found["day_reason"] = _(
            "Booked was {day}. Write in a sentence why it was done on another day."
        ).format(day=day_words(context.booked_on or form.performed_on))
    if context.signer_id is not None and context.signer_id != form.physician_id:
        who = context.physician or _("the physician who did the procedure")
        found["physician_id"] = _("Only {who} can sign this log. Save it for signing.").format(
            who=who
        )
    return found


def before_birth(form: LogForm, birth_date: date | None) -> str:
    """Why the day cannot be, where it lies before the patient's birth; else empty."""
    if birth_date is None or form.performed_on >= birth_date:
        return ""
    return _("The patient was born on {born}. Check the day.").format(born=day_words(birth_date))


def another_day(form: LogForm, booked_on: date | None) -> bool:
    """Whether it was done on another day than it was booked for."""
    return booked_on is not None and form.performed_on != booked_on
