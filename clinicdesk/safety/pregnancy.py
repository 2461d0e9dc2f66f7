"""Whether a patient is pregnant: what was answered, and what stands among the conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from clinicdesk.safety.knowledge import MAY_BE_PREGNANT, PREGNANCY, Knowledge

Noted = tuple[str, date | None]
"""A condition as written, and the day since when; None: not known."""


class Pregnancy(Enum):
    """Where it stands; ``DENIED``: asked, not pregnant, while the record says otherwise.

    ``OLD``: what is on record was longer ago than a pregnancy lasts. ``STALE``: the answer was no,
    too long ago to speak for today.
    """

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not asked"
    OLD = "old"
    STALE = "stale"
    PERHAPS = "perhaps"
    DENIED = "denied"


@dataclass(frozen=True)
class Standing:
    """What is known, with the record's own words for it."""

    state: Pregnancy
    words: tuple[str, ...] = ()


def standing(
    answer: bool | None,
    asked_on: date | None,
    conditions: Iterable[Noted],
    on: date,
    knowledge: Knowledge,
) -> Standing:
    """Where it stands on the day ``on``.

    An answer is of the day ``asked_on`` (None: not known). What was written among the conditions
    later than a "no" counts; what was there before is a contradiction that somebody must settle.
    """
    oldest = knowledge.limits.pregnancy_lasts.before(on)
    said: list[str] = []
    perhaps: list[str] = []
    old: list[str] = []
    later = answer is not False
    for text, since in conditions:
        kinds = {knowledge.conditions[key].kind for key in knowledge.pregnancy_words.found(text)}
        if PREGNANCY in kinds:
            over = since is not None and since < oldest
            (old if over else said).append(text)
            newer = since is not None and asked_on is not None and since > asked_on
            later = later or (newer and not over)
        elif MAY_BE_PREGNANT in kinds:
            perhaps.append(text)
    if answer and (asked_on is None or asked_on >= oldest):
        return Standing(Pregnancy.YES, ("pregnant", *said))
    if said:
        return Standing(Pregnancy.YES if later else Pregnancy.DENIED, tuple(said))
    if answer is False:
        stale = asked_on is not None and asked_on < knowledge.limits.pregnancy_denied.before(on)
        return Standing(Pregnancy.STALE if stale else Pregnancy.NO)
    if old or answer:
        return Standing(Pregnancy.OLD, tuple(old) or ("pregnant",))
    if perhaps:
        return Standing(Pregnancy.PERHAPS, tuple(perhaps))
    return Standing(Pregnancy.NOT_ASKED)
