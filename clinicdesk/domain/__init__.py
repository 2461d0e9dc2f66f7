"""What a clinic is, in plain Python: no Qt, no SQLAlchemy, no files."""
