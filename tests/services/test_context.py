"""Every service declares what it is; roles are allowed and refused as the table says."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from sqlalchemy import event, text

import clinicdesk.services
from clinicdesk.domain.errors import NotAllowed
from clinicdesk.domain.permissions import GRANTED, Permission, Role
from clinicdesk.domain.rows.people import Actor
from clinicdesk.services.context import Declared, Work, act, ask, look


def declared_services():
    """(module, name, declaration) of every service function."""
    for found in pkgutil.walk_packages(clinicdesk.services.__path__, "clinicdesk.services."):
        module = importlib.import_module(found.name)
        for name, thing in vars(module).items():
            declaration = getattr(thing, "declared", None)
            if isinstance(declaration, Declared) and thing.__module__ == found.name:
                yield found.name, name, declaration


def test_every_service_declares_a_permission_and_its_own_action():
    services = list(declared_services())
    assert len(services) >= 7
    for module, name, declaration in services:
        assert declaration.why or declaration.permission in Permission
        assert "." in declaration.action, f"{module}.{name}"


@act("test.act", Permission.VERIFY_AUDIT)
def _manage(work: Work, value: int) -> int:
    work.because("because")
    work.tx.changed("clinic")
    return value + 1


@look("test.look", Permission.SIGN)
def _look(work: Work) -> str:
    return work.actor.login


@ask(Permission.LOG_PROCEDURE)
def _ask(work: Work) -> str:
    return str(work.today)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("service", "args", "permission"),
    [
        (_manage, (1,), Permission.VERIFY_AUDIT),
        (_look, (), Permission.SIGN),
        (_ask, (), Permission.LOG_PROCEDURE),
    ],
)
def test_roles(embedded_clinic, role, service, args, permission):
    actor = Actor(1, "somebody", "Somebody", role, "desk 1")
    if permission in GRANTED[role]:
        service(embedded_clinic, actor, *args)
        return
    with pytest.raises(NotAllowed, match="Ask the clinic manager"):
        service(embedded_clinic, actor, *args)
    with embedded_clinic.store.read() as tx:
        row = tx.session.execute(
            text("SELECT action, login FROM audit_act ORDER BY id DESC LIMIT 1")
        ).one()
    assert tuple(row) == ("refused", "somebody")


@act("test.second", Permission.BOOK)
def _second(work: Work) -> None:
    work.tx.changed("clinic")
    work.needs(Permission.OVERRIDE_VERDICT, "Only a physician may.")


def test_one_refused_in_the_middle_leaves_only_that_he_was(clinic, frontdesk, physician):
    _second(clinic, physician)
    with pytest.raises(NotAllowed, match="Only a physician may"):
        _second(clinic, frontdesk)
    with clinic.store.read() as tx:
        rows = tx.session.execute(
            text("SELECT action, login FROM audit_act ORDER BY id DESC LIMIT 2")
        ).all()
    assert [tuple(row) for row in rows] == [
        ("refused", frontdesk.login), ("test.second", physician.login),
    ]  # fmt: skip


def test_an_act_returns_its_value_and_what_changed(clinic, manager):
    done = _manage(clinic, manager, 41)
    assert done.value == 42
    assert done.changes.kinds == {"clinic"}
    with clinic.store.read() as tx:
        row = tx.session.execute(
            text("SELECT action, reason FROM audit_act ORDER BY id DESC LIMIT 1")
        ).one()
    assert tuple(row) == ("test.act", "because")


def test_asking_leaves_no_trace(clinic, nurse):
    with clinic.store.read() as tx:
        before = tx.session.execute(text("SELECT count(*) FROM audit_act")).scalar()
    assert _ask(clinic, nurse) == "2026-11-24"
    with clinic.store.read() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM audit_act")).scalar() == before


@act("test.zone", Permission.BOOK)
def _zone(work: Work) -> str:
    return str(work.zone)


def test_who_holds_a_connection_asks_for_no_other(clinic, frontdesk):
    # As many acts at once as there are connections, each waiting for a second, wait for ever.
    engine, at_once = clinic.store.engine, []

    def taken(*_args):
        at_once.append(engine.pool.checkedout())

    event.listen(engine, "checkout", taken)
    clinic.refresh()
    assert _zone(clinic, frontdesk).value == "America/New_York"
    event.remove(engine, "checkout", taken)
    assert max(at_once) == 1
