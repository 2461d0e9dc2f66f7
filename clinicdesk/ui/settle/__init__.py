"""The list of what waits for whom: dangers, refusals, blood thinners, promised calls."""
