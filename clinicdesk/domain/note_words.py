"""What a procedure note says of a record: the fields of the log as lines, nothing invented."""

from __future__ import annotations

from collections.abc import Mapping

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.log_safety import answer_text
from clinicdesk.domain.medications import amount_text, expiry_text
from clinicdesk.domain.procedures import Guidance, Intent
from clinicdesk.domain.readings import change_text
from clinicdesk.domain.rows.log import KeptVerdict, LogForm, LogRecord, MedicationEntry
from clinicdesk.domain.rows.log_safety import SIDE
from clinicdesk.domain.rows.notes import GivenLine, NotePart
from clinicdesk.domain.translation import _
from clinicdesk.domain.verdict_words import answer_words, was_assumed

Line = tuple[str, str]


def procedure_part(record: LogRecord, name: str, physician: str, booked: str) -> NotePart:
    """What was done, where, by whom; ``booked`` says what had been booked instead, if it was."""
    form = record.form
    lines = [
        (_("Procedure"), name),
        (_("Site"), ", ".join(form.sites)),
        (_("Purpose"), Intent(form.intent).label if form.intent else ""),
        (_("Date"), day_words(form.performed_on)),
        (_("Physician"), physician),
        (_("Room"), record.room),
        (_("Booked as"), booked),
        (_("Why it differs"), form.side_change_reason),
        (_("Why on that day"), form.day_reason),
    ]
    if form.aborted:
        lines.append((_("Outcome"), _("Stopped before it was complete")))
    return _part(_("Procedure"), lines)


def guidance_part(form: LogForm) -> NotePart:
    """Imaging, exposure and contrast."""
    kap = (
        _("{kap_ugym2} µGy·m²").format(kap_ugym2=amount_text(form.kap_ugym2))
        if form.kap_ugym2 is not None
        else ""
    )
    contrast = {True: _("Used"), False: _("Not used"), None: ""}[form.contrast]
    return _part(
        _("Imaging guidance"),
        [
            (_("Guidance"), Guidance(form.guidance).label if form.guidance else _("None recorded")),
            (_("Fluoroscopy time"), _with(amount_text(form.fluoroscopy_seconds), "s")),
            (_("Air kerma"), _with(amount_text(form.air_kerma_mgy), "mGy")),
            (_("Kerma-area product"), kap),
            (_exposure_label(form), form.radiation_reason),
            (_("Contrast"), contrast),
        ],
    )


def given_line(entry: MedicationEntry, products: Mapping[str, str]) -> GivenLine:
    """A medication; ``products`` are their names as they were signed."""
    waste = (
        _(", {waste_ml} mL discarded").format(waste_ml=amount_text(entry.waste_ml))
        if entry.waste_ml
        else ""
    )
    expiry = expiry_text(entry.expiry, month_only=entry.expiry_month_only) if entry.expiry else ""
    return GivenLine(
        product=products.get(entry.product, entry.product),
        volume=_with(amount_text(entry.volume_ml), "mL") + waste,
        dose=_with(amount_text(entry.dose), entry.unit),
        lot=entry.lot
        or (
            _("No lot: {no_lot_reason}").format(no_lot_reason=entry.no_lot_reason)
            if entry.no_lot_reason
            else ""
        ),
        expiry=expiry,
        site=entry.site,
    )


def outcome_part(form: LogForm, complications: Mapping[str, str]) -> NotePart:
    """Pain before and after, complications."""
    pain = ""
    if form.pain_before is not None or form.pain_after is not None:
        before = amount_text(form.pain_before) or _("not recorded")
        after = amount_text(form.pain_after) or _("not recorded")
        pain = _("{before} before, {after} after").format(before=before, after=after)
        if form.pain_before is not None and form.pain_after is not None:
            pain += f" ({change_text(form.pain_before, form.pain_after)})"
    named = [complications.get(key, key) for key in form.complications]
    return _part(
        _("Outcome"),
        [
            (_("Pain ({scale})").format(scale=form.scale), pain),
            (_("Complications"), ", ".join(named) or _("None recorded")),
        ],
    )


def interval_part(kept: KeptVerdict | None, pack: str, form_reason: str) -> NotePart | None:
    """What the interval rules said when it was signed, and the reason that was given."""
    if kept is None:
        return _part(_("Interval rules"), [(_("Reason"), form_reason)]) if form_reason else None
    by = f" ({kept.by})" if kept.by else ""
    return _part(
        _("Interval rules"),
        [
            (_("Answer"), answer_words(kept)),
            (_("Rules"), _("{pack}, version {version}").format(pack=pack, version=kept.version)),
            (_("Payer"), was_assumed(kept.assumed) if kept.assumed else ""),
            (_("Not checked"), kept.partial),
            *((_("Finding"), sentence) for sentence in kept.findings),
            *((_("Also asked"), sentence) for sentence in kept.beside),
            (_("Reason"), f"{kept.reason}{by}" if kept.reason else ""),
        ],
    )


def safety_part(form: LogForm) -> NotePart | None:
    """What was answered to the safety checks and to sites that differ; None where nothing was."""
    lines: list[Line] = []
    for answer in form.answers:
        by = f" ({answer.by})" if answer.by else ""
        label = _("Which site") if answer.check == SIDE else _("Asked")
        lines += [(label, answer.asked), (_("Answer"), f"{answer_text(answer)}{by}")]
    return _part(_("Safety"), lines) if lines else None


def _exposure_label(form: LogForm) -> str:
    """Of figures that were read it says why they are so high."""
    read = form.fluoroscopy_seconds is not None and form.air_kerma_mgy is not None
    return _("About the exposure") if read else _("Exposure not read")


def _part(heading: str, lines: list[Line]) -> NotePart:
    return NotePart(heading, tuple((label, text) for label, text in lines if text))


def _with(amount: str, unit: str) -> str:
    return f"{amount} {unit}" if amount else ""
