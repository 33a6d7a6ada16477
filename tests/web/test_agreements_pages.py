"""Agreements as pages: who sees them, what is refused and why, and that a no works always."""

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
from slackwater.actions.agreements.deeds import person_of
from slackwater.actions.agreements.held import held
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import AgreementLine, User

SignedIn = Callable[[User | None], Client]
NAMES = ("one", "log", "draw-up", "tell-back", "sign")
WHOLE = {f"answers.{one.name}": "2" for one in load_agreement_texts().questions}
PASSWORD = {"password": "a-long-passphrase"}
TREATMENT = "treatment//"


@pytest.fixture
def clinic(db: None) -> Clinic:
    """One in which nothing has been agreed."""
    return made.clinic(is_agreed=False)


def page(clinic: Clinic, name: str) -> str:
    return reverse(f"agreements:{name}", args=[clinic.patient.public_id])


def hands(clinic: Clinic) -> str:
    return f"touch/hands/{person_of(clinic.guide)}"


def proposal(clinic: Clinic, *, days: int = 90, **changes: object) -> dict[str, object]:
    ends = timezone.localdate() + timedelta(days=days)
    return {
        "permits": [TREATMENT, "off_label//", "route/iv/", hands(clinic)],
        "stop_word": "red",
        "stop_sign": "hand flat up",
        "expires_on_day": str(ends.day),
        "expires_on_month": str(ends.month),
        "expires_on_year": str(ends.year),
    } | changes


def drawn_up(clinic: Clinic, signed_in: SignedIn, **changes: object) -> None:
    response = signed_in(clinic.guide).post(page(clinic, "draw-up"), proposal(clinic, **changes))
    assert response.status_code == 302, pages.faults(response)


def told_back(clinic: Clinic, signed_in: SignedIn) -> None:
    response = signed_in(clinic.guide).post(page(clinic, "tell-back"), WHOLE | {"is_rehearsed": "on"})
    assert response.status_code == 302, pages.faults(response)


def signs(browser: Client, clinic: Clinic, **changes: str):
    shown = browser.get(page(clinic, "sign"))
    return browser.post(page(clinic, "sign"), {"draft": pages.value(shown, "draft")} | PASSWORD | changes)


def agreed(clinic: Clinic, signed_in: SignedIn) -> None:
    drawn_up(clinic, signed_in)
    told_back(clinic, signed_in)
    for user in (clinic.patient_user, clinic.prescriber, clinic.guide):
        assert signs(signed_in(user), clinic).status_code == 302


def yeses(clinic: Clinic) -> set[str]:
    now = held(clinic.patient, at=timezone.now()).now
    return {permit.of or permit.item.value for permit in now.permits}


@pytest.mark.parametrize("name", NAMES)
def test_strangers_and_owners_are_told_nothing(clinic: Clinic, signed_in: SignedIn, name: str):
    for who in (clinic.stranger, clinic.owner):
        assert signed_in(who).get(page(clinic, name)).status_code == 404
    assert signed_in(None).get(page(clinic, name)).status_code == 302


@pytest.mark.parametrize("name", ["draw-up", "tell-back"])
def test_a_monitor_and_a_patient_draw_nothing_up_and_hear_no_teach_back(
    clinic: Clinic, signed_in: SignedIn, name: str
):
    for who in (clinic.monitor, clinic.patient_user):
        assert signed_in(who).get(page(clinic, name)).status_code == 403


def test_every_page_is_whole_before_during_and_after(clinic: Clinic, signed_in: SignedIn):
    for who in (clinic.guide, clinic.patient_user, clinic.monitor):
        pages.check(signed_in(who).get(page(clinic, "one")))
    pages.check(signed_in(clinic.guide).get(page(clinic, "draw-up")))
    drawn_up(clinic, signed_in)
    pages.check(signed_in(clinic.guide).get(page(clinic, "tell-back")))
    pages.check(signed_in(clinic.patient_user).get(page(clinic, "sign")))
    told_back(clinic, signed_in)
    for who in (clinic.patient_user, clinic.prescriber, clinic.guide):
        signs(signed_in(who), clinic)
    for who in (clinic.guide, clinic.patient_user):
        for name in ("one", "log"):
            pages.check(signed_in(who).get(page(clinic, name)))


