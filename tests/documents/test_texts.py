"""The texts are data: complete, sourced, strictly read; a language or procedure takes no Python."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support.sheets import CASES, catalogue, full_facts, library, plain_facts

from clinicdesk.catalogue import resources
from clinicdesk.catalogue.sheets import load_sheets
from clinicdesk.documents.render import render
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.errors import Malformed, NotFound
from clinicdesk.domain.sheets import KINDS, Risk

DOCUMENTS = resources.root() / "documents"


def test_every_procedure_has_both_sheets() -> None:
    for procedure in catalogue().procedures:
        for kind in KINDS:
            assert library().pick(kind, procedure, "en").procedure == procedure


def test_every_procedure_is_among_the_samples() -> None:
    assert {case[0] for case in CASES} == set(catalogue().procedures)


def test_every_text_says_what_it_is_and_that_nobody_has_approved_it() -> None:
    codes = [texts.id for texts in library().texts.values()]
    assert len(set(codes)) == len(codes)
    for texts in library().texts.values():
        assert re.fullmatch(r"(CF|AC)-[A-Z]{3}(-[A-Z]{2})?-EN", texts.id)
        assert texts.version
        assert texts.effective == "2026-12-01"
        assert not texts.approvals


def all_risks() -> list[Risk]:
    return [risk for texts in library().texts.values() for risk in texts.risks]


def test_every_risk_names_its_source_and_own_knowledge_is_marked() -> None:
    for risk in all_risks():
        assert risk.source
        assert risk.verify == (risk.source == "clinical practice"), risk.text


@pytest.mark.parametrize(
    ("source", "figures"),
    [
        # 26,151 injections: fainting 1.1 %, puncture of the dura under 0.1 %.
        ("a review of 26,151 spine injections", {("about", 1, 0, 100), ("fewer than", 1, 0, 1000)}),
        # 5,799 epidurals: neurosurgery after 0.15 % lumbar, 0.51 % cervical.
        (
            "a study of 5,799 epidural injections",
            {("about", 15, 0, 10000), ("about", 51, 0, 10000)},
        ),
        ("a hospital leaflet on epidural injections", {("about", 1, 0, 200)}),
        # 616 lesions: minor complications 1.0 %.
        ("a study of 616 heat treatments in the lower back", {("about", 1, 0, 100)}),
        ("one clinic in the UK", {("about", 1, 0, 200)}),
        ("reports on joint injections", {("about", 1, 3, 10000)}),
        ("a report on knee injections", {("up to", 10, 0, 100), ("about", 2, 3, 100)}),
        ("leaflets on joint injections, which differ", {("up to", 10, 0, 100)}),
    ],
)  # fmt: skip
def test_figures_are_those_of_the_studies(
    source: str, figures: set[tuple[str, int, int, int]]
) -> None:
    found = {(r.bound, r.count, r.count_to, r.out_of) for r in all_risks() if r.source == source}
    assert found == figures


def test_no_figure_comes_from_anywhere_else() -> None:
    sources = {risk.source for risk in all_risks() if risk.known}
    assert len(sources) == 8


def test_numbers_known_to_be_wrong_are_nowhere() -> None:
    text = "".join(path.read_text() for path in DOCUMENTS.rglob("*.toml"))
    for wrong in ("23,500", "23500", "625", "0.235"):
        assert wrong not in text


def test_unknown_frequency_is_said_to_be_unknown() -> None:
    case = ("tpi", ("trapezius left",), "therapeutic")
    wording = Wording(plain_facts(*case), library().pick("consent", "tpi", "en"))
    assert all(not risk.known for risk in wording.risks())
    assert wording.label_words("unknown") == "How often is not known"


# -- who gets which line ---------------------------------------------------------------------


def lines(kind: str, case: tuple[str, tuple[str, ...], str], *, full: bool) -> str:
    facts = full_facts(*case) if full else plain_facts(*case)
    wording = Wording(facts, library().pick(kind, case[0], "en"))
    blocks = wording.texts.blocks
    return " ".join(wording.words(line.text) for block in blocks for line in wording.lines(block))


def test_special_lines_only_for_those_concerned() -> None:
    for case in CASES:
        for kind in KINDS:
            plain = lines(kind, case, full=False)
            assert "You have diabetes" not in plain
            assert "blood thinner" not in plain
            assert "interpreter" not in plain
        assert "blood thinner: Apixaban" in lines("consent", case, full=True)
        assert "The interpreter put this sheet" in lines("consent", case, full=True)


def test_neck_and_lower_back_differ() -> None:
    for procedure, low, high in (
        ("esi.transforaminal", "L5 left", "C6 left"),
        ("esi.interlaminar", "L4-L5 midline", "C7-T1 midline"),
    ):
        for kind in KINDS:
            lumbar = lines(kind, (procedure, (low,), "therapeutic"), full=False)
            cervical = lines(kind, (procedure, (high,), "therapeutic"), full=False)
            assert "neck" in cervical or "arm" in cervical
            assert "neck" not in lumbar.replace("stiff neck", "")


def test_air_around_the_lung_is_named_near_the_chest_only() -> None:
    def risks(site: str) -> str:
        facts = plain_facts("tpi", (site,), "therapeutic")
        wording = Wording(facts, library().pick("consent", "tpi", "en"))
        return " ".join(risk.text for risk in wording.risks())

    assert "lung" in risks("rhomboid left")
    assert "lung" not in risks("gluteus medius left")


# -- strictness ------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the resources that a test may spoil."""
    for name in ("documents", "figures", "icons", "theme"):
        shutil.copytree(resources.root() / name, tmp_path / name)
    return tmp_path


