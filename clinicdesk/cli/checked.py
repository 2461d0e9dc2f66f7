"""Files of cases put to the rules: what ``rules check`` does.

Apart from its command, which is loaded for every help: the rules take a while.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from clinicdesk.catalogue.loader import installed_packs, installed_vocabulary
from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, say
from clinicdesk.cli.packs import json_file
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.parse import CaseError, parse_case


def check_cases(files: Iterable[Path]) -> Exit:
    """A malformed file prints one line on standard error; the others are answered as usual."""
    vocabulary = installed_vocabulary()
    packs = installed_packs(vocabulary)
    result = Exit.DONE
    for path in files:
        try:
            lines = _verdicts(path, vocabulary, packs)
        except CaseError as error:
            note(f"{path}: {error}")
            result = Exit.WRONG
        else:
            for line in lines:
                say(line)
    if sys.stderr.isatty():
        _say_what_is_missing(packs)
    return result


def _say_what_is_missing(packs: Mapping[str, Pack]) -> None:
    for pack in packs.values():
        if pack.partial:
            note(f"{pack.id}: {pack.partial}")


def _verdicts(path: Path, vocabulary: Vocabulary, packs: Mapping[str, Pack]) -> list[str]:
    """One line of JSON per case; CaseError if any case of the file is malformed."""
    value = json_file(path)
    if isinstance(value, list):
        cases = [parse_case(item, vocabulary, packs, f"$[{i}]") for i, item in enumerate(value)]
    else:
        cases = [parse_case(value, vocabulary, packs)]
    return [json.dumps(evaluate(packs[case.pack], case).to_json()) for case in cases]