def test_everything_starts_at_no(clinic: Clinic, signed_in: SignedIn):
    response = signed_in(clinic.guide).get(page(clinic, "draw-up"))
    assert pages.soup(response).select("input[name=permits]")
    assert not pages.soup(response).select("input[checked]")


def test_drawn_up_told_back_and_signed_by_all_it_is_a_yes(clinic: Clinic, signed_in: SignedIn):
    drawn_up(clinic, signed_in)
    assert yeses(clinic) == set()
    told_back(clinic, signed_in)
    for user in (clinic.patient_user, clinic.prescriber):
        signs(signed_in(user), clinic)
        assert yeses(clinic) == set()
    signs(signed_in(clinic.guide), clinic)
    assert yeses(clinic) == {"treatment", "off_label", "iv", "hands"}
    told = pages.text(signed_in(clinic.patient_user).get(page(clinic, "one")))
    assert "Your word: red" in told


@pytest.mark.parametrize(
    "forged",
    [
        "touch/back/{guide}",
        "touch/hands/",
        "touch/thighs/{guide}",
        "hug",
        "",
        "treatment",
        "recording/skin/",
        "touch//{guide}",
    ],
)
def test_what_cannot_be_agreed_is_refused_by_name(clinic: Clinic, signed_in: SignedIn, forged: str):
    box = forged.format(guide=person_of(clinic.guide))
    response = signed_in(clinic.guide).post(
        page(clinic, "draw-up"), proposal(clinic, permits=[TREATMENT, box])
    )
    assert response.status_code == 422
    assert "nothing else can be agreed here" in pages.faults(response)["permits"]
    assert pages.value(response, "stop_word") == "red"
    assert not AgreementLine.objects.filter(kind="drafted").exists()


def test_a_part_that_this_clinic_took_away_is_not_shown_and_not_taken(
    clinic: Clinic, signed_in: SignedIn, settings
):
    settings.TOUCH_ZONES = ["feet"]
    browser = signed_in(clinic.guide)
    shown = browser.get(page(clinic, "draw-up")).content.decode()
    assert "touch/hands/" not in shown
    assert "touch/feet/" in shown
    response = browser.post(page(clinic, "draw-up"), proposal(clinic))
    assert "does not offer touch there: hands" in pages.faults(response)["permits"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"days": -1}, "has passed"),
        ({"stop_word": ""}, "a word and a sign"),
        ({"stop_sign": " "}, "a word and a sign"),
        ({"expires_on_day": "31", "expires_on_month": "2"}, "no such day"),
        ({"expires_on_year": ""}, "year"),
        ({"permits": ["presence//user:999999"]}, "does not work here"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    clinic: Clinic, signed_in: SignedIn, changes: dict[str, object], says: str
):
    response = signed_in(clinic.guide).post(page(clinic, "draw-up"), proposal(clinic, **changes))
    assert response.status_code == 422
    assert says in " ".join(pages.faults(response).values())
    if "permits" not in changes:
        ticked = {one["value"] for one in pages.soup(response).select("input[name=permits][checked]")}
        assert ticked == {TREATMENT, "off_label//", "route/iv/", hands(clinic)}
    assert not AgreementLine.objects.filter(kind="drafted").exists()


def test_a_teach_back_that_broke_off_is_refused_and_comes_back_as_it_was(clinic: Clinic, signed_in: SignedIn):
    drawn_up(clinic, signed_in)
    response = signed_in(clinic.guide).post(page(clinic, "tell-back"), {"answers.why": "1"})
    assert response.status_code == 422
    assert "not asked yet" in pages.faults(response)["answers.harm"]
    assert pages.value(response, "answers.why") == "1"
    assert not AgreementLine.objects.filter(kind="taught_back").exists()


