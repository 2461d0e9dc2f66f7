"""The clinic's own files lie over ours; none of them is passed over in silence."""

from __future__ import annotations

import shutil

import pytest
from support.vocabulary import case_of

from clinicdesk.catalogue import own, resources
from clinicdesk.catalogue.loader import installed_catalogue, installed_packs, installed_vocabulary
from clinicdesk.domain.errors import Malformed
from clinicdesk.rules.engine import evaluate

MEDICARE = (resources.root() / "rules" / "us-medicare.toml").read_text(encoding="utf-8")


@pytest.fixture
def clinic_folder():
    """The clinic's own folder, with an empty ``rules`` in it."""
    folder = resources.own_folder()
    (folder / "rules").mkdir(parents=True)
    return folder


def packs_in_use():
    return installed_packs(installed_vocabulary())


def test_without_own_files_everything_is_ours():
    assert own.overlay() is None
    assert own.files_in_use() == ()
    assert "us-medicare" in packs_in_use()


def test_a_new_pack_is_added(clinic_folder):
    text = MEDICARE.replace('id = "us-medicare"', 'id = "mine"', 1)
    (clinic_folder / "rules" / "mine.toml").write_text(text, encoding="utf-8")
    shipped = {path.stem for path in (resources.root() / "rules").glob("*.toml")}
    assert set(packs_in_use()) == set(installed_catalogue().packs) == {*shipped, "mine"}
    assert own.files_in_use() == ("rules/mine.toml",)


def test_a_pack_of_the_same_id_replaces_ours_whole(clinic_folder):
    only = MEDICARE[: MEDICARE.index("[[rule]]", MEDICARE.index("[[rule]]") + 1)]
    text = only.replace('version = "2026.12"', 'version = "ours.1"')
    (clinic_folder / "rules" / "any name.toml").write_text(text, encoding="utf-8")
    pack = installed_catalogue().packs["us-medicare"]
    assert pack.version == "ours.1"
    assert [rule.head.id for rule in pack.rules] == ["esi.cap"]


def test_the_catalogue_lies_over_ours_too(clinic_folder):
    folder = clinic_folder / "catalogue"
    folder.mkdir()
    (folder / "complications.toml").write_text(
        'version = "mine"\n[complications.hiccup]\nlabel = "Hiccup"\n', encoding="utf-8"
    )
    assert installed_catalogue().complications["hiccup"] == "Hiccup"
    assert own.files_in_use() == ("catalogue/complications.toml",)


def _is_a_file(folder):
    shutil.rmtree(folder)
    folder.write_text("x", encoding="utf-8")


def _leads_nowhere(folder):
    shutil.rmtree(folder)
    folder.symlink_to(folder.parent / "gone")


def _rules_is_a_file(folder):
    (folder / "rules").rmdir()
    (folder / "rules").write_text("x", encoding="utf-8")


def _put(name, text=""):
    def put(folder):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return put


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_is_a_file, "clinic: expected a folder"),
        (_leads_nowhere, "clinic: cannot be read"),
        (_rules_is_a_file, "rules: expected a folder"),
        (_put("mine.toml", MEDICARE), "mine.toml: is not used here. Rule packs go into"),
        (_put("rule/mine.toml", MEDICARE), "rule: is not used here. Rule packs go into"),
        (_put("rules/mine.toml.txt", MEDICARE), "mine.toml.txt: is not read. Give it the name"),
        (_put("catalogue/medicines.toml"), "medicines.toml: is not used here; expected one of"),
        (_put("rules/mine.toml"), "mine.toml, line 1: the file is empty"),
        (_put("rules/mine.TOML", "x"), "mine.TOML, line 1: is not TOML"),
        (_put("rules/mine.toml", MEDICARE.replace("12 months", "3 moons")), "“3 moons” is not a"),
    ],
)
def test_what_would_not_be_used_is_refused(clinic_folder, spoil, says):
    spoil(clinic_folder)
    with pytest.raises(Malformed) as caught:
        installed_catalogue()
    assert says in str(caught.value)


def test_an_own_pack_is_found_before_ours_by_its_payer(clinic_folder):
    text = MEDICARE.replace('id = "us-medicare"', 'id = "zz-mine"', 1)
    (clinic_folder / "rules" / "mine.toml").write_text(text, encoding="utf-8")
    named = [pack.id for pack in packs_in_use().values() if "medicare" in pack.payers]
    assert named == ["zz-mine", "us-medicare"]


def test_two_in_a_row_is_a_setting_of_the_clinics_own_pack(clinic_folder):
    """Good, poor, good: two good ones for the determination; not two in a row for the clinic's."""
    scored = [("2026-01-10", 1), ("2026-02-10", 6), ("2026-03-10", 1)]
    history = [
        {"id": day, "date": day, "state": "done", "procedure": "facet.block",
         "intent": "diagnostic", "sites": ["L4-L5 left"]}
        for day, _ in scored
    ]  # fmt: skip
    readings = [
        {"session": day, "date": day, "phase": phase, "scale": "NRS", "value": value}
        for day, after in scored
        for phase, value in (("baseline", 8), ("post", after))
    ]
    plan = {"procedure": "facet.rfa", "sites": ["L4-L5 left"]}
    asked = {"pack": "us-medicare", "on": "2026-06-11", "plan": plan,
             "history": history, "readings": readings}  # fmt: skip

    def answer() -> str:
        verdict = evaluate(packs_in_use()["us-medicare"], case_of(asked))
        return next(f.status.value for f in verdict.findings if f.rule == "rfa.prerequisite")

    assert answer() == "ok"
    start = MEDICARE.index('id = "rfa.prerequisite"')
    own = MEDICARE[:start] + MEDICARE[start:].replace("count = 2", "count = 2\nin_a_row = true", 1)
    (clinic_folder / "rules" / "medicare.toml").write_text(own, encoding="utf-8")
    assert answer() == "needs-reason"


def test_two_own_packs_may_not_name_the_same_payer(clinic_folder):
    for name in ("a", "b"):
        text = MEDICARE.replace('id = "us-medicare"', f'id = "{name}"', 1)
        (clinic_folder / "rules" / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Malformed, match=r"b\.toml, line 9: payers: “medicare” stands in .*“a”"):
        packs_in_use()


def test_two_own_files_may_not_hold_the_same_pack(clinic_folder):
    for name in ("a", "b"):
        (clinic_folder / "rules" / f"{name}.toml").write_text(MEDICARE, encoding="utf-8")
    with pytest.raises(Malformed, match=r"b\.toml, line 3: id: another file"):
        packs_in_use()


def test_files_of_editors_and_notes_are_let_be(clinic_folder):
    for name in (".DS_Store", "._mine.toml", "README.md", "notes.txt", "mine.toml~", "cases.json"):
        (clinic_folder / "rules" / name).write_bytes(b"\xff\x00")
    assert own.files_in_use() == ()
    assert "us-medicare" in packs_in_use()
