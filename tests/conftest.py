"""What tests with a database share."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database in which commits are real, for tests of locks, events and rollbacks.

    It is emptied afterwards, which the triggers refuse; so they are taken away for that moment alone.
    """
    from django.db import connection

    from slackwater.records import append_only

    append_only.create(connection)
    yield
    append_only.drop(connection)
