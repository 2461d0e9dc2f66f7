"""Who may do what. Services check; the window only greys out."""

from __future__ import annotations

from enum import StrEnum

from clinicdesk.domain.translation import _


class Role(StrEnum):
    """A member of staff's role."""

    FRONT_DESK = "front_desk"
    NURSE = "nurse"
    PHYSICIAN = "physician"
    MANAGER = "manager"

    @property
    def label(self) -> str:
        """The word staff use for it."""
        return _ROLES[self]


_ROLES = {
    Role.FRONT_DESK: _("Front desk"),
    Role.NURSE: _("Nurse"),
    Role.PHYSICIAN: _("Physician"),
    Role.MANAGER: _("Manager"),
}


class Permission(StrEnum):
    """One thing a role may do."""

    FIND_PATIENT = "find_patient"
    OPEN_CHART = "open_chart"
    READ_NOTES = "read_notes"
    EDIT_PATIENT = "edit_patient"
    IMPORT_PATIENTS = "import_patients"
    SEE_SCHEDULE = "see_schedule"
    BOOK = "book"
    CHECK_IN = "check_in"
    WORK_DUE_LIST = "work_due_list"
    GIVE_REASON = "give_reason"
    OVERRIDE_VERDICT = "override_verdict"
    LOG_PROCEDURE = "log_procedure"
    SIGN = "sign"
    ANSWER_SAFETY = "answer_safety"
    CHOOSE_PRODUCTS = "choose_products"
    PRINT = "print"
    NAME_SITE = "name_site"
    MATCH_SITES = "match_sites"
    VERIFY_AUDIT = "verify_audit"
    MAP_PAYERS = "map_payers"


_EVERYBODY = frozenset(
    {
        Permission.FIND_PATIENT,
        Permission.OPEN_CHART,
        Permission.EDIT_PATIENT,
        Permission.SEE_SCHEDULE,
        Permission.BOOK,
        Permission.CHECK_IN,
        Permission.WORK_DUE_LIST,
        Permission.GIVE_REASON,
        Permission.PRINT,
        Permission.NAME_SITE,
    }
)

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.FRONT_DESK: _EVERYBODY | {Permission.IMPORT_PATIENTS},
    Role.NURSE: _EVERYBODY | {Permission.READ_NOTES, Permission.LOG_PROCEDURE},
    Role.PHYSICIAN: _EVERYBODY
    | {
        Permission.READ_NOTES,
        Permission.LOG_PROCEDURE,
        Permission.SIGN,
        Permission.ANSWER_SAFETY,
        Permission.OVERRIDE_VERDICT,
        Permission.CHOOSE_PRODUCTS,
        Permission.MATCH_SITES,
    },
    Role.MANAGER: _EVERYBODY
    | {
        Permission.IMPORT_PATIENTS,
        Permission.READ_NOTES,
        Permission.CHOOSE_PRODUCTS,
        Permission.VERIFY_AUDIT,
        Permission.MAP_PAYERS,
        Permission.MATCH_SITES,
    },
}


def may(role: Role, permission: Permission) -> bool:
    """Whether ``role`` holds ``permission``."""
    return permission in GRANTED[role]
