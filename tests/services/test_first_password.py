"""A password that somebody else gave lets nobody in before its owner has chosen one."""

from __future__ import annotations

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data.keys import CHEAP
from clinicdesk.domain.errors import FirstPassword, Invalid, SignInFailed
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.staff import NewStaff
from clinicdesk.services import passwords
from clinicdesk.services.clinics import ClinicSetup, create_clinic
from clinicdesk.services.signin import choose_password, sign_in

GIVEN, OWN = "given by Priya", "chosen by Amara"


@pytest.fixture
def real(tmp_path):
    """A clinic that somebody has just set up, with a physician."""
    setup = ClinicSetup(
        name="Harbor Pain", country="US", timezone="America/Chicago",
        manager_name="Priya Raman", manager_password="a long password",
        staff=(NewStaff("osei", "Dr. Amara Osei", Role.PHYSICIAN, GIVEN),),
    )  # fmt: skip
    clinic, __ = create_clinic(
        tmp_path / "c.db", "long enough", setup, keyring=False, kdf=CHEAP, hashing=passwords.CHEAP
    )
    yield clinic
    clinic.close()


def test_only_the_first_password_of_others_is_changed(real):
    assert sign_in(real, "manager", "a long password", "desk").role == Role.MANAGER
    with pytest.raises(FirstPassword, match="was given to you by somebody else"):
        sign_in(real, "osei", GIVEN, "desk")
    assert choose_password(real, "osei", GIVEN, OWN, "desk").name == "Dr. Amara Osei"
    assert sign_in(real, "osei", OWN, "desk").role == Role.PHYSICIAN
    with pytest.raises(SignInFailed, match="wrong"):
        sign_in(real, "osei", GIVEN, "desk")


@pytest.mark.parametrize(
    ("own", "says"), [("short", "at least 8"), (GIVEN, "given to you"), ("\udcff" * 9, "broken")]
)
def test_what_is_no_password_of_ones_own_is_said(real, own, says):
    with pytest.raises(Invalid, match=says):
        choose_password(real, "osei", GIVEN, own, "desk")
    with pytest.raises(FirstPassword):
        sign_in(real, "osei", GIVEN, "desk")


def test_a_wrong_given_password_changes_nothing(real):
    with pytest.raises(SignInFailed, match="wrong"):
        choose_password(real, "osei", "guessed", OWN, "desk")
    with pytest.raises(FirstPassword):
        sign_in(real, "osei", GIVEN, "desk")


def test_the_command_line_says_where_to_choose(real, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "long enough")
    monkeypatch.setenv("CLINICDESK_PASSWORD", GIVEN)
    argv = ["--database", str(real.store.embedded), "--user", "osei", "search", "soto"]
    assert main(argv) == 3
    assert "on the sign-in page of the window" in capsys.readouterr().err
