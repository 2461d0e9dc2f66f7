"""The call sheet: every row with what a clerk needs, on whole pages, whatever a name may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from support.letters import CLINIC, ON
from support.pages import blocks_of, in_order, stands_as_stored, words_of

from clinicdesk.documents.call_sheet import TICKS, render_calls
from clinicdesk.domain.rows.documents import CallFacts, CallGroup, CallLine
from clinicdesk.domain.rows.due import CALL_OUTCOMES

pytestmark = pytest.mark.slow

LINE = CallLine(
    name="Villalobos, Teresa",
    birth_date=date(1958, 3, 14),
    mrn="004182",
    phone="(617) 555-0143",
    language="Spanish",
    what="Transforaminal ESI, L5 left",
    why="Relief ended about 3 Nov 2026.",
    allowed_from="12 Oct 2026",
    last_score="NRS 3 on 14 Sep 2026",
    thinner="apixaban",
    last_contact="3 Nov 2026, no answer",
    next_appointment="2 Dec 2026 10:30",
)
BARE = replace(
    LINE, phone="", allowed_from="", last_score="", thinner="", last_contact="",
    next_appointment="",
)  # fmt: skip


def facts(*groups: CallGroup) -> CallFacts:
    return CallFacts(CLINIC, ON, "Printed 25 Nov 2026 10:12 by Joelle Marsh", groups)


def numbered(count: int) -> tuple[CallLine, ...]:
    return tuple(replace(LINE, name=f"Patient-{n}, Ann", mrn=f"M{n:05}") for n in range(count))


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_row_reads_in_order(paper: str) -> None:
    pdf, pages = render_calls(facts(CallGroup("Overdue", (LINE, BARE))), paper)
    text = words_of(pdf)
    assert pages == 1
    in_order(
        text, "Calls to make: Wednesday 25 November 2026", "Quillwater Pain Clinic",
        "Printed 25 Nov 2026 10:12 by Joelle Marsh", "Page 1 of 1", "Overdue (2)",
        "1", "Villalobos, Teresa", "14 Mar 1958 · 004182", "Blood thinner: apixaban",
        "(617) 555-0143", "Spanish", "Transforaminal ESI, L5 left", "Relief ended about",
        "12 Oct 2026", "Visit 2 Dec 2026 10:30", "NRS 3, 14 Sep 2026", "3 Nov 2026, no answer",
        "Booked", "No answer", "Message", "Call again on", "Still good", "Not now",
        "Wrong number", "Note",
        "2", "Villalobos, Teresa", "No phone", "Not known yet", "No visit booked",
    )  # fmt: skip
    assert text.count("Blood thinner") == 1


def test_several_sites_of_one_patient_are_one_call() -> None:
    knee = replace(LINE, what="Joint injection, knee right", allowed_from="1 Mar 2027")
    asked = replace(BARE, what="Facet block", why="Promised for 25 Nov 2026.", promised=True)
    pdf, __ = render_calls(
        facts(CallGroup("Promised", (replace(asked, further=(LINE, knee)),))), "a4"
    )
    text = words_of(pdf)
    in_order(text, "Promised (1)", "Villalobos, Teresa", "Facet block", "Promised for",
             "Transforaminal ESI, L5 left", "12 Oct 2026", "Joint injection, knee right",
             "1 Mar 2027", "Booked", "No answer")  # fmt: skip
    for once in ("Villalobos, Teresa", "Spanish", "Still good"):
        assert text.count(once) == 1
    assert "Not known yet" not in text


def test_every_outcome_of_a_call_has_its_box() -> None:
    assert list(TICKS) == [key for key, _ in CALL_OUTCOMES if key != "letter"]


def test_groups_pages_and_numbers() -> None:
    groups = (CallGroup("Overdue", numbered(40)), CallGroup("Due now", numbered(7)))
    pdf, pages = render_calls(facts(*groups), "letter")
    reader = PdfReader(BytesIO(pdf))
    text = words_of(pdf)
    assert pages == len(reader.pages) > 4
    in_order(text, "Overdue (40)", "Patient-0", "Patient-39", "Due now (7)", "47", "Patient-6")
    for number, page in enumerate(reader.pages, 1):
        words = page.extract_text()
        assert f"Page {number} of {pages}" in words
        assert "What and why" in words
        # A heading never ends a page.
        assert "(" not in words.rstrip().splitlines()[-1]
    titles = [str(entry["/Title"]) for entry in reader.outline]
    assert titles == ["Overdue (40)", "Due now (7)"]


def test_an_empty_list_is_said() -> None:
    assert "Nobody to call" in words_of(render_calls(facts(), "a4")[0])


def test_the_page_lies_across_and_nothing_is_tiny() -> None:
    pdf, _ = render_calls(facts(CallGroup("Overdue", (LINE,))), "letter")
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert box.width > box.height
    assert min(float(str(block[3])) for block in blocks_of(pdf)) >= 9


def test_hostile_names_print() -> None:
    names = ("<b>O'Brien & Søn</b>", "Wolfeschlegelsteinhausenbergerdorff" * 9, "Ana 😀",
             "محمد علي",
             "{x} **y**", "A\x00B")  # fmt: skip
    rows = tuple(replace(LINE, name=name, thinner=name, phone=name, why=name) for name in names)
    text = words_of(render_calls(facts(CallGroup("<i>Now</i>", rows)), "a4")[0])
    assert "<i>Now</i> (6)" in text
    # A name breaks over lines, never within what it says.
    for name in names[:2]:
        assert name.replace(" ", "") in text.replace(" ", "")
    assert "{x} **y**" in text
    assert "A[?]B" in text
    assert "■" not in text


def test_endless_text_ends_in_an_ellipsis_and_never_a_fault() -> None:
    pdf, _ = render_calls(facts(CallGroup("Now", (replace(LINE, why="word " * 5000),))), "letter")
    assert "…" in words_of(pdf)


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(st.text(max_size=60), min_size=13, max_size=13))
def test_any_text_prints(texts: list[str]) -> None:
    line = CallLine(texts[0], date(1990, 1, 1), *texts[1:11])
    found = replace(facts(CallGroup(texts[11], (line,))), printed=texts[12])
    assert render_calls(found, "letter")[1] >= 1


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="paper"):
        render_calls(facts(), "a3")


def test_same_facts_same_bytes() -> None:
    assert render_calls(facts(CallGroup("Now", (LINE,))), "a4") == render_calls(
        facts(CallGroup("Now", (LINE,))), "a4"
    )


def test_blocks_stand_where_they_stood() -> None:
    pdf, _ = render_calls(facts(CallGroup("Overdue", (LINE, BARE))), "letter")
    stands_as_stored("calls-letter", pdf)
