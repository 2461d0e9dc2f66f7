"""The clinic's own texts of sheets: taken strictly, approved only as what they are."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from support.own_texts import (
    APPROVED,
    PARTS,
    approve,
    approve_facet_consent,
    ours,
    own_documents,
    put,
    speak_french,
)
from support.sheets import catalogue

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.sheet_files import own_names
from clinicdesk.catalogue.sheet_library import SheetLibrary
from clinicdesk.catalogue.sheets import installed_sheets, load_sheets
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.sheets import Approval, TextFile

OKAFOR = Approval("Dr A. Okafor", date(2026, 11, 20))
CONSENT = "consent/en/facet.block"


def read() -> SheetLibrary:
    return installed_sheets(catalogue().procedures)


def approvals(kind: str = "consent", procedure: str = "facet.block") -> tuple[Approval, ...]:
    return read().pick(kind, procedure, "en").approvals


def the_file(name: str) -> TextFile:
    (found,) = [file for file in read().files() if file.name == f"{name}.toml"]
    return found


def seal_of(name: str) -> str:
    """The seal of our text."""
    (found,) = [
        file for file in load_sheets(catalogue().procedures).files() if file.name == f"{name}.toml"
    ]
    return found.seal


# -- what is approved ------------------------------------------------------------------------


def test_a_sheet_is_approved_when_all_it_is_made_of_is():
    approve_facet_consent()
    assert approvals() == (OKAFOR,)
    # Its parts are shared: other sheets have a text of their own that nobody approved.
    assert approvals(procedure="facet.rfa") == ()
    assert approvals("aftercare") == ()


@pytest.mark.parametrize("part", [*(f"consent/en/{name}" for name in PARTS), "words/en"])
@pytest.mark.parametrize("how", ["ours", "own, not approved", "approved as something else"])
def test_one_part_that_is_not_approved_leaves_none_of_its_sheets_approved(part, how):
    approve_facet_consent()
    if how == "ours":
        (own_documents() / f"{part}.toml").unlink()
    elif how == "own, not approved":
        put(part, ours(part))
    else:
        put(part, ours(part) + APPROVED + 'seal = "0123456789ab"\n')
    assert approvals() == ()


def test_who_approved_the_parts_is_all_named():
    approve_facet_consent()
    put("consent/en/common", ours("consent/en/common") + APPROVED.replace("Dr A. Okafor", "Dr B"))
    assert approvals() == (OKAFOR, Approval("Dr B", date(2026, 11, 20)))


def test_an_approval_with_a_seal_is_for_that_text_alone():
    approve_facet_consent()
    sealed = f'{APPROVED}seal = "{seal_of(CONSENT)}"\n'
    put(CONSENT, "# A remark changes nothing.\n" + ours(CONSENT) + sealed)
    assert approvals() == (OKAFOR,)
    put(CONSENT, ours(CONSENT).replace("You lie still", "You sit still") + sealed)
    assert approvals() == ()
    assert the_file(CONSENT).lapsed


def test_words_that_are_approved_stand_alone_and_others_lie_over_ours():
    put("words/en", '[[place]]\nsite = "knee"\nwords = "kneecap"\n')
    words = read().pick("consent", "tpi", "en").words
    assert words.names["knee"] == "kneecap"
    assert words.names["trapezius"].startswith("neck and shoulder")
    put("words/en", '[[place]]\nsite = "knee"\nwords = "kneecap"\n' + APPROVED)
    with pytest.raises(Malformed, match=r"en\.toml, line 1: the key “name” is missing"):
        read()


def test_a_letter_lies_over_ours_by_its_sections():
    head = 'id = "RL-MINE"\nversion = "7"\neffective = 2026-11-25\n'
    put("recall/es", head + '[treatment.tpi]\nwords = "Otra cosa"\nwhere = "muscle"\n')
    letter = read().letter("es", ("tpi",))
    assert (letter.id, letter.treatments["tpi"].words) == ("RL-MINE", "Otra cosa")
    assert (
        letter.treatments["facet.rfa"]
        == load_sheets(catalogue().procedures).letter("es").treatments["facet.rfa"]
    )
    assert letter.approvals == ()
    approve("recall/es", "words/es")
    assert read().letter("es").approvals == (OKAFOR,)
    assert read().letter("en").approvals == ()


# -- what it lies over -----------------------------------------------------------------------


def test_a_text_made_from_ours_says_so_until_ours_changes(tmp_path):
    put(CONSENT, f'made_from = "{seal_of(CONSENT)}"\n' + ours(CONSENT))
    assert not the_file(CONSENT).outdated
    assert not the_file(CONSENT).unmarked
    for name in ("documents", "figures", "icons", "theme"):
        shutil.copytree(resources.root() / name, tmp_path / "new" / name)
    path = tmp_path / "new" / "documents" / f"{CONSENT}.toml"
    path.write_text(path.read_text().replace("You lie still", "You sit still"))
    made = load_sheets(catalogue().procedures, tmp_path / "new", resources.own_folder())
    (file,) = [file for file in made.files() if file.name == f"{CONSENT}.toml"]
    assert file.outdated
    assert file.ours != seal_of(CONSENT)
    # The sheet still says what the clinic wrote.
    plan = made.pick("consent", "facet.block", "en").blocks["plan"]
    assert any("You lie still" in line.text for line in plan)


def test_a_copy_that_does_not_say_where_it_is_from_is_known_as_such():
    put(CONSENT, ours(CONSENT))
    assert the_file(CONSENT).unmarked
    assert own_names(resources.own_folder()) == (f"{CONSENT}.toml",)


# -- strictness ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("leaflet/en/tpi", "", "leaflet: this folder is not used here; expected consent,"),
        ("consents", "", "consents.toml: is not used here; expected one of places.toml"),
        ("consent/tpi", "", "tpi.toml: is not used here; expected a folder for each language"),
        ("consent/en/old/tpi", "", "old: this folder is not used here; expected files only"),
        ("words/en/tpi", "", "en: this folder is not used here"),
        ("consent/en/tip", ours("consent/en/tpi"), "line 1: “tip” is not a procedure"),
        ("consent/en/tpi", ours("consent/en/tpi") + "\ncolour = 1\n", "tpi.toml, line 49: risk"),
        ("consent/en/tpi", ours("consent/en/tpi") + '\n[approved]\nby = "x"\n', "“on” is missing"),
        ("consent/en/tpi", ours("consent/en/tpi") + APPROVED + 'at = "x"\n', "at: this key is un"),
        ("consent/en/tpi", ours("consent/en/tpi") + APPROVED.replace("Dr A. Okafor", " "),
         "approved.by: must name who"),
        ("consent/en/tpi", 'made_from = "x"\n' + ours("consent/en/tpi"), "made_from: expected the"),
        ("consent/en/tpi", ours("consent/en/tpi").replace("needs clinic approval", "Dr. Osei"),
         "reviewer: is not read. Say who approved it under [approved]"),
        ("consent/xx/tpi", ours("consent/en/tpi"), "tpi.toml, line 1: words/xx.toml, which it nee"),
        ("words/xx", ours("words/en"), "“xx” is not the code of a language"),
        ("words/he", ours("words/en"), "cannot be set from right to left yet (Hebrew)"),
        ("places", '[knee]\nfigure = "top"\ndx = 1.0\ny = 2.0\n', "“top” is unknown"),
        ("places", '[segments]\nfacet = "moon"\n', "segments.facet: “moon” is unknown"),
    ],
)  # fmt: skip
def test_what_would_not_be_used_is_refused_with_its_place(name, text, says):
    put(name, text)
    with pytest.raises(Malformed) as caught:
        read()
    assert says in str(caught.value)


def test_our_own_files_cannot_say_that_a_clinic_approved_them(tmp_path):
    for name in ("documents", "figures", "icons", "theme"):
        shutil.copytree(resources.root() / name, tmp_path / name)
    path = tmp_path / "documents" / f"{CONSENT}.toml"
    path.write_text(path.read_text() + APPROVED)
    with pytest.raises(Malformed, match="approved: this key is unknown"):
        load_sheets(catalogue().procedures, tmp_path)


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("words/fr", r"words/fr\.toml, which it needs, is missing"),
        ("consent/fr/common", r"fr: the file common\.toml is missing"),
    ],
)
def test_a_piece_that_is_missing_in_a_language_is_named(gone, says):
    speak_french()
    (own_documents() / f"{gone}.toml").unlink()
    with pytest.raises(Malformed, match=says):
        read()


def test_a_shared_part_that_is_missing_is_named():
    speak_french()
    text = (own_documents() / "consent/fr/tpi.toml").read_text(encoding="utf-8")
    put("consent/fr/tpi", 'include = ["_steroid"]\n' + text)
    with pytest.raises(Malformed, match=r"consent/fr/_steroid\.toml, which it names, is missing"):
        read()


def test_a_third_language_is_what_the_files_give():
    speak_french()
    made = read()
    assert made.languages == {"en": "English", "fr": "Français"}
    assert made.speaks("consent", "tpi") == ("en", "fr")
    assert made.pick("aftercare", "tpi", "fr-CA").language == "fr"
    assert made.letter("fr", ("tpi",)).language == "fr"
    # What is not there is in English, and the file that is missing has a name.
    assert made.pick("consent", "facet.rfa", "fr").language == "en"
    assert made.lacks("consent", "facet.rfa", "fr-CA") == "consent/fr/facet.rfa.toml"
    assert made.letter("fr", ("facet.rfa",)).language == "en"
    assert made.letter_lacks("fr", ("facet.rfa",)) == 'recall/fr.toml, [treatment."facet.rfa"]'
    assert made.lacks("consent", "tpi", "fr") == ""


def test_a_site_and_a_way_of_naming_it_are_added_by_files_alone():
    put("places", '["left ear"]\nfigure = "front"\ndx = 6.0\ny = 20.0\n[segments]\nspur = "facet"')
    sides = ("left", "right", "bilateral", "midline")
    put("words/en", "[where.spur]\n" + "".join(f'{side} = "the spur {{name}}"\n' for side in sides))
    texts = read().pick("consent", "facet.block", "en")
    assert texts.art.places["left ear"].figure == "front"
    assert "knee" in texts.art.places
    assert texts.art.segments == {"facet": "facet", "spur": "facet"}
    assert texts.words.where["spur"]["left"] == "the spur {name}"
    assert "facet" in texts.words.where
