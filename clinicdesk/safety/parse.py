"""From JSON to a case: the complete validation of the safety contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from clinicdesk.domain.anatomy import Sort, fold, parse_site
from clinicdesk.domain.json_reading import CaseError, Fields, Node
from clinicdesk.domain.json_sites import read_sites
from clinicdesk.domain.patient_checks import SEXES
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.translation import _
from clinicdesk.safety.case import Allergy, Case, Implant, Patient, Plan, Surgery
from clinicdesk.safety.knowledge import Knowledge

__all__ = ["CaseError", "parse_case"]

_PATIENT = (
    *("birth_date", "sex", "weight_kg", "allergies", "drugs", "conditions", "implants"),
    "pregnant",
)
_PLAN = ("intent", "guidance", "contrast", "medications", "steroids")


def parse_case(obj: object, knowledge: Knowledge, path: str = "$") -> Case:
    """Check ``obj`` completely and build the case.

    Args:
        obj: what ``load_json`` returned.
        knowledge: with the procedures and products that it may name.
        path: the JSON path of ``obj`` itself, ``$[3]`` in a list of cases.

    Raises:
        CaseError: with the path of the first offending value.
    """
    fields = Node(obj, path).fields(("on", "patient", "plan"))
    on = fields["on"].day()
    return Case(
        on=on,
        patient=_patient(fields["patient"], on),
        plan=_plan(fields["plan"], knowledge),
    )


# -- the patient -------------------------------------------------------------------------------


def _patient(node: Node, on: date) -> Patient:
    fields = node.fields(_PATIENT, ("surgeries",))
    birth = fields["birth_date"].day()
    if birth > on:
        raise fields["birth_date"].fail(
            _("expected a day on or before {on}, the day asked about").format(on=on)
        )
    sex = fields["sex"].word(SEXES)
    weight = _weight(fields)
    allergies, drugs = _asked(fields, "allergies"), _asked(fields, "drugs")
    conditions, implants = _asked(fields, "conditions"), _asked(fields, "implants")
    pregnant = fields.known("pregnant")
    surgeries = fields.get("surgeries")
    return Patient(
        birth_date=birth,
        sex=sex,
        weight_kg=weight,
        allergies=None if allergies is None else tuple(map(_allergy, allergies)),
        drugs=None if drugs is None else tuple(_drug(item) for item in drugs),
        conditions=None if conditions is None else tuple(map(_condition, conditions)),
        implants=None if implants is None else tuple(map(_implant, implants)),
        pregnant=pregnant.flag() if pregnant else None,
        surgeries=tuple(map(_surgery, surgeries.items() if surgeries else ())),
    )


def _asked(fields: Fields, key: str) -> list[Node] | None:
    """The entries of a list; None where nobody has asked."""
    node = fields.known(key)
    return node.items() if node else None


def _weight(fields: Fields) -> Decimal | None:
    node = fields.known("weight_kg")
    if node is None:
        return None
    weight = node.number(_("a number of kilograms above 0, or null"))
    if weight <= 0:
        raise node.fail(_("expected a number of kilograms above 0, or null"))
    return weight


def _allergy(node: Node) -> Allergy:
    fields = node.fields(("substance",), ("reaction",))
    reaction = fields.known("reaction")
    said = reaction.value if reaction else ""
    if reaction and not isinstance(said, str):
        raise reaction.fail(_("expected a text"))
    return Allergy(fields["substance"].text(_("a substance")), str(said))


def _drug(node: Node) -> str:
    return node.text(_("a drug"))


def _condition(node: Node) -> str:
    return node.text(_("a condition"))


def _implant(node: Node) -> Implant:
    return Implant(node.text(_("an implant")))


def _surgery(node: Node) -> Surgery:
    fields = node.fields(("site", "date"))
    text = fields["site"].text(_("a site, NAME SIDE"))
    try:
        site = parse_site(text, Sort.FREE)
    except ValueError as error:
        raise fields["site"].fail(
            _("expected a joint with its side ({error})").format(error=error)
        ) from error
    return Surgery(site, fields["date"].day())


# -- the plan ----------------------------------------------------------------------------------


def _plan(node: Node, knowledge: Knowledge) -> Plan:
    fields = node.fields(("procedure", "sites"), _PLAN)
    procedures = knowledge.vocabulary.procedures
    procedure = procedures[fields["procedure"].word(procedures)]
    intent, guidance = fields.get("intent"), fields.known("guidance")
    contrast = fields.known("contrast")
    medications, steroids = fields.get("medications"), fields.get("steroids")
    sites = read_sites(fields["sites"], procedure)
    if intent:
        intent.word(tuple(Intent))
    if medications and steroids:
        raise steroids.fail(_("expected medications or steroids, not both"))
    return Plan(
        procedure=procedure.id,
        sites=sites,
        guidance=Guidance(guidance.word(tuple(Guidance))) if guidance else None,
        contrast=contrast.flag() if contrast else None,
        medications=tuple(_medication(item, knowledge) for item in medications.items())
        if medications
        else None,
        steroids=tuple(map(_steroid, steroids.items())) if steroids else None,
    )


def _medication(node: Node, knowledge: Knowledge) -> tuple[str, Decimal]:
    fields = node.fields(("product", "ml"))
    product = fields["product"].word(knowledge.products)
    return product, _above_zero(fields["ml"], _("a number of millilitres above 0"))


def _steroid(node: Node) -> Steroid:
    fields = node.fields(("drug", "mg"))
    drug = fold(fields["drug"].text(_("a drug")))
    return Steroid(drug, _above_zero(fields["mg"], _("a number of milligrams above 0")))


def _above_zero(node: Node, what: str) -> Decimal:
    value = node.number(what)
    if value <= 0:
        raise node.fail(_("expected {what}").format(what=what))
    return value
