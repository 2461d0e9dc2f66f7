"""The schedule: a painted item view of the day, and the page around it."""
