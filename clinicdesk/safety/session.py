"""The session as it would be: the plan, with the usual one where it says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from clinicdesk.domain.anatomy import Site
from clinicdesk.domain.procedures import Guidance, Procedure, Product
from clinicdesk.safety.case import Case, Patient, Plan
from clinicdesk.safety.knowledge import Knowledge

STEROID, ANAESTHETIC, CONTRAST = "steroid", "local_anaesthetic", "contrast"


@dataclass(frozen=True)
class Session:
    """A case with its plan filled in: what every check looks at.

    Attributes:
        given: products and mL; None where nobody said it and none is usual for these sites.
        steroids: mg of each as far as it is known: 0 of one that is planned without a dose.
    """

    knowledge: Knowledge
    case: Case
    procedure: Procedure
    guidance: Guidance | None
    contrast: bool
    given: tuple[tuple[Product, Decimal | None], ...]
    steroids: Mapping[str, Decimal]

    @property
    def dosed(self) -> tuple[tuple[Product, Decimal], ...]:
        """What is given, where the volume is known."""
        return tuple((product, ml) for product, ml in self.given if ml is not None)

    @property
    def patient(self) -> Patient:
        return self.case.patient

    @property
    def sites(self) -> tuple[Site, ...]:
        return self.case.plan.sites

    def is_(self, trait: str) -> bool:
        """Whether the procedure is of that kind, ``radiofrequency``."""
        return trait in self.procedure.safety

    def products(self, kind: str) -> tuple[Product, ...]:
        """The planned products of a kind."""
        return tuple(product for product, __ in self.given if product.kind == kind)

    @property
    def x_rays(self) -> bool:
        """Whether it is guided by fluoroscopy or CT."""
        return self.guidance in (Guidance.FLUOROSCOPY, Guidance.CT)

    @cached_property
    def particulate(self) -> tuple[str, ...]:
        """Names of planned steroids that hold particles."""
        found = [product.name for product in self.products(STEROID) if product.particulate]
        if self.case.plan.steroids is not None:
            found += [drug for drug in self.steroids if _always_particulate(drug, self.knowledge)]
        return tuple(found)


def session_of(case: Case, knowledge: Knowledge) -> Session:
    """The case with what its plan leaves out taken from the usual plan."""
    plan = case.plan
    procedure = knowledge.vocabulary.procedure(plan.procedure)
    given = _given(plan, procedure, knowledge)
    contrast = plan.contrast
    if contrast is None:
        contrast = bool(procedure.usual.contrast) and plan.medications != ()
    return Session(
        knowledge=knowledge,
        case=case,
        procedure=procedure,
        guidance=plan.guidance or procedure.usual.guidance,
        contrast=contrast or any(product.kind == CONTRAST for product, __ in given),
        given=given,
        steroids=_steroids(plan, given),
    )


def _given(
    plan: Plan, procedure: Procedure, knowledge: Knowledge
) -> tuple[tuple[Product, Decimal | None], ...]:
    """What is injected. Of the usual plan without what the plan says otherwise."""
    if plan.medications is not None:
        return tuple((knowledge.products[key], ml) for key, ml in plan.medications)
    without = {CONTRAST} if plan.contrast is False else set()
    if plan.steroids is not None:
        without.add(STEROID)
    plan_as_usual = procedure.usual_at(site.name for site in plan.sites)
    usual = ((knowledge.products[key], ml) for key, ml in plan_as_usual.medications)
    return tuple((product, ml) for product, ml in usual if product.kind not in without)


def _steroids(
    plan: Plan, given: tuple[tuple[Product, Decimal | None], ...]
) -> Mapping[str, Decimal]:
    """Milligrams of each steroid over the whole session."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for product, ml in given:
        if product.kind == STEROID:
            found[product.drug] += product.per_ml * (ml or 0)
    for steroid in plan.steroids or ():
        found[steroid.drug] += steroid.mg or 0
    return dict(found)


def _always_particulate(drug: str, knowledge: Knowledge) -> bool:
    """Where only the drug is known: whether none of its products is free of particles."""
    known = [each.particulate for each in knowledge.products.values() if each.drug == drug]
    return bool(known) and all(known)
