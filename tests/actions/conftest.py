"""A clinic for each test that asks for one."""

import pytest
from tests import clinic as made


@pytest.fixture
def clinic(db: None) -> made.Clinic:
    return made.clinic()


@pytest.fixture
def live_clinic(committed: None) -> made.Clinic:
    """As `clinic`, with commits that other threads and connections see."""
    return made.clinic()