def test_without_practising_the_stop_word_nobody_signs(clinic: Clinic, signed_in: SignedIn):
    drawn_up(clinic, signed_in)
    signed_in(clinic.guide).post(page(clinic, "tell-back"), WHOLE)
    response = signs(signed_in(clinic.patient_user), clinic)
    assert response.status_code == 422
    assert "practised" in pages.text(response)
    assert not AgreementLine.objects.filter(kind="signed").exists()


def test_a_signature_needs_ones_own_password_and_ones_own_part(clinic: Clinic, signed_in: SignedIn):
    drawn_up(clinic, signed_in)
    told_back(clinic, signed_in)
    wrong = signs(signed_in(clinic.patient_user), clinic, password="not-this-one")
    assert wrong.status_code == 422
    assert "do not belong together" in pages.faults(wrong)["password"]
    assert signed_in(clinic.monitor).get(page(clinic, "sign")).status_code == 403
    assert not AgreementLine.objects.filter(kind="signed").exists()


def test_a_draft_that_was_replaced_is_not_signed(clinic: Clinic, signed_in: SignedIn):
    drawn_up(clinic, signed_in)
    browser = signed_in(clinic.patient_user)
    first = pages.value(browser.get(page(clinic, "sign")), "draft")
    drawn_up(clinic, signed_in)
    response = browser.post(page(clinic, "sign"), {"draft": first} | PASSWORD)
    assert response.status_code == 422
    assert not AgreementLine.objects.filter(kind="signed").exists()


@pytest.mark.parametrize("who", ["patient_user", "monitor", "guide", "prescriber"])
def test_one_tap_is_a_no_by_anybody(clinic: Clinic, signed_in: SignedIn, who: str):
    agreed(clinic, signed_in)
    signed_in(getattr(clinic, who)).post(page(clinic, "no"), {"permits": hands(clinic)})
    assert yeses(clinic) == {"treatment", "off_label", "iv"}
    signed_in(getattr(clinic, who)).post(page(clinic, "no"), {"everything": "1"})
    assert yeses(clinic) == set()


def test_a_stranger_takes_nothing_back(clinic: Clinic, signed_in: SignedIn):
    agreed(clinic, signed_in)
    assert signed_in(clinic.stranger).post(page(clinic, "no"), {"everything": "1"}).status_code == 404
    assert "treatment" in yeses(clinic)


def test_under_the_drug_nothing_is_drawn_up_or_signed_and_a_no_still_works(signed_in: SignedIn, db: None):
    clinic = made.clinic()
    clinic.baseline()
    sessions.perform(
        clinic.session.public_id, clinic.dose(), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    response = signed_in(clinic.guide).post(page(clinic, "draw-up"), proposal(clinic))
    assert response.status_code == 422
    assert "under the drug" in pages.text(response)
    kinds = list(AgreementLine.objects.filter(patient=clinic.patient).values_list("kind", flat=True))
    assert kinds.count("drafted") == 1
    assert "hands" in yeses(clinic)
    signed_in(clinic.patient_user).post(page(clinic, "no"), {"permits": hands(clinic)})
    assert "hands" not in yeses(clinic)
    told = pages.text(signed_in(clinic.patient_user).get(page(clinic, "one")))
    assert "it can only get less" in told


def test_a_figure_tells_its_state_in_words_and_is_one_control_for_each_part(
    clinic: Clinic, signed_in: SignedIn
):
    agreed(clinic, signed_in)
    figure = pages.soup(signed_in(clinic.patient_user).get(page(clinic, "one"))).select_one(".body-figure")
    assert figure is not None
    parts = figure.select("button.part")
    assert [part.get_text(" ", strip=True).split(".")[0].split(": ")[-1] for part in parts[:3]] == [
        "yes",
        "no",
        "no",
    ]
    assert [part.has_attr("disabled") for part in parts] == [False, True, True, True]
