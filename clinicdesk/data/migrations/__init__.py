"""Alembic revisions. They copy what they need: no table of today is imported by one."""
