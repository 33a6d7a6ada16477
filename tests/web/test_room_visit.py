"""Opening a room, leaving it, and what is printed of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import clinic as made
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions import sessions
from slackwater.records.models import Entry, Session, User

SignedIn = Callable[[User | None], Client]
BASELINE = {"sbp": "122", "dbp": "78", "hr": "70", "spo2": "98", "moaas": "5"}
WHOLE = BASELINE | {"room": "Harbour", "is_patient": "on", "is_weight": "on"}


@pytest.fixture
def opening(clinic: Clinic) -> str:
    """Where another patient's room is opened, from an order of the same prescriber."""
    order = made.order(made.patient(), prescriber=clinic.prescriber)
    return reverse("room:open", args=[order.public_id])


def opened(response_url: str) -> Session:
    return Session.objects.get(public_id=response_url.rstrip("/").rsplit("/", 1)[-1])


def kinds(session: Session) -> list[str]:
    return list(Entry.objects.filter(session=session).order_by("sequence").values_list("kind", flat=True))


def test_the_opening_page_is_whole_and_chooses_nothing_by_itself(
    clinic: Clinic, signed_in: SignedIn, opening: str
):
    response = signed_in(clinic.monitor).get(opening)
    pages.check(response)
    assert not pages.soup(response).select("input[checked]")


