"""The parts that pages are made of."""

from clinicdesk.ui.widgets.buttons import Button, IconButton, Segmented, ToggleRow
from clinicdesk.ui.widgets.chips import Chip, FlowRow
from clinicdesk.ui.widgets.choice import Choice
from clinicdesk.ui.widgets.dialog import Dialog
from clinicdesk.ui.widgets.fields import (
    Field,
    NumberEdit,
    PasswordEdit,
    TextArea,
    TextEdit,
)
from clinicdesk.ui.widgets.more_chips import MoreChips
from clinicdesk.ui.widgets.patient_banner import Danger, PatientBanner, dangers, patient_chips
from clinicdesk.ui.widgets.site_edit import SiteEdit
from clinicdesk.ui.widgets.surfaces import (
    Banner,
    Card,
    EmptyState,
    Label,
    Line,
    Name,
    Skeleton,
    column,
    row,
    scrolled,
)
from clinicdesk.ui.widgets.type_ahead import TypeAhead, TypeAheadItem

__all__ = [
    "Banner",
    "Button",
    "Card",
    "Chip",
    "Choice",
    "Danger",
    "Dialog",
    "EmptyState",
    "Field",
    "FlowRow",
    "IconButton",
    "Label",
    "Line",
    "MoreChips",
    "Name",
    "NumberEdit",
    "PasswordEdit",
    "PatientBanner",
    "Segmented",
    "SiteEdit",
    "Skeleton",
    "TextArea",
    "TextEdit",
    "ToggleRow",
    "TypeAhead",
    "TypeAheadItem",
    "column",
    "dangers",
    "patient_chips",
    "row",
    "scrolled",
]
