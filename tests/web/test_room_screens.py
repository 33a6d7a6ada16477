"""The room's screens: who may see which, what they may write there, and what the server tells them."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, vitals
from tests.web import pages

from slackwater.actions import sessions
from slackwater.records.models import User
from slackwater.rules.room.log import Alertness, Note, Payload, Rating, Struck, VitalSource

SignedIn = Callable[[User | None], Client]


def address(clinic: Clinic, name: str) -> str:
    return reverse(f"room:{name}", args=[clinic.session.public_id])


def facts(response: HttpResponse) -> dict[str, Any]:
    script = pages.soup(response).select_one("#room-facts")
    assert script is not None
    found: dict[str, Any] = json.loads(script.get_text())
    return found


def say(clinic: Clinic, payload: Payload) -> int:
    """Write an entry; its place in the log."""
    kept = sessions.perform(
        clinic.session.public_id, payload, by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    assert isinstance(kept["sequence"], int)
    return kept["sequence"]


def state(clinic: Clinic, client: Client, **query: str) -> dict[str, Any]:
    response = client.get(address(clinic, "state"), query)
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize("name", ["live", "watch"])
def test_each_screen_is_a_whole_and_neutral_page(clinic: Clinic, signed_in: SignedIn, name: str):
    response = signed_in(clinic.monitor).get(address(clinic, name))
    assert response.status_code == 200
    pages.check(response)


@pytest.mark.parametrize("name", ["live", "watch", "state", "forecast", "leave", "report"])
def test_a_strangers_room_is_as_one_that_is_not(clinic: Clinic, signed_in: SignedIn, name: str):
    for outsider in (clinic.stranger, clinic.owner):
        assert signed_in(outsider).get(address(clinic, name)).status_code == 404
    missing = reverse(f"room:{name}", args=[uuid4()])
    assert signed_in(clinic.monitor).get(missing).status_code == 404


@pytest.mark.parametrize("name", ["live", "watch", "state", "forecast", "leave", "report"])
def test_nobody_sees_a_room_without_signing_in(clinic: Clinic, signed_in: SignedIn, name: str):
    response = signed_in(None).get(address(clinic, name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("people:sign-in"))


def test_the_second_screen_has_nothing_to_write_with(clinic: Clinic, signed_in: SignedIn):
    response = signed_in(clinic.monitor).get(address(clinic, "watch"))
    page = pages.soup(response)
    assert not page.select(".dock")
    assert not page.select("dialog form button[type=submit], dialog form button.primary, #sheet-stop")
    assert not any(facts(response)["can"].values())


def test_each_person_may_write_what_is_theirs_to_write(clinic: Clinic, signed_in: SignedIn):
    def may(user: User) -> set[str]:
        can = facts(signed_in(user).get(address(clinic, "live")))["can"]
        return {name for name, is_granted in can.items() if is_granted}

    assert {"dose", "vitals", "rating", "left", "stop"} <= may(clinic.monitor)
    assert "dose" not in may(clinic.guide)
    assert {"rating", "stop", "note"} <= may(clinic.guide)
    assert may(clinic.patient_user) == {"rating", "stop", "said_no", "asked"}


def test_only_a_prescriber_is_asked_to_accept_a_raised_pressure(clinic: Clinic, signed_in: SignedIn):
    def asked(user: User) -> set[str]:
        page = pages.soup(signed_in(user).get(address(clinic, "live")))
        return {str(row["data-check"]) for row in page.select("[data-check]")}

    assert "pressure_accepted" in asked(clinic.prescriber)
    assert "pressure_accepted" not in asked(clinic.monitor)


def test_a_screen_that_was_away_asks_for_what_it_missed(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    before = say(clinic, Rating(depth=3))
    after = say(clinic, Rating(depth=5))
    assert [one["sequence"] for one in state(clinic, client, after=str(before))["entries"]] == [after]
    assert [one["sequence"] for one in state(clinic, client)["entries"]] == list(range(1, after + 1))


@pytest.mark.parametrize("after", ["-1", "x", "1e3", "１", "9" * 30])
def test_a_place_in_the_log_that_is_none_brings_everything(clinic: Clinic, signed_in: SignedIn, after: str):
    assert state(clinic, signed_in(clinic.monitor), after=after)["entries"][0]["kind"] == "opened"


def test_the_first_dose_waits_for_its_baseline(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    waiting = state(clinic, client)["next_dose"]
    assert waiting["is_allowed"] is False
    assert {finding["id"] for finding in waiting["findings"]} == {"AGR-09", "M09", "M10", "P07"}
    clinic.baseline()
    ready = state(clinic, client)["next_dose"]
    assert ready["is_allowed"] is True
    assert (ready["number"], ready["amount_ug"], ready["duration_s"]) == (1, 35_000, 2400)


def test_an_order_without_a_booster_holds_no_second_dose(clinic: Clinic, signed_in: SignedIn):
    clinic.baseline()
    say(clinic, clinic.dose())
    assert state(clinic, signed_in(clinic.monitor))["next_dose"] is None


def test_a_reading_past_its_limit_is_ranked_and_stands_beside_its_number(clinic: Clinic, signed_in: SignedIn):
    say(clinic, vitals(sbp=1700, dbp=900))
    alerts = state(clinic, signed_in(clinic.monitor))["alerts"]
    assert [(one["id"], one["level"], one["codes"]) for one in alerts] == [("M04", "medium", ["sbp", "dbp"])]
    assert alerts[0]["source"]


def test_a_nought_from_a_monitor_is_kept_and_never_a_reading(clinic: Clinic, signed_in: SignedIn):
    say(clinic, vitals(source=VitalSource.MONITOR, spo2=0))
    found = state(clinic, signed_in(clinic.monitor))
    assert found["entries"][-1]["payload"]["readings"][0]["quality"] == "disconnected"
    assert [one["level"] for one in found["alerts"]] == ["low"]


def test_what_is_overdue_makes_its_number_old(clinic: Clinic, signed_in: SignedIn):
    clinic.baseline()
    say(clinic, clinic.dose())
    found = state(clinic, signed_in(clinic.monitor))
    pressure = next(one for one in found["due"] if one["task"] == "pressure")
    assert pressure["opens"] == "vitals"
    assert found["old_from"]["sbp"] == pressure["late_at"]


def test_a_struck_alertness_counts_for_nothing(clinic: Clinic, signed_in: SignedIn):
    clinic.baseline()
    wrong = say(clinic, Alertness(moaas=2))
    assert state(clinic, signed_in(clinic.monitor))["alerts"]
    say(clinic, Struck(sequence=wrong, reason="another patient"))
    found = state(clinic, signed_in(clinic.monitor))
    assert not found["alerts"]
    assert found["entries"][-2]["payload"] == {"moaas": 2}


def test_the_crowd_is_asked_before_any_dose_and_says_that_it_is_a_plan(clinic: Clinic, signed_in: SignedIn):
    found = signed_in(clinic.monitor).get(address(clinic, "forecast")).json()
    assert found["planned"] is True
    assert len(found["time_min"]) == len(found["quantities"]["depth"]["now"]["p50"])
    assert found["basis"]


def test_what_somebody_wrote_stays_text_in_the_page(clinic: Clinic, signed_in: SignedIn):
    say(clinic, Note(text="</script><script>alert(1)</script>"))
    response = signed_in(clinic.monitor).get(address(clinic, "live"))
    assert b"<script>alert" not in response.content
    assert facts(response)["state"]["entries"][-1]["payload"]["text"] == "</script><script>alert(1)</script>"
