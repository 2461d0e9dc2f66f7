"""The panel of the schedule in which a patient who has come is checked in."""
