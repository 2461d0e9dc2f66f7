"""What every service function is made with: the clinic, permissions, transactions, audit.

A public service function is written against a ``Work`` and decorated; callers
pass clinic and actor instead::

    @act("appointment.book", Permission.BOOK)
    def book(work: Work, request: BookRequest) -> int: ...

    done = book(clinic, actor, request)  # Done(value, changes)

``act`` writes and is audited, ``look`` reads and is audited (opening a chart is
an act too), ``ask`` only reads. What is made of several such steps, or is no record
(drafts, rows in hand), takes clinic and actor itself and is ``permitted``; what anybody
may do says so and why (``everybody``). A function without one of them is not a service.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import wraps
from time import monotonic
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.data.queries import site_names
from clinicdesk.data.store import Store
from clinicdesk.data.tx import Tx
from clinicdesk.domain.broken_text import refuse_broken
from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.clock import Clock
from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.errors import NotAllowed, Unavailable
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.staff import ClinicFacts
from clinicdesk.domain.site_names import SiteNames
from clinicdesk.domain.translation import _
from clinicdesk.services.owed import Owed

if TYPE_CHECKING:
    from clinicdesk.catalogue.loader import Catalogue

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)
_RETRIES = 3
SLOW_SECONDS = 1.0
"""What takes longer stands in the log file."""


class Clinic:
    """An open clinic: its database, its clock, its clinical knowledge.

    Attributes:
        catalogue: procedures, products, packs, the clinic's own over ours; loaded when first asked.
        settings: who the clinic is, as of the last ``refresh``.
        owed: looks that the audit had no room for.
    """

    def __init__(self, store: Store, clock: Clock, catalogue: Catalogue | None = None) -> None:
        self.store = store
        self.clock = clock
        store.clock = clock
        self.owed = Owed(store)
        self._catalogue = _for_a_clinic(catalogue) if catalogue else None
        self._names: site_names.Version | None = None
        self._naming: Tx | None = None
        self._settings: ClinicFacts | None = None

    @property
    def catalogue(self) -> Catalogue:
        if self._catalogue is None:
            from clinicdesk.catalogue.loader import installed_catalogue

            self._catalogue = _for_a_clinic(installed_catalogue())
        return self._catalogue

    @property
    def settings(self) -> ClinicFacts:
        if self._settings is None:
            with self.store.read() as tx:
                self._settings = settings_queries.clinic_facts(tx)
                self.learn_names(tx)
        return self._settings

    def know(self, tx: Tx) -> None:
        """Reads the settings in a transaction that is open, where they are not known yet: who
        holds one connection and waits for another may wait for ever."""
        if self._settings is None:
            with suppress(Unavailable):  # nobody has set the clinic up yet
                self._settings = settings_queries.clinic_facts(tx)
        if self._names is None or tx.writing:
            self.learn_names(tx)

    def learn_names(self, tx: Tx) -> None:
        """Reads the clinic's own names of sites, where any desk has added to them.

        Asked before anything is written and before an engine is; a page alone asks it once.
        """
        if self._naming not in (None, tx):
            return
        found = site_names.version(tx)
        if found != self._names:
            self.catalogue.vocabulary.names.learn(site_names.own_names(tx))
            self._names = found

    @contextmanager
    def naming(self, tx: Tx) -> Iterator[None]:
        """While names are given: another lane must not read the list as it was before."""
        self._naming = tx
        try:
            self.learn_names(tx)
            yield
        finally:
            self._naming = None

    def refresh(self) -> None:
        """Forgets the settings, so that they are read again."""
        self._settings = None

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.settings.timezone)

    @property
    def customs(self) -> Customs:
        """How the clinic's country writes dates, hours, numbers and addresses."""
        return customs_of(self.settings.country)

    def today(self) -> date:
        """The clinic's calendar date."""
        return self.clock.now().astimezone(self.zone).date()

    def notice(self) -> str:
        """What whoever opens the clinic should know of its file; empty for nothing."""
        aside = self.store.set_aside
        if aside is None:
            return ""
        return _(
            "Beside the clinic lay the write-ahead log of another day, as after a backup was put "
            "back. It was not played in, and is kept as {name}."
        ).format(name=aside.name)

    def close(self) -> None:
        """Closes the database."""
        self.owed.pay()
        self.store.close()


