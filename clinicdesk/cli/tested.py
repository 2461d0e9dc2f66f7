"""A rule pack against worked cases: what ``rules test`` does.

Apart from its command, which is loaded for every help: the rules take a while.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.cli.exits import Exit
from clinicdesk.cli.output import note, one_line, say, say_json
from clinicdesk.cli.packs import json_file
from clinicdesk.domain.json_reading import CaseError
from clinicdesk.domain.translation import _
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.expected import Difference, Example, differences, parse_examples
from clinicdesk.rules.pack import Pack


@dataclass(frozen=True)
class _Result:
    file: Path
    example: Example
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def try_pack(pack: Pack, files: Iterable[Path], style: str) -> Exit:
    """Exit 1 if a case failed; a malformed file is exit 2, and the others are tested as usual."""
    results: list[_Result] = []
    malformed = False
    for path in files:
        try:
            results.extend(_tested(path, pack))
        except CaseError as error:
            note(f"{path}: {error}")
            malformed = True
    if style == "json":
        say_json([_as_json(result) for result in results])
    elif results:
        _say(results)
    if malformed:
        return Exit.WRONG
    return Exit.DONE if all(result.passed for result in results) else Exit.LOOK


def _tested(path: Path, pack: Pack) -> list[_Result]:
    examples = parse_examples(json_file(path), pack)
    return [_Result(path, each, differences(each, evaluate(pack, each.case))) for each in examples]


def _say(results: list[_Result]) -> None:
    for result in results:
        say(f"{'ok    ' if result.passed else 'FAILED'}  {one_line(result.example.name)}")
        for each in result.differences:
            line = _("{each_what}: expected {expected}; came {came}").format(
                each_what=each.what, expected=each.expected, came=each.came
            )
            say(f"          {one_line(line)}")
    failed = sum(not result.passed for result in results)
    say(_("{count} passed, {failed} failed").format(count=len(results) - failed, failed=failed))


def _as_json(result: _Result) -> dict[str, object]:
    return {
        "file": str(result.file),
        "name": result.example.name,
        "passed": result.passed,
        "differences": [
            {"what": each.what, "expected": each.expected, "came": each.came}
            for each in result.differences
        ],
    }