def test_a_room_opens_with_its_baseline(clinic: Clinic, signed_in: SignedIn, opening: str):
    response = signed_in(clinic.monitor).post(opening, WHOLE)
    assert response.status_code == 302
    session = opened(response.headers["Location"])
    assert session.room == "Harbour"
    assert kinds(session) == ["opened", "vitals", "alertness"]
    readings = Entry.objects.get(session=session, kind="vitals").payload["readings"]
    assert {one["code"]: one["tenths"] for one in readings} == {
        "sbp": 1220, "dbp": 780, "hr": 700, "spo2": 980,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("is_patient", ""),
        ("is_weight", ""),
        ("moaas", ""),
        ("room", ""),
        ("room", "x" * 41),
        ("sbp", ""),
        ("sbp", "12O"),
        ("sbp", "１２２"),
        ("dbp", "7,8"),
        ("hr", "1e2"),
        ("hr", "-70"),
        ("spo2", "101"),
        ("spo2", "NaN"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_nothing_is_opened(
    clinic: Clinic, signed_in: SignedIn, opening: str, field: str, typed: str
):
    before = Session.objects.count()
    response = signed_in(clinic.monitor).post(opening, WHOLE | {field: typed})
    assert response.status_code == 422
    assert any(name.startswith(field) for name in pages.faults(response)), pages.faults(response)
    assert Session.objects.count() == before
    assert pages.value(response, "dbp") == (typed if field == "dbp" else "78")


def test_an_order_opens_one_room_only(clinic: Clinic, signed_in: SignedIn, opening: str):
    client = signed_in(clinic.monitor)
    assert client.post(opening, WHOLE).status_code == 302
    again = client.post(opening, WHOLE)
    assert again.status_code == 422
    assert "opened already" in pages.text(again)


def test_a_patient_opens_no_room(clinic: Clinic, signed_in: SignedIn, opening: str):
    assert signed_in(clinic.patient_user).post(opening, WHOLE).status_code == 403


def leaving(clinic: Clinic) -> str:
    return reverse("room:leave", args=[clinic.session.public_id])


def dosed(clinic: Clinic) -> None:
    clinic.baseline()
    sessions.perform(
        clinic.session.public_id, clinic.dose(), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )


def test_every_barrier_is_listed_with_what_clears_it_and_who_may_lift_it(clinic: Clinic, signed_in: SignedIn):
    dosed(clinic)
    response = signed_in(clinic.prescriber).get(leaving(clinic))
    pages.check(response)
    words = pages.text(response)
    for rule in ("M11", "P06", "R04.gait", "R04.oriented", "R05", "R06.safety"):
        assert f"{rule} ·" in words, rule
    assert words.count("What clears it:") == len(pages.soup(response).select(".barrier"))
    assert "nobody may set this aside" in words


def test_while_the_two_hours_last_no_reason_is_asked_and_nobody_can_confirm(
    clinic: Clinic, signed_in: SignedIn
):
    dosed(clinic)
    client = signed_in(clinic.prescriber)
    page = pages.soup(client.get(leaving(clinic)))
    assert not page.select("input[name^=aside-], input[name=confirm]")
    refused = client.post(leaving(clinic), {"confirm": "on", "aside-M11": "in a hurry", "aside-P06": "alone"})
    assert refused.status_code == 422
    assert "left" not in kinds(clinic.session)


def test_a_monitor_sets_nothing_aside(clinic: Clinic, signed_in: SignedIn):
    dosed(clinic)
    refused = signed_in(clinic.monitor).post(leaving(clinic), {"confirm": "on", "aside-R05": "not thirsty"})
    assert refused.status_code == 422
    assert "left" not in kinds(clinic.session)


def test_a_guide_reads_the_barriers_and_confirms_nothing(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.guide)
    assert client.get(leaving(clinic)).status_code == 200
    assert client.post(leaving(clinic), {"confirm": "on"}).status_code == 403


def test_without_any_drug_leaving_is_free_but_is_still_confirmed(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    assert client.post(leaving(clinic), {}).status_code == 422
    assert client.post(leaving(clinic), {"confirm": "on"}, follow=True).status_code == 200
    assert kinds(clinic.session)[-1] == "left"
    after = client.get(leaving(clinic))
    assert "Has left" in pages.text(after)
    assert reverse("room:report", args=[clinic.session.public_id]) in after.content.decode()


def test_the_report_has_a_name_that_names_nobody(clinic: Clinic, signed_in: SignedIn):
    response = signed_in(clinic.monitor).get(reverse("room:report", args=[clinic.session.public_id]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    for word in ("Robin", "Synthetic", "ketamine"):
        assert word.lower() not in response.headers["Content-Disposition"].lower()


def test_the_page_without_a_connection_knows_nobody(clinic: Clinic, signed_in: SignedIn):
    for user in (None, clinic.monitor):
        response = signed_in(user).get(reverse("room:offline"))
        assert response.status_code == 200
        assert "never authorised offline" in pages.text(response)
        for word in (clinic.monitor.shown_name, clinic.patient.family_name):
            assert word not in response.content.decode()


def test_the_worker_keeps_only_what_says_nothing(signed_in: SignedIn):
    response = signed_in(None).get(reverse("room:worker"))
    assert response.headers["Content-Type"].startswith("text/javascript")
    source = response.content.decode()
    assert "/static/room/offline.js" in source
    assert "state.json" not in source


def test_a_clinics_session_cannot_start_over(clinic: Clinic, signed_in: SignedIn):
    response = signed_in(clinic.monitor).post(reverse("room:start-over", args=[clinic.session.public_id]))
    assert response.status_code == 422
    clinic.session.refresh_from_db()
    assert clinic.session.put_away_at is None
    assert timezone.now() - clinic.session.opened_at < timedelta(minutes=1)


def test_the_leaving_page_says_until_when_nothing_is_agreed(clinic: Clinic, signed_in: SignedIn):
    dosed(clinic)
    words = pages.text(signed_in(clinic.monitor).get(leaving(clinic)))
    assert "Nothing new is agreed yet" in words
    assert "Narrowing and stopping always work" in words
    assert "R07.teach-back" in words


def test_the_leaving_page_tells_the_parts_of_recovery_apart(clinic: Clinic, signed_in: SignedIn):
    dosed(clinic)
    words = pages.text(signed_in(clinic.monitor).get(leaving(clinic)))
    # A moment after the infusion began only its beginning has been felt, but all of it counts.
    assert re.search(
        r"like this patient, by now and for good \d+ hardly feel it, \d+ are fully awake, \d+ think",
        words,
    )


def test_without_any_drug_the_leaving_page_speaks_of_no_window(clinic: Clinic, signed_in: SignedIn):
    assert "Nothing new is agreed yet" not in pages.text(signed_in(clinic.monitor).get(leaving(clinic)))
