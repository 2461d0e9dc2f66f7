"""The procedure note: in order, on whole pages, whatever a record may hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from support.letters import CLINIC
from support.pages import blocks_of, in_order, stands_as_stored, words_of

from clinicdesk.documents.note import render_note
from clinicdesk.domain.rows.log import AddendumRow
from clinicdesk.domain.rows.notes import GivenLine, NoteFacts, NotePart

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 24, 14, 12, tzinfo=ZoneInfo("America/New_York"))
GIVEN = GivenLine("Dexamethasone 10 mg/mL", "1 mL", "10 mg", "05212012@68", "04 2028", "")
FACTS = NoteFacts(
    clinic=CLINIC,
    family_name="Villalobos",
    given_name="Teresa",
    birth_date=date(1958, 3, 14),
    mrn="004182",
    title="Transforaminal ESI, L5 left",
    performed_on=date(2026, 11, 24),
    parts=(
        NotePart("Procedure", (("Site", "L5 left"), ("Physician", "Dr. Amara Osei"))),
        NotePart("Imaging guidance", (("Guidance", "Fluoroscopy"), ("Air kerma", "2.4 mGy"))),
        NotePart("Outcome", (("Complications", "None"),)),
        NotePart("Interval rules", (("Reason", "Acute recurrence"),)),
    ),
    given=(GIVEN,),
    note="Settled in 20 s.\nWalked out unaided.",
    signed_by="Dr. Amara Osei",
    signed_at=AT,
    seal="4f81231c" + "0" * 56,
    addenda=(AddendumRow(AT, "Dr. Amara Osei", "Lot read again."),),
)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("large", [False, True])
def test_it_reads_in_order(paper: str, large: bool) -> None:
    sheet = render_note(FACTS, paper, large)
    in_order(
        words_of(sheet.pdf), "Quillwater Pain Clinic", "Procedure note", "24 November 2026",
        "Transforaminal ESI, L5 left", "Teresa Villalobos", "14 Mar 1958", "004182",
        "Site", "L5 left", "Dr. Amara Osei", "Guidance", "Fluoroscopy", "2.4 mGy",
        "Medication", "Dexamethasone 10 mg/mL", "1 mL", "10 mg", "05212012@68", "04 2028",
        "Complications", "None", "Interval rules", "Reason", "Acute recurrence",
        "Settled in 20 s.", "Walked out unaided.",
        "Signed electronically by Dr. Amara Osei, 24 November 2026, 14:12",
        "1 addendum, of 24 November 2026, 14:12", "4f81231c",
        "Lot read again.", "Dr. Amara Osei, 24 Nov 2026, 14:12",
    )  # fmt: skip
    assert sheet.pages == (2 if large else 1)
    assert re.fullmatch(r"PN-EN-1 · [0-9A-F]{4}-[0-9A-F]{4}", sheet.document_code)


def test_the_same_record_gives_the_same_bytes() -> None:
    assert render_note(FACTS, "letter").pdf == render_note(FACTS, "letter").pdf
    with pytest.raises(ValueError, match="unknown paper"):
        render_note(FACTS, "legal")


def test_long_notes_take_more_pages_and_each_says_whose_it_is() -> None:
    many = tuple(replace(GIVEN, lot=f"LOT{n:03}") for n in range(60))
    facts = replace(FACTS, given=many, note="\n".join(f"Line {n} of the note." for n in range(80)))
    sheet = render_note(facts, "letter")
    pages = [page.extract_text() for page in PdfReader(BytesIO(sheet.pdf)).pages]
    assert len(pages) == sheet.pages > 2
    for number, page in enumerate(pages, 1):
        assert "Villalobos" in page
        assert "004182" in page
        assert f"Page {number} of {len(pages)}" in page
    said = words_of(sheet.pdf)
    for page in pages:
        assert ("Expiry" in page) == ("LOT" in page)
    assert all(f"LOT{n:03}" in said for n in range(60))
    assert all(f"Line {n} of the note." in said for n in range(80))


def test_the_site_of_a_medication_has_a_column_only_where_one_is_said() -> None:
    heads = "Given Volume Dose Lot Expiry"
    assert f"{heads} Site" not in words_of(render_note(FACTS, "letter").pdf)
    facts = replace(FACTS, given=(GIVEN, replace(GIVEN, site="S1 right", lot="")))
    said = words_of(render_note(facts, "letter").pdf)
    assert f"{heads} Site" in said
    assert "S1 right" in said
    assert "–" in said


def test_nothing_recorded_is_said() -> None:
    assert "None recorded." in words_of(render_note(replace(FACTS, given=()), "letter").pdf)


def test_nothing_is_tiny() -> None:
    assert min(float(str(b[3])) for b in blocks_of(render_note(FACTS, "letter").pdf)) >= 9


def test_hostile_text_prints_as_it_is() -> None:
    names = ("<b>O'Brien & Søn</b>", "Wolfeschlegelsteinhausenbergerdorff" * 9, "محمد علي",
             "{x} **y**", "A\x00B")  # fmt: skip
    for name in names:
        facts = replace(
            FACTS, family_name=name, title=name, note=name, signed_by=name,
            given=(replace(GIVEN, product=name, lot=name, site=name),),
            parts=(NotePart("Procedure", (("Site", name),)), *FACTS.parts[1:]),
            addenda=(AddendumRow(AT, name, name),),
        )  # fmt: skip
        text = words_of(render_note(facts, "letter").pdf).replace(" ", "")
        assert "■" not in text
        if name.isascii():
            assert name.replace(" ", "").replace("\x00", "[?]") in text


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(st.text(max_size=80), min_size=6, max_size=6), large=st.booleans())
def test_any_text_prints(texts: list[str], large: bool) -> None:
    facts = replace(
        FACTS, family_name=texts[0], title=texts[1], note=texts[2],
        given=(replace(GIVEN, lot=texts[3]),), signed_by=texts[4],
        parts=(NotePart("Procedure", (("Site", texts[5]),)),),
    )  # fmt: skip
    assert render_note(facts, "letter", large).pages >= 1


def test_text_longer_than_a_page_is_broken_over_pages() -> None:
    facts = replace(FACTS, parts=(NotePart("Procedure", (("Reason", "word " * 4000),)),))
    sheet = render_note(facts, "letter")
    assert sheet.pages > 2
    assert words_of(sheet.pdf).count("word") == 4000


def test_blocks_stand_where_they_stood() -> None:
    stands_as_stored("note-letter", render_note(FACTS, "letter").pdf)
