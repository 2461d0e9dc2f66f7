"""The due list: whom to call, why and from when; what was done about it; who is at it."""

from clinicdesk.services.due.by_hand import drop_date, set_date, snooze, wake
from clinicdesk.services.due.contacting import log_contact, take_back
from clinicdesk.services.due.exporting import export_csv
from clinicdesk.services.due.listing import contacts, of_patient, opening, overview, rows
from clinicdesk.services.due.refreshing import behind, refresh
from clinicdesk.services.due.taking import release, take

__all__ = [
    "behind",
    "contacts",
    "drop_date",
    "export_csv",
    "log_contact",
    "of_patient",
    "opening",
    "overview",
    "refresh",
    "release",
    "rows",
    "set_date",
    "snooze",
    "take",
    "take_back",
    "wake",
]
