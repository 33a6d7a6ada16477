"""One patient from the first question to the next agreement, by everybody's own hands."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import clinic as made
from tests import marked
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions import readiness, sessions
from slackwater.actions.agreements import deeds
from slackwater.actions.agreements.deeds import Deed, Proposal, person_of
from slackwater.actions.agreements.held import held
from slackwater.actions.eligibility import deeds as screening
from slackwater.actions.eligibility import found, past
from slackwater.actions.incidents import evidence, lines, reviewing
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import Entry, Patient, Report, Role, Session, User
from slackwater.rules.agreements.permits import Item, Permit, Permits, touch
from slackwater.rules.incidents.evidence import Change
from slackwater.rules.room.agreed import AskedMore, NoSign, SaidNo, YesTo
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.zone import Zone

Browser = Callable[[User | None], Client]
WHOLE = {question.name: 2 for question in load_agreement_texts().questions}
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _pass_mark(settings) -> Iterator[None]:
    settings.TEACH_BACK_PASS_MARK = 15
    return iter(())


@pytest.fixture
def clinic(db: None) -> Clinic:
    return made.clinic()


@pytest.fixture
def new(clinic: Clinic) -> Patient:
    """Somebody of whom nothing was asked and who agreed to nothing."""
    return made.patient(user=made.person(Role.PATIENT))


def _deed(by: User, at: datetime) -> Deed:
    return Deed(by=by, at=at, key=uuid4())


def _agree(clinic: Clinic, who: Patient, permits: Permits, *, at: datetime) -> None:
    proposal = Proposal(permits=permits, expires_at=at + 90 * DAY, stop_word="red", stop_sign="hand flat up")
    number = deeds.draw_up(who, proposal, deed=_deed(clinic.guide, at)).number
    deeds.hear_back(who, number, WHOLE, deed=_deed(clinic.guide, at), is_rehearsed=True)
    assert who.user is not None
    for by in (who.user, clinic.prescriber, clinic.guide):
        deeds.sign(who, number, deed=_deed(by, at))


def _yeses(who: Patient) -> Permits:
    return held(who, at=timezone.now()).now.permits


def test_from_the_first_question_to_the_next_agreement(
    clinic: Clinic, new: Patient, signed_in: Browser
) -> None:
    hands, hug = (touch(zone, person_of(clinic.guide)) for zone in (Zone.HANDS, Zone.HUG))
    needed = frozenset(
        {Permit(item=Item.TREATMENT), Permit(item=Item.OFF_LABEL), Permit(item=Item.ROUTE, of="im"), hands}
    )
    begun = timezone.now() - 2 * DAY
    _screened_and_agreed(clinic, new, needed, before=begun)
    session = _visit(clinic, new, opened=begun)
    _narrowed(clinic, new, session, hands, hug, signed_in)
    _reported(clinic, new, session, signed_in)
    marked.leave(session, clinic, at=begun + timedelta(hours=6))
    _closed_to_whoever_is_named(clinic, session)
    _the_next_day(clinic, new, session, needed | {hug}, signed_in)


def _screened_and_agreed(clinic: Clinic, who: Patient, permits: Permits, *, before: datetime) -> None:
    """No course opens before it is known that she can agree; then it does."""
    past.screen(who, by=clinic.prescriber, at=before - 5 * DAY, is_opened=False)
    with pytest.raises(RefusedError) as refused:
        screening.open_course(who, by=clinic.prescriber, at=before - 5 * DAY)
    assert {one.code for one in refused.value.problems} == {"E35"}
    _agree(clinic, who, permits, at=before - 4 * DAY)
    screening.open_course(who, by=clinic.prescriber, at=before - 3 * DAY)
    assert found.open_course(who) is not None


def _visit(clinic: Clinic, who: Patient, *, opened: datetime) -> Session:
    session, _ = marked.begun(clinic, days_ago=(timezone.now() - opened) / DAY, patient=who)
    assert held(who, at=timezone.now()).now.is_locked
    return session


def _narrowed(
    clinic: Clinic, who: Patient, session: Session, hands: Permit, hug: Permit, signed_in: Browser
) -> None:
    """A no by her own tap; a wish that permits nothing; and no way to draw up more."""
    assert hands in _yeses(who)
    gone = YesTo(item="touch", of="hands", person=hands.person)
    said = SaidNo(gone=(gone,), sign=NoSign.TAP)
    sessions.perform(session.public_id, said, by=who.user, at=session.opened_at + 1 * DAY, key=uuid4())
    assert hands not in _yeses(who)
    wish = AskedMore(wishes=(YesTo(item="touch", of="hug", person=hug.person), gone))
    sessions.perform(session.public_id, wish, by=clinic.guide, at=session.opened_at + 1 * DAY, key=uuid4())
    assert not {hands, hug} & _yeses(who)
    refused = signed_in(clinic.guide).post(
        reverse("agreements:draw-up", args=[who.public_id]),
        {"permits": ["treatment", f"touch/hug/{hug.person}"], "stop_word": "red", "stop_sign": "hand",
         "expires_on_day": "1", "expires_on_month": "1", "expires_on_year": "2028"},
    )  # fmt: skip
    assert refused.status_code == 422
    assert not {hands, hug} & _yeses(who)


def _reported(clinic: Clinic, who: Patient, session: Session, signed_in: Browser) -> None:
    """Two taps; the guide is named, and neither they nor anybody of the team sees it."""
    reviewer = made.person(Role.REVIEWER)
    patient = signed_in(who.user)
    opened = patient.post(reverse("incidents:tell"), {"subject": "boundary", "key": str(uuid4())})
    assert opened.status_code == 302
    more = {"people": [str(clinic.guide.pk)], "session": str(session.public_id), "key": str(uuid4())}
    assert patient.post(opened.headers["Location"], more).status_code == 302
    report = Report.objects.get()
    address = reverse("incidents:review", args=[report.public_id])
    for one in (clinic.guide, clinic.monitor, clinic.prescriber, clinic.owner):
        assert signed_in(one).get(address).status_code == 403
    assert "About a visit" in pages.text(signed_in(reviewer).get(address))
    assert [one.report for one in reviewing.seen_by(reviewer)] == [report]


def _closed_to_whoever_is_named(clinic: Clinic, session: Session) -> None:
    now = timezone.now()
    assert evidence.refusals(clinic.guide, session, Change.NOTE, at=now)
    assert not evidence.refusals(clinic.monitor, session, Change.NOTE, at=now)
    assert all(one.is_as_held for one in evidence.kept(lines.now(Report.objects.get())))
    assert Entry.objects.filter(session=session, kind="left").exists()


def _the_next_day(
    clinic: Clinic, who: Patient, session: Session, permits: Permits, signed_in: Browser
) -> None:
    """Slept, told back, and only then more; and the next order asks how it has been since."""
    client = signed_in(who.user)
    client.post(reverse("agreements:slept", args=[who.public_id]), {"session": str(session.public_id)})
    assert held(who, at=timezone.now()).now.is_locked
    version = held(who, at=timezone.now()).now.version
    assert version is not None
    deeds.hear_back(who, version.number, WHOLE, deed=_deed(clinic.guide, timezone.now()))
    assert not held(who, at=timezone.now()).now.is_locked
    _agree(clinic, who, permits, at=timezone.now())
    assert _yeses(who) == permits
    next_order = made.order(who, prescriber=clinic.prescriber, booster=True)
    standing = {one.id for one in found.against_order(who, route=Route.IM, at=timezone.now())}
    assert {"LONG-01", "LONG-02"} <= standing
    assert not readiness.of_order(next_order, at=timezone.now()).is_green
