"""What the texts of printed letters lack: a language, or a treatment in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from clinicdesk.domain.languages import language_name
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic, everybody
from clinicdesk.services.sheet_texts import library


@dataclass(frozen=True)
class Lacks:
    """What the texts of some letters lack: ``file`` for whoever looks after them."""

    file: str
    sentence: str


@everybody(_("what the texts of letters lack; nothing of a patient"))
def lacks_of(clinic: Clinic, made: Iterable[tuple[str, str, tuple[str, ...]]]) -> tuple[Lacks, ...]:
    """What is missing: a language, so that English was taken, or a treatment.

    Args:
        clinic: with its texts.
        made: of each letter the language wanted, the one it is in, and the treatments.
    """
    texts, procedures = library(clinic), clinic.catalogue.procedures
    english: Counter[tuple[str, str]] = Counter()
    unnamed: Counter[tuple[str, str]] = Counter()
    for asked, used, treatments in made:
        known = tuple(name for name in treatments if name in procedures)
        if asked.split("-")[0] != used.split("-")[0]:
            english[asked, texts.letter_lacks(asked, known)] += 1
        if lacks := texts.letter_lacks(used, known):
            unnamed[used, lacks] += 1
    no_letter = _("{count} in English: there is no letter in {name} yet.")
    no_words = _(
        "{count} with the name that staff use for the treatment: the letter in {name} has no "
        "plain words for it yet."
    )
    return tuple(
        Lacks(file, sentence.format(count=count, name=language_name(code)))
        for found, sentence in ((english, no_letter), (unnamed, no_words))
        for (code, file), count in found.most_common()
    )
