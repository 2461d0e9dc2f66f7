"""The store: one clinic's database, embedded or on a server, and its transactions."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session, UOWTransaction, sessionmaker

from clinicdesk.data import engine as engines
from clinicdesk.data import keys, schema, wal
from clinicdesk.data.errors import FULL_TO_OPEN, translate
from clinicdesk.data.keys import KdfCost
from clinicdesk.data.search import index_patients
from clinicdesk.data.shares import refuse_share
from clinicdesk.data.tx import Tx
from clinicdesk.data.upgrade_copy import keep_copy
from clinicdesk.domain.clock import Clock, SystemClock
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.server_address import is_server, refuse_address
from clinicdesk.domain.translation import _

log = logging.getLogger(__name__)
Passphrase = str | Callable[[], str]
SYSTEM = "(program)"
_LEAST_ROOM = 2**17
"""Bytes: what opening a clinic takes, and a little."""


@contextmanager
def in_words(*, files: bool = False) -> Iterator[None]:
    """Turns drivers' errors into the clinic's; bugs pass as they are.

    Args:
        files: the files touched inside are the database's own, so that their errors are too.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and not files:
            raise
        known = translate(error)
        if known is None or known is error:
            raise
        facts = {"as": getattr(known, "kind", type(known).__name__), "was": type(error).__name__}
        log.warning("the database said no", extra={"facts": facts})
        raise known from error


