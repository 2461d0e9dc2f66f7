"""What is loaded while a password is typed."""

from __future__ import annotations

import subprocess
import sys

_OPENED = """
import sys
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from clinicdesk.ui.ahead import Ahead
from clinicdesk.ui.pages import PAGES
app = QApplication([])
modules = tuple(entry.module for entry in PAGES)
parent = QObject()
ahead = Ahead(modules, parent)
assert not any(module in sys.modules for module in modules)
ahead.begin()
turns = 0
while not ahead.done:
    before = sum(module in sys.modules for module in modules)
    app.processEvents()
    turns += sum(module in sys.modules for module in modules) > before
assert all(module in sys.modules for module in modules)
assert turns > 2
"""


def test_the_pages_are_loaded_one_by_one_while_the_window_waits_for_a_password() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPENED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
