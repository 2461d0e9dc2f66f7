"""Every service asks for what it declares, and refuses whom the table does not allow."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import clinicdesk.services
from clinicdesk.domain.errors import NotAllowed
from clinicdesk.domain.permissions import GRANTED, Permission, Role
from clinicdesk.domain.rows.people import Actor
from clinicdesk.services.context import Declared

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(clinicdesk.services.__path__, "clinicdesk.services.")
]
PARTS = {
    "context.require": "the check itself",
    "sheet_facts.material_of": "of sheets.prepare, which asks",
    "sheet_facts.facts_of": "of sheets.prepare, which asks",
    "sheet_facts.said_now": "of sheets.prepare, which asks",
    "sheet_facts.still_said": "of sheets.prepare, which asks",
    "sheet_facts.moment_of": "of sheets.prepare, which asks",
    "sheet_thinners.thinners_of": "of sheets.prepare, which asks",
    "sheet_thinners.check_restart": "of sheets.prepare, which asks",
    "sheet_thinners.over_at": "of sheets.prepare, which asks",
    "sheet_thinners.over_of": "of sheets.prepare, which asks",
    "sheet_texts.remember": "keeps the texts that were read before anybody signs in",
}
"""Take a clinic or an actor and ask nothing; why."""


def _public() -> Iterator[tuple[str, Any]]:
    """Every function of a service's module that others may call, where it is written."""
    for module in MODULES:
        for name, thing in inspect.getmembers(module, inspect.isfunction):
            if thing.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__.removeprefix('clinicdesk.services.')}.{name}", thing


def _takes_clinic_or_actor(thing: Any) -> bool:
    annotations = [p.annotation for p in inspect.signature(thing).parameters.values()]
    return "Clinic" in annotations or "Actor" in annotations


SERVICES = {name: thing.declared for name, thing in _public() if hasattr(thing, "declared")}
FUNCTIONS = {name: thing for name, thing in _public() if name in SERVICES}


def _asked_in_the_middle() -> set[Permission]:
    """Permissions of ``work.needs(Permission.X, …)`` and ``require(…, Permission.X, …)``."""
    found = set()
    for path in Path(clinicdesk.services.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = called or getattr(node.func, "id", "")
            if called in ("needs", "require"):
                found |= {
                    Permission[arg.attr]
                    for arg in node.args
                    if isinstance(arg, ast.Attribute)
                    and getattr(arg.value, "id", "") == "Permission"
                }
    return found


def test_the_services_are_found() -> None:
    assert len(SERVICES) > 50
    assert {"booking.book", "signin.sign_in", "due.refreshing.refresh"} <= set(SERVICES)


def test_every_permission_is_asked_for_by_some_service() -> None:
    asked = {declared.permission for declared in SERVICES.values()} | _asked_in_the_middle()
    assert set(Permission) - asked == set()


def test_whatever_takes_a_clinic_or_an_actor_declares_who_may() -> None:
    silent = [
        name
        for name, thing in _public()
        if _takes_clinic_or_actor(thing) and not hasattr(thing, "declared") and name not in PARTS
    ]
    assert silent == []


def test_what_everybody_may_do_says_why() -> None:
    open_to_all = {name: d for name, d in SERVICES.items() if d.permission is None}
    assert all(d.kind == "everybody" and d.why for d in open_to_all.values())
    assert set(open_to_all) == {
        "auditing.verify_with_key",
        "clinics.letterhead",
        "clocks.clock_fault",
        "clinics.recovery_is_safe",
        "clinics.waiting_recovery",
        "sheet_texts.languages",
        "sheet_texts.library",
        "sheets.paper_of",
        "signin.choose_password",
        "signin.confirm_password",
        "signin.sign_in",
        "signin.staff_for_sign_in",
    }


GUARDED = sorted(name for name, declared in SERVICES.items() if declared.permission is not None)


ALSO = {"notes.prepare": Permission.READ_NOTES}
"""What is asked for besides, on the way: a note is printed by who may read it."""


def _needed(name: str) -> set[Permission]:
    also = {ALSO[name]} if name in ALSO else set()
    return {SERVICES[name].permission} | also


@pytest.mark.parametrize("role", Role)
def test_a_service_refuses_whom_the_table_does_not_allow(embedded_clinic, role: Role) -> None:
    actor = Actor(1, "somebody", "Somebody", role, "desk 1")
    refused = set()
    for name in GUARDED:
        # Who may not is refused before anything else is looked at, the arguments included.
        try:
            FUNCTIONS[name](embedded_clinic, actor)
        except NotAllowed:
            refused.add(name)
        except Exception:  # noqa: BLE001 - allowed, and then the arguments are missing
            pass
    assert refused == {name for name in GUARDED if not _needed(name) <= GRANTED[role]}


def _compares_the_actors_role(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare) and "actor.role" in ast.unparse(node)


def test_nobody_asks_for_the_actors_role() -> None:
    strays = [
        f"{path.name}:{node.lineno}"
        for path in Path(clinicdesk.services.__path__[0]).parent.rglob("*.py")
        if "role" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if _compares_the_actors_role(node)
    ]
    assert strays == []


def test_declared_is_what_a_test_can_see() -> None:
    assert all(isinstance(declared, Declared) for declared in SERVICES.values())
