"""What may be written after ``clinicdesk``. Secrets are never arguments.

A command is a module of ``cli/commands/`` that says how it is called, what it takes and what it
does; it is found there, and stands nowhere else.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Sequence
from typing import Protocol, TypeAlias, cast

from clinicdesk import __version__
from clinicdesk.cli import commands as room
from clinicdesk.domain.translation import _

_EPILOG = _("""\
Secrets are never arguments. The passphrase of an embedded database comes from the system's
key store, else from CLINICDESK_PASSPHRASE, else it is asked for on the terminal; the password of
--user from CLINICDESK_PASSWORD, else it is asked for. Exit codes: 0 done; 1 done, and something
needs a look; 2 wrong use or malformed input; 3 not signed in or not permitted; 4 the environment.
""")

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse gives it no public name

_WITH_VALUE = ("--database", "--user")


class Command(Protocol):
    """What a module of ``cli/commands/`` says of its command.

    Attributes:
        NAME: as it is typed: ``search``, or ``rules check`` for one of a group.
        HELP: half a sentence.
        PLACE: where it stands in the help, counted up.
        GROUP: half a sentence about its group; said by the first of it.
    """

    __name__: str
    NAME: str
    HELP: str
    PLACE: int

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds what it takes."""

    def run(self, args: argparse.Namespace) -> int:
        """Does it; the exit code."""


def found(first: str = "") -> list[Command]:
    """The commands in the order of the help.

    Args:
        first: only those that begin with this word, as the names of their files do; all of them
            take a second to load that no start of the window should wait for.
    """
    files = [each.name for each in pkgutil.iter_modules(room.__path__)]
    modules = [
        cast("Command", importlib.import_module(f"{room.__name__}.{name}"))
        for name in files
        if not first or name.partition("_")[0] == first
    ]
    return sorted(modules, key=lambda command: (command.PLACE, command.NAME))


def _asked(argv: Sequence[str]) -> list[Command]:
    """Those that the words can be about: all of them for help, and for a word nobody knows."""
    words = iter(argv)
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif word in ("-h", "--help"):
            return found()
        elif not word.startswith("-"):
            return found(word) or found()
    return []


def build(argv: Sequence[str]) -> argparse.ArgumentParser:
    """What reads ``argv``; a command's module path stands in ``args.command``."""
    parser = argparse.ArgumentParser(
        prog="clinicdesk",
        description=_("ClinicDesk. Without a command it opens the window."),
        epilog=_EPILOG,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action="version", version=_("clinicdesk {version}").format(version=__version__)
    )
    _global_options(parser, default=None)
    parser.add_argument(
        "--demo", action="store_true", help=_("open the window on the demo clinic, signed in")
    )
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(metavar="COMMAND", title=_("commands"), dest="name")
    asked = _asked(argv)
    leading = {command.NAME.rpartition(" ")[0] for command in asked}
    groups: dict[str, Commands] = {}
    for command in asked:
        group, __, name = command.NAME.rpartition(" ")
        if group and group not in groups:
            groups[group] = _group(commands, group, getattr(command, "GROUP", ""))
        made = _add(groups[group] if group else commands, name, command)
        if command.NAME in leading:  # a command by itself that leads others, too
            groups[command.NAME] = made.add_subparsers(metavar="COMMAND", dest="subname")
    return parser


def _global_options(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--database",
        metavar="WHERE",
        default=default,
        help=_("a file, or a postgresql:// address; left out: the clinic last opened"),
    )
    parser.add_argument("--user", metavar="NAME", default=default, help=_("who acts"))


def _add(commands: Commands, name: str, command: Command) -> argparse.ArgumentParser:
    """A command; the global options are understood after it, too."""
    parser = commands.add_parser(
        name, help=command.HELP, description=command.HELP, allow_abbrev=False
    )
    _global_options(parser, default=argparse.SUPPRESS)
    parser.set_defaults(command=command.__name__)
    command.arguments(parser)
    return parser


def _group(commands: Commands, name: str, help_text: str) -> Commands:
    """A command that has commands of its own."""
    parser = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    return parser.add_subparsers(metavar="COMMAND", required=True, dest="subname")
