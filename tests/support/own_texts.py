"""A clinic's own texts, put into the folder where the program looks for them."""

from __future__ import annotations

import shutil
from pathlib import Path

from clinicdesk.catalogue import resources

FRENCH = Path(__file__).parent.parent / "files" / "french" / "documents"
PARTS = ("facet.block", "_spine", "_steroid", "common")
"""What the consent for a facet block is made of, the words of the language aside."""
APPROVED = '\n[approved]\nby = "Dr A. Okafor"\non = 2026-11-20\n'


def own_documents() -> Path:
    """The folder of the clinic's own texts."""
    folder = resources.own_folder() / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def speak_french() -> None:
    """Lays the French files into the clinic's own folder."""
    shutil.copytree(FRENCH, own_documents(), dirs_exist_ok=True)


def put(name: str, text: str) -> Path:
    """Writes one own text, ``consent/en/tpi``."""
    path = own_documents() / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ours(name: str) -> str:
    """The text that came with the program."""
    path = resources.root() / "documents" / f"{name}.toml"
    return path.read_text(encoding="utf-8")


def approve(*names: str, more: str = "") -> None:
    """Copies of ours, approved."""
    for name in names:
        put(name, ours(name) + APPROVED + more)


def approve_facet_consent() -> None:
    """All that the English consent for a facet block is made of."""
    approve("words/en", *(f"consent/en/{part}" for part in PARTS))
