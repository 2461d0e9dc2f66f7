"""What may be written after ``clinicdesk``. Secrets are never arguments."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeAlias

from clinicdesk import __version__
from clinicdesk.cli.days import day, moment
from clinicdesk.cli.output import FORMATS

_EPILOG = """\
Secrets are never arguments. The passphrase of an embedded database comes from the system's
key store, else from CLINICDESK_PASSPHRASE, else it is asked for on the terminal; the password of
--user from CLINICDESK_PASSWORD, else it is asked for. Exit codes: 0 done; 1 done, and something
needs a look; 2 wrong use or malformed input; 3 not signed in or not permitted; 4 the environment.
"""

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse gives it no public name


def build() -> argparse.ArgumentParser:
    """The whole command line; a command's module path stands in ``args.command``."""
    parser = argparse.ArgumentParser(
        prog="clinicdesk",
        description="ClinicDesk. Without a command it opens the window.",
        epilog=_EPILOG,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"clinicdesk {__version__}")
    _global_options(parser, default=None)
    parser.add_argument(
        "--demo", action="store_true", help="open the window on the demo clinic, signed in"
    )
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", dest="name")
    _rules(commands)
    _doctor(commands)
    _demo(commands)
    _search(commands)
    _import(commands)
    _verdict(commands)
    _due(commands)
    _book(commands)
    _print(commands)
    _audit(commands)
    return parser


def _global_options(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--database",
        metavar="WHERE",
        default=default,
        help="a file, or a postgresql:// address; left out: the clinic last opened",
    )
    parser.add_argument("--user", metavar="NAME", default=default, help="who acts")


def _add(commands: Commands, name: str, module: str, help_text: str) -> argparse.ArgumentParser:
    """A command; the global options are understood after it, too."""
    parser = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    _global_options(parser, default=argparse.SUPPRESS)
    parser.set_defaults(command=f"clinicdesk.cli.commands.{module}")
    return parser


def _group(commands: Commands, name: str, help_text: str) -> Commands:
    """A command that has commands of its own."""
    parser = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    return parser.add_subparsers(metavar="COMMAND", required=True, dest="subname")


def _rules(commands: Commands) -> None:
    group = _group(commands, "rules", "the repeat-interval rules")
    parser = _add(group, "check", "rules_check", "one verdict per case, as JSON")
    parser.add_argument("cases", metavar="CASE.json", nargs="+", type=Path)
    parser = _add(group, "test", "rules_test", "a pack against worked cases with what is expected")
    _pack(parser)
    parser.add_argument("cases", metavar="CASES.json", nargs="+", type=Path)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser = _add(group, "explain", "rules_explain", "a pack as a readable table")
    _pack(parser)
    _format(parser)


def _pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", metavar="PACK", help="the id of a pack, or a .toml file")


def _doctor(commands: Commands) -> None:
    _add(commands, "doctor", "doctor", "what is installed and whether it is well")


def _demo(commands: Commands) -> None:
    parser = _add(commands, "demo", "demo", "make a demo clinic")
    parser.add_argument("path", metavar="PATH", type=Path)
    parser.add_argument("--patients", type=_count, default=5000, metavar="N")
    parser.add_argument("--years", type=_count, default=5, metavar="Y")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--force", action="store_true", help="replace what is there")


def _search(commands: Commands) -> None:
    parser = _add(commands, "search", "search", "find patients, best first")
    parser.add_argument("text", metavar="TEXT", nargs="+")
    parser.add_argument("--limit", type=_count, default=12, metavar="N")
    _format(parser)


