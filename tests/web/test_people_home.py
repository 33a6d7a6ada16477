"""The first page: what it shows of rooms and past visits, and what it reads to show it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import clinic as made
from tests.actions.test_earlier import FELT, finished
from tests.actions.test_leaving import Afternoon
from tests.clinic import Clinic, vitals
from tests.web import pages

from slackwater.actions import boards
from slackwater.records.models import Session, User
from slackwater.rules.room.log import VitalSource

Browser = Callable[[User | None], Client]


def visits(clinic: Clinic, number: int) -> None:
    """So many finished visits of the clinic's patient, beside its open room."""
    for _ in range(number):
        another = made.clinic()
        finished(another, FELT)
        Session.objects.filter(pk=another.session.pk).update(patient=clinic.patient)


def read(browser: Client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(address).status_code == 200
    return [one["sql"] for one in asked.captured_queries]


def of_logs(queries: list[str]) -> list[str]:
    """Those that read what entries say, but for the one dose that tells how old a forecast may be."""
    said = '"records_entry"."payload", "records_entry"'
    return [sql for sql in queries if said in sql and "LIMIT 1" not in sql]


@pytest.mark.parametrize("who", ["prescriber", "monitor", "guide"])
def test_past_visits_cost_the_first_page_nothing(clinic: Clinic, signed_in: Browser, who: str) -> None:
    browser = signed_in(getattr(clinic, who))
    visits(clinic, 1)
    read(browser, "/")
    few = read(browser, "/")
    visits(clinic, 4)
    many = read(browser, "/")
    assert len(many) == len(few)
    # The one room in progress is read, and no log of a visit that is over.
    assert len(of_logs(many)) == len(of_logs(few)) == 1
    assert "finished" in pages.text(browser.get("/"))


def test_of_a_room_in_progress_its_course_alone_is_read_and_says_the_same(
    clinic: Clinic, signed_in: Browser
) -> None:
    afternoon = Afternoon(clinic)
    for minute in range(1, 40):
        afternoon.says(minute, vitals(VitalSource.MONITOR, hr=700 + minute))
    at = clinic.session.opened_at + timedelta(minutes=41)
    (listed,) = boards.in_progress(clinic.monitor, at=at)
    whole = boards.room(clinic.session, at=at)
    assert (listed.words, listed.elapsed_s, listed.factor) == (whole.words, whole.elapsed_s, whole.factor)
    assert listed.words == "first dose given"
    assert listed.state.readings == ()
    browser = signed_in(clinic.monitor)
    # The first time the crowd is asked, and that reads the whole log once.
    read(browser, "/")
    (reading,) = of_logs(read(browser, "/"))
    assert "IN ('" in reading
    assert "vitals" not in reading


def test_a_patients_page_lists_visits_without_reading_their_logs(clinic: Clinic, signed_in: Browser) -> None:
    visits(clinic, 3)
    browser = signed_in(clinic.prescriber)
    asked = read(browser, f"/patients/{clinic.patient.public_id}/")
    assert len(of_logs(asked)) == 1
    said = pages.text(browser.get(f"/patients/{clinic.patient.public_id}/"))
    assert said.count("Look back") == 3
    assert said.count("Enter the room") == 1


def test_the_owners_page_reads_no_log_at_all(clinic: Clinic, signed_in: Browser) -> None:
    visits(clinic, 1)
    assert of_logs(read(signed_in(clinic.owner), "/")) == []


def test_a_room_in_progress_and_a_visit_that_is_over_stand_apart(clinic: Clinic, signed_in: Browser) -> None:
    browser = signed_in(clinic.monitor)
    assert "Look back" not in pages.text(browser.get("/"))
    finished(clinic, FELT)
    said = pages.text(browser.get("/"))
    assert "No room is in session" in said
    assert said.count("Look back") == 1


def test_a_visit_of_the_demonstrations_past_that_is_still_played_is_nobodys_room(
    clinic: Clinic, signed_in: Browser
) -> None:
    Session.objects.filter(pk=clinic.session.pk).update(is_demo=True, script="past-01")
    assert "No room is in session" in pages.text(signed_in(clinic.monitor).get("/"))
