"""What comes out of the printer: exact words in reading order, on whole pages, always the same."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from support import pages
from support.pages import in_order
from support.sheets import CASES, IDS, full_facts, library, plain_facts

from clinicdesk.documents import fonts
from clinicdesk.documents.render import render
from clinicdesk.domain.rows.documents import ClinicLetterhead, RenderedSheet, SheetFacts

pytestmark = pytest.mark.slow

TF = ("esi.transforaminal", ("L5 left",), "therapeutic")


def made(
    kind: str, facts: SheetFacts, paper: str = "letter", *, large: bool = False
) -> RenderedSheet:
    return render(kind, facts, library().pick(kind, facts.procedure, "en"), paper, large)


def words_of(sheet: RenderedSheet) -> str:
    return pages.words_of(sheet.pdf)


# -- every sheet -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["consent", "aftercare"])
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_sheet_comes_out_whole(case: tuple[str, tuple[str, ...], str], kind: str) -> None:
    for facts, paper in ((plain_facts(*case), "a4"), (full_facts(*case), "letter")):
        sheet = made(kind, facts, paper)
        text = words_of(sheet)
        assert sheet.pages <= (1 if kind == "aftercare" else 2)
        assert "Teresa Villalobos" in text
        assert f"Page {sheet.pages} of {sheet.pages}" in text
        assert text.count("Sample wording. Needs clinic approval before use.") == sheet.pages
        assert "{" not in text
        assert "**" not in text
        assert "[U+" not in text
        if any(site.endswith(("left", "right", "bilateral")) for site in facts.sites):
            assert re.search(r"left|right|both sides", text)


@pytest.mark.parametrize("kind", ["consent", "aftercare"])
def test_large_print_is_large_and_whole(kind: str) -> None:
    sheet = made(kind, full_facts(*TF), large=True)
    sizes = letter_sizes(sheet)
    assert max(sizes) >= 30
    assert sheet.pages <= 4
    in_order(words_of(sheet), "Teresa Villalobos", f"Page {sheet.pages} of {sheet.pages}")


def letter_sizes(sheet: RenderedSheet) -> list[float]:
    """Size in points of each stretch of text."""
    sizes: list[float] = []

    def visit(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.append(size)

    for page in PdfReader(BytesIO(sheet.pdf)).pages:
        page.extract_text(visitor_text=visit)
    return sizes


@pytest.mark.parametrize("kind", ["consent", "aftercare"])
def test_no_word_of_the_patients_facts_is_broken(kind: str) -> None:
    facts = replace(
        full_facts(*TF), family_name="von Hohenstein-Schwarzenberg",
        allergies=("IV dye (anaphylaxis)", "lidocaine"),
        anticoagulants=("apixaban 5 mg twice a day", "clopidogrel 75 mg"), thinners=(),
    )  # fmt: skip
    for large in (False, True):
        text = words_of(made(kind, facts, large=large))
        assert text.count("Hohenstein-Schwarzenberg") >= (2 if kind == "consent" else 1)
        for word in ("(anaphylaxis),", "apixaban", "clopidogrel"):
            assert word in text


def test_body_is_twelve_points_and_nothing_is_tiny() -> None:
    for kind in ("consent", "aftercare"):
        sizes = letter_sizes(made(kind, full_facts(*TF)))
        assert min(sizes) >= 8.5
        assert sum(size >= 12 for size in sizes) > len(sizes) * 0.55


# -- what stands on it -----------------------------------------------------------------------


def test_consent_reads_in_order() -> None:
    in_order(
        words_of(made("consent", full_facts(*TF), "a4")),
        "Quillwater Pain Clinic", "14 Millrace Way, Boston, MA · 555 0100", "Consent form",
        "Steroid injection beside a nerve in your lower back",
        "Name", "Teresa Villalobos", "14 Mar 1958", "004182", "Latex, Penicillin", "Apixaban",
        "What we plan to do", "Dr. Amara Osei guides a thin needle to the L5 nerve on your",
        "left side",
        "dexamethasone 10 mg", "How it may help", "Left", "Right", "Left side", "Other choices",
        "You take a blood thinner: Apixaban", "You have diabetes",
        "What can go wrong", "About 1 in 100", "Common", "Feeling faint",
        "About 1 in 200", "Not common", "headache", "Mild, it passes", "How often is not known",
        "Serious", "Where the numbers come from: a review of 26,151 spine injections",
        "Please tick", "The interpreter put this sheet", "Patient: Teresa Villalobos",
        "Physician: Dr. Amara Osei", "Interpreter", "Document CF-EPI-TF-EN-2", "Page 2 of 2",
    )  # fmt: skip


def test_aftercare_reads_in_order() -> None:
    in_order(
        words_of(made("aftercare", full_facts(*TF), "a4")),
        "After-care sheet", "Tuesday 24 November 2026", "Looking after yourself at home",
        "You had a steroid injection at the L5 nerve on your left side, by Dr. Amara Osei.",
        "Teresa Villalobos", "Today", "Days 1 to 3", "Days 2 to 14", "Do", "Take it easy today",
        "You have diabetes", "Do not", "Drive for the rest of today", "Lift heavy things",
        "Blood thinner: Apixaban", "Start again Wednesday 25 November at 11:00",
        "Call us at once: 555 0199", "day and night", "Call us if you have", "Fever over 101 °F",
        "Call 911 or go to a hospital if", "chest pain", "Watch for these signs for 6 weeks",
        "Write your pain score each evening", "24 Nov", "25", "1 Dec", "7",
        "We will call you", "Tuesday 8 December", "You may have this again from",
        "Tuesday 12 January 2027",
    )  # fmt: skip


def test_dates_nobody_confirmed_are_not_on_it() -> None:
    facts = replace(plain_facts(*TF), anticoagulants=("Apixaban",))
    text = words_of(made("aftercare", facts))
    assert "Start again" not in text
    assert text.count("We will tell you before you leave.") == 2
    assert "You may have this again" not in text
    assert "Blood thinner: Apixaban" in text


def test_day_and_night_is_said_only_of_the_number_that_answers_at_night() -> None:
    clinic = plain_facts(*TF).clinic
    by_day = replace(plain_facts(*TF), clinic=replace(clinic, phone_urgent=""))
    text = words_of(made("aftercare", by_day))
    assert "Call us at once: 555 0100" in text
    assert "day and night" not in text
    nothing = replace(plain_facts(*TF), clinic=replace(clinic, phone_urgent="", phone=""))
    assert "Call us at once: ____" in words_of(made("aftercare", nothing))


def test_a_test_injection_asks_for_scores_by_the_hour() -> None:
    facts = plain_facts("facet.block", ("L4-L5 left",), "diagnostic")
    text = words_of(made("aftercare", facts))
    in_order(text, "Write your pain score after the test", "15 min", "30 min", "1 h", "8 h")


def test_sites_of_one_side_are_named_together() -> None:
    facts = plain_facts("facet.rfa", ("L4-L5 right", "L5-S1 right"), "therapeutic")
    text = words_of(made("consent", facts))
    assert "the small joints at L4-L5 and L5-S1 on your right side" in text
    assert "Right side" in text


def test_left_is_on_the_right_when_seen_from_the_front() -> None:
    front = words_of(
        made("consent", plain_facts("joint.injection", ("knee right",), "therapeutic"))
    )
    back = words_of(made("consent", plain_facts(*TF)))
    in_order(front, "Right", "Left", "Seen from the front.", "Right side")
    in_order(back, "Left", "Right", "Seen from behind.", "Left side")


# -- the file --------------------------------------------------------------------------------


def test_same_facts_same_bytes_and_any_other_fact_another_code() -> None:
    first, again = made("consent", full_facts(*TF)), made("consent", full_facts(*TF))
    assert first == again
    other = made("consent", replace(full_facts(*TF), sites=("L5 right",)))
    assert other.sha256 != first.sha256
    assert other.document_code != first.document_code
    assert re.fullmatch(r"CF-EPI-TF-EN-2 · [0-9A-F]{4}-[0-9A-F]{4}", first.document_code)


def test_title_language_author_and_bookmarks_are_set() -> None:
    reader = PdfReader(BytesIO(made("consent", full_facts(*TF)).pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Consent form: Steroid injection beside a nerve in your lower back"
    )
    assert reader.metadata.author == "Quillwater Pain Clinic"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    titles = [entry.title for entry in reader.outline]  # type: ignore[union-attr]
    assert titles[1:] == [
        "What we plan to do", "How it may help", "Other choices", "What can go wrong",
        "Please tick",
    ]  # fmt: skip


def test_all_fonts_are_embedded() -> None:
    for kind in ("consent", "aftercare"):
        for page in PdfReader(BytesIO(made(kind, full_facts(*TF)).pdf)).pages:
            fonts = page["/Resources"]["/Font"]
            used = {key: font.get_object() for key, font in fonts.items()}
            for font in used.values():
                assert "/FontFile2" in font["/FontDescriptor"].get_object()
            assert any("SourceSans" in font["/BaseFont"] for font in used.values())


def test_wrong_kind_and_paper_are_refused() -> None:
    facts = plain_facts(*TF)
    with pytest.raises(ValueError, match="kind"):
        render("aftercare", facts, library().pick("consent", facts.procedure, "en"), "a4")
    with pytest.raises(ValueError, match="paper"):
        render("consent", facts, library().pick("consent", facts.procedure, "en"), "a3")


# -- hostile text ----------------------------------------------------------------------------


def test_names_print_exactly() -> None:
    facts = replace(
        full_facts(*TF), given_name="<b>O'Brien &", family_name="Søn</b>",
        physician="Dr. <i>X</i> & Łukasz", allergies=("<font size=40>", "AT&T;"),
    )  # fmt: skip
    for kind in ("consent", "aftercare"):
        text = words_of(made(kind, facts))
        assert "<b>O'Brien & Søn</b>" in text
        assert "Dr. <i>X</i> & Łukasz" in text
    assert "<font size=40>, AT&T;" in words_of(made("consent", facts))


@pytest.mark.parametrize(
    "name", ["Αλέξανδρος", "Наталья Смирнова", "Nguyễn Thị Ánh", "Ågot Ødegård", "Łukasz Žižka"]
)
def test_other_alphabets_print(name: str) -> None:
    text = words_of(made("consent", replace(plain_facts(*TF), given_name=name)))
    assert name in text


def test_scripts_without_our_font_fall_back_or_are_marked() -> None:
    for name in ("王小明", "שָׁלוֹם כהן", "محمد علي", "नमस्ते", "😀🩻", "\U000e0001\ue000"):
        facts = replace(plain_facts(*TF), given_name=name, family_name="Test")
        text = words_of(made("consent", facts))
        assert "Test" in text
        assert "■" not in text


@pytest.mark.parametrize(
    ("given", "family", "letters"),
    [("민준", "김", "김민준"), ("สมชาย", "ใจดี", "สมชาย ใจดี"), ("कमला", "पाण्डे", "कमला पाण्डे"),
     ("மலர்", "ராமன்", "மலர் ராமன்"), ("小明", "王", "王小明"), ("さくら", "佐藤", "佐藤さくら"),
     ("國強", "陳", "陳國強")],
)  # fmt: skip
def test_names_of_asia_print_as_letters_without_a_font_of_this_computer(
    given: str, family: str, letters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_folders", tuple)
    fonts.font_for.cache_clear()
    facts = replace(plain_facts(*TF), given_name=given, family_name=family)
    for kind in ("consent", "aftercare"):
        text = words_of(made(kind, facts))
        assert "[U+" not in text
        assert letters in text


def test_names_of_east_asia_stand_family_first() -> None:
    from clinicdesk.domain.people import spoken_name

    assert spoken_name("小明", "王") == "王小明"
    assert spoken_name("さくら", "佐藤") == "佐藤さくら"
    assert spoken_name("민준", "김") == "김민준"
    assert spoken_name("Teresa", "Villalobos") == "Teresa Villalobos"
    assert spoken_name("Anna", "王") == "Anna 王"


def test_signs_that_stand_before_their_letter_are_drawn_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from clinicdesk.documents.scripts import in_drawing_order

    # Where nothing on the machine puts letters together.
    monkeypatch.setattr("clinicdesk.documents.scripts.can_shape", bool)
    assert in_drawing_order("कि") == "\u093fक"
    assert in_drawing_order("क्षि") == "\u093fक्ष"
    assert in_drawing_order("கெ") == "\u0bc6க"
    assert in_drawing_order("கோ") == "\u0bc7க\u0bbe"


@pytest.mark.parametrize("kind", ["consent", "aftercare"])
def test_name_birth_date_and_record_stand_on_every_page(kind: str) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " * 8
    many = tuple(f"Allergen-{n}" for n in range(300))
    facts = replace(full_facts(*TF), family_name=name, allergies=many)
    sheet = made(kind, facts)
    assert sheet.pages > 1
    for page in PdfReader(BytesIO(sheet.pdf)).pages:
        text = " ".join(page.extract_text().split())
        assert text.count("Wolfeschlegelsteinhausenbergerdorff") >= 8
        for words in ("Teresa", "14 Mar 1958", "004182"):
            assert words in text


def test_of_an_endless_name_the_end_is_left_out_but_never_who_it_is() -> None:
    many = tuple(f"Allergen-{n}" for n in range(300))
    facts = replace(full_facts(*TF), family_name="Wolfe" * 400, allergies=many)
    later = PdfReader(BytesIO(made("consent", facts).pdf)).pages[-1].extract_text()
    assert "… · 14 Mar 1958 · 004182" in " ".join(later.split())


def test_control_characters_leave_a_mark() -> None:
    facts = replace(plain_facts(*TF), given_name="A\x00B\x1b[31m\u202eC\n\tD")
    assert "A[?]B[?][31m[?]C D Villalobos" in words_of(made("consent", facts))


def test_a_very_long_name_wraps_and_loses_nothing() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff" * 9
    text = words_of(made("consent", replace(full_facts(*TF), family_name=name)))
    assert name in text.replace(" ", "")


def test_endless_lists_break_over_pages_without_loss() -> None:
    allergies = tuple(f"Allergen-{n}" for n in range(400))
    sheet = made("aftercare", replace(full_facts(*TF), allergies=allergies))
    text = words_of(sheet)
    assert sheet.pages > 1
    assert all(f"{allergy}," in text for allergy in allergies[:-1])


def test_unreadable_sites_are_printed_as_they_are() -> None:
    facts = plain_facts("esi.transforaminal", ("somewhere {near} L5",), "therapeutic")
    assert "somewhere {near} L5" in words_of(made("consent", facts))
    assert made("consent", replace(facts, sites=())).pages >= 1


HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("<>&\"'{}*%\\\x00\u202e\u200b\u0301\ufeff ­"),
    ),
    max_size=60,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.lists(HOSTILE, min_size=8, max_size=8),
    lists=st.lists(HOSTILE, max_size=5),
    kind=st.sampled_from(["consent", "aftercare"]),
)
@example(texts=["", "", "䶵 1", "", "", "", "", ""], lists=[], kind="consent")
def test_hostile_text_never_breaks_a_sheet(texts: list[str], lists: list[str], kind: str) -> None:
    facts = replace(
        full_facts(*TF),
        clinic=ClinicLetterhead(*texts[:4]),
        given_name=texts[4],
        family_name=texts[5],
        mrn=texts[6],
        physician=texts[7],
        allergies=tuple(lists),
        anticoagulants=tuple(lists[:2]),
        steroids=tuple(lists[:1]),
        sites=("L5 left", *lists[:1]),
    )
    sheet = made(kind, facts)
    assert PdfReader(BytesIO(sheet.pdf)).pages[0].extract_text().strip()


@settings(max_examples=25, deadline=None)
@given(
    name=st.text(
        alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x17F, categories=("L", "P", "N")),
        min_size=1, max_size=30,
    )
)  # fmt: skip
def test_text_found_is_text_given(name: str) -> None:
    import unicodedata

    facts = replace(plain_facts(*TF), given_name="", family_name=name)
    text = words_of(made("aftercare", facts))
    assert unicodedata.normalize("NFC", name) in text.replace(" ", "") or name in text


# -- golden ----------------------------------------------------------------------------------

SAMPLES = {
    "consent-letter": ("consent", TF, "letter"),
    "aftercare-a4": ("aftercare", TF, "a4"),
    "consent-knee-a4": ("consent", ("joint.injection", ("knee right",), "therapeutic"), "a4"),
}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_blocks_stand_where_they_stood(name: str) -> None:
    kind, case, paper = SAMPLES[name]
    pages.stands_as_stored(name, made(kind, full_facts(*case), paper).pdf)
