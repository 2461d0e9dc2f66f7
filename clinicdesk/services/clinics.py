"""Opening a clinic, and setting one up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from clinicdesk.catalogue.loader import Catalogue, installed_catalogue
from clinicdesk.data.keys import KdfCost
from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.data.store import Passphrase, Store
from clinicdesk.data.tx import Tx
from clinicdesk.domain.broken_text import is_broken
from clinicdesk.domain.broken_text import sentence as broken_text
from clinicdesk.domain.clock import Clock, SystemClock
from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.phones import not_a_phone, read_phone
from clinicdesk.domain.places import countries
from clinicdesk.domain.rows.documents import ClinicLetterhead
from clinicdesk.domain.rows.staff import ClinicFacts, NewHours, NewResource, NewStaff
from clinicdesk.domain.translation import _
from clinicdesk.services import passwords, sheet_texts
from clinicdesk.services.case_building import CLINIC_DEFAULT
from clinicdesk.services.context import Clinic, everybody
from clinicdesk.services.passwords import HashCost

SHORTEST_PASSPHRASE = 8


def rule_packs() -> tuple[tuple[str, str], ...]:
    """Id and title of every pack on this computer, the default first.

    Raises:
        Malformed: the clinic's own files cannot be read.
    """
    packs = installed_catalogue().packs.values()
    return tuple(sorted(((p.id, p.title) for p in packs), key=_default_first))


def _default_first(pack: tuple[str, str]) -> tuple[bool, str]:
    return (pack[0] != CLINIC_DEFAULT, pack[1])


@dataclass(frozen=True)
class ClinicSetup:
    """What the first start asks.

    Attributes:
        phone_urgent: answers day and night; printed on after-care sheets.
        manager_name, manager_login, manager_password: the first account.
        staff: further accounts (physicians become columns of the schedule).
        resources: rooms and machines.
        country: ISO 3166 code, never guessed: it says how dates, hours, numbers and addresses
            are written and read.
        paper: ``letter`` or ``a4``; empty: the country's.
        pack: the interval rules for patients whose payer names none.
        hours: weekly opening hours of the clinic, Monday to Friday 08:00–17:00 by default.
    """

    name: str
    address: str = ""
    phone: str = ""
    phone_urgent: str = ""
    timezone: str = "America/New_York"
    paper: str = ""
    country: str = ""
    pack: str = CLINIC_DEFAULT
    manager_name: str = ""
    manager_login: str = "manager"
    manager_password: str = ""
    staff: tuple[NewStaff, ...] = ()
    resources: tuple[NewResource, ...] = ()
    hours: tuple[NewHours, ...] = (NewHours(),)
    demo: bool = False


def open_clinic(
    where: Path | str,
    passphrase: Passphrase | None = None,
    *,
    clock: Clock | None = None,
    catalogue: Catalogue | None = None,
    keyring: bool = True,
) -> Clinic:
    """Opens a clinic by file or ``postgresql://`` URL; raises Unavailable in words.

    Its own rules, catalogue and texts are read first: a clinic does not open with rules that
    cannot be read (Malformed, with file and line).

    Args:
        passphrase: passphrase or recovery code, or a callable that asks for it when the
            keyring does not know the key.
    """
    used = clock or SystemClock()
    catalogue = catalogue or installed_catalogue()
    texts = sheet_texts.read_library(catalogue.procedures)
    store = Store.open(where, passphrase, keyring=keyring, clock=used)
    clinic = Clinic(store, used, catalogue)
    sheet_texts.remember(clinic, texts)
    try:
        clinic.zone  # noqa: B018 - a clinic that was never set up says so now
    except BaseException:
        store.close()
        raise
    clinic.customs  # noqa: B018 - its tables are read here, not when the first page asks for a date
    return clinic


def create_clinic(
    path: Path | str,
    passphrase: str,
    setup: ClinicSetup,
    *,
    clock: Clock | None = None,
    catalogue: Catalogue | None = None,
    keyring: bool = True,
    kdf: KdfCost | None = None,
    hashing: HashCost | None = None,
    code_waits: bool = False,
) -> tuple[Clinic, str]:
    """Makes an embedded clinic; returns it with the recovery code to print.

    Args:
        code_waits: each start shows a recovery code until ``recovery_is_safe`` says it is safe.

    Raises Invalid (fields of ``ClinicSetup`` and ``passphrase``) and Malformed (the clinic's own
    rules, catalogue or texts) before anything is written, Unavailable.
    """
    wrong = check_setup(setup)
    if is_broken(passphrase):
        wrong["passphrase"] = broken_text()
    elif len(passphrase) < SHORTEST_PASSPHRASE and not setup.demo:
        wrong["passphrase"] = _("Use at least {shortest_passphrase} characters.").format(
            shortest_passphrase=SHORTEST_PASSPHRASE
        )
    if wrong:
        raise Invalid(wrong)
    used = clock or SystemClock()
    catalogue = catalogue or installed_catalogue()
    if setup.pack not in catalogue.packs:
        known = ", ".join(catalogue.packs)
        raise Invalid(
            {
                "pack": _("There is no rule pack “{pack}”. Known are: {known}.").format(
                    pack=setup.pack, known=known
                )
            }
        )
    texts = sheet_texts.read_library(catalogue.procedures)
    store, code = Store.create_embedded(path, passphrase, kdf=kdf, keyring=keyring, clock=used)
    with store.write(None, "clinic.create") as tx:
        write_setup(tx, setup, hashing)
        if code_waits:
            settings_queries.set_recovery_waits(tx, waits=True)
    clinic = Clinic(store, used, catalogue)
    sheet_texts.remember(clinic, texts)
    return clinic, code


@everybody(_("the clinic is being set up: whoever opens it sees the code before anybody signs in"))
def waiting_recovery(clinic: Clinic) -> str:
    """A new recovery code where nobody has said yet that the last one is safe; else empty."""
    with clinic.store.read() as tx:
        waits = settings_queries.recovery_waits(tx)
    if not waits or clinic.store.embedded is None:
        return ""
    with clinic.store.write(None, "clinic.recovery") as tx:
        tx.note("recovery", shown=True)
        return clinic.store.renew_recovery()


@everybody(_("the clinic is being set up, and nobody has signed in yet"))
def recovery_is_safe(clinic: Clinic) -> None:
    """The recovery code is on paper: it is not shown again."""
    with clinic.store.write(None, "clinic.recovery") as tx:
        settings_queries.set_recovery_waits(tx, waits=False)


def check_setup(setup: ClinicSetup) -> dict[str, str]:
    """Field name to sentence for what cannot be taken."""
    wrong: dict[str, str] = {}
    if not setup.name.strip():
        wrong["name"] = _("Enter the clinic's name.")
    wrong |= _check_place(setup)
    if not setup.manager_name.strip():
        wrong["manager_name"] = _("Enter the manager's name.")
    if not setup.manager_login.strip():
        wrong["manager_login"] = _("Enter a user name.")
    taken: set[str] = {setup.manager_login.strip().lower()}
    if not setup.demo and len(setup.manager_password) < passwords.MINIMUM_LENGTH:
        wrong["manager_password"] = _("Use at least {minimum_length} characters.").format(
            minimum_length=passwords.MINIMUM_LENGTH
        )
    for n, person in enumerate(setup.staff):
        login = person.login.strip().lower()
        if not login or login in taken:
            wrong[f"staff.{n}.login"] = _("Every user name must be filled in and used once.")
        taken.add(login)
        if not person.name.strip():
            wrong[f"staff.{n}.name"] = _("Enter the name.")
        if not setup.demo and len(person.password) < passwords.MINIMUM_LENGTH:
            wrong[f"staff.{n}.password"] = _("Use at least {minimum_length} characters.").format(
                minimum_length=passwords.MINIMUM_LENGTH
            )
    return wrong


def _check_place(setup: ClinicSetup) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not setup.country:
        wrong["country"] = _("Say which country the clinic is in.")
    elif setup.country not in countries():
        wrong["country"] = _("This country is not known. Choose one from the list.")
    if not setup.timezone:
        wrong["timezone"] = _("Choose the time zone the clinic is in.")
    elif setup.timezone not in available_timezones():
        wrong["timezone"] = _("This time zone is not known. Choose one from the list.")
    if setup.paper not in ("", "letter", "a4"):
        wrong["paper"] = _("Choose Letter or A4.")
    for name in ("phone", "phone_urgent"):
        typed = getattr(setup, name).strip()
        if typed and setup.country and read_phone(typed, setup.country) is None:
            wrong[name] = not_a_phone(setup.country)
    return wrong


def _shown_phone(typed: str, country: str) -> str:
    found = read_phone(typed, country)
    return found.shown if found else typed.strip()


def write_setup(
    tx: Tx, setup: ClinicSetup, hashing: HashCost | None = None, since: date | None = None
) -> None:
    """Writes settings, accounts, rooms and hours into an empty database.

    Args:
        since: from when the opening hours hold; today by default.
    """
    settings_queries.write_clinic(
        tx,
        ClinicFacts(
            name=setup.name.strip(),
            address=setup.address.strip(),
            phone=_shown_phone(setup.phone, setup.country),
            phone_urgent=_shown_phone(setup.phone_urgent, setup.country),
            timezone=setup.timezone,
            paper=setup.paper or customs_of(setup.country).paper,
            country=setup.country,
            pack=setup.pack,
            demo=setup.demo,
        ),
    )
    people = [
        *setup.staff,
        NewStaff(setup.manager_login, setup.manager_name, Role.MANAGER, setup.manager_password),
    ]
    for place, person in enumerate(people):
        settings_queries.add_staff(
            tx,
            login=person.login,
            name=person.name.strip(),
            role=person.role,
            password_hash=passwords.hashed(person.password, hashing),
            position=place,
            # Whoever sets the clinic up knows the passwords that he gives to others.
            must_change=not setup.demo and person in setup.staff,
        )
    for place, resource in enumerate(setup.resources):
        settings_queries.add_resource(tx, resource, place)
    begin = since or tx.now.astimezone(ZoneInfo(setup.timezone)).date()
    for hours in setup.hours:
        settings_queries.add_hours(tx, hours, valid_from=begin)


@everybody(_("the clinic's own name and address; nothing of a patient"))
def letterhead(clinic: Clinic) -> ClinicLetterhead:
    """Who prints."""
    facts = clinic.settings
    return ClinicLetterhead(facts.name, facts.address, facts.phone, facts.phone_urgent)
