"""Wrong packs: each slip is named with its line and what would be right; and versions of a rule."""

from __future__ import annotations

import json
from datetime import date

import pytest
from support.vocabulary import VOCABULARY, case_of

from clinicdesk.catalogue.packs import read_pack
from clinicdesk.catalogue.strict import parse, read
from clinicdesk.domain.errors import Malformed
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import load_json

HEAD = """\
id = "mine"
title = "Our rules"
version = "1"
effective_from = 2026-01-01
source = "Meeting of 3 January"

[sessions.esi]
name = "epidural"
groups = ["esi"]

[sessions.joint]
name = "steroid joint"
groups = ["joint"]
steroids = true
"""
GAP = """
[[rule]]
id = "joint.gap"
kind = "gap"
title = "Wait"
applies = { groups = ["joint"], steroids = true }
sessions = "joint"
scope = "spot"
wait = "3 months"
window = "12 months"
source = "Meeting of 3 January"
source_date = "2026"
effective_from = 2026-01-01
"""
CAP = """
[[rule]]
id = "esi.cap"
kind = "cap"
title = "Cap"
applies = { groups = ["esi"] }
sessions = "esi"
scope = "region"
limit = 4
window = "12 months"
source = "Meeting of 3 January"
source_date = "2026"
effective_from = 2026-01-01
"""


def _rule(kind: str, applies: str = '{ groups = ["esi"] }', more: str = "") -> str:
    return f"""
[[rule]]
id = "one"
kind = "{kind}"
title = "One"
applies = {applies}
{more}
source = "Meeting"
source_date = "2026"
effective_from = 2026-01-01
"""


def _complaint(text: str) -> str:
    with pytest.raises(Malformed) as caught:
        read_pack(parse(text, "mine.toml"), VOCABULARY)
    return str(caught.value)


