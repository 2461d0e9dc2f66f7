"""Questions to the database: functions that take a ``Tx`` and return frozen rows."""
