"""The command line: for IT staff, scheduled jobs and tests. Heavy libraries are imported late."""
