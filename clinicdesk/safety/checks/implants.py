"""What is in the body: devices near radiofrequency, prostheses and operations near a steroid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from clinicdesk.domain.anatomy import Site
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.spans import Span
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import ASK, NOTE, REASON, Found, quoted
from clinicdesk.safety.case import Implant, Surgery
from clinicdesk.safety.joints import (
    JointSide,
    near_joint,
    replaced_in,
    side_is_open,
    sides_of,
    to_replace_in,
)
from clinicdesk.safety.knowledge import Knowledge
from clinicdesk.safety.recorded import device_may_be_out
from clinicdesk.safety.recorded import implant as is_joint
from clinicdesk.safety.session import Session

_Reader = Callable[[str, Knowledge, set[str], Implant | None], frozenset[JointSide]]


def checks(session: Session) -> Iterator[Found]:
    """Radiofrequency near a device, a steroid near a prosthesis or an operation."""
    yield from _device(session)
    yield from _joint(session)
    yield from _not_asked(session)


def _not_asked(session: Session) -> Iterator[Found]:
    if session.patient.implants is not None:
        return
    sentence = _("Nobody has asked about implants and artificial joints yet.")
    if _is_radiofrequency(session) or session.is_("joint"):
        yield Found("implants.not_asked", ASK, (), sentence)
    elif _joints(session):
        # A bursa of a joint: the contract asks before radiofrequency and joints only, and a steroid
        # beside a prosthesis nobody asked about is no better there.
        yield Found("implants.bursa", ASK, (), sentence)


def _is_radiofrequency(session: Session) -> bool:
    return session.is_("radiofrequency")


def _device(session: Session) -> Iterator[Found]:
    if not _is_radiofrequency(session):
        return
    knowledge = session.knowledge
    found = [
        (text, knowledge.devices[key].level)
        for text in _written(session)
        for key in knowledge.device_words.found(text)
    ]
    reasons = tuple(text for text, level in found if level == SafetyLevel.REASON)
    out = tuple(text for text in reasons if device_may_be_out(text, knowledge))
    grave = reasons if reasons != out else ()
    if grave:
        said = _("An active implant is on record ({words}), and radiofrequency is planned.")
        yield Found("device.radiofrequency", REASON, _once(grave), said.format(words=quoted(grave)))
    elif out:
        said = _("{words} is on record, and radiofrequency is planned: ask what is still in place.")
        yield Found("device.radiofrequency", ASK, _once(out), said.format(words=quoted(out)))
    elif found:
        words = tuple(text for text, __ in found)
        said = _("{words} is on record, and radiofrequency is planned.")
        yield Found("device.radiofrequency", NOTE, _once(words), said.format(words=quoted(words)))


def _written(session: Session) -> tuple[str, ...]:
    """Implants, and conditions: ``cardiac pacemaker in situ`` is written among these too."""
    implants = tuple(implant.text for implant in session.patient.implants or ())
    return (*implants, *(session.patient.conditions or ()))


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


# -- joints ------------------------------------------------------------------------------------


def _joints(session: Session) -> frozenset[JointSide]:
    """The joints, with side, that the plan goes into or to a bursa of."""
    knowledge = session.knowledge
    inside = session.is_("joint")
    if not inside and not session.is_("bursa"):
        return frozenset()
    return frozenset(
        JointSide(joint, side)
        for site in session.sites
        if (joint := near_joint(site.name, knowledge, only_bursae=not inside))
        for side in sides_of(site)
    )


def _joint(session: Session) -> Iterator[Found]:
    planned = _joints(session)
    if not planned or not session.steroids:
        return
    yield from _prosthesis(session, planned)
    yield from _operation(session, planned)
    yield from _to_be_replaced(session, planned)
    yield from _unclear(session)


def _unclear(session: Session) -> Iterator[Found]:
    """An artificial joint of which nobody knows where it is may be the one that is planned."""
    patient, knowledge = session.patient, session.knowledge
    words = tuple(each.text for each in patient.implants or () if _may_be_any(each, knowledge))
    words += tuple(
        text for text in patient.conditions or () if _may_be_any(Implant(text), knowledge)
    )
    if words:
        said = _("{words} is on record, but not of which joint: ask before a steroid is given.")
        yield Found("joint.unclear", ASK, _once(words), said.format(words=quoted(words)))


def _may_be_any(entry: Implant, knowledge: Knowledge) -> bool:
    if replaced_in(entry.text, knowledge, (), entry):
        return False
    if entry.site:
        return entry.prosthesis and entry.unlisted
    if not (entry.prosthesis or is_joint(entry.text, knowledge)[0]):
        return False
    # A word that no table knows may be the joint's name: “great toe joint prosthesis”.
    return all(knowledge.joint_words.found(word) for word in fold(entry.text).split())


def _named(
    session: Session, planned: frozenset[JointSide], read: _Reader
) -> tuple[tuple[str, frozenset[JointSide]], ...]:
    """The entries that name one of the planned joints, as ``read`` reads them."""
    names = {joint.name for joint in planned}
    records = [
        (implant.text, read(implant.text, session.knowledge, names, implant))
        for implant in session.patient.implants or ()
    ]
    records += [
        (text, read(text, session.knowledge, names, None))
        for text in session.patient.conditions or ()
    ]
    return tuple(
        (text, there)
        for text, there in records
        if any(p.meets(each) for p in planned for each in there)
    )


def _prosthesis(session: Session, planned: frozenset[JointSide]) -> Iterator[Found]:
    found = _named(session, planned, replaced_in)
    if not found:
        return
    words = _once(tuple(text for text, __ in found))
    if all(side_is_open(there) for __, there in found):
        said = _(
            "An artificial joint is on record ({words}), but not its side: "
            "a steroid is planned there."
        )
    else:
        said = _("An artificial joint is on record ({words}), and a steroid is planned there.")
    yield Found("joint.prosthesis", REASON, words, said.format(words=quoted(words)))


def _operation(session: Session, planned: frozenset[JointSide]) -> Iterator[Found]:
    limits, on = session.knowledge.limits, session.case.on
    near = [
        each
        for each in session.patient.surgeries
        if _too_near(each, on, limits.before_surgery, limits.after_surgery)
        and any(p.meets(joint) for p in planned for joint in _operated(each.site, session))
    ]
    if not near:
        return
    because = tuple(
        _("{site}, {day}").format(site=each.site, day=each.date.isoformat()) for each in near
    )
    first = near[0]
    if first.date >= on:
        said = _("{site} is to be operated on {day}: no steroid in the {span} before it.")
        span = limits.before_surgery
    else:
        said = _("{site} was operated on {day}: no steroid in the {span} after it.")
        span = limits.after_surgery
    sentence = said.format(site=first.site, day=day_words(first.date), span=span)
    yield Found("joint.surgery", REASON, because, sentence)


def _to_be_replaced(session: Session, planned: frozenset[JointSide]) -> Iterator[Found]:
    """An operation without a day stands among the entries; with one, the day is checked."""
    operated = frozenset(
        joint
        for each in session.patient.surgeries
        if each.date >= session.case.on
        for joint in _operated(each.site, session)
    )
    words = tuple(
        text
        for text, there in _named(session, planned, to_replace_in)
        if not any(joint.meets(each) for joint in operated for each in there)
    )
    if words:
        said = _(
            "{words} is on record, and a steroid is planned there: "
            "ask for the day of the operation, and enter it."
        )
        yield Found("joint.planned", ASK, _once(words), said.format(words=quoted(words)))


def _too_near(surgery: Surgery, on: date, ahead: Span, back: Span) -> bool:
    if surgery.date >= on:
        return surgery.replaces and surgery.date < ahead.after(on)
    return on < back.after(surgery.date)


def _operated(site: Site, session: Session) -> frozenset[JointSide]:
    joint = near_joint(site.name, session.knowledge)
    return frozenset(JointSide(joint, side) for side in sides_of(site))
