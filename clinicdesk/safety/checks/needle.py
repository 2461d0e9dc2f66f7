"""Where the needle goes, with what in it: particles, levels, contrast, both sides."""

from __future__ import annotations

from collections.abc import Iterator

from clinicdesk.domain.anatomy import CERVICAL_THORACIC, SEGMENTS, Side, region
from clinicdesk.domain.translation import _
from clinicdesk.safety.answer import REASON, Found
from clinicdesk.safety.session import CONTRAST, Session


def checks(session: Session) -> Iterator[Found]:
    """Each looks at the plan alone."""
    yield from _particulate(session)
    yield from _level(session)
    yield from _neuraxial(session)
    yield from _both_sides(session)


def _particulate(session: Session) -> Iterator[Found]:
    high = tuple(str(site) for site in session.sites if region(site) == CERVICAL_THORACIC)
    if not session.is_("foramen") or not high or not session.particulate:
        return
    said = _("{drugs} holds particles: advised against beside a cervical or thoracic nerve root.")
    yield Found(
        "steroid.particulate",
        REASON,
        (*session.particulate, *high),
        said.format(drugs=", ".join(session.particulate)),
    )


def _level(session: Session) -> Iterator[Found]:
    highest = session.knowledge.limits.highest_interlaminar
    above = SEGMENTS[: SEGMENTS.index(highest)]
    found = tuple(str(site) for site in session.sites if site.name in above)
    if session.is_("interlaminar") and found:
        said = _("{sites}: an interlaminar epidural above {highest} is advised against.")
        sentence = said.format(sites=", ".join(found), highest=highest)
        yield Found("epidural.level", REASON, found, sentence)


def _neuraxial(session: Session) -> Iterator[Found]:
    wrong = tuple(p.name for p in session.products(CONTRAST) if not p.intrathecal)
    if session.is_("neuraxial") and wrong:
        said = _("{products} is not labelled for use near the spinal canal.")
        yield Found("contrast.neuraxial", REASON, wrong, said.format(products=", ".join(wrong)))


def _both_sides(session: Session) -> Iterator[Found]:
    if not session.is_("ganglion"):
        return
    words = session.knowledge.one_side_words
    found = [site for site in session.sites if words.found(site.name)]
    sides = {spot.side for site in found for spot in site.spots}
    if {Side.LEFT, Side.RIGHT} <= sides:
        sites = tuple(str(site) for site in found)
        said = _("{sites}: both sides in one session are advised against.")
        sentence = said.format(sites=", ".join(sites))
        yield Found("sympathetic.both_sides", REASON, sites, sentence)
