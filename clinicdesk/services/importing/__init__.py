"""Patients from a file: read as it is, shown before anything is written, taken over in one go."""

from clinicdesk.domain.dates import ORDERS
from clinicdesk.services.importing.mapping import FIELDS, FieldInfo
from clinicdesk.services.importing.matching import DUPLICATES
from clinicdesk.services.importing.preview import ImportPreview, preview
from clinicdesk.services.importing.report import ImportReport
from clinicdesk.services.importing.rows import Oddity, Refusal
from clinicdesk.services.importing.run import ImportSource, import_patients
from clinicdesk.services.importing.understanding import Stopped

__all__ = [
    "DUPLICATES",
    "FIELDS",
    "ORDERS",
    "FieldInfo",
    "ImportPreview",
    "ImportReport",
    "ImportSource",
    "Oddity",
    "Refusal",
    "Stopped",
    "import_patients",
    "preview",
]
