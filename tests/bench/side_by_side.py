"""Prints the figures of this tree beside those of another, taken in turns in one run.

    .venv/bin/python tests/bench/side_by_side.py ../before              1,000 patients, five rounds
    .venv/bin/python tests/bench/side_by_side.py ../before --rounds 2   to see that it works

Each round asks the same of both trees, each in a new process that begins as the program does.
Times are CPU time, so that others on the machine count little; the least of a tree is the fairest.
Nothing is asserted: a ratio is read by a person.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve()
TREE = HERE.parents[2]
PROBE = HERE.with_name("probe.py")
Samples = dict[str, list[float]]
"""Milliseconds by figure."""


def environment(tree: Path, folder: Path) -> dict[str, str]:
    """That of a process which runs the program of a tree, and leaves nothing in it."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": str(tree),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "CLINICDESK_PASSPHRASE": "demo",
        "CLINICDESK_PASSWORD": "demo",
        "CLINICDESK_CONFIG": str(folder / "config"),
    }


def commands(clinic: Path) -> dict[str, list[str]]:
    """What is typed at a command line, by what it is called in the table."""
    asked = ["--database", str(clinic), "--user", "frontdesk"]
    plan = ["--patient", "60", "--procedure", "facet.rfa", "--site", "L4-L5 left"]
    return {
        "process: clinicdesk --help": ["--help"],
        "process: clinicdesk search": [*asked, "search", "family12"],
        "process: clinicdesk verdict": [*asked, "verdict", *plan, "--on", "2026-12-15"],
        "process: clinicdesk due": [*asked, "due", "--on", "2026-11-24"],
    }


def cpu_ms(command: list[str], env: dict[str, str]) -> float:
    """CPU milliseconds of a process, system time included."""
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as made:
        assert made.stderr is not None
        said = made.stderr.read()
        _, status, used = os.wait4(made.pid, 0)
        made.returncode = os.waitstatus_to_exitcode(status)
    if made.returncode:
        raise SystemExit(f"{' '.join(command)}\n{said.decode()}")
    return (used.ru_utime + used.ru_stime) * 1000


def probed(what: str, clinic: Path, env: dict[str, str]) -> Samples:
    """The figures that a new process of the tree takes of itself."""
    command = [sys.executable, str(PROBE), what, str(clinic)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: Samples = json.loads(done.stdout)
    return found


def once(clinic: Path, env: dict[str, str]) -> Samples:
    """One round of one tree."""
    found: Samples = {}
    for what in ("rules", "painting", "window", "cold", "warm"):
        found |= probed(what, clinic, env)
    for name, words in commands(clinic).items():
        found[name] = [cpu_ms([sys.executable, "-m", "clinicdesk", *words], env)]
    return found


def table(before: Samples, after: Samples) -> None:
    """A line for each figure: least and median of both, and the ratio of the least."""
    print(f"{'CPU ms':<44}{'before':>9}{'median':>9}{'after':>9}{'median':>9}{'ratio':>8}")
    for name, old in before.items():
        new = after[name]
        print(
            f"{name:<44}{min(old):>9.2f}{statistics.median(old):>9.2f}"
            f"{min(new):>9.2f}{statistics.median(new):>9.2f}{min(new) / min(old):>8.2f}"
        )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="the root of the tree to compare with")
    parser.add_argument("--patients", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    trees = {"before": args.before.resolve(), "after": TREE}
    found: dict[str, Samples] = {name: defaultdict(list) for name in trees}
    with tempfile.TemporaryDirectory() as made:
        folders = {name: Path(made) / name for name in trees}
        envs = {name: environment(tree, folders[name]) for name, tree in trees.items()}
        for name, folder in folders.items():
            folder.mkdir()
            command = [sys.executable, str(PROBE), "make", str(folder / "clinic.db")]
            subprocess.run([*command, str(args.patients)], env=envs[name], check=True)
        for number in range(args.rounds + 1):
            for name, folder in folders.items():
                samples = once(folder / "clinic.db", envs[name])
                # The first round fills the caches of compiled code.
                for figure, values in samples.items() if number else ():
                    found[name][figure] += values
            print(f"round {number} of {args.rounds}", file=sys.stderr, flush=True)
    table(found["before"], found["after"])


if __name__ == "__main__":
    main()
