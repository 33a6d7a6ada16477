"""Going through medicines on a screen, where nothing that was typed is lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, takes
from tests.web import pages

from slackwater.actions import interactions, medicines
from slackwater.records.models import InteractionAside, MedicineLine, User
from slackwater.rules.interactions.findings import DayPlan
from slackwater.terms.route import Route

TOLD = {
    "words": "Lorazepam",
    "dose": "1 mg",
    "how_often": "at night",
    "source": "bottle",
    "when": "yesterday",
    "clock": "22:30",
}
REASON = "Weighed; saturation is watched all the time."

Browser = Callable[[User | None], Client]


@pytest.fixture
def doctor(clinic: Clinic, signed_in: Browser) -> Client:
    return signed_in(clinic.prescriber)


@pytest.fixture
def nurse(clinic: Clinic, signed_in: Browser) -> Client:
    return signed_in(clinic.monitor)


def address(name: str, clinic: Clinic) -> str:
    return reverse(f"medicines:{name}", args=[clinic.patient.public_id])


def send(client: Client, name: str, clinic: Clinic, sent: dict[str, str]) -> HttpResponse:
    return client.post(address(name, clinic), {"key": str(uuid4())} | sent)


def aside(clinic: Clinic, **changes: str) -> dict[str, str]:
    """What the form about the heaviest finding sends."""
    found = interactions.held(clinic.patient, route=Route.IV, at=timezone.now()).found[0]
    return {
        "rule": found.rule,
        "medicine": found.medicine.name,
        "sentence": found.sentence,
        "route": "iv",
        "reason": REASON,
    } | changes


def test_a_medicine_is_added_and_shown_with_who_says_so(nurse: Client, clinic: Clinic) -> None:
    response = send(nurse, "tell", clinic, TOLD)
    assert response.status_code == 302
    page = nurse.get(response.headers["Location"])
    pages.check(page)
    said = pages.text(page)
    assert "1 mg, at night" in said
    assert "from the box or bottle; Monitor Test" in said
    assert "Not asked today" in said
    assert "Not verified as it stands" in said
    [line] = MedicineLine.objects.filter(kind="told")
    assert line.last_taken_at is not None
    assert f"{timezone.localtime(line.last_taken_at):%H:%M}" == "22:30"


def test_each_grade_is_told_by_a_word_and_a_shape(nurse: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "cocaine", "methadone", "lorazepam", "sertraline", "lithium", "an unlisted herb",
          by=clinic.monitor)  # fmt: skip
    page = nurse.get(address("one", clinic))
    pages.check(page)
    shown = pages.soup(page).select(".interactions .grade")
    words = {one.get_text(" ", strip=True) for one in shown}
    assert words == {"Never together", "Not known", "Major", "Moderate", "Minor", "None shown"}
    shapes = {str(one.select_one("svg")) for one in shown}
    assert len(shapes) == 6


def test_a_finding_shows_how_what_was_seen_what_to_do_and_how_sure_we_are(
    nurse: Client, clinic: Clinic
) -> None:
    takes(clinic.patient, "sildenafil", by=clinic.monitor)
    said = pages.text(nurse.get(address("one", clinic)))
    for words in (
        "Vasodilatation: hypotension once ketamine pressor phase ends",
        "No human study with ketamine found; theoretical",
        "Do not take on dosing day",
        "24 h before the dose at the latest: nobody knows when it was",
        "clinical judgement (none located)",
        "no evidence located; judgement; design: 24 h, for tadalafil 48 h",
        "INT-D23",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": ""}, "sent_words"),
        ({"dose": ""}, "sent_dose"),
        ({"how_often": ""}, "sent_how_often"),
        ({"source": ""}, "sent_source"),
        ({"when": ""}, "sent_when"),
        ({"when": "earlier"}, "sent_day"),
        ({"clock": "25:00"}, "sent_clock"),
        ({"clock": "noon"}, "sent_clock"),
        ({"when": "earlier", "day_day": "31", "day_month": "2", "day_year": "2026"}, "sent_day"),
        ({"when": "earlier", "day_day": "1", "day_month": "2", "day_year": "2999"}, "sent_when"),
    ],
)
def test_what_is_wrong_is_named_and_everything_typed_stays(
    nurse: Client, clinic: Clinic, changes: dict[str, str], field: str
) -> None:
    sent = TOLD | {"dose": "17 mg"} | changes
    response = send(nurse, "tell", clinic, sent)
    assert response.status_code == 422
    pages.check(response)
    links = {link["href"].removeprefix("#") for link in pages.soup(response).select("#faults a")}
    assert any(link.startswith(field) for link in links), links
    page = pages.soup(response)
    for name in ("words", "dose", "how_often", "clock"):
        assert page.select_one(f"#sent_{name}").get("value", "") == sent[name]
    assert not clinic.patient.medicines.exists()


def test_a_correction_that_is_refused_stays_at_its_medicine(nurse: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "lorazepam", "sertraline", by=clinic.monitor)
    response = send(nurse, "tell", clinic, TOLD | {"of": "lorazepam", "dose": "", "how_often": "twice"})
    assert response.status_code == 422
    opened = pages.soup(response).select_one(".medicine-row details[open]")
    assert opened is not None
    assert opened.select_one("#sent_how_often")["value"] == "twice"
    assert "Lorazepam" in opened.find_parent("li").get_text()


def test_the_day_asks_when_it_was_taken_and_whether_it_was_left_out(
    doctor: Client, nurse: Client, clinic: Clinic
) -> None:
    takes(clinic.patient, "lorazepam", by=clinic.monitor)
    send(doctor, "decide", clinic, {"name": "lorazepam", "plan": "hold", "note": "With her own doctor"})
    said = pages.text(nurse.get(address("one", clinic)))
    assert "Hold on the day (Prescriber Test" in said
    assert "With her own doctor" in said
    assert "is to be left out today, and nobody has confirmed it" in said
    bare = send(nurse, "ask", clinic, {"name": "lorazepam", "when": "yesterday", "clock": "09:10"})
    assert bare.status_code == 422
    assert "it was not asked whether it was" in pages.text(bare)
    assert pages.soup(bare).select_one("#sent_clock")["value"] == "09:10"
    answered = {"name": "lorazepam", "when": "earlier", "held": "yes",
                "day_day": "1", "day_month": "2", "day_year": "2026"}  # fmt: skip
    assert send(nurse, "ask", clinic, answered).status_code == 302
    assert medicines.held_gaps(clinic.patient, at=timezone.now()) == ()
    [one] = medicines.on_list(clinic.patient)
    assert one.plan is DayPlan.HOLD
    assert one.last_taken_at is not None
    assert f"{timezone.localtime(one.last_taken_at):%d %b %Y %H:%M}" == "01 Feb 2026 23:59"


def test_a_list_is_verified_and_one_that_lacks_something_says_what(nurse: Client, clinic: Clinic) -> None:
    clinic.patient.medicines.create(name="lorazepam", by=clinic.monitor)
    response = send(nurse, "verify", clinic, {})
    assert response.status_code == 422
    assert "Lorazepam: its dose, how often it is taken and who says so are not written" in pages.text(
        response
    )
    send(nurse, "tell", clinic, TOLD)
    assert send(nurse, "verify", clinic, {}).status_code == 302
    assert "Verified by Monitor Test" in pages.text(nurse.get(address("one", clinic)))


def test_what_is_no_longer_taken_leaves_the_list(nurse: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "lorazepam", by=clinic.monitor)
    send(nurse, "end", clinic, {"name": "lorazepam"})
    assert not medicines.on_list(clinic.patient)
    assert "Nothing is on it" in pages.text(nurse.get(address("one", clinic)))


def test_the_route_changes_what_is_said(nurse: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "clarithromycin", by=clinic.monitor)

    def grade(route: str) -> str:
        page = pages.soup(nurse.get(address("one", clinic), {"route": route}))
        return str(page.select_one(".interactions .grade").get_text(strip=True))

    assert (grade("oral"), grade("iv"), grade("by-rocket")) == ("Major", "Minor", "Minor")


def test_a_moderate_one_is_set_aside_with_a_reason(doctor: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "levothyroxine", by=clinic.monitor)
    bare = send(doctor, "set-aside", clinic, aside(clinic, reason=" "))
    assert bare.status_code == 422
    assert "No reason was given" in pages.text(bare)
    assert send(doctor, "set-aside", clinic, aside(clinic)).status_code == 302
    said = pages.text(doctor.get(address("one", clinic)))
    assert f"Set aside by Prescriber Test, {_today()}" in said
    assert REASON in said


def _today() -> str:
    now = timezone.localtime()
    return f"{now.day} {now:%B %Y}"


def test_a_major_one_takes_the_password_of_a_second_clinician(doctor: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "methadone", by=clinic.monitor)
    alone = send(doctor, "set-aside", clinic, aside(clinic))
    assert alone.status_code == 422
    assert pages.soup(alone).select_one("#sent_reason").get_text().strip() == REASON
    wrong = aside(clinic, second_username=clinic.monitor.username, second_password="not-this-one")
    refused = send(doctor, "set-aside", clinic, wrong)
    assert refused.status_code == 422
    assert "not-this-one" not in refused.content.decode()
    guide = aside(clinic, second_username=clinic.guide.username, second_password="a-long-passphrase")
    assert "may not be the second" in pages.text(send(doctor, "set-aside", clinic, guide))
    oneself = aside(clinic, second_username=clinic.prescriber.username, second_password="a-long-passphrase")
    assert "this takes two" in pages.text(send(doctor, "set-aside", clinic, oneself))
    assert not InteractionAside.objects.exists()
    both = aside(clinic, second_username=clinic.monitor.username, second_password="a-long-passphrase")
    assert send(doctor, "set-aside", clinic, both).status_code == 302
    [row] = InteractionAside.objects.all()
    assert (row.by, row.second) == (clinic.prescriber, clinic.monitor)
    assert "Set aside by Prescriber Test and Monitor Test" in pages.text(doctor.get(address("one", clinic)))


def test_what_must_never_be_together_has_no_form_and_no_way_around_it(doctor: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "cocaine", by=clinic.monitor)
    page = doctor.get(address("one", clinic))
    assert "Nobody may set this aside" in pages.text(page)
    assert not pages.soup(page).select(f"form[action='{address('set-aside', clinic)}']")
    response = send(doctor, "set-aside", clinic, aside(clinic))
    assert response.status_code == 422
    assert "nobody may set INT-D05 aside" in pages.text(response)


def test_a_button_pressed_twice_adds_once_and_a_correction_from_the_same_page_counts(
    nurse: Client, clinic: Clinic
) -> None:
    key = {"key": str(uuid4())}
    for sent in (TOLD, TOLD, TOLD | {"dose": "2 mg"}):
        assert nurse.post(address("tell", clinic), sent | key).status_code == 302
    assert [line.dose for line in MedicineLine.objects.filter(kind="told")] == ["1 mg", "2 mg"]


@pytest.mark.parametrize("who", ["monitor", "guide"])
def test_only_a_prescriber_sees_what_only_a_prescriber_may(
    clinic: Clinic, signed_in: Browser, who: str
) -> None:
    takes(clinic.patient, "levothyroxine", by=clinic.monitor)
    page = pages.soup(signed_in(getattr(clinic, who)).get(address("one", clinic)))
    sent_to = {form["action"].rstrip("/").split("/")[-1] for form in page.select("main form[action]")}
    assert sent_to == ({"tell", "ask", "end", "verify"} if who == "monitor" else set())


def test_an_order_shows_what_stands_and_leads_to_the_list(doctor: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "methadone", by=clinic.monitor)
    new = reverse("orders:new", args=[clinic.patient.public_id])
    sent = {"drug": "racemic", "route": "iv", "dose": "35", "dose_unit": "mg", "duration": "40",
            "booster": "none", "hard_max": "40", "model": "rk1", "seed": "1"}  # fmt: skip
    response = doctor.post(new, sent)
    assert response.status_code == 422
    assert "Methadone with ketamine, into a vein (IV): major" in pages.text(response)
    assert pages.soup(response).select_one(f"a[href='{address('one', clinic)}']") is not None
    assert pages.value(response, "dose") == "35"
    both = aside(clinic, second_username=clinic.monitor.username, second_password="a-long-passphrase")
    send(doctor, "set-aside", clinic, both)
    ready = doctor.post(new, sent)
    assert ready.status_code == 200
    assert "Set aside by Prescriber Test and Monitor Test" in pages.text(ready)
