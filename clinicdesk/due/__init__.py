"""The due list's engine: from the records and what the rules answer to whom to call, and when.

Plain Python, like ``rules``: no files, no database, no window.
"""
