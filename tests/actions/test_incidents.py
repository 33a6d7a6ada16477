"""Reports: told by anybody, read by a reviewer who is not named, with the logs kept as they stood."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.clinic import Clinic, person

from slackwater.actions import accounts, audit, sessions
from slackwater.actions.entries.command import Status
from slackwater.actions.entries.record import record_one
from slackwater.actions.incidents import evidence, lines, own_account, reviewing, telling
from slackwater.actions.incidents.lines import Deed
from slackwater.actions.incidents.telling import More
from slackwater.actions.policy import DeniedError
from slackwater.records.models import AccountLine, AuditEvent, Entry, Report, ReportLine, Role, User
from slackwater.rules.incidents.evidence import Change
from slackwater.rules.incidents.log import DutyDone, Outcome, Subject, Wrote
from slackwater.rules.room.log import Note, Stop, Struck
from slackwater.terms.refusal import RefusedError


def deed(by: User | None, **changes: object) -> Deed:
    return Deed(**({"by": by, "at": timezone.now(), "key": uuid4()} | changes))  # type: ignore[arg-type]


def told(by: User | None, *named: User, clinic: Clinic | None = None) -> Report:
    """A report by somebody that names these people, about the clinic's visit where one is given."""
    report = telling.begin(Subject.BOUNDARY, deed=deed(by)).report
    session = clinic.session.public_id if clinic and by else None
    people = tuple(one.pk for one in named)
    if people or session:
        telling.add(report, More(people=people, session=session), deed=deed(by))
    return report


def finish(clinic: Clinic, *, ago: timedelta = timedelta(0)) -> None:
    """The patient has gone: stopped before anything was given, and left."""
    clinic.baseline()
    note = Note(text="A first note.")
    for payload in (note, Stop(reason="Enough for today.")):
        sessions.perform(clinic.session.public_id, payload, by=clinic.monitor, at=timezone.now(), key=uuid4())
    last = Entry.objects.filter(session=clinic.session).order_by("-sequence").first()
    assert last is not None
    moment = timezone.now() - ago
    Entry.objects.create(
        session=clinic.session, sequence=last.sequence + 1, key=uuid4(), kind="left", payload={},
        happened_at=moment, recorded_at=moment, written_at=moment, by=clinic.monitor, by_name="x",
        by_role="monitor", request_hash="x", leaf=uuid4().hex, previous=last.leaf,
    )  # fmt: skip


@pytest.fixture
def reviewer(clinic: Clinic) -> User:
    return person(Role.REVIEWER)


def test_one_tap_after_the_first_is_a_report_and_keeps_where_every_log_stood(clinic: Clinic):
    clinic.baseline()
    report = telling.begin(Subject.SEXUAL, deed=deed(clinic.patient_user)).report
    last = Entry.objects.filter(session=clinic.session).order_by("-sequence").first()
    assert last is not None
    held = {one.log: (one.entries, one.head) for one in lines.now(report).held}
    assert held[f"session {clinic.session.public_id}"] == (last.sequence, last.leaf)
    assert f"agreements of {clinic.patient.public_id}" in held
    assert lines.check(report).holds


def test_the_same_button_pressed_twice_is_one_report(clinic: Clinic):
    twice = deed(clinic.patient_user)
    assert telling.begin(Subject.HURT, deed=twice).report == telling.begin(Subject.HURT, deed=twice).report
    assert Report.objects.count() == 1


def test_a_report_without_a_name_is_come_back_to_by_its_code_and_by_nothing_else(db):
    begun = telling.begin(Subject.OTHER, deed=deed(None))
    assert telling.by_code(telling.shown(begun.code).lower()) == begun.report
    assert begun.code not in str(list(Report.objects.values()))
    for wrong in ("", begun.code[:-1], "A" * 24, begun.report.code_hash):
        with pytest.raises(RefusedError) as refused:
            telling.by_code(wrong)
        assert refused.value.problems[0].field == "code"


def test_no_audit_row_tells_that_somebody_reported(clinic: Clinic, reviewer: User):
    before = AuditEvent.objects.count()
    report = told(clinic.guide, clinic.monitor, clinic=clinic)
    reviewing.look(report, deed=deed(reviewer))
    assert AuditEvent.objects.count() == before


