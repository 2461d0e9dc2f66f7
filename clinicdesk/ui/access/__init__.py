"""What a screen reader is told: announcements, roles, and the parts of what is painted."""

from clinicdesk.ui.access.parts import Part, PartWidget
from clinicdesk.ui.access.roles import speak_as
from clinicdesk.ui.access.speech import announce, focus_row

__all__ = ["Part", "PartWidget", "announce", "focus_row", "speak_as"]
