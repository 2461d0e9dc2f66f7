"""``clinicdesk safety check CASE…``: what must be settled, case by case; no database needed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from clinicdesk.catalogue.loader import installed_safety
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, say
from clinicdesk.cli.packs import json_file
from clinicdesk.domain.translation import _
from clinicdesk.safety.engine import check
from clinicdesk.safety.knowledge import Knowledge
from clinicdesk.safety.parse import CaseError, parse_case
from clinicdesk.safety.write import card_to_json

NAME, PLACE = "safety check", 86
HELP = _("what must be settled in each case, as JSON")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes."""
    parser.add_argument("cases", metavar="CASE", nargs="+", type=Path)


def run(args: argparse.Namespace) -> Exit:
    """Nothing is printed where any case is malformed: one line says which, and where."""
    knowledge = installed_safety()
    lines: list[str] = []
    for path in args.cases:
        try:
            lines += _answers(path, knowledge)
        except CaseError as error:
            note(f"{path}: {error}")
            return Exit.WRONG
    for line in lines:
        say(line)
    return Exit.DONE


def _answers(path: Path, knowledge: Knowledge) -> list[str]:
    """One line of JSON per case; CaseError if any case of the file is malformed."""
    value = json_file(path)
    if isinstance(value, list):
        cases = [parse_case(item, knowledge, f"$[{i}]") for i, item in enumerate(value)]
    else:
        cases = [parse_case(value, knowledge)]
    return [json.dumps(card_to_json(check(case, knowledge))) for case in cases]
