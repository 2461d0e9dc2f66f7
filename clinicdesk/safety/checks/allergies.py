"""Allergies against what is planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import ASK, NOTE, REASON, Found, quoted
from clinicdesk.safety.case import Allergy
from clinicdesk.safety.knowledge import ANY_CLASS, Allergen
from clinicdesk.safety.recorded import is_contrast
from clinicdesk.safety.session import ANAESTHETIC, STEROID, Session

_Named = tuple[tuple[Allergy, tuple[Allergen, ...]], ...]


def checks(session: Session) -> Iterator[Found]:
    """Contrast, local anaesthetics, steroids and what is in them, latex, antiseptics."""
    allergies = session.patient.allergies
    if allergies is None:
        yield Found("allergies.not_asked", ASK, (), _("Nobody has asked about allergies yet."))
        return
    knowledge = session.knowledge
    named = tuple(
        (each, tuple(knowledge.allergens[key] for key in knowledge.allergy_words.found(each.words)))
        for each in allergies
    )
    yield from _contrast(session, named)
    yield from _anaesthetic(session, named)
    yield from _steroid(session, named)
    if found := _to(named, _is("latex")):
        said = _("Latex allergy on record ({words}): prepare without latex.")
        yield Found("allergy.latex", NOTE, _words(found), said.format(words=_shown(found)))
    if found := _to(named, _is("antiseptic")):
        said = _("Allergy to an antiseptic on record ({words}): prepare the skin with another.")
        yield Found("allergy.antiseptic", NOTE, _words(found), said.format(words=_shown(found)))


def _contrast(session: Session, named: _Named) -> Iterator[Found]:
    if not session.contrast:
        return
    known = tuple(each for each, __ in named if is_contrast(each, session.knowledge))
    if known:
        said = _("Contrast allergy on record ({words}), and contrast is planned.")
        yield Found("allergy.contrast", REASON, _words(known), said.format(words=_shown(known)))
    elif iodine := _to(named, _is("iodine")):
        said = _("{words} is on record. Ask whether it was X-ray contrast: contrast is planned.")
        yield Found("allergy.contrast", ASK, _words(iodine), said.format(words=_shown(iodine)))


def _anaesthetic(session: Session, named: _Named) -> Iterator[Found]:
    planned = session.products(ANAESTHETIC)
    if not planned:
        return
    allergens = session.knowledge.allergens
    drugs = {product.drug for product in planned}
    classes = {allergens[drug].drug_class for drug in drugs if drug in allergens}

    def counts(allergen: Allergen) -> bool:
        if allergen.kind != "anaesthetic":
            return False
        return allergen.drug_class in {ANY_CLASS, *classes} or allergen.key in drugs

    if found := _to(named, counts):
        said = _("Allergy to a local anaesthetic on record ({words}), and {drugs} is planned.")
        sentence = said.format(words=_shown(found), drugs=", ".join(sorted(drugs)))
        yield Found("allergy.anaesthetic", REASON, _words(found), sentence)


def _steroid(session: Session, named: _Named) -> Iterator[Found]:
    if not session.steroids:
        return
    planned = set(session.steroids)
    drugs = ", ".join(sorted(planned))

    def within(allergen: Allergen) -> bool:
        return allergen.kind == "excipient" and not planned.isdisjoint(allergen.within)

    to_steroid, to_part = _to(named, _is(STEROID)), _to(named, within)
    found = _in_order(named, (*to_steroid, *to_part))
    if not found:
        return
    if to_steroid:
        said = _("Allergy to a corticosteroid on record ({words}), and {drugs} is planned.")
    else:
        said = _("Allergy on record ({words}) to something that is in the planned {drugs}.")
    sentence = said.format(words=_shown(found), drugs=drugs)
    yield Found("allergy.steroid", REASON, _words(found), sentence)


def _is(kind: str) -> Callable[[Allergen], bool]:
    def of_kind(allergen: Allergen) -> bool:
        return allergen.kind == kind

    return of_kind


def _to(named: _Named, counts: Callable[[Allergen], bool]) -> tuple[Allergy, ...]:
    return tuple(allergy for allergy, keys in named if any(map(counts, keys)))


def _in_order(named: _Named, found: tuple[Allergy, ...]) -> tuple[Allergy, ...]:
    return tuple(allergy for allergy, __ in named if allergy in found)


def _words(allergies: tuple[Allergy, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.substance for each in allergies))


def _shown(allergies: tuple[Allergy, ...]) -> str:
    """The record's words with the reaction, where it is known."""
    return quoted(
        tuple(
            _("{substance}: {reaction}").format(substance=each.substance, reaction=each.reaction)
            if each.reaction
            else each.substance
            for each in allergies
        )
    )
