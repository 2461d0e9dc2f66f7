"""Sets ClinicDesk up on this machine, then opens it.

    python3 packaging/run.py            opens the window
    python3 packaging/run.py --demo     straight into the demo clinic, signed in

Everything after the script's name is passed on to the ``clinicdesk`` command. The first start
installs what is missing; later starts open at once and need no network.
"""

from __future__ import annotations

import os
import subprocess
import sys

import environment


def main(arguments: list[str]) -> int:
    """Returns the program's exit code, or 4 when the machine could not be made ready."""
    try:
        environment.check_python()
        environment.install_system(environment.WINDOW)
        venv = environment.make_environment("run.lock")
    except environment.SetupError as problem:
        environment.say(str(problem))
        return 4
    command = [str(environment.command_of(venv, "clinicdesk")), *arguments]
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    sys.stdout.flush()
    os.execv(command[0], command)
    return 0  # not reached: the program has taken this process over


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
