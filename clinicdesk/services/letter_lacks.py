"""What the texts of printed letters lack: a language, or a treatment in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinicdesk.domain.languages import language_name
from clinicdesk.domain.translation import _

if TYPE_CHECKING:
    from clinicdesk.catalogue.sheet_library import SheetLibrary


@dataclass(frozen=True)
class Lacks:
    """What the texts of some letters lack: ``file`` for whoever looks after them."""

    file: str
    sentence: str


def lacks_of(
    texts: SheetLibrary, known: Container[str], made: Iterable[tuple[str, str, tuple[str, ...]]]
) -> tuple[Lacks, ...]:
    """What is missing: a language, so that English was taken, or a treatment.

    Args:
        texts: of the clinic.
        known: the procedures of its catalogue; of another nothing is missing.
        made: of each letter the language wanted, the one it is in, and the treatments.
    """
    english: Counter[tuple[str, str]] = Counter()
    unnamed: Counter[tuple[str, str]] = Counter()
    for asked, used, treatments in made:
        named = tuple(name for name in treatments if name in known)
        if asked.split("-")[0] != used.split("-")[0]:
            english[asked, texts.letter_lacks(asked, named)] += 1
        if lacks := texts.letter_lacks(used, named):
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
