"""The recall letter as it lies in the printer: words, window, and whatever a name may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.lib.units import inch, mm
from support.letters import CLINIC, LATER, ON, REASONS, item, recall_facts
from support.pages import blocks_of, in_order, stands_as_stored, words_of
from support.sheets import ZONE, library

from clinicdesk.documents.bundle import bundle
from clinicdesk.documents.recall_wording import RecallWording
from clinicdesk.documents.render import render
from clinicdesk.domain.rows.documents import OpenDays, RecallFacts, RenderedSheet
from clinicdesk.domain.rows.due import DueReason

pytestmark = pytest.mark.slow

HEIGHTS = {"letter": 11 * inch, "a4": 297 * mm}
HOSTILE_NAMES = (
    "<b>O'Brien & Søn</b>",
    "Wolfeschlegelsteinhausenbergerdorff" * 9,
    "Ana 😀🩻",
    "محمد علي",
    "שלום כהן",
    "A\x00B\u202eC",
    "{name} **{repeat}**",
)


def made(
    facts: RecallFacts, language: str = "en", paper: str = "letter", *, large: bool = False
) -> RenderedSheet:
    return render("recall", facts, library().letter(language), paper, large)


# -- every letter ----------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("reason", REASONS)
def test_every_letter_is_one_page_and_says_what_its_text_says(
    reason: str, language: str, paper: str
) -> None:
    for day in (None, ON, LATER):
        facts = recall_facts(item(reason, day))
        sheet = made(facts, language, paper)
        text = words_of(sheet.pdf)
        wording = RecallWording(facts, library().letter(language))
        assert (sheet.pages, sheet.language, sheet.kind) == (1, language, "recall")
        for block in ("greeting", "lead", "next", "call", "ready", "scale"):
            for line in wording.lines(block)[: 1 if block == "greeting" else None]:
                assert " ".join(wording.words(line.text).split()) in text
        one = facts.items[0]
        in_order(text, "Quillwater Pain Clinic", wording.title, wording.treatment(one),
                 wording.date(one.done_on, "short"), "(617) 555-0100")  # fmt: skip
        # Where a place breaks over two lines the words are the same.
        assert wording.place(one) in text
        for bad in ("{", "**", "[U+", "[?]", " mg"):
            assert bad not in text


def test_the_letter_reads_in_order() -> None:
    in_order(
        words_of(made(recall_facts(item(DueReason.REPEAT))).pdf),
        "Quillwater Pain Clinic", "14 Millrace Way, Boston, MA 02110 · (617) 555-0100",
        "Teresa Villalobos", "12 Harbor Street", "Boston, MA 02110",
        "Wednesday 25 November 2026", "Record number: 004182", "Is your pain coming back?",
        "Dear Teresa Villalobos,", "Its effect may be wearing off.",
        "Steroid injection beside a nerve in your spine", "The L5 nerve on your left side",
        "24 Aug 2026", "12 Jan 2027",
        "You may have it again from Tuesday 12 January 2027, if your doctor agrees.",
        "Please call us: (617) 555-0100", "Monday to Friday, 8:00 AM to 5:00 PM",
        "Blood thinners", "New illnesses", "Your pain today", "no pain", "worst pain",
        "With kind regards", "Dr. Amara Osei and the team of Quillwater Pain Clinic",
        "Document RL-EN-1", "Page 1 of 1",
    )  # fmt: skip


def test_the_spanish_letter_reads_in_order_with_its_accents() -> None:
    in_order(
        words_of(made(recall_facts(item(DueReason.WORN_OFF)), "es", "a4").pdf),
        "miércoles 25 de noviembre de 2026", "Número de expediente: 004182",
        "¿Le está volviendo el dolor?", "Estimada Teresa Villalobos:",
        "Inyección de esteroide en una articulación", "La rodilla, del lado derecho",
        "24 ago 2026", "a partir del martes 12 de enero de 2027", "Por favor, llámenos:",
        "De lunes a viernes, de 8:00", "Los anticoagulantes", "Su dolor hoy", "Página 1 de 1",
    )  # fmt: skip


def test_greeting_by_sex() -> None:
    for sex, words in (("male", "Estimado Teresa"), ("unknown", "Hola, Teresa")):
        assert words in words_of(made(recall_facts(item(DueReason.REPEAT), sex=sex), "es").pdf)


def test_a_missing_score_is_asked_for_on_three_scales() -> None:
    text = words_of(made(recall_facts(item(DueReason.SCORE_MISSING, None))).pdf)
    in_order(text, "Please tell us how you are.", "Before the treatment", "At its best after it",
             "Your pain today", "How many weeks did the good effect last?")  # fmt: skip
    assert text.count("0 1 2 3 4 5 6 7 8 9 10") == 3


def test_no_day_is_named_that_is_not_known() -> None:
    text = words_of(made(recall_facts(item(DueReason.FAILED, None))).pdf)
    assert "Please call us. We would like to ask how you are." in text
    assert "2027" not in text


def test_one_letter_speaks_of_all_treatments_of_a_patient() -> None:
    items = (
        item(DueReason.SECOND_BLOCK),
        item(DueReason.WORN_OFF, ON),
        item(DueReason.FAILED, None),
    )
    for language in ("en", "es"):
        for paper in ("letter", "a4"):
            sheet = made(recall_facts(*items), language, paper)
            wording = RecallWording(recall_facts(*items), library().letter(language))
            assert sheet.pages == 1
            for one in items:
                in_order(words_of(sheet.pdf), f"{wording.treatment(one)}. {wording.place(one)}")
    in_order(words_of(made(recall_facts(*items)).pdf), "Time for your next test",
             "12 Jan 2027", "now", "please call us", "The table shows")  # fmt: skip


def test_hours_as_they_are_said() -> None:
    split = (
        OpenDays((0, 1, 2), ((time(8), time(12)), (time(13, 30), time(17)))),
        OpenDays((3, 5), ((time(9), time(12)),)),
    )
    facts = recall_facts(item(DueReason.REPEAT), hours=split)
    text = words_of(made(facts).pdf)
    assert "Monday to Wednesday, 8:00 AM to 12:00 PM and 1:30 PM to 5:00 PM" in text
    assert "Thursday and Saturday, 9:00 AM to 12:00 PM" in text
    assert "AM" not in words_of(made(replace(facts, hours=())).pdf)


def test_the_day_number_is_given_and_a_line_where_there_is_none() -> None:
    def text(**phones: str) -> str:
        clinic = replace(CLINIC, **phones)
        return words_of(made(recall_facts(item(DueReason.REPEAT), clinic=clinic)).pdf)

    assert "Please call us: (617) 555-0199" in text(phone="")
    assert "Please call us: ____" in text(phone="", phone_urgent="")


# -- the window of the envelope --------------------------------------------------------------

# What always shows, in points from the top left corner, and what may show at all.
SAFE = {"letter": ((63, 180), (315, 240)), "a4": ((57, 160), (284, 232))}
SEEN = {"letter": (0, 147, 387, 261), "a4": (0, 110, 312, 270)}


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize(
    "recipient",
    [("12 Harbor Street", "Boston, MA 02110"),
     ("Apartment 4, Building C", "12 Harbor Street", "Boston, MA 02110", "United States")],
)  # fmt: skip
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_only_the_address_shows_in_the_window(
    paper: str, recipient: tuple[str, ...], large: bool
) -> None:
    facts = recall_facts(item(DueReason.REPEAT), recipient=recipient)
    left, top, right, bottom = SEEN[paper]
    (safe_left, safe_top), (safe_right, safe_bottom) = SAFE[paper]
    shown = []
    for page, x, y, _, words in blocks_of(made(facts, "en", paper, large=large).pdf):
        down = HEIGHTS[paper] - y
        if page == 1 and left <= x < right and top <= down < bottom:
            shown.append(words)
            assert safe_left - 1 <= x <= safe_right
            assert safe_top <= down <= safe_bottom
    assert shown == ["Teresa Villalobos", *recipient]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_the_date_stands_on_one_line(large: bool) -> None:
    # The longest that Spanish has.
    when = datetime(2026, 9, 30, tzinfo=ZONE)
    for paper in ("letter", "a4"):
        facts = recall_facts(item(DueReason.REPEAT), when=when)
        blocks = blocks_of(made(facts, "es", paper, large=large).pdf)
        (day,) = [b for b in blocks if "septiembre" in str(b[4])]
        assert day[4] == "miércoles 30 de septiembre de 2026"
        assert float(str(day[3])) >= 12


def test_a_long_name_stays_in_the_window_and_is_whole_in_the_letter() -> None:
    facts = recall_facts(item(DueReason.REPEAT), family_name=HOSTILE_NAMES[1])
    sheet = made(facts)
    address = [b for b in blocks_of(sheet.pdf) if 180 < 792 - b[2] < 240 and b[1] < 310]
    assert len(address) == 3
    assert str(address[0][4]).endswith("…")
    assert HOSTILE_NAMES[1] in words_of(sheet.pdf).replace(" ", "")


# -- as a file -------------------------------------------------------------------------------


def test_letters_are_twelve_points_or_larger() -> None:
    for reason in REASONS:
        for language in ("en", "es"):
            blocks = blocks_of(made(recall_facts(item(reason)), language).pdf)
            small = [b for b in blocks if float(str(b[3])) < 12]
            # Letterhead, column heads, ends of the scale and the foot.
            assert len(small) <= 9
            assert min(float(str(b[3])) for b in blocks) >= 9


def test_large_print() -> None:
    sheet = made(recall_facts(item(DueReason.REPEAT)), large=True)
    assert max(float(str(b[3])) for b in blocks_of(sheet.pdf)) >= 30
    assert sheet.pages <= 2


def test_same_facts_same_bytes() -> None:
    facts = recall_facts(item(DueReason.REPEAT))
    assert made(facts) == made(facts)
    other = made(replace(facts, recipient=("13 Harbor Street",)))
    assert other.document_code != made(facts).document_code


def test_fonts_are_embedded_and_the_language_is_set() -> None:
    reader = PdfReader(BytesIO(made(recall_facts(item(DueReason.REPEAT)), "es").pdf))
    assert reader.trailer["/Root"]["/Lang"] == "es"
    assert reader.metadata is not None
    assert reader.metadata.title == "Carta al paciente: ¿Le está volviendo el dolor?"
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()


@pytest.mark.parametrize("name", ["recall-en-letter", "recall-es-a4"])
def test_blocks_stand_where_they_stood(name: str) -> None:
    _, language, paper = name.split("-")
    reason = DueReason.NEXT_STEP if language == "en" else DueReason.SCORE_MISSING
    day = LATER if language == "en" else None
    stands_as_stored(name, made(recall_facts(item(reason, day)), language, paper).pdf)


# -- hostile text ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
@pytest.mark.parametrize("language", ["en", "es"])
def test_hostile_names_print(name: str, language: str) -> None:
    facts = recall_facts(
        item(DueReason.REPEAT), family_name=name, given_name="Test",
        recipient=(name, "<i>Boston</i>"), physician=f"Dr. {name}",
    )  # fmt: skip
    text = words_of(made(facts, language, "a4").pdf)
    assert "Test" in text
    assert "<i>Boston</i>" in text
    assert "■" not in text
    if name.isascii() or "Søn" in name:
        assert name.replace("\x00", "") in text or name in text.replace(" ", "")


def test_a_site_or_procedure_nobody_knows_is_printed_as_it_is() -> None:
    odd = replace(
        item(DueReason.REPEAT), procedure="no.such", name="Botox <200>", sites=("somewhere {near}",)
    )
    text = words_of(made(recall_facts(odd)).pdf)
    in_order(text, "Botox <200>", "somewhere {near}")


def test_a_letterhead_as_long_as_a_page_loses_nothing() -> None:
    clinic = replace(CLINIC, address="\n".join(f"Line {n} of an address" for n in range(300)))
    text = words_of(made(recall_facts(item(DueReason.REPEAT), clinic=clinic)).pdf)
    in_order(text, "Line 0 of", "Line 299 of", "Teresa Villalobos", "Please call us")


HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("<>&\"'{}*%\\\x00\u202e\u200b\u0301\ufeff ­"),
    ),
    max_size=60,
)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(HOSTILE, min_size=6, max_size=6), more=st.lists(HOSTILE, max_size=6))
def test_hostile_text_never_breaks_a_letter(texts: list[str], more: list[str]) -> None:
    facts = recall_facts(
        replace(item(DueReason.REPEAT), sites=("L5 left", *more[:1])),
        clinic=replace(CLINIC, name=texts[0], address=texts[1], phone=texts[2]),
        given_name=texts[3], mrn=texts[4], physician=texts[5], recipient=tuple(more),
    )  # fmt: skip
    assert PdfReader(BytesIO(made(facts, "es").pdf)).pages[0].extract_text().strip()


# -- many in one file ------------------------------------------------------------------------


def test_a_bundle_holds_the_very_pages_that_were_made() -> None:
    sheets = [
        made(recall_facts(item(reason), family_name=f"Ñandú {n}"), language, paper)
        for n, reason in enumerate(REASONS)
        for language in ("en", "es")
        for paper in ("letter", "a4")
    ]
    sheets.append(made(recall_facts(item(DueReason.REPEAT)), large=True))
    names = [f"Ñandú {n}" for n in range(len(sheets))]
    whole = bundle(
        [s.pdf for s in sheets], title="Letters “é”", author="Søn", language="en", names=names
    )
    reader = PdfReader(BytesIO(whole), strict=True)
    own = [page for sheet in sheets for page in PdfReader(BytesIO(sheet.pdf)).pages]
    assert len(reader.pages) == len(own) == sum(sheet.pages for sheet in sheets)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Letters “é”", "Søn")
    for page, single in zip(reader.pages, own, strict=True):
        assert page.get_contents().get_data() == single.get_contents().get_data()
        assert page.extract_text() == single.extract_text()
        assert page.mediabox == single.mediabox
        assert fonts(page) == fonts(single)
    assert len(whole) < sum(len(sheet.pdf) for sheet in sheets) / 3
    # Each letter is found by its name.
    starts = [sum(sheet.pages for sheet in sheets[:n]) for n in range(len(sheets))]
    assert [entry.title for entry in reader.outline] == names  # type: ignore[union-attr]
    assert [reader.get_destination_page_number(entry) for entry in reader.outline] == starts  # type: ignore[arg-type]


def fonts(page: object) -> dict[str, bytes]:
    """Name to the embedded file of each font."""
    found = page["/Resources"]["/Font"].items()  # type: ignore[index]
    return {
        name: font.get_object()["/FontDescriptor"]["/FontFile2"].get_data() for name, font in found
    }


def test_text_that_looks_like_a_reference_is_left_alone() -> None:
    facts = recall_facts(item(DueReason.REPEAT), family_name="12 0 R endobj stream 4 0 obj")
    sheet = made(facts)
    whole = bundle([sheet.pdf, sheet.pdf], title="1 0 R", author="x", language="en", names="ab")
    assert words_of(whole).count("12 0 R endobj stream 4 0 obj") == 4


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.4\nstartxref\n9\n%%EOF\n", b"hello"])
def test_a_strangers_file_is_refused(junk: bytes) -> None:
    with pytest.raises(ValueError):
        bundle([junk], title="", author="", language="en", names=["a"])
    with pytest.raises(ValueError, match="nothing"):
        bundle([], title="", author="", language="en", names=[])


def test_the_day_before_the_first_possible_day_is_not_now() -> None:
    def again(day: date) -> str:
        facts = recall_facts(item(DueReason.REPEAT, day))
        return RecallWording(facts, library().letter("en")).again(facts.items[0])

    assert [again(date(2026, 11, n)) for n in (24, 25, 26)] == ["now", "now", "26 Nov 2026"]
