"""Opening hours, conflicts and the layout of a day, in plain Python."""