def _for_a_clinic(catalogue: Catalogue) -> Catalogue:
    return replace(catalogue, vocabulary=catalogue.vocabulary.for_a_clinic())


@dataclass(frozen=True)
class Done(Generic[T]):
    """What an act returned and what it changed."""

    value: T
    changes: ChangeSet


@dataclass(frozen=True)
class Declared:
    """What a service function says of itself.

    Attributes:
        kind: ``act``, ``look``, ``ask``, ``permitted`` or ``everybody``.
        permission: None of what anybody may do.
        why: why anybody may; empty where a permission is asked for.
    """

    kind: str
    action: str
    permission: Permission | None
    why: str = ""


class _Refused(NotAllowed):
    """Refused in the middle of an act; kept in the audit once the act is undone."""

    def __init__(self, sentence: str, permission: Permission) -> None:
        super().__init__(sentence)
        self.permission = permission


class Work:
    """What a service function holds while it works: the transaction and who asks."""

    def __init__(self, clinic: Clinic, actor: Actor, tx: Tx) -> None:
        self.clinic = clinic
        self.actor = actor
        self.tx = tx
        clinic.know(tx)

    @property
    def catalogue(self) -> Catalogue:
        return self.clinic.catalogue

    @property
    def names(self) -> SiteNames:
        """What names of sites mean."""
        return self.clinic.catalogue.vocabulary.names

    def newest_names(self) -> SiteNames:
        """As ``names``, with what any desk has said of them by now."""
        self.clinic.learn_names(self.tx)
        return self.names

    @property
    def zone(self) -> ZoneInfo:
        return self.clinic.zone

    @property
    def now(self) -> datetime:
        """The moment of the act, UTC."""
        return self.tx.now

    @property
    def today(self) -> date:
        return self.tx.now.astimezone(self.zone).date()

    def because(self, reason: str) -> None:
        """The reason that stands in the audit."""
        self.tx.reason = reason

    def needs(self, permission: Permission, sentence: str) -> None:
        """Asks for a second permission, where only the work itself shows that it takes one.

        Raises:
            NotAllowed: with ``sentence``; nothing is written but that it was refused.
        """
        if not self.actor.may(permission):
            raise _Refused(sentence, permission)


def require(clinic: Clinic, actor: Actor, permission: Permission, action: str) -> None:
    """Raises NotAllowed, and keeps the attempt in the audit."""
    if actor.may(permission):
        return
    _keep_refusal(clinic, actor, permission, action)
    raise NotAllowed(
        _("Your role ({role_label}) may not do this. Ask the clinic manager.").format(
            role_label=actor.role.label
        )
    )


def _keep_refusal(clinic: Clinic, actor: Actor, permission: Permission, action: str) -> None:
    with clinic.store.write(actor, "refused") as tx:
        tx.note("refused", action=action, permission=permission.value)