def _import(commands: Commands) -> None:
    group = _group(commands, "import", "take over patients from a file")
    parser = _add(group, "patients", "import_patients", "import patients from a CSV file")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--allergies", metavar="FILE", type=Path)
    parser.add_argument("--map", metavar="COLUMN=FIELD", action="append", default=[], type=_pair)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    parser.add_argument(
        "--date-order", choices=("ymd", "mdy", "dmy"), help="where the file can be read two ways"
    )
    parser.add_argument("--encoding", metavar="NAME", help="left out: found out")
    parser.add_argument("--delimiter", metavar="CHARACTER", help="left out: found out")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _verdict(commands: Commands) -> None:
    parser = _add(commands, "verdict", "verdict", "may it be repeated yet?")
    _planned(parser)
    parser.add_argument("--on", required=True, type=day, metavar="DATE")
    parser.add_argument("--guidance", choices=("fluoroscopy", "ct", "ultrasound", "landmark"))
    parser.add_argument("--contrast", choices=("yes", "no"))
    parser.add_argument("--steroid", action="append", type=_steroid, metavar="DRUG:MG")
    parser.add_argument("--pack", metavar="ID")


def _due(commands: Commands) -> None:
    parser = _add(commands, "due", "due", "the due list: whom to call")
    parser.add_argument("--on", type=day, metavar="DATE", help="left out: today")
    parser.add_argument(
        "--all", action="store_true", help="also what is booked, put aside, holding or lapsed"
    )
    _format(parser)


def _book(commands: Commands) -> None:
    parser = _add(commands, "book", "book", "book an appointment")
    _planned(parser)
    parser.add_argument("--start", required=True, type=moment, metavar="TIME")
    parser.add_argument("--physician", required=True, metavar="NAME")
    parser.add_argument("--room", required=True, metavar="NAME")
    parser.add_argument("--minutes", type=_count, metavar="N")
    parser.add_argument("--reason", default="", metavar="TEXT")


def _planned(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--patient", required=True, type=_id, metavar="ID")
    parser.add_argument("--procedure", required=True, metavar="PROCEDURE")
    parser.add_argument("--site", required=True, action="append", metavar="SITE")
    parser.add_argument("--intent", choices=("diagnostic", "therapeutic"))


def _print(commands: Commands) -> None:
    parser = _add(commands, "print", "print_sheet", "a sheet as PDF, stored like any print")
    parser.add_argument(
        "kind",
        metavar="KIND",
        choices=("consent", "aftercare", "note", "recall", "call"),
        help="consent, aftercare: of an appointment or procedure; note: of what was logged and "
        "signed; recall: the letter of the due "
        "row whose last procedure it is; call: the call sheet of all that is overdue or due now",
    )
    subject = parser.add_mutually_exclusive_group()
    subject.add_argument("--appointment", type=_id, metavar="N")
    subject.add_argument("--procedure", type=_id, metavar="N")
    parser.add_argument(
        "--on", type=day, metavar="DATE", help="recall, call: the day; left out: today"
    )
    parser.add_argument("--language", choices=("en", "es"), help="left out: the patient's own")
    parser.add_argument("--paper", choices=("a4", "letter"), help="left out: the clinic's")
    parser.add_argument("--large", action="store_true", help="large print")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")


def _audit(commands: Commands) -> None:
    group = _group(commands, "audit", "the audit trail")
    _add(group, "verify", "audit_verify", "check the whole chain of entries")


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text")


def _count(text: str) -> int:
    value = _whole(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number above 0")
    return value


def _id(text: str) -> int:
    value = _whole(text)
    if not 0 < value < 2**63:
        raise argparse.ArgumentTypeError(f"“{text}” is not the number of a record")
    return value


def _whole(text: str) -> int:
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 20:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number")
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    column, equals, field = text.rpartition("=")
    if not equals or not column:
        raise argparse.ArgumentTypeError(f"“{text}” is not COLUMN=FIELD")
    return column, field


def _steroid(text: str) -> tuple[str, Decimal]:
    drug, colon, amount = text.rpartition(":")
    try:
        mg = Decimal(amount)
    except InvalidOperation:
        mg = Decimal(0)
    if not colon or not drug.strip() or not mg.is_finite() or mg <= 0:
        raise argparse.ArgumentTypeError(f"“{text}” is not DRUG:MG, for example dexamethasone:10")
    return drug.strip().casefold(), mg
