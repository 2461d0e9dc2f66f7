"""What the checks make of an entry, in words: nobody should trust a warning that never comes."""

from __future__ import annotations

from clinicdesk.domain.rows.safety_facts import (
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    Entry,
    ImplantEntry,
    ReadAs,
)
from clinicdesk.domain.translation import _
from clinicdesk.safety.joints import to_replace_in
from clinicdesk.safety.knowledge import DIABETES, INFECTION, PREDIABETES, Knowledge
from clinicdesk.safety.recorded import (
    condition_is,
    device_may_be_out,
    implant,
    infection_may_be_over,
    is_contrast,
    is_device,
    may_be_stopped,
)

_UNUSED = ReadAs(_("no check here uses it"), used=False)
_UNKNOWN = ReadAs(_("not recognised: no warning comes from it"), used=False, known=False)
_ALLERGENS = {
    "contrast": _("iodinated contrast"),
    "iodine": _("iodine: asked back before contrast"),
    "anaesthetic": _("local anaesthetic"),
    "steroid": _("corticosteroid"),
    "excipient": _("in some steroid products"),
    "latex": _("latex"),
    "antiseptic": _("skin antiseptic"),
}
_DRUGS = {
    "anticoagulant": _("anticoagulant"),
    "antiplatelet": _("antiplatelet"),
    "nsaid": _("painkiller that slows clotting (NSAID)"),
    "antidepressant": _("antidepressant that slows clotting"),
    "herbal": _("herbal that slows clotting"),
    "fibrinolytic": _("fibrinolytic"),
}
_CONDITIONS = {
    DIABETES: _("diabetes"),
    PREDIABETES: _("prediabetes: noted only"),
    INFECTION: _("infection, or its treatment"),
}


def read_as(entry: Entry, knowledge: Knowledge) -> ReadAs:
    """What it counts as."""
    if isinstance(entry, AllergyEntry):
        return _allergy(entry, knowledge)
    if isinstance(entry, DrugEntry):
        return _drug(entry.drug, knowledge)
    if isinstance(entry, ConditionEntry):
        if infection_may_be_over(entry.name, knowledge):
            return ReadAs(_("infection: asked whether it is over"))
        for kind, words in _CONDITIONS.items():
            if condition_is(entry.name, kind, knowledge):
                return ReadAs(words)
        return _implant(entry.name, "", knowledge, _UNUSED)
    if isinstance(entry, ImplantEntry):
        return _implant(entry.name, entry.site, knowledge, _UNKNOWN)
    return ReadAs(_("operation of a joint"))


def _allergy(entry: AllergyEntry, knowledge: Knowledge) -> ReadAs:
    keys = knowledge.allergy_words.found(entry.substance)
    kinds = dict.fromkeys(knowledge.allergens[key].kind for key in keys)
    words = [_ALLERGENS[kind] for kind in kinds if kind in _ALLERGENS]
    if not words and is_contrast(entry, knowledge):
        words = [_ALLERGENS["contrast"]]
    return ReadAs(", ".join(words)) if words else _UNUSED


def _drug(name: str, knowledge: Knowledge) -> ReadAs:
    keys = knowledge.thinner_words.found(name)
    classes = dict.fromkeys(knowledge.anticoagulants[key].drug_class for key in keys)
    words = [_DRUGS.get(each, each) for each in classes]
    if knowledge.diabetes_drug_words.found(name):
        words.append(_("diabetes drug"))
    if words and may_be_stopped(name, knowledge):
        return ReadAs(_("{drug}: asked whether it is still taken").format(drug=", ".join(words)))
    if not words and (near := knowledge.thinner_words.near(name)):
        said = _("not recognised: is {names} meant?").format(names=", ".join(near))
        return ReadAs(said, used=False, known=False)
    return ReadAs(", ".join(words)) if words else _UNKNOWN


def _implant(name: str, site: str, knowledge: Knowledge, otherwise: ReadAs) -> ReadAs:
    joint, told = implant(name, knowledge)
    site = site or told
    if joint and site:
        return ReadAs(_("artificial joint, {site}").format(site=site))
    if joint:
        return ReadAs(_("artificial joint: say which, and its side"), used=False, known=False)
    if to_replace_in(name, knowledge, ()):
        return ReadAs(_("planned operation: enter its day under operations of joints"))
    if device_may_be_out(name, knowledge):
        return ReadAs(_("device taken out: asked what is still in place"))
    return ReadAs(_("active device")) if is_device(name, knowledge) else otherwise