def test_whoever_is_named_sees_nothing_and_ends_nothing_even_as_a_reviewer(clinic: Clinic, reviewer: User):
    other = person(Role.REVIEWER)
    report = told(clinic.patient_user, reviewer, clinic.monitor)
    assert reviewing.seen_by(reviewer) == []
    assert [one.report for one in reviewing.seen_by(other)] == [report]
    for act in (
        lambda: reviewing.look(report, deed=deed(reviewer)),
        lambda: reviewing.end(report, Outcome.ACTED, "Nothing to see.", deed=deed(reviewer)),
        lambda: reviewing.end(report, Outcome.ACTED, "Nothing to see.", deed=deed(clinic.monitor)),
        lambda: reviewing.one_seen_by(clinic.owner, report.public_id),
    ):
        with pytest.raises(Report.DoesNotExist):
            act()
    assert lines.now(report).ended is None


def test_a_reviewer_who_is_named_later_loses_sight_of_it(clinic: Clinic, reviewer: User):
    report = told(clinic.patient_user)
    reviewing.look(report, deed=deed(reviewer))
    telling.add(report, More(people=(reviewer.pk,)), deed=deed(clinic.patient_user))
    assert reviewing.seen_by(reviewer) == []
    assert not telling.has_reader(lines.now(report))


def test_a_reviewer_brought_in_by_a_named_owner_after_the_report_reads_nothing(clinic: Clinic):
    report = told(clinic.patient_user, clinic.owner)
    new = accounts.NewPerson(
        username="late", given_name="Late", family_name="Test", role=Role.REVIEWER,
        password="a long passphrase indeed",
    )  # fmt: skip
    late = accounts.add_person(new, by=clinic.owner, at=timezone.now())
    assert AuditEvent.objects.filter(kind=audit.Act.PERSON_ADDED.value, subject=f"user:{late.pk}").exists()
    assert reviewing.seen_by(late) == []
    other = told(clinic.patient_user, clinic.guide)
    assert [one.report for one in reviewing.seen_by(late)] == [other]
    assert report != other


@pytest.mark.parametrize("change", [Struck(sequence=2, reason="Wrong."), Note(text="In fact, no.")], ids=repr)
def test_who_is_named_adds_nothing_to_a_finished_visit_and_colleagues_still_do(
    clinic: Clinic, change, reviewer: User
):
    finish(clinic)
    told(clinic.patient_user, clinic.monitor)
    before = Entry.objects.count()
    refused = record_one(clinic.command(change, by=clinic.monitor), wall=timezone.now())
    assert refused.status is Status.REFUSED
    assert "log of this visit is closed" in refused.problems[0].message
    assert "report" not in refused.problems[0].message.lower()
    assert Entry.objects.count() == before
    kept = record_one(clinic.command(change, by=clinic.guide), wall=timezone.now())
    assert kept.status is Status.SAVED, kept.problems


def test_the_same_words_close_a_log_to_everybody_after_a_while(clinic: Clinic):
    finish(clinic, ago=timedelta(days=7, seconds=1))
    named = record_one(clinic.command(Note(text="Late.")), wall=timezone.now())
    told(clinic.patient_user, clinic.monitor)
    again = record_one(clinic.command(Note(text="Late.")), wall=timezone.now())
    assert named.status is again.status is Status.REFUSED
    assert named.problems == again.problems


def test_while_a_visit_goes_on_everybody_who_cares_for_the_patient_goes_on_writing(clinic: Clinic):
    told(clinic.patient_user, clinic.monitor)
    assert evidence.refusals(clinic.monitor, clinic.session, Change.NOTE, at=timezone.now()) == ()
    saved = record_one(clinic.command(Note(text="Calm.")), wall=timezone.now())
    assert saved.status is Status.SAVED


def test_a_report_about_another_patient_closes_nothing_here(clinic: Clinic):
    finish(clinic)
    told(clinic.stranger, clinic.monitor)
    assert not evidence.is_named(clinic.monitor, clinic.session)
    assert told(None) is not None
    begun = telling.begin(Subject.OTHER, deed=deed(None))
    telling.add(begun.report, More(people=(clinic.monitor.pk,)), deed=deed(None))
    assert evidence.is_named(clinic.monitor, clinic.session), "nobody said about whom, so it may be this one"


def test_a_log_that_was_changed_since_is_told_apart(live_clinic: Clinic):
    live_clinic.baseline()
    report = told(live_clinic.patient_user)
    assert all(one.is_as_held for one in evidence.kept(lines.now(report)))
    sessions.perform(
        live_clinic.session.public_id,
        Note(text="Later."),
        by=live_clinic.monitor,
        at=timezone.now(),
        key=uuid4(),
    )
    assert all(one.is_as_held for one in evidence.kept(lines.now(report))), "adding is no change"
    from slackwater.records import append_only

    append_only.drop(connection)
    Entry.objects.filter(session=live_clinic.session, sequence=2).update(payload={"changed": 1})
    changed = [one.held.log for one in evidence.kept(lines.now(report)) if not one.is_as_held]
    append_only.create(connection)
    assert changed == [f"session {live_clinic.session.public_id}"]