class Store:
    """An open clinic database.

    Attributes:
        where: path or URL without its password.
        embedded: the file, or None on a server.
        set_aside: where a write-ahead log of another day was put when the clinic was opened.
    """

    def __init__(
        self,
        engine: Engine,
        where: str,
        embedded: Path | None = None,
        clock: Clock | None = None,
        set_aside: Path | None = None,
        key: bytes | None = None,
    ) -> None:
        self.engine = engine
        self.where = where
        self.embedded = embedded
        self.set_aside = set_aside
        self._key = key
        self._marker = wal.Marker(embedded) if embedded else None
        self.clock: Clock = clock or SystemClock()
        writer = engine.execution_options(**{engines.WRITE: True})
        self._readers = sessionmaker(engine, expire_on_commit=False, autoflush=False)
        self._writers = sessionmaker(writer, expire_on_commit=False)
        kind = {"database": self.dialect, "schema": schema.HEAD}
        log.info("database open", extra={"facts": kind})

    # -- opening ----------------------------------------------------------------------------

    @classmethod
    def create_embedded(
        cls,
        path: Path | str,
        passphrase: str,
        *,
        kdf: KdfCost | None = None,
        keyring: bool = True,
        clock: Clock | None = None,
    ) -> tuple[Store, str]:
        """A new encrypted database; returns it with the recovery code to be printed.

        Raises Unavailable: ``other`` if something is there already, ``network-share``,
        ``read-only``, ``disk-full``.
        """
        refuse_address(path)
        path = Path(path).expanduser().absolute()
        refuse_share(path)
        envelope = keys.envelope_path(path)
        for existing in (path, envelope):
            if existing.exists():
                raise Unavailable(
                    _("There is already a file {existing_name}. Choose another name.").format(
                        existing_name=existing.name
                    ),
                    "other",
                )
        with in_words(files=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            key, key_id, code = keys.create(path, passphrase, kdf or KdfCost())
            engine = engines.embedded(path, key)
            try:
                schema.upgrade(engine)
            except BaseException:
                engine.dispose()
                for left in (path, envelope, *(_beside(path, end) for end in wal.ENDINGS)):
                    with suppress(OSError):
                        left.unlink(missing_ok=True)
                raise
        _make_private(path)
        if keyring:
            keys.remember(key_id, key)
        return cls(engine, str(path), path, clock, key=key), code

    @classmethod
    def open(
        cls,
        where: Path | str,
        passphrase: Passphrase | None = None,
        *,
        keyring: bool = True,
        clock: Clock | None = None,
    ) -> Store:
        """Opens a file or a ``postgresql://`` URL and upgrades its schema if need be.

        The key of a file comes from the keyring, else from ``passphrase`` (a
        passphrase or recovery code, or a callable that asks for it). Of a server it is the
        password of its user, where neither the address nor the system knows the right one.
        Raises Unavailable with a sentence for the user.
        """
        if is_server(where):
            return cls._open_server(str(where), passphrase, clock)
        refuse_address(where)
        path = Path(where).expanduser().absolute()
        refuse_share(path)
        if not path.exists():
            raise Unavailable(
                _("There is no clinic at {path}. Choose another file.").format(path=path), "missing"
            )
        with in_words(files=True), _full_is_said(path):
            key = _key(path, passphrase, keyring=keyring)
            aside = wal.set_aside_foreign(path, key)
            engine = engines.embedded(path, key)
            try:
                if not schema.check(engine):
                    if not schema.empty(engine):
                        keep_copy(engine, path, key, schema.HEAD)
                    schema.upgrade(engine)
            except BaseException:
                engine.dispose()
                raise
        return cls(engine, str(path), path, clock, aside, key)

    @classmethod
    def _open_server(cls, url: str, secret: Passphrase | None, clock: Clock | None) -> Store:
        engine = engines.server(url)
        try:
            with in_words():
                ready = schema.check(engine)
        except Unavailable as error:
            engine.dispose()
            if error.kind != "wrong-key" or secret is None:
                raise
            # What is asked for to open a server is its user's password.
            engine = engines.server(url, secret if isinstance(secret, str) else secret())
            with in_words():
                ready = schema.check(engine)
        with in_words():
            if not ready:
                engine.dispose()
                raise Unavailable(
                    _(
                        "This server's clinic is not set up for this version of ClinicDesk. "
                        "Run: clinicdesk server init"
                    ),
                    "other",
                )
        return cls(engine, engine.url.render_as_string(hide_password=True), None, clock)

    @classmethod
    def create_schema(cls, url: str, *, clock: Clock | None = None) -> Store:
        """Prepares an empty PostgreSQL database (or upgrades one) and opens it."""
        engine = engines.server(url)
        with in_words():
            schema.check(engine)
            schema.upgrade(engine)
        return cls(engine, engine.url.render_as_string(hide_password=True), None, clock)

    def renew_recovery(self) -> str:
        """A new recovery code, to be printed; the one before opens nothing any more."""
        assert self.embedded is not None
        assert self._key is not None
        with in_words(files=True):
            return keys.renew_recovery(self.embedded, self._key)

    # -- working ----------------------------------------------------------------------------

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def read(self, actor: Actor | None = None, *, one_moment: bool = False) -> Iterator[Tx]:
        """A transaction that changes nothing; it is rolled back at its end.

        Args:
            actor: who asks.
            one_moment: all that is read is of one moment, however many questions. A file always
                reads so; a server does only when it is asked.
        """
        with in_words(), self._readers() as session:
            if one_moment and self.dialect == "postgresql":
                session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            yield Tx(session, now=self.clock.now(), actor=actor)

    @contextmanager
    def write(
        self,
        actor: Actor | None,
        action: str,
        reason: str = "",
        *,
        login: str = SYSTEM,
        workstation: str = "",
    ) -> Iterator[Tx]:
        """A transaction that writes its own audit entry; committed at a clean exit.

        Args:
            actor: who acts; None for the program, under ``login``.
            action: e.g. ``appointment.book``.
        """
        with in_words(), self._writers() as session:
            schema.still_ours(session)
            tx = Tx(
                session,
                now=self.clock.now(),
                actor=actor,
                action=action,
                reason=reason,
                writing=True,
                login=login,
                workstation=workstation,
            )
            event.listen(session, "after_flush", _Capture(tx))
            yield tx
            tx.flush()
            index_patients(tx, tx.to_index)
            tx.seal()
            session.commit()
        self._mark()

    @contextmanager
    def unaudited(self, actor: Actor | None = None) -> Iterator[Tx]:
        """A transaction for what is no record yet (drafts) or is derived (search index).

        What it says is changed is told to the other windows all the same.
        """
        with in_words(), self._writers() as session:
            schema.still_ours(session)
            tx = Tx(session, now=self.clock.now(), actor=actor, writing=True)
            yield tx
            tx.tell()
            session.commit()
        self._mark()

    def _mark(self) -> None:
        """After a commit: a write-ahead log that has begun is marked as this file's."""
        if self._marker is None or not self._marker.due:
            return
        with suppress(Exception), self.engine.connect() as connection:
            self._marker.mark(connection.connection.dbapi_connection)

    def close(self) -> None:
        """Closes every connection; the embedded log is folded into the file."""
        if self.embedded is not None:
            with suppress(Exception), self.engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.engine.dispose()
        if self._marker is not None:
            self._marker.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *__: object) -> None:
        self.close()


@contextmanager
def _full_is_said(path: Path) -> Iterator[None]:
    """SQLite calls it an error of the disk when there is no room to open a file."""
    try:
        yield
    except Exception as error:
        known = translate(error)
        if isinstance(known, Unavailable) and known.kind == "other" and _no_room(path):
            raise Unavailable(FULL_TO_OPEN, "disk-full") from error
        raise


def _no_room(path: Path) -> bool:
    return shutil.disk_usage(path.parent).free < _LEAST_ROOM


class _Capture:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def __call__(self, session: Session, __: UOWTransaction) -> None:
        self._tx.capture(session)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _make_private(path: Path) -> None:
    with suppress(OSError):
        path.chmod(0o600)


def _key(path: Path, passphrase: Passphrase | None, *, keyring: bool) -> bytes:
    envelope = keys.read(path)
    if isinstance(passphrase, str):
        key = keys.unlock(envelope, passphrase)
    else:
        found = keys.recall(envelope.key_id) if keyring else None
        if found is not None:
            return found
        if passphrase is None:
            raise Unavailable(_("This clinic asks for its passphrase."), "wrong-key")
        key = keys.unlock(envelope, passphrase())
    if keyring:
        keys.remember(envelope.key_id, key)
    return key
