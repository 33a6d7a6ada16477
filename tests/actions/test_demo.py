"""The demonstration: invented people, rooms that play themselves by the one path, and never in a clinic."""

from datetime import timedelta

import pytest
from django.utils import timezone

from slackwater.actions import accounts, boards, clock, installation, log
from slackwater.actions.demo import past, people, rooms
from slackwater.actions.demo.driver import tick
from slackwater.actions.demo.scripts import FINISHED, IN_PROGRESS, OUTSIDER
from slackwater.actions.forecasts import latest
from slackwater.actions.marks.marking import mark_session
from slackwater.records.models import Entry, Installation, Patient, Session, User
from slackwater.terms.refusal import RefusedError


@pytest.fixture
def demo(db: None, settings) -> None:
    settings.DEMO = True
    settings.INSTALLATION = "demo"


def session_of(play) -> Session:
    return rooms.current(play)[0]


def test_a_stranger_finds_one_finished_visit_and_two_rooms_in_progress(demo):
    rooms.set_up(wall=timezone.now())
    finished, running, outsider = map(session_of, (FINISHED, IN_PROGRESS, OUTSIDER))
    states = {play: log.state(log.rows(play)) for play in (finished, running, outsider)}
    assert [states[session].is_over for session in (finished, running, outsider)] == [True, False, False]
    assert len(states[finished].doses) == 2
    assert all(log.check(session).holds for session in states)
    assert len(states[running].ratings) >= 3
    minutes = (timezone.now() - states[running].first_dose_at) / timedelta(minutes=1)
    assert minutes == pytest.approx(25, abs=1)


def test_the_planted_outsider_is_outside_and_the_other_is_not(demo):
    rooms.set_up(wall=timezone.now())
    assert latest.of(session_of(OUTSIDER)).posterior.outside
    assert not latest.of(session_of(IN_PROGRESS)).posterior.outside
    # The first page does not say "clear" of somebody whom the crowd knows nothing of.
    found = [boards.room(session_of(play), at=timezone.now()) for play in (OUTSIDER, IN_PROGRESS)]
    assert [boards.depth_now(room) is None for room in found] == [True, False]


def test_setting_up_twice_changes_nothing(demo):
    wall = timezone.now()
    rooms.set_up(wall=wall)
    before = Entry.objects.count()
    rooms.set_up(wall=wall + timedelta(seconds=5))
    assert Entry.objects.count() == before


def test_a_room_plays_to_its_end_and_begins_again(demo):
    wall = timezone.now()
    rooms.set_up(wall=wall)
    played = session_of(IN_PROGRESS)
    for seconds in range(0, 1200, 30):
        tick(IN_PROGRESS, wall=wall + timedelta(seconds=seconds))
        if rooms.is_over(played):
            break
    state = log.state(log.rows(played))
    assert state.is_over
    assert state.left.said.overrides == ()
    assert log.check(played).holds
    assert {row.kind for row in log.rows(played)} >= {"opened", "dose", "vitals", "rating", "check", "left"}
    tick(IN_PROGRESS, wall=wall + timedelta(seconds=seconds + 400))
    assert session_of(IN_PROGRESS) != played
    assert played in rooms.current(IN_PROGRESS)


def test_the_outsider_leaves_only_by_a_prescribers_word(demo):
    wall = timezone.now()
    rooms.set_up(wall=wall)
    played = session_of(OUTSIDER)
    for seconds in range(0, 1200, 30):
        tick(OUTSIDER, wall=wall + timedelta(seconds=seconds))
        if rooms.is_over(played):
            break
    left = Entry.objects.get(session=played, kind="left")
    assert left.by_role == "prescriber"
    assert [one["barrier"] for one in left.payload["overrides"]] == ["CROWD-01"]
    # The reason is true of this very log.
    half_an_hour = left.happened_at - timedelta(minutes=30)
    said = log.state(log.rows(played))
    lately = [rating.said.depth for rating in said.ratings if rating.at >= half_an_hour]
    alert = [one.said.moaas for one in said.alertness if one.at >= half_an_hour]
    assert len(lately) >= 2
    assert max(lately) <= 1
    assert min(alert) == 5


