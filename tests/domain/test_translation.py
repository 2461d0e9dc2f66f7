"""Sentences: English as it stands, or another language where there is a file of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinicdesk import language
from clinicdesk.domain.translation import _, _n, _p, install
from clinicdesk.pseudo import PseudoTranslations, pseudo
from clinicdesk.ui.preferences import Preferences

POLISH = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Save {name}."
msgstr "Zapisz: {name}."

msgid "Undo"
msgstr "Cofnij {who}"

#, fuzzy
msgid "Print"
msgstr "Drukuj?"

msgctxt "side of the body"
msgid "left"
msgstr "lewa"

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} wiersz"
msgstr[1] "{n} wiersze"
msgstr[2] "{n} wierszy"
"""


@pytest.fixture(autouse=True)
def _english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(language.VARIABLE, raising=False)
    yield
    install(None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Resources with one language in them."""
    place = tmp_path / "i18n" / "pl" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "clinicdesk.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr("clinicdesk.catalogue.resources.root", lambda: tmp_path)
    return tmp_path


def test_english_comes_back_as_it_stands() -> None:
    assert language.begin() == "en"
    assert _("Save {name}.") == "Save {name}."
    assert [_n("{n} row", "{n} rows", n) for n in (0, 1, 2)] == ["{n} rows", "{n} row", "{n} rows"]
    assert _p("side of the body", "left") == "left"


def test_a_language_is_a_text_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "pl-PL")
    assert language.begin() == "pl"
    assert _("Save {name}.").format(name="to") == "Zapisz: to."
    assert [_n("{n} row", "{n} rows", n).format(n=n) for n in (1, 3, 5)] == [
        "1 wiersz", "3 wiersze", "5 wierszy",
    ]  # fmt: skip
    assert (_p("side of the body", "left"), _("left")) == ("lewa", "left")


def test_the_preference_is_taken_where_the_environment_says_nothing(folder: Path) -> None:
    Preferences(language="pl").save()
    assert language.begin() == "pl"


def test_what_would_break_a_sentence_or_is_fuzzy_stays_english(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(language.VARIABLE, "pl")
    language.begin()
    assert (_("Undo"), _("Print")) == ("Undo", "Print")
    assert "Undo" in caplog.text


@pytest.mark.parametrize("wanted", ["xx", "../../etc", "", "pl\n", "en"])
def test_what_is_no_language_here_is_english(
    folder: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv(language.VARIABLE, wanted)
    assert language.begin() in ("en", "pl" if wanted == "pl\n" else "en")


def test_a_damaged_file_does_not_keep_the_program_from_starting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "i18n" / "pl" / "LC_MESSAGES" / "clinicdesk.po").write_bytes(b'msgid "a\nmsg\xff')
    monkeypatch.setenv(language.VARIABLE, "pl")
    assert language.begin() == "en"
    assert "not read" in caplog.text


def test_the_pseudo_language_keeps_what_is_no_word() -> None:
    made = pseudo("<b>{name}</b> has {n:,} rows &amp; more")
    assert "<b>{name}</b>" in made
    assert "{n:,}" in made
    assert "&amp;" in made
    assert made.startswith("⟦")
    assert made.endswith("⟧")
    assert len(made) > 1.3 * len("<b>{name}</b> has {n:,} rows &amp; more") - 12
    plain = made.replace("<b>{name}</b>", "").replace("{n:,}", "").replace("&amp;", "")
    assert not [letter for letter in plain if letter.isascii() and letter.isalpha()]


def test_the_pseudo_language_leaves_marks_alone() -> None:
    assert pseudo(" · ") == " · "
    assert PseudoTranslations().ngettext("{n} row", "{n} rows", 1) == pseudo("{n} row")
    assert pseudo(" and ")[0] == pseudo(" and ")[-1] == " "


def test_the_language_is_there_before_anything_that_holds_a_sentence() -> None:
    code = (
        "import sys, clinicdesk.__main__, clinicdesk.language;"
        "print(*sorted(m for m in sys.modules if m.startswith('clinicdesk')))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded) == {
        "clinicdesk", "clinicdesk.__main__", "clinicdesk.catalogue",
        "clinicdesk.catalogue.resources",
        "clinicdesk.domain", "clinicdesk.domain.translation", "clinicdesk.installed",
        "clinicdesk.language",
        "clinicdesk.ui", "clinicdesk.ui.preferences",
    }  # fmt: skip


def test_english_loads_no_reader_of_languages() -> None:
    code = (
        "import sys, clinicdesk.language as l; l.begin();"
        "print([m for m in sys.modules if m.startswith('babel')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
