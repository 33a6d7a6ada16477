"""Pages on which anybody tells that something went wrong, and a reviewer looks into it."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, person
from tests.web import pages

from slackwater.actions.incidents import lines, own_account, reviewing, telling
from slackwater.actions.incidents.lines import Deed
from slackwater.records.models import Report, Role, User
from slackwater.rules.incidents.log import Outcome, Subject

Browser = Callable[[User | None], Client]
EVERYBODY = ("prescriber", "monitor", "guide", "patient_user", "stranger", "owner", "reviewer", "nobody")
TELL, MINE, CODE = reverse("incidents:tell"), reverse("incidents:mine"), reverse("incidents:with-code")
SLICE = Path(__file__).parents[2] / "src/slackwater/web/incidents"


@pytest.fixture
def everybody(clinic: Clinic) -> dict[str, User | None]:
    found: dict[str, User | None] = {name: getattr(clinic, name) for name in EVERYBODY[:-2]}
    return found | {"reviewer": person(Role.REVIEWER), "nobody": None}


def told_by(user: User | None, *named: User) -> Report:
    report = telling.begin(Subject.BOUNDARY, deed=Deed(by=user, at=timezone.now(), key=uuid4())).report
    if named:
        more = telling.More(people=tuple(one.pk for one in named), words="In the second hour.")
        telling.add(report, more, deed=Deed(by=user, at=timezone.now(), key=uuid4()))
    return report


@pytest.mark.parametrize("who", EVERYBODY)
def test_anybody_tells_in_two_taps_from_any_page(who: str, everybody, signed_in: Browser) -> None:
    client = signed_in(everybody[who])
    start = client.get(reverse("people:sign-in") if who == "nobody" else "/", follow=True)
    first = pages.soup(start).select_one(f'footer a[href="{TELL}"]')
    assert first is not None
    page = client.get(first["href"])
    pages.check(page)
    button = pages.soup(page).select_one('button[name="subject"]')
    assert button is not None
    key = pages.value(page, "key")
    after = client.post(TELL, {"subject": button["value"], "key": key}, follow=True)
    assert after.status_code == 200
    report = Report.objects.get()
    assert report.teller == everybody[who]
    assert lines.now(report).subject.value == button["value"]


def test_the_room_leads_there_too(clinic: Clinic, signed_in: Browser) -> None:
    room = signed_in(clinic.monitor).get(reverse("room:live", args=[clinic.session.public_id]))
    assert pages.soup(room).select_one(f'a[href="{TELL}"]') is not None


def test_on_somebody_elses_tablet_it_is_told_without_a_name(clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(clinic.monitor)
    page = client.get(f"{TELL}?as=other")
    assert "Come back" in pages.text(page)
    after = client.post(TELL, {"subject": "hurt", "as": "other", "key": str(uuid4())})
    report = Report.objects.get()
    assert report.teller is None
    code = pages.soup(after).select_one(".code")
    assert code is not None
    assert telling.by_code(code.get_text()) == report
    assert "Nothing so far" in pages.text(client.get(MINE))


def test_nothing_chosen_is_refused_with_the_page_again(everybody, signed_in: Browser) -> None:
    page = signed_in(None).post(TELL, {"subject": "touch me"})
    assert page.status_code == 422
    assert "Tap one of these" in pages.text(page)
    assert not Report.objects.exists()


def test_a_code_opens_it_adds_to_it_and_never_stands_in_an_address(
    clinic: Clinic, signed_in: Browser
) -> None:
    client = signed_in(None)
    begun = client.post(TELL, {"subject": "other", "key": str(uuid4())})
    code = pages.soup(begun).select_one(".code").get_text()
    opened = client.post(CODE, {"code": code})
    pages.check(opened)
    assert opened.status_code == 200
    more = {"code": code, "words": "It was the evening.", "people": [str(clinic.guide.pk)], "others": ""}
    kept = client.post(CODE, more | {"key": str(uuid4())})
    assert "It was the evening." in pages.text(kept)
    assert clinic.guide.shown_name in pages.text(kept)
    assert client.post(CODE, {"code": "nonsense"}).status_code == 422
    assert lines.now(Report.objects.get()).named == {clinic.guide.pk}


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_report_is_there_only_for_a_reviewer_who_is_not_named(
    who: str, everybody, clinic: Clinic, signed_in: Browser
) -> None:
    report = told_by(clinic.patient_user, clinic.guide)
    there = signed_in(everybody[who]).get(reverse("incidents:review", args=[report.public_id]))
    if who == "reviewer":
        pages.check(there)
        assert "In the second hour." in pages.text(there)
    else:
        assert there.status_code in {302, 403}
    own = signed_in(everybody[who]).get(reverse("incidents:one", args=[report.public_id]))
    assert own.status_code == {"patient_user": 200, "nobody": 302}.get(who, 404)


def test_a_named_reviewer_is_shown_what_is_not_there(clinic: Clinic, signed_in: Browser) -> None:
    reviewer = person(Role.REVIEWER)
    report = told_by(clinic.patient_user, reviewer)
    client = signed_in(reviewer)
    hidden = client.get(reverse("incidents:review", args=[report.public_id]))
    missing = client.get(reverse("incidents:review", args=[uuid4()]))
    assert hidden.status_code == missing.status_code == 404
    assert pages.text(hidden) == pages.text(missing)
    assert "Nothing was reported" in pages.text(client.get(reverse("incidents:reports")))


def test_whoever_told_it_is_told_when_nobody_can_read_it(clinic: Clinic, signed_in: Browser) -> None:
    report = told_by(clinic.patient_user)
    own = reverse("incidents:one", args=[report.public_id])
    assert "Nobody can read it yet" in pages.text(signed_in(clinic.patient_user).get(own))
    assert "Nobody outside the team reads reports" in pages.text(signed_in(clinic.owner).get("/"))
    person(Role.REVIEWER)
    assert "Nobody can read it yet" not in pages.text(signed_in(clinic.patient_user).get(own))
    assert "Nobody outside the team reads reports" not in pages.text(signed_in(clinic.owner).get("/"))


def test_a_refused_addition_keeps_what_was_typed(clinic: Clinic, signed_in: Browser) -> None:
    report = told_by(clinic.patient_user)
    own = reverse("incidents:one", args=[report.public_id])
    sent = {"words": "What I remember.", "people": ["999999"], "others": "a man in green", "session": ""}
    page = signed_in(clinic.patient_user).post(own, sent)
    assert page.status_code == 422
    assert pages.value(page, "words") == "What I remember."
    assert pages.value(page, "others") == "a man in green"
    assert report.lines.filter(kind="told").count() == 0


def test_the_reviewer_writes_and_only_what_is_meant_for_them_reaches_whoever_told_it(
    clinic: Clinic, signed_in: Browser
) -> None:
    report, reviewer = told_by(clinic.patient_user, clinic.guide), person(Role.REVIEWER)
    client, address = signed_in(reviewer), reverse("incidents:review", args=[report.public_id])
    for words, to in (("May I call you?", "teller"), ("Ask the nurse first.", "note")):
        sent = {"do": "write", "write-words": words, "write-to": to, "write-key": str(uuid4())}
        assert client.post(address, sent).status_code == 302
    own = pages.text(signed_in(clinic.patient_user).get(reverse("incidents:one", args=[report.public_id])))
    assert "May I call you?" in own
    assert "Ask the nurse first." not in own
    assert "Read by a reviewer" in own


def test_the_reviewer_ends_it_with_words_and_the_patient_opens_it_again(
    clinic: Clinic, signed_in: Browser
) -> None:
    report, reviewer = told_by(clinic.patient_user), person(Role.REVIEWER)
    client, address = signed_in(reviewer), reverse("incidents:review", args=[report.public_id])
    empty = client.post(address, {"do": "end", "end-words": "", "end-outcome": "acted"})
    assert empty.status_code == 422
    assert "Nothing was written" in pages.text(empty)
    done = {"do": "end", "end-words": "They no longer work here.", "end-outcome": Outcome.ACTED.value}
    assert client.post(address, done).status_code == 302
    own = reverse("incidents:one", args=[report.public_id])
    patient = signed_in(clinic.patient_user)
    assert "They no longer work here." in pages.text(patient.get(own))
    assert patient.post(own, {"words": "It goes on.", "reopen": "1"}).status_code == 302
    assert lines.now(report).ended is None


def test_the_reviewer_reads_the_log_of_the_visit_and_of_no_other(clinic: Clinic, signed_in: Browser) -> None:
    clinic.baseline()
    report, reviewer = told_by(clinic.patient_user), person(Role.REVIEWER)
    there = reverse("incidents:visit-log", args=[report.public_id, clinic.session.public_id])
    page = signed_in(reviewer).get(there)
    pages.check(page)
    assert "are as they were when it was reported" in pages.text(page)
    other = told_by(clinic.stranger)
    elsewhere = reverse("incidents:visit-log", args=[other.public_id, clinic.session.public_id])
    assert signed_in(reviewer).get(elsewhere).status_code == 404
    assert signed_in(clinic.monitor).get(there).status_code == 403


def test_an_account_is_written_shared_and_taken_back_by_its_owner(clinic: Clinic, signed_in: Browser) -> None:
    client, address = signed_in(clinic.patient_user), reverse("incidents:account")
    assert client.post(address, {"words": ""}).status_code == 422
    assert client.post(address, {"words": "I remember the lamp.", "key": str(uuid4())}).status_code == 302
    pages.check(client.get(address))
    seen = reverse("incidents:shared")
    assert "the lamp" not in pages.text(signed_in(clinic.guide).get(seen))
    part = own_account.parts(clinic.patient_user)[0].number
    sharing = {"part": part, "person": clinic.guide.pk}
    client.post(reverse("incidents:share"), sharing)
    assert "the lamp" in pages.text(signed_in(clinic.guide).get(seen))
    client.post(reverse("incidents:share"), sharing | {"take_back": "1"})
    assert "the lamp" not in pages.text(signed_in(clinic.guide).get(seen))


@pytest.mark.parametrize("who", ["prescriber", "monitor", "guide", "owner"])
def test_no_staff_page_opens_an_account(who: str, clinic: Clinic, signed_in: Browser) -> None:
    own_account.write("Only mine.", by=clinic.patient_user, at=timezone.now(), key=uuid4())
    client = signed_in(getattr(clinic, who))
    assert client.get(reverse("incidents:account")).status_code == 403
    assert "Only mine." not in pages.text(client.get(reverse("incidents:shared")))


# A report is never met with the thought that it may have been the drug, nor with blame, hurry or doubt.
DOUBTS = re.compile(
    r"\b(drug|medicine|ketamine|hallucinat\w*|dream\w*|imagin\w*|vivid|side effect\w*|confus\w*|alleg\w*"
    r"|claim\w*|misunderst\w*|are you sure|false|proof|prove|victim|why did)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", sorted(SLICE.rglob("*.html")), ids=lambda path: path.name)
def test_no_page_says_that_it_may_have_been_the_drug(path: Path) -> None:
    words = re.sub(r"{[#%].*?[#%]}|<[^>]*>", " ", path.read_text(encoding="utf-8"))
    assert DOUBTS.search(words) is None


def test_neither_do_the_words_of_the_rules(clinic: Clinic) -> None:
    words = [one.label for one in (*Subject, *Outcome)]
    assert not [one for one in words if DOUBTS.search(one)]


def test_a_list_of_reports_names_nobody(clinic: Clinic, signed_in: Browser) -> None:
    told_by(clinic.patient_user, clinic.guide)
    reviewer = person(Role.REVIEWER)
    page = pages.text(signed_in(reviewer).get("/", follow=True))
    assert "Not read yet" in page
    assert clinic.guide.shown_name not in page
    assert clinic.patient.family_name not in page
    assert len(reviewing.seen_by(reviewer)) == 1
