"""Preferences survive, and their loss hurts nobody."""

from __future__ import annotations

import json

from clinicdesk.ui import preferences
from clinicdesk.ui.preferences import Preferences


def test_they_come_back() -> None:
    Preferences(last_clinic="/srv/clinic.db", theme="dark", scale=1.3).save()
    assert preferences.load() == Preferences("/srv/clinic.db", "dark", 1.3)


def test_none_yet_and_damaged_ones_are_the_defaults() -> None:
    assert preferences.load() == Preferences()
    for damage in ("", "{", "[]", '"x"', "null", '{"theme": '):
        folder = preferences.config_folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "preferences.json").write_text(damage)
        assert preferences.load() == Preferences()


def test_what_a_later_version_adds_is_left_aside() -> None:
    folder = preferences.config_folder()
    folder.mkdir(parents=True)
    (folder / "preferences.json").write_text('{"theme": "dark", "sound": true}')
    assert preferences.load().theme == "dark"


def test_a_value_of_the_wrong_kind_is_not_taken() -> None:
    folder = preferences.config_folder()
    folder.mkdir(parents=True)
    (folder / "preferences.json").write_text('{"theme": "pink", "scale": "huge", "last_clinic": 3}')
    assert preferences.load() == Preferences()


def test_a_size_of_the_view_that_is_none_is_not_taken() -> None:
    folder = preferences.config_folder()
    folder.mkdir(parents=True)
    for scale, panel in ((3.0, -5), (0, 5000), ("2", True)):
        said = json.dumps({"scale": scale, "panel": panel})
        (folder / "preferences.json").write_text(said)
        assert preferences.load() == Preferences()
    for scale in (0.8, 2.0):
        Preferences(scale=scale, panel=120).save()
        assert preferences.load() == Preferences(scale=scale, panel=120)


def test_a_folder_that_cannot_be_written_stops_nobody() -> None:
    blocker = preferences.config_folder()
    blocker.parent.mkdir(parents=True, exist_ok=True)
    blocker.write_text("a file where the folder should be")
    Preferences(theme="dark").save()
    assert preferences.load() == Preferences()
