"""Whether a patient lived on a day: asked before anything more is done for them."""

from __future__ import annotations

from datetime import date

from clinicdesk.data.queries import merged
from clinicdesk.domain.people import died_words
from clinicdesk.services.context import Work


def died_on(work: Work, patient_id: int) -> date | None:
    """The day of a death on record; it stands on the record that duplicates were merged into."""
    return merged.died_on(work.tx, patient_id)


def died_by(work: Work, patient_id: int, on: date) -> str:
    """What is said where something is planned for a day after the death; else empty."""
    return died_words(died_on(work, patient_id), on)
