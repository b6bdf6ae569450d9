"""On PostgreSQL every request takes the row lock, so every test of a page has a database."""

import pytest


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Opened for the request alone."""