@pytest.mark.parametrize("model", [Report, ReportLine, AccountLine])
def test_nothing_of_it_is_ever_changed_or_taken_away(live_clinic: Clinic, model):
    told(live_clinic.patient_user, live_clinic.monitor)
    own_account.write("What I know.", by=live_clinic.patient_user, at=timezone.now(), key=uuid4())
    before = list(model.objects.order_by("pk").values())
    column = {Report: "code_hash", ReportLine: "by_name", AccountLine: "kind"}[model]
    for attempt in (lambda: model.objects.update(**{column: "x"}), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert list(model.objects.order_by("pk").values()) == before


def test_a_report_ends_only_when_every_duty_was_answered(clinic: Clinic, reviewer: User, settings):
    settings.JURISDICTION = "US-WI (example)"
    report = telling.begin(Subject.SEXUAL, deed=deed(clinic.patient_user)).report
    with pytest.raises(RefusedError) as refused:
        reviewing.end(report, Outcome.ACTED, "Looked into.", deed=deed(reviewer))
    assert "example-wisconsin" in refused.value.problems[0].message
    done = DutyDone(duty="example-wisconsin", words="She did not agree to a report.")
    reviewing.do_duty(report, done, deed=deed(reviewer))
    reviewing.end(report, Outcome.ACTED, "Looked into.", deed=deed(reviewer))
    assert lines.now(report).ended is not None
    telling.reopen(report, "", deed=deed(clinic.patient_user))
    assert lines.now(report).ended is None


@pytest.mark.parametrize(
    "act",
    [
        lambda report, who: telling.add(report, More(), deed=deed(who)),
        lambda report, who: telling.add(report, More(people=(10**9,)), deed=deed(who)),
        lambda report, who: telling.add(report, More(session=uuid4()), deed=deed(who)),
        lambda report, who: telling.reopen(report, "", deed=deed(who)),
    ],
)
def test_what_cannot_stand_is_refused_and_adds_nothing(clinic: Clinic, act):
    report = told(clinic.patient_user)
    before = report.lines.count()
    with pytest.raises(RefusedError) as refused:
        act(report, clinic.patient_user)
    assert refused.value.problems[0].mend
    assert report.lines.count() == before


def test_a_note_of_the_reviewer_needs_words(clinic: Clinic, reviewer: User):
    report = told(clinic.patient_user)
    with pytest.raises(RefusedError):
        reviewing.write(report, Wrote(words=" ", is_to_teller=True), deed=deed(reviewer))


def test_an_account_is_read_by_nobody_until_it_is_shared_and_by_nobody_after_it_is_taken_back(clinic: Clinic):
    me, at = clinic.patient_user, timezone.now()
    part = own_account.write("I remember the lamp.", by=me, at=at, key=uuid4()).number
    for one in (clinic.guide, clinic.monitor, clinic.owner, clinic.stranger):
        assert own_account.shared_with(one) == []
    own_account.share(part, clinic.guide.pk, by=me, at=at, key=uuid4())
    assert [one.words for one in own_account.shared_with(clinic.guide)] == ["I remember the lamp."]
    assert own_account.shared_with(clinic.monitor) == []
    own_account.take_back(part, clinic.guide.pk, by=me, at=at, key=uuid4())
    assert own_account.shared_with(clinic.guide) == []
    assert own_account.check(me).holds


def test_nobody_writes_or_shares_an_account_that_is_not_theirs(clinic: Clinic):
    part = own_account.write("Mine.", by=clinic.patient_user, at=timezone.now(), key=uuid4()).number
    with pytest.raises(DeniedError):
        own_account.share(part, clinic.guide.pk, by=clinic.guide, at=timezone.now(), key=uuid4())
    with pytest.raises(RefusedError):
        own_account.share(part, clinic.guide.pk, by=clinic.stranger, at=timezone.now(), key=uuid4())
    with pytest.raises(RefusedError):
        own_account.share(part, clinic.stranger.pk, by=clinic.patient_user, at=timezone.now(), key=uuid4())
    assert own_account.shared_with(clinic.guide) == []
