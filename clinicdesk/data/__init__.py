"""The only room with SQLAlchemy, Alembic and the drivers."""
