"""Sets ClinicDesk up on this machine, then opens it.

    python3 packaging/run.py            opens the window
    python3 packaging/run.py --demo     straight into the demo clinic, signed in

Everything after the script's name is passed on to the ``clinicdesk`` command. The first start
installs what is missing; later starts open at once and need no network.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from urllib.parse import unquote

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
    command = [str(environment.command_of(venv, "clinicdesk")), *_hide_password(arguments)]
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    sys.stdout.flush()
    os.execv(command[0], command)
    return 0  # not reached: the program has taken this process over


def _hide_password(arguments: list[str]) -> list[str]:
    """The password in a server's address goes on in the environment, which only this account can
    read; among the words of a process everybody can."""
    clean = []
    for word in arguments:
        found = re.fullmatch(r"((?:--database=)?postgres(?:ql)?://[^:/@]*):([^@/]*)(@.*)", word)
        if found:
            os.environ["PGPASSWORD"] = unquote(found[2])
        clean.append(found[1] + found[3] if found else word)
    return clean


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
