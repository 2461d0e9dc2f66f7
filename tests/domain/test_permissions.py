"""What each role may do, row by row. A change here is a decision, so it is written out by hand."""

from __future__ import annotations

import pytest

from clinicdesk.domain.permissions import GRANTED, Permission, Role, may

P, R = Permission, Role

TABLE = {
    # permission:        front desk, nurse, physician, manager
    P.FIND_PATIENT:      (True,  True,  True,  True),
    P.OPEN_CHART:        (True,  True,  True,  True),
    P.READ_NOTES:        (False, True,  True,  True),
    P.EDIT_PATIENT:      (True,  True,  True,  True),
    P.IMPORT_PATIENTS:   (True,  False, False, True),
    P.SEE_SCHEDULE:      (True,  True,  True,  True),
    P.BOOK:              (True,  True,  True,  True),
    P.CHECK_IN:          (True,  True,  True,  True),
    P.WORK_DUE_LIST:     (True,  True,  True,  True),
    P.GIVE_REASON:       (True,  True,  True,  True),
    P.OVERRIDE_VERDICT:  (False, False, True,  False),
    P.LOG_PROCEDURE:     (False, True,  True,  False),
    P.SIGN:              (False, False, True,  False),
    P.ANSWER_SAFETY:     (False, False, True,  False),
    P.CHOOSE_PRODUCTS:   (False, False, True,  True),
    P.PRINT:             (True,  True,  True,  True),
    P.NAME_SITE:         (True,  True,  True,  True),
    P.MATCH_SITES:       (False, False, True,  True),
    P.VERIFY_AUDIT:      (False, False, False, True),
    P.MAP_PAYERS:        (False, False, False, True),
}  # fmt: skip
ROLES = (R.FRONT_DESK, R.NURSE, R.PHYSICIAN, R.MANAGER)


def test_every_permission_and_every_role_stands_in_the_table() -> None:
    assert set(TABLE) == set(Permission)
    assert set(ROLES) == set(Role) == set(GRANTED)


@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_what_the_table_says(permission: Permission) -> None:
    assert tuple(may(role, permission) for role in ROLES) == TABLE[permission]
