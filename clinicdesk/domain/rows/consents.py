"""A printed consent, and which of several counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ConsentPaper:
    """A consent that was printed or saved.

    Attributes:
        document_id: the stored sheet.
        planned_id: of which planned procedure it speaks; None: of the bare appointment.
        sites: as printed on it.
        printed_at: when it was printed or saved last.
        signed_at, signed_by: when, and by whom, it was recorded that the patient signed it; None
            where nobody did, or it was taken back.
    """

    document_id: int
    planned_id: int | None
    sites: tuple[str, ...]
    printed_at: datetime
    signed_at: datetime | None = None
    signed_by: str = ""


def counting(papers: Iterable[ConsentPaper], planned_id: int | None) -> ConsentPaper | None:
    """Of one planned procedure the paper signed last, else the one printed last; None: no paper.

    ``papers``: the one made last first.
    """
    own = [paper for paper in papers if paper.planned_id == planned_id]
    signed = [paper for paper in own if paper.signed_at is not None]
    return next(iter(signed or own), None)


def waiting(papers: Sequence[ConsentPaper], planned_id: int | None) -> ConsentPaper | None:
    """The paper printed last, where it is still to be signed; None: nothing to sign.

    A further copy of what was signed already waits for nobody.
    """
    own = [paper for paper in papers if paper.planned_id == planned_id]
    counts = counting(own, planned_id)
    if counts is None or own[0].signed_at is not None:
        return None
    same = counts.signed_at is not None and set(counts.sites) == set(own[0].sites)
    return None if same else own[0]
