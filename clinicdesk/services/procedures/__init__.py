"""The procedure log: open, keep as a draft, save, sign, add to."""

from clinicdesk.services.procedures.checking import missing, plan_of
from clinicdesk.services.procedures.opening import open_log, open_procedure, to_do
from clinicdesk.services.procedures.prefill import (
    entry,
    for_another_procedure,
    for_other_sites,
    unusual_in,
)
from clinicdesk.services.procedures.saving import (
    addend,
    discard_draft,
    record,
    save_draft,
    sign,
)
from clinicdesk.services.procedures.settling import safety_of

__all__ = [
    "addend",
    "discard_draft",
    "entry",
    "for_another_procedure",
    "for_other_sites",
    "missing",
    "open_log",
    "open_procedure",
    "plan_of",
    "record",
    "safety_of",
    "save_draft",
    "sign",
    "to_do",
    "unusual_in",
]
