"""The commands of the schedule, as data: keys, palette and key list are one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinicdesk.ui.actions import Action

if TYPE_CHECKING:
    from clinicdesk.ui.schedule.page import SchedulePage

_HERE = "schedule"


def actions_of(page: SchedulePage) -> tuple[Action, ...]:
    """What can be done on the page."""
    here, acts = _HERE, page.acts
    return (
        Action("schedule.new", "New appointment", "N", page.new_appointment, here, "calplus"),
        Action("schedule.find", "Find the next free slot", "F", page.find_slot, here, "search"),
        Action("schedule.today", "Go to today", "T", page.go_today, here, "cal"),
        Action("schedule.before", "Day before", "PgUp", page.day_before, here, "left"),
        Action("schedule.after", "Day after", "PgDown", page.day_after, here, "right"),
        Action("schedule.checkin", "Check in the patient", "I", acts.check_in, here, "check"),
        Action("schedule.log", "Log the selected procedure", "L", acts.log, here, "syringe"),
        Action("schedule.consent", "Print consent", "P", acts.print_consent, here, "print"),
        Action("schedule.aftercare", "Print after-care", "A", acts.print_aftercare, here, "print"),
        Action("schedule.move", "Move the selected appointment with the arrow keys", "M",
               page.view.begin_move, here, "cal"),
        Action("schedule.reschedule", "Give the selected appointment another day", "R",
               acts.open_move, here, "cal"),
    )  # fmt: skip
