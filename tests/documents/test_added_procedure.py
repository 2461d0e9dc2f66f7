"""A procedure that a clinic added: its sheets and its place on the drawing are files alone."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader
from support.own_texts import ours, put
from support.sheets import catalogue, plain_facts

from clinicdesk.catalogue.sheet_library import SheetLibrary
from clinicdesk.catalogue.sheets import installed_sheets
from clinicdesk.documents.places import Mark, marks_for, read_sites
from clinicdesk.documents.render import render
from clinicdesk.domain.procedures import Procedure

ID = "spur.cooling"
SIDES = ("left", "right", "bilateral", "midline")


def added() -> dict[str, Procedure]:
    """The catalogue with one procedure more, of a group and family of its own."""
    knee = catalogue().procedure("joint.injection")
    cooling = replace(knee, id=ID, group="cooling", family="COO", name="Spur cooling")
    return {**catalogue().procedures, ID: cooling}


def lay_its_files() -> None:
    for kind, code in (("consent", "CF"), ("aftercare", "AC")):
        text = ours(f"{kind}/en/joint.injection")
        text = text.replace('where = "joint"', 'where = "spur"').replace(
            f"{code}-JNT", f"{code}-SPU"
        )
        put(f"{kind}/en/{ID}", text)
    words = "".join(f'{side} = "the cold spur at your {{name}}, {side}"\n' for side in SIDES)
    put(
        "words/en", f'[where.spur]\n{words}\n[[place]]\nsite = "north spur"\nwords = "outer knee"\n'
    )
    put("places", '["north spur"]\nfigure = "front"\ndx = 20.0\ny = 209.0\n')


def texts_of() -> SheetLibrary:
    return installed_sheets(added())


def test_its_sheets_are_printed_with_its_place_marked() -> None:
    lay_its_files()
    facts = replace(
        plain_facts("joint.injection", ("north spur left",), "therapeutic"), procedure=ID
    )
    for kind in ("consent", "aftercare"):
        texts = texts_of().pick(kind, ID, "en")
        pages = PdfReader(BytesIO(render(kind, facts, texts, "a4").pdf)).pages
        said = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert "the cold spur at your outer knee, left" in said
    (mark,) = marks_for(read_sites(facts.sites, texts), texts)
    assert mark == Mark("front", 80.0, 209.0)


def test_its_letter_names_it_once_a_file_says_how() -> None:
    lay_its_files()
    assert texts_of().letter_lacks("es", (ID,)) == f'recall/es.toml, [treatment."{ID}"]'
    assert texts_of().letter("es", (ID,)).language == "en"
    put(
        "recall/es",
        'id = "RL-SPU-ES"\nversion = "1"\neffective = 2026-11-25\n'
        f'[treatment."{ID}"]\nwords = "Frío en la rodilla"\nwhere = "joint"\n',
    )
    letter = texts_of().letter("es", (ID, "tpi"))
    assert (letter.language, letter.treatments[ID].words) == ("es", "Frío en la rodilla")


def test_where_a_segment_is_marked_is_told_by_the_files() -> None:
    (between,) = _segment_marks()
    put("places", '[segments]\nspace = "foramen"\n')
    (beside,) = _segment_marks()
    assert between.x != beside.x


def _segment_marks() -> tuple[Mark, ...]:
    texts = texts_of().pick("consent", "esi.interlaminar", "en")
    return marks_for(read_sites(("L4-L5 left",), texts), texts)