def act(
    action: str, permission: Permission
) -> Callable[
    [Callable[Concatenate[Work, P], T]], Callable[Concatenate[Clinic, Actor, P], Done[T]]
]:
    """Makes a service of a function that writes."""

    def made(
        function: Callable[Concatenate[Work, P], T],
    ) -> Callable[Concatenate[Clinic, Actor, P], Done[T]]:
        @wraps(function)
        def service(clinic: Clinic, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> Done[T]:
            require(clinic, actor, permission, action)
            _refuse_broken(function, 1, args, kwargs)
            for attempt in range(1, _RETRIES + 1):
                try:
                    with _timed(action), clinic.store.write(actor, action) as tx:
                        value = function(Work(clinic, actor, tx), *args, **kwargs)
                    clinic.owed.pay()
                    return Done(value, tx.changes)
                except _Refused as error:
                    _keep_refusal(clinic, actor, error.permission, action)
                    raise
                except Unavailable as error:
                    # Two desks that wait for each other: one is undone and tries again.
                    if error.kind != "busy" or attempt == _RETRIES or not _on_server(clinic):
                        raise
            raise AssertionError

        service.__dict__["declared"] = Declared("act", action, permission)
        return service

    return made


def look(
    action: str, permission: Permission
) -> Callable[[Callable[Concatenate[Work, P], T]], Callable[Concatenate[Clinic, Actor, P], T]]:
    """Makes a service of a function that reads what a look at must be kept of."""

    def made(
        function: Callable[Concatenate[Work, P], T],
    ) -> Callable[Concatenate[Clinic, Actor, P], T]:
        @wraps(function)
        def service(clinic: Clinic, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require(clinic, actor, permission, action)
            _refuse_broken(function, 1, args, kwargs)
            seen: list[tuple[Tx, T]] = []
            try:
                with _timed(action), clinic.store.write(actor, action) as tx:
                    seen.append((tx, function(Work(clinic, actor, tx), *args, **kwargs)))
            except Unavailable as error:
                if not seen:
                    raise
                # A full disk keeps nobody from reading.
                clinic.owed.keep(seen[0][0], error)
            else:
                clinic.owed.pay()
            return seen[0][1]

        service.__dict__["declared"] = Declared("look", action, permission)
        return service

    return made


def ask(
    permission: Permission, *, one_moment: bool = False
) -> Callable[[Callable[Concatenate[Work, P], T]], Callable[Concatenate[Clinic, Actor, P], T]]:
    """Makes a service of a function that only reads; ``one_moment`` as of ``Store.read``."""

    def made(
        function: Callable[Concatenate[Work, P], T],
    ) -> Callable[Concatenate[Clinic, Actor, P], T]:
        action = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"

        @wraps(function)
        def service(clinic: Clinic, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require(clinic, actor, permission, action)
            _refuse_broken(function, 1, args, kwargs)
            with _timed(action), clinic.store.read(actor, one_moment=one_moment) as tx:
                return function(Work(clinic, actor, tx), *args, **kwargs)

        service.__dict__["declared"] = Declared("ask", action, permission)
        return service

    return made


def permitted(
    action: str, permission: Permission
) -> Callable[
    [Callable[Concatenate[Clinic, Actor, P], T]], Callable[Concatenate[Clinic, Actor, P], T]
]:
    """Declares the permission of a service that opens its transactions itself."""

    def made(
        function: Callable[Concatenate[Clinic, Actor, P], T],
    ) -> Callable[Concatenate[Clinic, Actor, P], T]:
        @wraps(function)
        def service(clinic: Clinic, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require(clinic, actor, permission, action)
            _refuse_broken(function, 2, args, kwargs)
            return function(clinic, actor, *args, **kwargs)

        service.__dict__["declared"] = Declared("permitted", action, permission)
        return service

    return made


def everybody(why: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declares that no permission is asked for, and why none is."""

    def made(function: Callable[P, T]) -> Callable[P, T]:
        action = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"

        @wraps(function)
        def service(*args: P.args, **kwargs: P.kwargs) -> T:
            _refuse_broken(function, 0, args, kwargs)
            return function(*args, **kwargs)

        service.__dict__["declared"] = Declared("everybody", action, None, why)
        return service

    return made


def _refuse_broken(
    function: Callable[..., object],
    first: int,
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
) -> None:
    """Text of any field that cannot be kept, before anything is asked or written.

    ``first``: how many parameters of the function come before ``args``.
    """
    names = function.__code__.co_varnames[first:]
    refuse_broken((*zip(names, args, strict=False), *kwargs.items()))


@contextmanager
def _timed(action: str) -> Iterator[None]:
    """Keeps in the log what took long: its name and its time, never what it was about."""
    began = monotonic()
    try:
        yield
    finally:
        seconds = monotonic() - began
        if seconds >= SLOW_SECONDS:
            facts = {"name": action, "seconds": round(seconds, 2)}
            log.warning("slow", extra={"facts": facts})


def _on_server(clinic: Clinic) -> bool:
    return clinic.store.embedded is None