def spoil(root: Path, name: str, old: str, new: str) -> int:
    """Replaces the first ``old`` and returns its line."""
    path = root / "documents" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


TF = "consent/en/esi.transforaminal.toml"


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (TF, 'where = "root"', 'where = "moon"', "moon"),
        (TF, 'include = ["_spine"', 'include = ["_moon"', "_moon"),
        (TF, "{where}", "{wher}", r"\{wher\} is unknown"),
        (TF, "{steroid}**", "{drug}**", r'\{drug\} needs when = \["anticoagulant"\]'),
        (TF, "**{where}**", "**{where}", "emphasis"),
        (TF, 'when = ["steroid", ', 'when = ["steroids", ', "steroids"),
        (TF, "effective = 2026-12-01", 'effective = "soon"', "date"),
        (TF, 'grade = "serious"', 'grade = "awful"', "awful"),
        (TF, '[[help]]\ntext = "The', '[[help]]\ntxet = "The', "text"),
        ("consent/en/_spine.toml", "out_of = 100", "out_of = 99", "10, 50, 100"),
        ("consent/en/_spine.toml", 'bound = "about"\n', "", "together"),
        ("consent/en/common.toml", 'risk = "What', 'rsik = "What', "risk"),
        ("words/en.toml", 'left = "the {name} nerve on', 'left = "the {nmae} nerve on', "nmae"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_file_and_line(
    copied: Path, name: str, old: str, new: str, words: str
) -> None:
    line = spoil(copied, name, old, new)
    with pytest.raises(Malformed, match=words) as caught:
        load_sheets(catalogue().procedures, copied)
    file_and_line = re.search(r"([^/]+\.toml), line (\d+)", str(caught.value))
    assert file_and_line is not None
    assert file_and_line[1] == Path(name).name
    # The line of the key itself or of the entry that holds it.
    assert abs(int(file_and_line[2]) - line) <= max(line, 3)


def test_an_unknown_key_is_an_error(copied: Path) -> None:
    spoil(copied, TF, 'id = "CF', 'colour = "red"\nid = "CF')
    with pytest.raises(Malformed, match="colour"):
        load_sheets(catalogue().procedures, copied)


def test_a_text_for_an_unknown_procedure_is_refused(copied: Path) -> None:
    folder = copied / "documents" / "consent" / "en"
    shutil.copy(folder / "tpi.toml", folder / "tip.toml")
    with pytest.raises(Malformed, match="“tip” is not a procedure"):
        load_sheets(catalogue().procedures, copied)


def test_another_language_is_only_files(copied: Path) -> None:
    folder = copied / "documents"
    words = (folder / "words" / "en.toml").read_text()
    words = words.replace('name = "English"', 'name = "Deutsch"')
    words = words.replace('left = "Left side"', 'left = "Linke Seite"')
    (folder / "words" / "de.toml").write_text(words)
    shutil.copytree(folder / "consent" / "en", folder / "consent" / "de")
    made = load_sheets(catalogue().procedures, copied)
    assert made.languages == {"de": "Deutsch", "en": "English"}
    assert made.speaks("consent", "tpi") == ("de", "en")
    texts = made.pick("consent", "esi.transforaminal", "de-AT")
    case = ("esi.transforaminal", ("L5 left",), "therapeutic")
    assert texts.language == "de"
    sheet = render("consent", plain_facts(*case), texts, "a4")
    assert sheet.language == "de"
    assert made.pick("aftercare", "tpi", "de").language == "en"


def test_no_text_for_a_procedure_is_said_in_words() -> None:
    with pytest.raises(NotFound, match="no text"):
        library().pick("consent", "no.such", "en")


def test_sites_stand_where_the_log_shows_them() -> None:
    from clinicdesk.documents.places import marks_for, read_sites
    from clinicdesk.ui.log.points import points_for

    for procedure_id in catalogue().procedures:
        procedure = catalogue().procedure(procedure_id)
        texts = library().pick("consent", procedure_id, "en")
        for point in points_for(procedure, texts_anchors()):
            marks = marks_for(read_sites((point.site,), texts), texts)
            assert [(m.figure, round(m.x, 1), round(m.y, 1)) for m in marks] == [
                (point.figure, round(point.x, 1), round(point.y, 1))
            ], (procedure_id, point.site)


def texts_anchors() -> dict[str, dict[str, object]]:
    """The anchors as the log's figure takes them."""
    import json

    tokens = json.loads((resources.root() / "theme" / "tokens.json").read_text())
    anchors: dict[str, dict[str, object]] = tokens["spine_anchor_points"]
    return anchors
