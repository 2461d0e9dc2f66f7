"""Sites in a language's words, and where they stand on the drawings."""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.domain.anatomy import Side, Site, Sort, parse_site
from clinicdesk.domain.sheets import SheetTexts

SPINE_MIDDLE = 112.0
BODY_MIDDLE = 60.0
_SACRAL = {"S1": (13.0, 503.3), "S2": (11.5, 515.3), "S3": (9.7, 526.3), "S4": (8.0, 536.3)}
_SI_JOINT = (30.0, 511.0)
_CAUDAL = 553.0
_BESIDE = 26.0
_ASIDE = 12.0


@dataclass(frozen=True)
class Mark:
    """A place on a drawing: ``spine`` or ``back`` (seen from behind), or ``front``."""

    figure: str
    x: float
    y: float


def read_sites(sites: tuple[str, ...], texts: SheetTexts) -> tuple[Site | str, ...]:
    """Each site, or its text where it is not written as a site (old or imported records)."""
    found: list[Site | str] = []
    for text in sites:
        try:
            found.append(parse_site(text, texts.site_sort))
        except ValueError:
            found.append(text)
    return tuple(found)


def words_for(site: Site | str, texts: SheetTexts) -> str:
    """``the L5 nerve on your left side``."""
    if isinstance(site, str):
        return site
    template = texts.words.where[texts.where][site.side.value]
    upper, _, lower = site.name.partition("-")
    values = {
        "name": _name(site, texts),
        "upper": upper,
        "lower": lower or upper,
        "part": part_of(site, texts),
    }
    # Not str.format: a typed name may hold braces.
    for key, value in values.items():
        template = template.replace("{" + key + "}", value.replace("{", "(").replace("}", ")"))
    return template


def phrases(sites: tuple[Site | str, ...], texts: SheetTexts) -> tuple[str, ...]:
    """One phrase for each site, or for several of one side where the language has such words."""
    many = texts.words.many.get(texts.where)
    sides = {site.side for site in sites if isinstance(site, Site)}
    if many is None or len(sites) < 2 or len(sides) > 1 or any(isinstance(s, str) for s in sites):
        return tuple(words_for(site, texts) for site in sites)
    read = [site for site in sites if isinstance(site, Site)]
    marks = texts.words.marks
    names = [_name(site, texts) for site in read]
    listed = f"{marks['joined'].join(names[:-1])} {marks['and']} {names[-1]}"
    template = many[read[0].side.value]
    return (template.replace("{name}", listed).replace("{part}", part_of(read[0], texts)),)


def _name(site: Site, texts: SheetTexts) -> str:
    return texts.words.names.get(site.name, site.name) if site.sort is Sort.FREE else site.name


def part_of(site: Site | str, texts: SheetTexts) -> str:
    """``neck``, ``lower back`` …; just the back where the level does not say."""
    parts, marks = texts.words.parts, texts.words.marks
    if isinstance(site, str):
        return marks["your_back"]
    if site.sort in (Sort.SEGMENT, Sort.ROOT):
        return parts[site.name[0]]
    if site.sort in (Sort.CAUDAL, Sort.SI_JOINT):
        return parts["S"]
    return marks["your_back"]


def side_words(sites: tuple[Site | str, ...], texts: SheetTexts) -> str:
    """The large words beside the figure: one side, or both."""
    sides = {site.side for site in sites if isinstance(site, Site)}
    if not sides:
        return ""
    if Side.BILATERAL in sides or {Side.LEFT, Side.RIGHT} <= sides:
        return texts.words.sides[Side.BILATERAL]
    sided = sides - {Side.MIDLINE} or sides
    return texts.words.sides[min(sided)]


def marks_for(sites: tuple[Site | str, ...], texts: SheetTexts) -> tuple[Mark, ...]:
    """Where the sites stand; those without a place on a drawing are left out."""
    found: list[Mark] = []
    for site in sites:
        if isinstance(site, str):
            continue
        for spot in sorted(site.spots):
            mark = _mark(site.sort, spot.name, spot.side, texts)
            if mark:
                found.append(mark)
    figures = {mark.figure for mark in found}
    # One drawing shows all; with places on several, the first site's is drawn.
    return (
        tuple(m for m in found if m.figure == found[0].figure)
        if len(figures) > 1
        else (tuple(found))
    )


def _mark(sort: Sort, name: str, side: Side, texts: SheetTexts) -> Mark | None:
    if sort is Sort.CAUDAL:
        return Mark("spine", SPINE_MIDDLE, _CAUDAL)
    if sort is Sort.SI_JOINT:
        return _off("spine", _SI_JOINT[0], _SI_JOINT[1], side)
    if sort is Sort.ROOT:
        return _root(name, side, texts)
    if sort is Sort.SEGMENT:
        return _segment(name, side, texts)
    place = texts.art.places.get(name)
    if place:
        return _off(place.figure, place.dx, place.y, side)
    if name in texts.art.anchors:
        (_, y) = texts.art.anchors[name]["interlaminar"]["midline"]
        return _off("spine", _BESIDE, y - 12, side)
    return None


def _root(name: str, side: Side, texts: SheetTexts) -> Mark | None:
    if name in _SACRAL:
        return _off("spine", *_SACRAL[name], side)
    # A cervical root leaves above the vertebra of its name; C8 below C7.
    vertebra = f"C{int(name[1:]) - 1}" if name[0] == "C" else name
    places = texts.art.anchors.get(vertebra)
    if not places or side.value not in places["foramen"]:
        return None
    x, y = places["foramen"][side.value]
    return Mark("spine", x, y)


def _segment(name: str, side: Side, texts: SheetTexts) -> Mark | None:
    places = texts.art.anchors.get(name.partition("-")[0])
    if not places:
        return None
    anchor = places.get(texts.art.segments.get(texts.where, ""), {})
    if side.value in anchor:
        x, y = anchor[side.value]
        return Mark("spine", x, y)
    x, y = places["interlaminar"]["midline"]
    return _off("spine", _ASIDE, y, side)


def _off(figure: str, dx: float, y: float, side: Side) -> Mark:
    """Seen from behind, left is on the left; from the front, on the right."""
    middle = SPINE_MIDDLE if figure == "spine" else BODY_MIDDLE
    if side in (Side.MIDLINE, Side.BILATERAL):
        return Mark(figure, middle, y)
    towards = -1 if side is Side.LEFT else 1
    return Mark(figure, middle + dx * (-towards if figure == "front" else towards), y)