def test_the_pack_that_is_spoilt_below_is_sound():
    assert len(read_pack(parse(HEAD + GAP + CAP, "mine.toml"), VOCABULARY).rules) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('title = "Wait"', "title = Wait", 19, "is not TOML"),
        ('title = "Wait"', 'title = "Wait', 19, "is not TOML"),
        ('wait = "3 months"', 'wiat = "3 months"', 16, "the key “wait” is missing"),
        ('scope = "spot"', 'scope = "spot"\nscoop = "spot"', 23, "scoop: this key is unknown here"),
        ('groups = ["joint"], st', 'family = ["JNT"], st', 20, "give “groups” or “procedures”"),
        ('groups = ["joint"], st', 'groups = ["joints"], st', 20, "“joints” is unknown"),
        ('groups = ["joint"], st', 'procedures = ["knee"], st', 20, "“knee” is unknown"),
        ('groups = ["joint"], st', "groups = [], st", 20, "give “groups” or “procedures”"),
        ('groups = ["joint"], st', 'groups = ["joint"], procedures = ["tpi"], st', 20,
         "none of these is in the groups"),
        ('groups = ["joint"], st', 'groups = ["joint"], intent = "diagnostic", st', 20,
         "makes no difference for joint.injection"),
        ('groups = ["joint"], st', 'groups = ["joint"], regions = ["lumbar-sacral"], st', 20,
         "only sites in the spine have a region"),
        ('wait = "3 months"', 'wait = "3 moons"', 23, "not a duration like “12 months”"),
        ('wait = "3 months"', 'wait = "0 months"', 23, "not a duration like"),
        ('wait = "3 months"', 'wait = "900 months"', 23, "longer than 20 years"),
        ('wait = "3 months"', 'wait = "12 months"', 23, "must be shorter than the window"),
        ('wait = "3 months"', 'wait = "3 months"\nfailed_wait = "14 days"', 24, "go together"),
        ('wait = "3 months"', 'wait = "3 months"\nrelief = 50\nfailed_wait = "4 months"', 25,
         "must be shorter than “wait”"),
        ('scope = "spot"', 'scope = "region"', 22, "“region” needs sites in the spine"),
        ('scope = "spot"', 'scope = "muscles"', 22, "whose sites are muscles alone"),
        ('scope = "spot"', 'scope = "side"', 22, "expected one of patient, region, spot, muscles"),
        ('sessions = "joint"', 'sessions = "knee"', 21, "expected one of esi, joint"),
        ('sessions = "joint"', 'sessions = "esi"', 21, "counts none of the procedures"),
        ('id = "esi.cap"', 'id = "joint.gap"', 30, "at the same time"),
        ("limit = 4", "limit = 0", 36, "whole number from 1 to 100"),
        ("limit = 4", "limit = true", 36, "expected a whole number"),
        ('kind = "cap"', 'kind = "cup"', 31, "expected one of cap, gap, early"),
        ('id = "mine"', 'id = "Our rules"', 1, "small letters, digits, dots and hyphens"),
        ('id = "mine"', "id = 7", 1, "expected a text"),
        ('version = "1"', "version = 1", 3, "expected a text"),
        ("effective_from = 2026-01-01\nsource =", "effective_from = 2026-02-30\nsource =", 4,
         "is not TOML"),
        ("effective_from = 2026-01-01\nsource =", "effective_from = 0026-01-01\nsource =", 4,
         "years 1900 to 2199"),
        ('source_date = "2026"\neff', 'source_date = "2026"\neffective_to = 2025-12-31\neff', 27,
         "lies before “effective_from”"),
        ('source_date = "2026"\neff', 'source_date = "2026"\nverify_why = "A digest"\neff', 27,
         "goes with “verify = true”"),
        ('source_date = "2026"\neff', 'source_date = "2026"\neffective_to = 9999-12-31\neff', 27,
         "Leave “effective_to” out where no end is known"),
        ("[sessions.esi]", "[sessions.esi]\nintent = 'diagnostic'", 8, "makes no difference"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line(old, new, line, says):
    text = HEAD + GAP + CAP
    assert old in text
    complaint = _complaint(text.replace(old, new, 1))
    assert complaint.startswith(f"mine.toml, line {line}: ")
    assert says in complaint


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (_rule("later") + CAP, "“later” must be the last"),
        (_rule("guidance", more="choices = []"), "choices: lists nothing"),
        (_rule("guidance", more='choices = [{ when = "pregnant", by = ["ct"] }]'),
         "must be for everybody else"),
        (_rule("guidance", more='choices = [{ by = ["ct"] }, { by = ["ct"] }]'),
         "for the same patients"),
        (_rule("guidance", more='choices = [{ by = ["x-ray"] }]'), "“x-ray” is unknown"),
        (_rule("guidance", more='choices = [{ when = "old", by = ["ct"] }]'), "“old” is unknown"),
        (_rule("limits", more='levels = { "facet.block" = 2 }'), "does not apply to facet.block"),
        (_rule("limits", more='levels = { "facet.blok" = 2 }'), "unknown procedure"),
        (_rule("limits", more='levels = { "esi.caudal" = 0 }'), "from 1 to 100"),
        (_rule("limits", more='one_sided = ["tpi"]'), "does not apply to tpi"),
        (_rule("limits"), "limits nothing"),
        (_rule("dose", more="ceilings = {}"), "names no drug"),
        (_rule("dose", more="ceilings = { dexamethasone = 0 }"), "above 0"),
        (_rule("dose", more="ceilings = { dexamethasone = 1e-99999999 }"), "cannot be meant"),
        (_rule("drugs", more='reason = ["a"]\nfine = ["A"]\nbecause = "x"'), "under “reason” too"),
        (_rule("drugs", more='reason = []\nfine = ["a"]\nbecause = "x"'), "lists nothing"),
        (_rule("mix", more='groups = ["esi", "spine"]'), "“spine” is unknown"),
        (_rule("reason", more='says = ""'), "must not be empty"),
        (_rule("arthroplasty", more='within = "soon"'), "not a duration"),
        (_rule("block", more='sessions = "esi"\nscope = "spot"\nrelief = 101\nwindow = "1 month"'),
         "at most 100"),
        (_rule("block", more='sessions = "esi"\nscope = "spot"\nrelief = "50 %"\nwindow = "1 day"'),
         "a number above 0"),
        (_rule("response", more='sessions = "esi"\nscope = "spot"\nrelief = 50\nlasting = "1 month"'
               '\nwindow = "1 month"'), "shorter than the window"),
        (_rule("prerequisite", more='sessions = "esi"\nscope = "spot"\nrelief = 50\ncount = 1\n'
               'unless = "esi"'), "go together"),
        ("", "the key “rule” is missing"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_meant(rule, says):
    complaint = _complaint(HEAD + rule)
    assert complaint.startswith("mine.toml, line ")
    assert says in complaint


def test_a_pack_without_a_rule_is_refused():
    assert "at least one rule" in _complaint("rule = []\n" + HEAD)


def test_a_muscle_stands_under_one_part_of_the_body():
    text = HEAD + GAP + '\n[muscles]\nneck = ["Trapezius"]\nback = ["trapezius"]\n'
    assert "“trapezius” stands under “neck” too" in _complaint(text)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", ", line 1: the file is empty; expected a rule pack."),
        (b"# nothing\n", ", line 1: the file is empty"),
        (b'id = "a"\ntitle = "\xe9"\n', ", line 2: is not UTF-8 text. Save it as UTF-8."),
        (b"\xff\xfei\x00d\x00", ", line 1: is not UTF-8 text"),
        (b"PK\x03\x04", ", line 1: is not TOML"),
        (b'id = "a"\n[[rule]\n', ", line 2: is not TOML"),
    ],
)
def test_a_file_that_is_no_pack(tmp_path, content, says):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(Malformed) as caught:
        read_pack(read(path), VOCABULARY)
    assert str(caught.value).startswith(f"{path}{says}")


