"""Setting a clinic up and opening it again."""

from __future__ import annotations

import pytest

from clinicdesk.data.keys import CHEAP
from clinicdesk.data.store import Store
from clinicdesk.domain.errors import Invalid, Unavailable
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.staff import NewResource, NewStaff
from clinicdesk.services import passwords
from clinicdesk.services.clinics import ClinicSetup, create_clinic, letterhead, open_clinic
from clinicdesk.services.signin import sign_in

SETUP = ClinicSetup(
    name="Quillwater Pain Clinic",
    phone="(617) 555-0100",
    phone_urgent="(617) 555-0199",
    timezone="America/Chicago",
    country="US",
    manager_name="Priya Raman",
    manager_password="long enough",
    staff=(NewStaff("osei", "Dr. Amara Osei", Role.PHYSICIAN, "long enough"),),
    resources=(NewResource("C-arm room", "room", ("fluoroscopy",)),),
)


def _create(path, setup=SETUP, passphrase="long enough"):
    return create_clinic(path, passphrase, setup, keyring=False, kdf=CHEAP, hashing=passwords.CHEAP)


def test_a_new_clinic_opens_with_passphrase_and_code(tmp_path):
    clinic, code = _create(tmp_path / "c.db")
    clinic.close()
    for secret in ("long enough", code):
        again = open_clinic(tmp_path / "c.db", secret, keyring=False)
        assert letterhead(again).phone_urgent == "(617) 555-0199"
        assert again.zone.key == "America/Chicago"
        assert sign_in(again, "manager", "long enough", "desk").role == Role.MANAGER
        again.close()


def test_what_is_missing_is_said_before_anything_is_written(tmp_path):
    with pytest.raises(Invalid) as caught:
        _create(
            tmp_path / "c.db",
            ClinicSetup(
                name=" ",
                timezone="Mars/Olympus",
                paper="papyrus",
                manager_password="short",
                staff=(NewStaff("MANAGER", "", Role.NURSE, "x"),),
            ),
            "short",
        )
    assert set(caught.value.fields) == {
        "name", "country", "timezone", "paper", "manager_name", "manager_password", "passphrase",
        "staff.0.login", "staff.0.name", "staff.0.password",
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_clinic_nobody_set_up_says_so(tmp_path):
    store, _ = Store.create_embedded(tmp_path / "c.db", "demo", kdf=CHEAP, keyring=False)
    store.close()
    with pytest.raises(Unavailable, match="not set up yet"):
        open_clinic(tmp_path / "c.db", "demo", keyring=False)
