"""Words of the log: approaches, days, what a group of checks says when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.headings import begun
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.procedures import Guidance, Procedure
from clinicdesk.domain.readings import change_text
from clinicdesk.domain.rows.log import LogForm
from clinicdesk.domain.translation import _, _n

_TAILS = (" ESI", " injection", " block")


def approach_label(procedure: Procedure) -> str:
    """A procedure within its family: ``Transforaminal``, ``Medial branch``, ``Joint``."""
    name = procedure.name
    if ", " in name:
        name = name.partition(", ")[2]
    for tail in _TAILS:
        name = name.removesuffix(tail)
    return begun(name)


GROUPS: tuple[tuple[str, str], ...] = (
    ("site", _("Site")),
    ("guidance", _("Guidance")),
    ("drugs", _("Medication")),
    ("lots", _("Lots in date")),
    ("pain", _("Pain scores")),
    ("complications", _("Complications")),
    ("sign", _("Ready to sign")),
)
"""What the list on the right ticks off, in the order of the page."""

_GROUP_OF = {
    "procedure": "site",
    "intent": "site",
    "sites": "site",
    "side_change_reason": "site",
    "guidance": "guidance",
    "fluoroscopy_seconds": "guidance",
    "air_kerma_mgy": "guidance",
    "contrast": "guidance",
    "medications": "drugs",
    "pain_before": "pain",
    "pain_after": "pain",
    "complications": "complications",
    "note": "complications",
}


_OPEN = {
    "procedure": _("procedure"),
    "intent": _("intent"),
    "sites": _("site"),
    "side_change_reason": _("why another side"),
    "guidance": _("how guided"),
    "fluoroscopy_seconds": _("exposure"),
    "air_kerma_mgy": _("air kerma"),
    "contrast": _("contrast"),
    "medications": _("what was given"),
    "pain_before": _("before"),
    "pain_after": _("after"),
    "complications": _("any, or none"),
    "note": _("note"),
    "lot": _("lot"),
    "expiry": _("expiry"),
    "product": _("drug"),
    "volume_ml": _("volume"),
    "dose": _("dose"),
}
"""A field that is still open, in the few letters that its line has."""


def open_words(fields: Sequence[str]) -> str:
    """``exposure, air kerma``; ``lot ×3``; empty where one of them has no such words."""
    said = [_OPEN.get(field.rpartition(".")[2], "") for field in fields]
    if "" in said:
        return ""
    counted = Counter(said)
    return ", ".join(f"{words} ×{n}" if n > 1 else words for words, n in counted.items())


def group_of(field: str) -> str:
    """The group of the list that a field belongs to."""
    if field.startswith("medications."):
        return "lots" if field.endswith((".lot", ".expiry")) else "drugs"
    return _GROUP_OF.get(field, "sign")


def is_wrong(field: str, form: LogForm) -> bool:
    """Whether something that was given cannot stand; False for what is only still open."""
    if field.startswith("medications."):
        __, index, name = field.split(".")
        return getattr(form.medications[int(index)], name) not in _EMPTY
    return field in _ASKED or getattr(form, field, None) not in _EMPTY


_EMPTY: tuple[object, ...] = (None, "", (), 0)
_ASKED = frozenset({"side_change_reason", "reason"})


def grouped(missing: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Group → its (field, sentence) in order; groups without any are left out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for field, sentence in missing.items():
        found.setdefault(group_of(field), []).append((field, sentence))
    return found


def asks_words(count: int | None) -> str:
    """What signing still asks; None: the checks have not answered yet."""
    if count is None:
        return _("The safety checks are being asked.")
    return _n(
        "{n} question is open: it is answered when signing.",
        "{n} questions are open: they are answered when signing.",
        count,
    ).format(n=count)


def done_text(group: str, form: LogForm, complications: Mapping[str, str]) -> str:
    """What a group says once nothing is missing in it."""
    if group == "site":
        return ", ".join(form.sites)
    if group == "guidance":
        return _guidance_text(form)
    if group == "drugs":
        count = len(form.medications)
        return _("{count} given").format(count=count) if count else _("Nothing was given")
    if group == "lots":
        without = sum(1 for entry in form.medications if not entry.lot)
        return (
            _("Every lot in date")
            if not without
            else _("{without} without a lot, with a reason").format(without=without)
        )
    if group == "pain":
        before, after = form.pain_before, form.pain_after
        change = change_text(before, after)
        return f"{amount_text(before)} → {amount_text(after) or '–'} ({change})"
    if group == "complications":
        return ", ".join(complications.get(key, key) for key in form.complications)
    return _("Performed {performed_on}").format(performed_on=day_words(form.performed_on))


def _guidance_text(form: LogForm) -> str:
    parts = [Guidance(form.guidance).label]
    if form.guidance == Guidance.FLUOROSCOPY:
        if form.fluoroscopy_seconds is not None:
            parts.append(
                _("{fluoroscopy_seconds} s").format(
                    fluoroscopy_seconds=amount_text(form.fluoroscopy_seconds)
                )
            )
        if form.air_kerma_mgy is not None:
            parts.append(
                _("{air_kerma_mgy} mGy").format(air_kerma_mgy=amount_text(form.air_kerma_mgy))
            )
    if form.contrast:
        parts.append("contrast")
    return ", ".join(parts)
