"""The commands of the schedule, as data: keys, palette and key list are one list."""

from __future__ import annotations

from clinicdesk.domain.translation import _
from clinicdesk.ui.actions import Action
from clinicdesk.ui.schedule.acts import Acts
from clinicdesk.ui.schedule.days import Days
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.openings import Openings
from clinicdesk.ui.schedule.seek import SlotSeeker

_HERE = "schedule"


def actions_of(
    days: Days, view: DayView, acts: Acts, openings: Openings, seeker: SlotSeeker
) -> tuple[Action, ...]:
    """What can be done on the page."""
    here = _HERE
    return (
        Action(
            "schedule.new", _("New appointment"), "N", openings.new_appointment, here, "calplus"
        ),
        Action(
            "schedule.find", _("Find the next free slot"), "F", seeker.find_slot, here, "search"
        ),
        Action("schedule.today", _("Go to today"), "T", days.go_today, here, "cal"),
        Action("schedule.before", _("Day before"), "PgUp", days.day_before, here, "left"),
        Action("schedule.after", _("Day after"), "PgDown", days.day_after, here, "right"),
        Action("schedule.checkin", _("Check in the patient"), "I", acts.check_in, here, "check"),
        Action("schedule.log", _("Log the selected procedure"), "L", acts.log, here, "syringe"),
        Action("schedule.consent", _("Print consent"), "P", acts.print_consent, here, "print"),
        Action(
            "schedule.aftercare", _("Print after-care"), "A", acts.print_aftercare, here, "print"
        ),
        Action(
            "schedule.move",
            _("Move the selected appointment with the arrow keys"),
            "M",
            view.begin_move,
            here,
            "cal",
        ),
        Action(
            "schedule.reschedule",
            _("Give the selected appointment another day"),
            "R",
            acts.open_move,
            here,
            "cal",
        ),
    )
