"""What waits on a tablet is its author's, whoever signs in there next."""

from collections.abc import Iterator

import pytest
from tests import serving
from tests.clinic import Clinic
from tests.serving import body, entry, post

from slackwater.records.models import Entry


@pytest.fixture
def address(live_clinic: Clinic) -> Iterator[str]:
    with serving.server() as running:
        yield running


def test_entries_kept_for_one_person_are_not_signed_by_the_next(address: str, live_clinic: Clinic):
    waiting = body(live_clinic.session.public_id, entry("rating", {"depth": 4}))
    author = {"X-Author": str(live_clinic.monitor.pk)}
    refused = post(address, live_clinic.guide, waiting, **author)
    assert refused.status_code == 409
    assert [problem["code"] for problem in refused.json()["problems"]] == ["somebody-else"]
    assert not Entry.objects.filter(kind="rating").exists()
    sent = post(address, live_clinic.monitor, waiting, **author)
    assert sent.json()["results"][0]["entry"]["by"]["role"] == "monitor"
