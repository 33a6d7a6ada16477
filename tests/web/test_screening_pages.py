"""Screening on the screen: asked section by section, found, set aside, and a course opened."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, patient, person, screen
from tests.marked import begun
from tests.web import pages

from slackwater.actions.eligibility import found, lines, past
from slackwater.catalogue.intake import load_questions
from slackwater.records.models import FindingAside, Patient, Role, User
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.findings import Severity

Browser = Callable[[User | None], Client]
SECTIONS = load_questions().sections


@pytest.fixture
def new(clinic: Clinic) -> Patient:
    """Somebody of whom nothing was asked yet, who signs in."""
    return patient(user=person(Role.PATIENT))


def at(name: str, who: Patient, *more: str) -> str:
    return reverse(f"courses:{name}", args=[who.public_id, *more])


def answer(client: Client, who: Patient, section: str, **typed: object):
    sent = {name.replace("__", "."): value for name, value in typed.items()}
    return client.post(at("section", who, section), sent | {"key": str(uuid4())})


@pytest.mark.parametrize("section", SECTIONS, ids=lambda one: one.name)
def test_every_page_of_questions_is_whole(section, clinic: Clinic, new: Patient, signed_in: Browser) -> None:
    page = signed_in(clinic.prescriber).get(f"{at('section', new, section.name)}?go=1")
    pages.check(page)
    for one in section.questions:
        assert pages.soup(page).select(f'[name="{one.name}"]'), one.name


def test_a_whole_list_of_what_nobody_knows_is_folded_by_subject_and_loses_nothing(
    clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    soup = pages.soup(signed_in(clinic.prescriber).get(at("one", new)))
    folded = [one.get_text(" ", strip=True) for one in soup.select("details.part .finding.unknown .source")]
    now = found.of(new, stage=Stage.COURSE, route=None, at=timezone.now())
    unknown = [one for one in now.found if one.severity is Severity.UNKNOWN]
    assert len(unknown) > 20
    assert sorted(told.split()[0] for told in folded) == sorted(one.id for one in unknown)
    told = [int(one.get_text()) for one in soup.select("details.part summary .chip")]
    assert sum(told) == len(unknown)
    assert len(told) < 10


@pytest.mark.parametrize("section", [one for one in SECTIONS if one.is_sensitive], ids=lambda one: one.name)
def test_what_is_sensitive_is_said_before_it_is_asked_and_all_of_it_can_be_skipped(
    section, clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    page = signed_in(clinic.prescriber).get(at("section", new, section.name))
    pages.check(page)
    assert section.about in pages.text(page)
    assert not pages.soup(page).select("main input[type=radio]")
    skip = pages.soup(page).find("a", string="Skip all of these")
    assert skip is not None
    assert signed_in(clinic.prescriber).get(skip["href"]).status_code == 200
    assert not new.intake_lines.exists()


def test_the_patient_answers_their_own_and_sees_no_finding(new: Patient, signed_in: Browser) -> None:
    client = signed_in(new.user)
    overview = client.get(at("one", new))
    pages.check(overview)
    assert "Questions about me" in pages.text(overview)
    assert not pages.soup(overview).select(".finding")
    assert answer(client, new, "heart", heart__has_aneurysm="no").status_code == 302
    page = client.get(f"{at('section', new, 'heart')}")
    assert pages.value(page, "heart.has_aneurysm") == "no"
    assert "anaesthetic.asa" not in page.content.decode(), "a clinician's question"
    for path in (at("section", new, "home"), at("aside", new, "course", "0" * 16)):
        assert client.get(path).status_code in {403, 404}


def test_what_a_patient_wrote_counts_once_a_clinician_has_gone_through_it(
    clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    answer(signed_in(new.user), new, "heart", heart__has_aneurysm="no")
    assert _is_unknown(new, "E01")
    staff = signed_in(clinic.prescriber)
    page = staff.get(at("section", new, "heart"))
    assert "patient's own" in pages.text(page)
    assert pages.value(page, "heart.has_aneurysm") == "no"
    answer(staff, new, "heart", heart__has_aneurysm="no")
    assert not _is_unknown(new, "E01")
    answer(signed_in(new.user), new, "heart", heart__has_aneurysm="yes")
    assert _is_unknown(new, "E01"), "they say otherwise now"


def _is_unknown(who: Patient, rule: str) -> bool:
    standing = found.of(who, stage=Stage.COURSE, route=None, at=timezone.now())
    return any(one.id == rule for one in standing.barring)


@pytest.mark.parametrize("who", ["stranger", "owner"])
def test_nobody_else_sees_that_there_is_a_screening(
    who: str, clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    client = signed_in(getattr(clinic, who))
    for path in (at("one", new), at("answers", new), at("section", new, "heart")):
        assert client.get(path).status_code == 404
    assert answer(client, new, "heart", heart__has_aneurysm="no").status_code == 404
    assert client.post(at("open", new)).status_code == 404
    assert not new.intake_lines.exists()


@pytest.mark.parametrize("who", ["monitor", "guide"])
def test_only_a_prescriber_opens_a_course_or_sets_aside(
    who: str, clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    client = signed_in(getattr(clinic, who))
    assert client.get(at("one", new)).status_code == 200
    assert client.post(at("open", new)).status_code == 403
    assert client.post(at("end", clinic.patient), {"reason": "x"}).status_code == 403
    assert client.get(at("aside", new, "course", "0" * 16)).status_code == 403


def test_what_was_told_alone_is_shown_to_a_prescriber_and_a_guide_only(
    clinic: Clinic, signed_in: Browser
) -> None:
    now = timezone.now()
    past.screen(
        clinic.patient,
        by=clinic.guide,
        at=now,
        but={"safety.home.told": frozenset({"VIOLENCE"})},
        is_opened=False,
    )
    for who, sees in (("prescriber", True), ("guide", True), ("monitor", False)):
        client = signed_in(getattr(clinic, who))
        told = [pages.text(client.get(at(name, clinic.patient))) for name in ("one", "answers")]
        assert any("violence" in text.lower() for text in told) is sees
        assert ("told alone" in told[0]) is not sees
        status = client.get(f"{at('section', clinic.patient, 'home')}?go=1").status_code
        assert status == (200 if sees else 404)


@pytest.mark.parametrize(
    ("section", "typed", "field"),
    [
        ("heart", {"anaesthetic.asa": "seven"}, "anaesthetic.asa"),
        ("heart", {"anaesthetic.asa": "7"}, "anaesthetic.asa"),
        ("heart", {"heart.hazards": ["none", "STROKE"]}, "heart.hazards"),
        ("heart", {"heart.hazards": ["SNEEZING"]}, "heart.hazards"),
        ("heart", {"heart.last_event": "no", "heart.last_event-when_day": "3"}, "heart.last_event-when"),
        ("day", {"anaesthetic.ate": "yes", "anaesthetic.ate-when": "at noon"}, "anaesthetic.ate-when"),
        ("substances", {"medicines.benzodiazepine_ug": "0.00005"}, "medicines.benzodiazepine_ug"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_the_rest_stays(
    section: str, typed: dict, field: str, clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    kept = {"heart": ("heart.has_aneurysm", "no"), "day": ("safety.escort", "yes")}.get(
        section, ("substances.ketamine_often", "no")
    )
    page = signed_in(clinic.prescriber).post(at("section", new, section), dict([kept]) | typed)
    assert page.status_code == 422
    assert any(name.startswith(field) for name in pages.faults(page)), pages.faults(page)
    assert pages.value(page, kept[0]) == kept[1]
    assert not new.intake_lines.exists()


def test_an_answer_is_saved_while_one_goes_on_and_is_there_when_one_comes_back(
    clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    client, sent = signed_in(clinic.guide), {"nerves.had_haemorrhage": "no", "autosave": "1"}
    for _ in range(2):
        saved = client.post(at("section", new, "brain"), sent)
        assert saved.status_code == 200
        assert saved.content.startswith(b"Saved")
    assert new.intake_lines.count() == 1, "what did not change is not written again"
    assert pages.value(client.get(at("section", new, "brain")), "nerves.had_haemorrhage") == "no"
    client.post(at("section", new, "brain"), {"nerves.had_haemorrhage": "unknown", "key": str(uuid4())})
    assert _is_unknown(new, "E02"), "an answer can be taken back"


def test_a_course_opens_only_when_nothing_stands(clinic: Clinic, new: Patient, signed_in: Browser) -> None:
    client = signed_in(clinic.prescriber)
    refused = client.post(at("open", new), follow=True)
    assert "still stands in the way" in pages.text(refused)
    assert not new.courses.exists()
    client.post(at("end", clinic.patient), {"reason": ""})
    assert found.open_course(clinic.patient) is not None
    client.post(at("end", clinic.patient), {"reason": "She has what she came for."})
    assert found.open_course(clinic.patient) is None
    opened = client.post(at("open", clinic.patient), follow=True)
    pages.check(opened)
    assert "Course 2 is open" in pages.text(opened)


def test_without_a_course_no_order_is_signed(clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(clinic.prescriber)
    client.post(at("end", clinic.patient), {"reason": "A pause."})
    reasons = found.against_order(clinic.patient, route=_route(clinic), at=timezone.now())
    assert [one.id for one in reasons] == ["CRS-01"]


def _route(clinic: Clinic):
    from slackwater.terms.route import Route

    return Route(clinic.order.route)


def _aside_path(who: Patient, rule: str) -> str:
    from slackwater.web.courses.looks import mark_of

    standing = found.of(who, stage=Stage.COURSE, route=None, at=timezone.now())
    finding = next(one for one in standing.barring if one.id == rule)
    return at("aside", who, "course", mark_of(finding))


def _met(clinic: Clinic, **but: object) -> None:
    now = timezone.now() - timedelta(seconds=1)
    values = {name.replace("__", "."): value for name, value in but.items()}
    past.screen(clinic.patient, by=clinic.prescriber, at=now, but=values, is_opened=False)  # type: ignore[arg-type]


def test_a_caution_is_set_aside_with_a_reason_and_lapses_when_what_is_found_changes(
    clinic: Clinic, signed_in: Browser
) -> None:
    _met(clinic, mind__relative_with_psychosis=True)
    client, path = signed_in(clinic.prescriber), _aside_path(clinic.patient, "E12")
    pages.check(client.get(path))
    empty = client.post(path, {"reason": " "})
    assert empty.status_code == 422
    assert "No reason was given" in pages.text(empty)
    assert not FindingAside.objects.exists()
    kept = client.post(path, {"reason": "An uncle by marriage.", "key": str(uuid4())}, follow=True)
    assert "An uncle by marriage." in pages.text(kept)
    assert not _is_unknown(clinic.patient, "E12")
    assert client.get(path).status_code == 404, "it stands no more"
    _met(clinic)
    assert "no longer counting" in pages.text(client.get(at("one", clinic.patient)))


def test_what_takes_two_takes_two(clinic: Clinic, signed_in: Browser) -> None:
    _met(clinic, purpose__has_indication=False)
    client, path = signed_in(clinic.prescriber), _aside_path(clinic.patient, "E41")
    reason = {"reason": "Talked over for a year.", "key": str(uuid4())}
    alone = client.post(path, reason)
    assert alone.status_code == 422
    assert pages.value(alone, "reason") == "Talked over for a year."
    mine = reason | {"second_username": clinic.prescriber.username, "second_password": "a-long-passphrase"}
    assert "takes two" in pages.text(client.post(path, mine))
    patients = reason | {
        "second_username": clinic.patient_user.username,
        "second_password": "a-long-passphrase",
    }
    assert client.post(path, patients).status_code == 422
    wrong = reason | {"second_username": clinic.guide.username, "second_password": "nothing like it"}
    assert client.post(path, wrong).status_code == 422
    assert not FindingAside.objects.exists()
    both = reason | {"second_username": clinic.guide.username, "second_password": "a-long-passphrase"}
    assert client.post(path, both).status_code == 302
    row = FindingAside.objects.get()
    assert (row.prescriber, row.second) == (clinic.prescriber, clinic.guide)


def test_what_nobody_may_set_aside_has_no_page_for_it(clinic: Clinic, signed_in: Browser) -> None:
    _met(clinic, heart__has_aneurysm=True)
    client, path = signed_in(clinic.prescriber), _aside_path(clinic.patient, "E01")
    page = client.get(at("one", clinic.patient))
    assert path not in page.content.decode()
    assert client.post(path, {"reason": "All the same."}).status_code == 422
    assert not FindingAside.objects.exists()


def test_the_day_is_asked_anew_and_bars_the_dose(clinic: Clinic, signed_in: Browser) -> None:
    clinic.baseline()
    dose = clinic.command(clinic.dose())
    from slackwater.actions.entries.record import record_one

    answer(signed_in(clinic.monitor), clinic.patient, "day", substances__breath_alcohol="yes")
    refused = record_one(dose, wall=timezone.now())
    assert "E17" in {one.code for one in refused.problems}
    answer(signed_in(clinic.monitor), clinic.patient, "day", substances__breath_alcohol="no")
    assert not record_one(clinic.command(clinic.dose()), wall=timezone.now()).problems


def test_what_was_answered_is_chained(clinic: Clinic) -> None:
    screen(clinic.patient, prescriber=clinic.prescriber)
    assert lines.check(clinic.patient).holds
    assert clinic.patient.intake_lines.count() >= len(SECTIONS) - 1


@pytest.mark.parametrize("who", ["prescriber", "guide", "monitor", "themselves"])
def test_the_long_view_is_whole_before_and_after_a_visit(
    who: str, clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    client = signed_in(new.user if who == "themselves" else getattr(clinic, who))
    empty = client.get(at("long-view", new))
    pages.check(empty)
    assert "Nothing has been given yet" in pages.text(empty)
    begun(clinic, days_ago=1, patient=new)
    page = client.get(at("long-view", new))
    pages.check(page)
    assert "35 mg" in pages.text(page)
    assert ("Before the next" in pages.text(page)) is (who != "themselves")
