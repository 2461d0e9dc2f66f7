"""Worked cases with what is expected of them: how a clinic tests its own pack.

A file is an array of ``{"name", "why"?, "case", "expected"}``. ``expected`` holds at least one of
``status``, ``earliest`` and ``findings``; only what it holds is compared. ``findings`` is the
whole list, in the pack's order: each with ``rule``, ``status``, ``counted`` and, where it is
``not-before``, ``earliest``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinicdesk.domain.json_reading import CaseError, JsonObject, Node
from clinicdesk.domain.translation import _
from clinicdesk.rules.case import Case
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.parse import parse_case
from clinicdesk.rules.verdict import Finding, Status, Verdict

_STATUSES = tuple(status.value for status in Status)


@dataclass(frozen=True)
class ExpectedFinding:
    """One rule's answer, as ``Finding`` has it."""

    rule: str
    status: Status
    earliest: date | None
    counted: tuple[date, ...]

    def __str__(self) -> str:
        said = str(self.status)
        if self.earliest:
            said = _("{said} until {earliest}").format(said=said, earliest=self.earliest)
        if self.counted:
            said = _("{said}, counted {days}").format(said=said, days=_days(self.counted))
        return said


@dataclass(frozen=True)
class Example:
    """A case and what is expected of its verdict; None: not compared."""

    name: str
    case: Case
    status: Status | None
    earliest: date | None
    findings: tuple[ExpectedFinding, ...] | None


@dataclass(frozen=True)
class Difference:
    """One thing that came out otherwise; ``what`` names it: ``status``, ``esi.cap, counted``."""

    what: str
    expected: str
    came: str


def parse_examples(value: object, pack: Pack) -> tuple[Example, ...]:
    """The examples of a file, for that pack.

    Args:
        value: what ``load_json`` returned.

    Raises:
        CaseError: with the JSON path of the first offending value.
    """
    node = Node(value, "$")
    items = node.items()
    if not items:
        raise node.fail(_("expected at least one case"))
    return tuple(_example(item, pack) for item in items)


def differences(example: Example, verdict: Verdict) -> tuple[Difference, ...]:
    """What came out otherwise than expected; empty where all is as expected."""
    found: list[Difference] = []
    if example.status is not None and example.status is not verdict.status:
        found.append(Difference("status", example.status, verdict.status))
    if example.earliest is not None and example.earliest != verdict.earliest:
        found.append(Difference("earliest", str(example.earliest), str(verdict.earliest)))
    if example.findings is not None:
        came = tuple(_as_expected(finding) for finding in verdict.findings)
        found.extend(_compared(example.findings, came))
    return tuple(found)


def _example(node: Node, pack: Pack) -> Example:
    fields = node.fields(("name", "case", "expected"), ("why",))
    if why := fields.get("why"):
        why.text(_("a sentence"))
    expected = fields["expected"]
    parts = expected.fields((), ("status", "earliest", "findings"))
    status, earliest, findings = (parts.get(key) for key in ("status", "earliest", "findings"))
    if status is None and earliest is None and findings is None:
        raise expected.fail(_("expected at least one of status, earliest, findings"))
    return Example(
        name=fields["name"].text(_("a name for the case")),
        case=_case(fields["case"], pack),
        status=Status(status.word(_STATUSES)) if status else None,
        earliest=earliest.day() if earliest else None,
        findings=_findings(findings) if findings else None,
    )


def _case(node: Node, pack: Pack) -> Case:
    """The case; it is asked of the pack tested, which it may name."""
    value = node.value
    if isinstance(value, JsonObject) and value.repeated is None:
        named = value.get("pack", pack.id)
        if isinstance(named, str) and named != pack.id:
            raise CaseError(
                f"{node.path}.pack",
                _(
                    "this case is for the pack “{named}”, but “{pack_id}” is tested; "
                    "expected “{pack_id}”, or no pack at all"
                ).format(named=named, pack_id=pack.id),
            )
        value = JsonObject([("pack", named), *((k, v) for k, v in value.items() if k != "pack")])
    return parse_case(value, pack.vocabulary, (pack.id,), node.path)


def _findings(node: Node) -> tuple[ExpectedFinding, ...]:
    found: dict[str, ExpectedFinding] = {}
    for item in node.items():
        finding = _finding(item)
        if finding.rule in found:
            raise CaseError(f"{item.path}.rule", _("expected each rule once"))
        found[finding.rule] = finding
    return tuple(found.values())


def _finding(node: Node) -> ExpectedFinding:
    fields = node.fields(("rule", "status", "counted"), ("earliest",))
    status = Status(fields["status"].word(_STATUSES))
    earliest = fields.get("earliest")
    if (earliest is not None) != (status is Status.NOT_BEFORE):
        raise CaseError(
            f"{node.path}.earliest",
            _("expected this field with the status not-before, and only then"),
        )
    return ExpectedFinding(
        rule=fields["rule"].text(_("the id of a rule")),
        status=status,
        earliest=earliest.day() if earliest else None,
        counted=tuple(item.day() for item in fields["counted"].items()),
    )


def _as_expected(finding: Finding) -> ExpectedFinding:
    return ExpectedFinding(finding.rule, finding.status, finding.earliest, finding.counted)


def _compared(
    expected: tuple[ExpectedFinding, ...], came: tuple[ExpectedFinding, ...]
) -> Iterable[Difference]:
    wanted, given = [item.rule for item in expected], [item.rule for item in came]
    answers = {item.rule: item for item in came}
    for item in expected:
        answer = answers.get(item.rule)
        if answer is None:
            yield Difference(item.rule, str(item), _("no finding"))
        else:
            yield from _fields(item, answer)
    for answer in came:
        if answer.rule not in wanted:
            yield Difference(answer.rule, _("no finding"), str(answer))
    if sorted(wanted) == sorted(given) and wanted != given:
        yield Difference(_("order of the findings"), ", ".join(wanted), ", ".join(given))


def _fields(item: ExpectedFinding, answer: ExpectedFinding) -> Iterable[Difference]:
    if item.status is not answer.status:
        yield Difference(_("{rule}, status").format(rule=item.rule), item.status, answer.status)
    if item.earliest != answer.earliest:
        yield Difference(
            _("{rule}, earliest").format(rule=item.rule), _day(item.earliest), _day(answer.earliest)
        )
    if item.counted != answer.counted:
        yield Difference(
            _("{rule}, counted").format(rule=item.rule), _days(item.counted), _days(answer.counted)
        )


def _day(day: date | None) -> str:
    return str(day) if day else "none"


def _days(days: tuple[date, ...]) -> str:
    return ", ".join(str(day) for day in days) or "none"
