"""What comes with the program: the typeface, with its licence beside it."""

from __future__ import annotations

from clinicdesk import installed


def test_the_typeface_is_whole_and_bears_its_licence():
    names = [path.name for path in installed.typeface()]
    assert names == [
        "SourceSansPro-Bold.ttf",
        "SourceSansPro-It.ttf",
        "SourceSansPro-Regular.ttf",
        "SourceSansPro-Semibold.ttf",
    ]
    licence = (installed.root() / "fonts" / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Adobe Systems Incorporated" in licence
