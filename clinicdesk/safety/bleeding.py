"""The bleeding class of a plan, and whether several agents move it up."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.domain.anatomy import CERVICAL_THORACIC, Sort, region
from clinicdesk.safety.knowledge import Anticoagulant
from clinicdesk.safety.session import Session

CLASSES = ("low", "intermediate", "high")
_COUNTED = ("anticoagulant", "antiplatelet")
_SEVERAL = 2


def bleeding_class(session: Session, drugs: Iterable[Anticoagulant]) -> tuple[str, bool]:
    """The class, and whether several agents moved it; ``high`` is the highest."""
    usual = _of_sites(session)
    agents = [
        drug
        for drug in drugs
        if drug.drug_class in _COUNTED and drug.hold[CLASSES[1]].kind != "none"
    ]
    if len(agents) < _SEVERAL or usual == CLASSES[-1]:
        return usual, False
    return CLASSES[CLASSES.index(usual) + 1], True


def _of_sites(session: Session) -> str:
    """That of the procedure; where one of the sites is in another class, the higher one."""
    procedure = session.procedure
    found = [procedure.bleeding]
    if procedure.bleeding_cervical and any(
        site.sort in (Sort.SEGMENT, Sort.ROOT)
        and region(site) == CERVICAL_THORACIC
        and site.name.startswith("C")
        for site in session.sites
    ):
        found.append(procedure.bleeding_cervical)
    for site in session.sites:
        found += session.knowledge.bleeding_words.found(site.name)
    return max(found, key=CLASSES.index)