def test_started_over_the_room_is_new_and_the_old_one_is_out_of_sight(demo):
    wall = timezone.now()
    rooms.set_up(wall=wall)
    old = session_of(IN_PROGRESS)
    guide = User.objects.get(username="demo-guide")
    new = rooms.start_over(old.public_id, by=guide, wall=wall + timedelta(minutes=1))
    assert new != old
    old.refresh_from_db()
    assert old.put_away_at is not None
    assert Entry.objects.filter(session=old).exists()


def test_what_nobody_plays_cannot_start_over(demo):
    rooms.set_up(wall=timezone.now())
    guide = User.objects.get(username="demo-guide")
    with pytest.raises(RefusedError):
        rooms.start_over(session_of(FINISHED).public_id, by=guide, wall=timezone.now())


def test_ten_times_as_fast_and_back_the_room_clock_never_jumps(demo):
    wall = timezone.now()
    rooms.set_up(wall=wall)
    session = session_of(IN_PROGRESS)
    running = clock.of_session(session)
    assert running.factor == rooms.START_FACTOR
    assert abs(clock.room_time(running, wall) - wall) < timedelta(seconds=1)
    later = wall + timedelta(seconds=60)
    assert clock.room_time(running, later) - clock.room_time(running, wall) == timedelta(minutes=10)


def test_a_clinic_has_no_demonstration(db, settings):
    assert settings.DEMO is False
    with pytest.raises(RefusedError):
        rooms.set_up(wall=timezone.now())
    assert Patient.objects.count() == 0
    assert accounts.demo_sign_ins() == []
    with pytest.raises(RefusedError):
        accounts.demo_person("demo-monitor", at=timezone.now())


def test_demo_people_have_no_password(demo):
    rooms.set_up(wall=timezone.now())
    assert {user.role for user in accounts.demo_sign_ins()} >= {"monitor", "prescriber", "guide", "patient"}
    assert not any(user.has_usable_password() for user in accounts.demo_sign_ins())


@pytest.mark.parametrize(("kind", "other"), [("demo", "clinic"), ("clinic", "demo")])
def test_a_database_belongs_to_its_kind_for_good(db, settings, kind: str, other: str):
    settings.INSTALLATION = kind
    assert installation.claim().kind == kind
    installation.claim()
    settings.INSTALLATION = other
    with pytest.raises(installation.OtherKindError):
        installation.claim()
    assert Installation.objects.get().kind == kind


@pytest.mark.slow
def test_the_past_is_played_once_to_its_end_and_is_marked(demo):
    wall = timezone.now()
    people.everyone()
    assert past.n_missing() == past.N_VISITS
    session = past.play_visit(1, wall=wall)
    assert rooms.is_over(session)
    assert log.check(session).holds
    assert past.n_missing() == past.N_VISITS - 1
    before = Entry.objects.count()
    assert past.play_visit(1, wall=wall) is None
    assert Entry.objects.count() == before
    assert mark_session(session, at=wall).marks.filter(quantity="depth").count() >= 8


@pytest.mark.slow
def test_whoever_came_once_comes_again_five_weeks_later(demo):
    wall = timezone.now()
    people.everyone()
    once, again = past.N_VISITS // 2, past.N_VISITS
    assert past.visit(once).who == past.visit(again).who
    for number in (once, again):
        session = past.play_visit(number, wall=wall)
        assert session is not None
        assert rooms.is_over(session)
    assert past.n_missing() == past.N_VISITS - 2


def test_every_past_visit_is_of_somebody_invented_within_the_ranges():
    visits = [past.visit(number) for number in range(1, past.N_VISITS + 1)]
    assert len({play.name for play in visits}) == past.N_VISITS
    assert {play.draft.route.value for play in visits} == {"im", "iv"}
    assert all(play.draft.dose_ug == play.who.grams // 2 for play in visits)
