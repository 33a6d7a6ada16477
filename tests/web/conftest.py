"""A clinic, and browsers signed in as each of its people."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import clinic as made

from slackwater.records.models import User


@pytest.fixture
def clinic(db: None) -> made.Clinic:
    return made.clinic()


@pytest.fixture
def live_clinic(committed: None) -> made.Clinic:
    """As `clinic`, with commits that other threads and connections see."""
    return made.clinic()


@pytest.fixture
def signed_in() -> Callable[[User | None], Client]:
    """A browser signed in as somebody, or as nobody."""

    def browser_of(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return browser_of
