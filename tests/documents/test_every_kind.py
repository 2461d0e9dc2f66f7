"""What every kind of sheet has: a language, an outline, its fonts; large print is large."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from support.letters import CLINIC, ON, item, recall_facts
from support.pages import blocks_of
from support.sheets import full_facts, library

from clinicdesk.documents.bundle import bundle
from clinicdesk.documents.call_sheet import render_calls
from clinicdesk.documents.note import render_note
from clinicdesk.documents.render import render
from clinicdesk.domain.rows.documents import CallFacts, CallGroup, CallLine
from clinicdesk.domain.rows.due import DueReason
from clinicdesk.domain.rows.notes import NoteFacts, NotePart

pytestmark = pytest.mark.slow

TF = ("esi.transforaminal", ("L5 left",), "therapeutic")
FOOT = 9.5
"""Points of the line at the foot and of an address in the window of an envelope, at most."""


def sheet(kind: str, *, large: bool = False) -> bytes:
    return render(kind, full_facts(*TF), library().pick(kind, TF[0], "en"), "letter", large).pdf


def letter(language: str, *, large: bool = False) -> bytes:
    facts = recall_facts(item(DueReason.REPEAT))
    return render("recall", facts, library().letter(language), "letter", large).pdf


def note() -> bytes:
    facts = NoteFacts(
        clinic=CLINIC, family_name="Villalobos", given_name="Teresa",
        birth_date=date(1958, 3, 14), mrn="004182", title="Transforaminal ESI, L5 left",
        performed_on=date(2026, 11, 24), parts=(NotePart("Procedure", (("Site", "L5 left"),)),),
        given=(), note="Settled.", signed_by="Dr. Amara Osei",
        signed_at=datetime(2026, 11, 24, 14, 12, tzinfo=ZoneInfo("America/New_York")),
        seal="4f81231c" + "0" * 56, addenda=(),
    )  # fmt: skip
    return render_note(facts, "letter").pdf


def calls() -> bytes:
    line = CallLine(
        name="Kim 김, Ann", birth_date=date(1958, 3, 14), mrn="004182", phone="(617) 555-0143",
        language="Spanish", what="Transforaminal ESI, L5 left", why="Relief ended.",
        allowed_from="12 Oct 2026", last_score="NRS 3 on 14 Sep 2026", thinner="apixaban",
        last_contact="3 Nov 2026, no answer", next_appointment="2 Dec 2026 10:30",
    )  # fmt: skip
    group = CallGroup("Overdue", (line,))
    return render_calls(CallFacts(CLINIC, ON, "Printed", (group,)), "letter")[0]


def letters() -> bytes:
    both = [letter("es"), letter("es")]
    return bundle(both, title="Letters", author="x", language="es", names=["Ann", "Bo"])


KINDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "consent": (lambda: sheet("consent"), "en"),
    "after-care": (lambda: sheet("aftercare"), "en"),
    "letter in Spanish": (lambda: letter("es"), "es"),
    "letters in one file": (letters, "es"),
    "note": (note, "en"),
    "call sheet": (calls, "en"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_its_language_and_has_an_outline_and_its_fonts(kind: str) -> None:
    make, language = KINDS[kind]
    reader = PdfReader(BytesIO(make()))
    assert str(reader.trailer["/Root"]["/Lang"]) == language
    assert reader.outline
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object().get("/FontDescriptor")
            assert described is not None, font.get_object()["/BaseFont"]
            assert "/FontFile2" in described.get_object()


@pytest.mark.parametrize("kind", ["consent", "aftercare", "recall"])
def test_large_print_has_no_words_under_its_body_of_eighteen_points(kind: str) -> None:
    pdf = letter("en", large=True) if kind == "recall" else sheet(kind, large=True)
    plain = letter("en") if kind == "recall" else sheet(kind)
    words = [(float(str(block[3])), str(block[4])) for block in blocks_of(pdf)]
    small = [text for size, text in words if FOOT < size < 17.9]
    # Labels within a picture, numbers in a box and the window of an envelope have their own room.
    assert not [text for text in small if len(text.split()) > 4], small
    assert any(17.9 < size < 18.1 for size, _ in words)
    assert len(PdfReader(BytesIO(pdf)).pages) <= 3 * len(PdfReader(BytesIO(plain)).pages)