def test_a_folder_is_no_pack(tmp_path):
    with pytest.raises(Malformed, match="cannot be read"):
        read(tmp_path)


def test_the_mark_that_windows_editors_write_is_no_slip(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + GAP).replace("\n", "\r\n").encode())
    assert read_pack(read(path), VOCABULARY).id == "mine"


# -- versions of a rule that follow one another ---------------------------------------------


def _version(limit: int, begins: str, ends: str = "") -> str:
    text = CAP.replace("limit = 4", f"limit = {limit}")
    text = text.replace("effective_from = 2026-01-01", f"effective_from = {begins}")
    return text + (f"effective_to = {ends}\n" if ends else "")


def _limit_on(pack_text: str, on: str) -> list[str]:
    pack = read_pack(parse(pack_text, "mine.toml"), VOCABULARY)
    case = {"pack": "mine", "on": on,
            "plan": {"procedure": "esi.caudal", "sites": ["caudal midline"]}}  # fmt: skip
    verdict = evaluate(pack, case_of(load_json(json.dumps(case)), {"mine"}))
    return [f"{finding.used} of {finding.allowed}" for finding in verdict.findings]


@pytest.mark.parametrize(
    ("on", "answers"),
    [
        ("1990-01-01", ["0 of 4"]),
        ("2026-06-29", ["0 of 4"]),
        ("2026-06-30", ["0 of 4"]),
        ("2026-07-01", ["0 of 3"]),
        ("2026-07-02", ["0 of 3"]),
        ("2026-12-31", ["0 of 3"]),
        ("2027-01-01", []),
    ],
)
def test_versions_follow_one_another(on, answers):
    old = _version(4, "2026-01-01", "2026-06-30")
    new = _version(3, "2026-07-01", "2026-12-31")
    assert _limit_on(HEAD + old + new, on) == answers
    assert _limit_on(HEAD + new + old, on) == answers


@pytest.mark.parametrize(("on", "answer"), [("2019-01-01", "0 of 4"), ("2021-01-01", "0 of 3")])
def test_only_the_oldest_version_speaks_for_the_days_before_it(on, answer):
    """Both versions are older than the pack's own text."""
    text = HEAD + _version(4, "2020-01-01", "2020-12-31") + _version(3, "2021-01-01")
    assert _limit_on(text, on) == [answer]


@pytest.mark.parametrize("begins", ["2026-06-30", "2026-01-01", "2025-01-01"])
def test_versions_may_not_overlap(begins):
    old = _version(4, "2026-01-01", "2026-06-30")
    complaint = _complaint(HEAD + old + _version(3, begins))
    assert "at the same time" in complaint
    assert "effective_to" in complaint


def test_a_version_that_ended_leaves_the_day_free():
    pack = read_pack(parse(HEAD + _version(1, "2026-01-01", "2026-06-30"), "mine.toml"), VOCABULARY)
    case = {"pack": "mine", "on": "2026-06-30",
            "plan": {"procedure": "esi.caudal", "sites": ["caudal midline"]},
            "history": [{"id": "a", "date": "2026-05-01", "state": "done",
                         "procedure": "esi.caudal", "sites": ["caudal midline"]}]}  # fmt: skip
    verdict = evaluate(pack, case_of(load_json(json.dumps(case)), {"mine"}))
    assert verdict.earliest == date(2026, 7, 1)
