"""What the program keeps for good, it keeps only in a process of its own."""

from __future__ import annotations

import gc
import subprocess
import sys

from clinicdesk import memory
from clinicdesk.__main__ import main

_OWN = """
import gc
from clinicdesk import memory
memory.begin()
memory.settle()
once = gc.get_freeze_count()
kept = [[] for _ in range(1000)]
memory.settle()
print(once > 0, gc.get_freeze_count() <= once)
"""


def test_whoever_calls_the_program_keeps_an_own_memory() -> None:
    before = gc.get_freeze_count()
    assert main(["--help"]) == 0
    memory.settle()
    # What others froze may go in the meantime; nothing is added.
    assert gc.get_freeze_count() <= before


def test_a_process_of_its_own_settles_once() -> None:
    done = subprocess.run([sys.executable, "-c", _OWN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
