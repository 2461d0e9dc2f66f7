"""The words of printed sheets as data: what the loader gives and the renderer takes.

A text is made of lines. Each line may name conditions under which it is printed
and may hold placeholders (``{where}``) and emphasis (``**so**``); nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from clinicdesk.domain.procedures import FigurePlace

CONSENT = "consent"
"""The sheet whose sites are compared with what is logged."""

AFTERCARE = "aftercare"
KINDS = (CONSENT, AFTERCARE)
"""Kinds of sheet that can be printed for a procedure or appointment."""

NOTE = "note"
"""The procedure note: made of a signed record alone, without a text of its own."""

Condition = tuple[tuple[str, ...], ...]
"""All groups must hold; a group holds when one of its words does (``not x`` when x does not)."""


@dataclass(frozen=True)
class Line:
    """One idea of a text.

    Attributes:
        text: words with placeholders and emphasis.
        label: a short heading over it (timeline steps).
        icon: name of an icon (do and do-not lines).
        when: printed only if this holds.
        source: where a fact comes from.
        verify: True while a clinician still has to confirm the fact.
    """

    text: str
    label: str = ""
    icon: str = ""
    when: Condition = ()
    source: str = ""
    verify: bool = False


@dataclass(frozen=True)
class Risk:
    """One thing that can go wrong, and how often.

    ``count`` (to ``count_to``) of ``out_of`` people; ``bound`` is ``about``, ``up to``
    or ``fewer than``. Without figures how often is not known, and ``grade``
    (``mild`` or ``serious``) says what sort of thing it is.
    """

    text: str
    grade: str
    bound: str = ""
    count: int = 0
    count_to: int = 0
    out_of: int = 0
    when: Condition = ()
    source: str = ""
    verify: bool = False

    @property
    def known(self) -> bool:
        return self.out_of > 0

    @property
    def rate(self) -> float:
        """Greatest share of people, 0–1; 0 when not known."""
        return max(self.count, self.count_to) / self.out_of if self.out_of else 0.0


@dataclass(frozen=True)
class PatientWords:
    """How a language writes dates, sides and places (``resources/documents/words``).

    Attributes:
        dates: babel patterns by use: ``long``, ``day``, ``short``, ``time``.
        sides: side to the large words beside the figure.
        where: pattern (``root``, ``facet`` …) to side to template; ``{name}``,
            ``{part}``, ``{upper}``, ``{lower}`` are filled in.
        many: the same for several sites of one side, where a pattern has it; ``{name}`` lists them.
        parts: first letter of a level to its part of the back.
        names: site name to plain words.
        marks: the few words drawn into figures and icon rows.
    """

    language: str
    name: str
    dates: Mapping[str, str]
    sides: Mapping[str, str]
    where: Mapping[str, Mapping[str, str]]
    many: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, str]
    names: Mapping[str, str]
    marks: Mapping[str, str]


@dataclass(frozen=True)
class SheetArt:
    """Drawings as SVG text, and where sites stand on them.

    ``segments``: pattern of ``words.where`` to the anchor at which a segment is marked; the space
    between the bones for any other.
    """

    spine: str
    body: str
    icons: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, Mapping[str, tuple[float, float]]]]
    places: Mapping[str, FigurePlace]
    segments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LocalHelp:
    """What the people of a country call, trust and measure by.

    Attributes:
        emergency: number of the emergency services; empty where none is known.
        advice: number that gives medical advice when the clinic does not answer; else empty.
        regulator: who approves drugs, in short; empty where it is not known.
        fahrenheit: whether fever is told in °F first.
    """

    emergency: str = ""
    advice: str = ""
    regulator: str = ""
    fahrenheit: bool = False


@dataclass(frozen=True)
class Meanings:
    """What words of the record mean for a sheet (``resources/documents/meanings.toml``).

    Attributes:
        near_chest: words in the names of sites from which a needle can reach the lung.
        away: words in the names of free sites from which it cannot.
    """

    near_chest: tuple[str, ...] = ()
    away: tuple[str, ...] = ()

    def near_chest_at(self, site: str) -> bool | None:
        """Whether a free site lies near the lung; None where nobody has said."""
        if _names(site, self.near_chest):
            return True
        return False if _names(site, self.away) else None


def _names(text: str, words: Iterable[str]) -> bool:
    """Whether one of ``words`` stands in a text, at the beginning of a word; case aside."""
    plain = " ".join(text.casefold().replace("-", " ").replace("/", " ").split())
    return any(f" {word.replace('-', ' ')}" in f" {plain}" for word in words)


@dataclass(frozen=True)
class Approval:
    """Who in the clinic approved a text, and when."""

    by: str
    on: date


@dataclass(frozen=True)
class TextFile:
    """One file of texts, and whether the clinic stands behind it.

    Attributes:
        name: below the folder of documents, ``consent/en/tpi.toml``.
        own: one of the clinic's files, not one of ours.
        seal: fingerprint of what it says; comments, approval and origin left out.
        approval: as it is written in the file; None where nobody approved it.
        sealed: the seal of what was approved; empty where the file does not say.
        made_from: the seal of our text that it was made from; empty where it does not say.
        ours: the seal of our text that it lies over; empty where there is none.
    """

    name: str
    own: bool
    seal: str
    approval: Approval | None = None
    sealed: str = ""
    made_from: str = ""
    ours: str = ""

    @property
    def approved(self) -> bool:
        """Approved as it is now: an approval belongs to exactly the text that was approved."""
        return self.approval is not None and self.sealed in ("", self.seal)

    @property
    def lapsed(self) -> bool:
        """It was approved, and says something else since."""
        return self.approval is not None and not self.approved

    @property
    def outdated(self) -> bool:
        """It lies over a text of ours that has changed since it was made."""
        return bool(self.ours and self.made_from) and self.made_from != self.ours

    @property
    def unmarked(self) -> bool:
        """It lies over one of ours and does not say from which text it was made."""
        return bool(self.ours) and not self.made_from


def approvals(files: Iterable[TextFile]) -> tuple[Approval, ...]:
    """Who approved a text that is made of these files; nobody unless all of them are approved."""
    found: dict[Approval, None] = {}
    for file in files:
        if file.approval is None or not file.approved:
            return ()
        found[file.approval] = None
    return tuple(found)


@dataclass(frozen=True)
class SheetTexts:
    """Everything needed to print one kind of sheet for one procedure in one language.

    Attributes:
        procedure: contract id; ``site_sort`` as in the catalogue.
        id, version, effective: of the procedure's text; printed in the footer.
        files: all that it is made of; unless each is approved, "needs clinic approval" is printed.
        where: pattern of ``words.where`` for this procedure.
        blocks: block name to its lines. Lines of the block ``score`` name the pain score boxes
            one by one; without any, ``score_days`` dated boxes are printed.
    """

    kind: str
    procedure: str
    site_sort: str
    language: str
    id: str
    version: str
    effective: str
    files: tuple[TextFile, ...]
    where: str
    words: PatientWords
    labels: Mapping[str, str]
    blocks: Mapping[str, tuple[Line, ...]]
    risks: tuple[Risk, ...] = ()
    score_days: int = 0
    art: SheetArt = field(default_factory=lambda: SheetArt("", "", {}, {}, {}))
    meanings: Meanings = field(default_factory=Meanings)

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """Who approved it, the procedure's own text first; empty unless all of it is approved."""
        return approvals(self.files)


@dataclass(frozen=True)
class Treatment:
    """How a letter names one procedure: ``words``, and ``where`` as in ``SheetTexts``."""

    words: str
    where: str
    site_sort: str


@dataclass(frozen=True)
class LetterTexts(SheetTexts):
    """The text of a letter, one for all procedures of a language.

    Attributes:
        treatments: procedure id to its plain words.
        clock: babel pattern of opening hours.
    """

    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    clock: str = "H:mm"
