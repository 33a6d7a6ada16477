"""A clinic makes a number of screening stricter, and everything that rests on it follows."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import own_numbers, signing
from slackwater.actions.eligibility import found
from slackwater.actions.eligibility.past import screen
from slackwater.actions.policy import DeniedError
from slackwater.catalogue.eligibility import load_eligibility
from slackwater.catalogue.signable import rules
from slackwater.records.models import AuditEvent, OwnNumber
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.dates import LastDay
from slackwater.rules.eligibility.limits import HELD_ELSEWHERE, HIGHER_IS_STRICTER, SETTABLE
from slackwater.rules.sign_off import Standing
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

OURS = load_eligibility().numbers.event_within.value


def keep(clinic: Clinic, value: int, *, name: str = "event_within", key: UUID | None = None) -> None:
    own_numbers.keep(
        name,
        value,
        reason="Our cardiologist asks for it.",
        by=clinic.owner,
        at=timezone.now(),
        key=key or uuid4(),
    )


def a_week_past_it(clinic: Clinic) -> None:
    """The patient's event was a week longer ago than the catalogue's number asks for."""
    event = LastDay(has_happened=True, on=timezone.localdate() - timedelta(weeks=OURS + 1))
    screen(clinic.patient, by=clinic.prescriber, at=timezone.now(), but={"heart.last_event": event})


def ids(clinic: Clinic) -> set[str]:
    at = timezone.now()
    return {one.id for one in found.of(clinic.patient, stage=Stage.ORDER, route=Route.IV, at=at).barring}


def test_who_was_let_through_is_held_back_by_the_clinics_own_number(clinic: Clinic):
    a_week_past_it(clinic)
    assert "E05" not in ids(clinic)
    keep(clinic, OURS + 2)
    assert "E05" in ids(clinic)
    keep(clinic, OURS)
    assert "E05" not in ids(clinic)


def test_a_finding_says_whose_number_it_is(clinic: Clinic):
    a_week_past_it(clinic)
    keep(clinic, OURS + 2)
    at = timezone.now()
    barring = found.of(clinic.patient, stage=Stage.ORDER, route=Route.IV, at=at).barring
    (finding,) = [one for one in barring if one.id == "E05"]
    assert finding.source.startswith("set stricter by this clinic")


@pytest.mark.parametrize("name", sorted(SETTABLE))
def test_every_number_that_is_offered_can_stay_as_it_is_and_never_be_laxer(name: str, clinic: Clinic):
    row = {row.name: row for one in rules() for row in own_numbers.settable(one.rows)}[name]
    keep(clinic, row.value, name=name)
    assert own_numbers.limits() == load_eligibility()
    laxer = row.value - 1 if name in HIGHER_IS_STRICTER else row.value + 1
    with pytest.raises(RefusedError) as refused:
        keep(clinic, laxer, name=name)
    assert [(one.field, one.code) for one in refused.value.problems] == [("value", "laxer")]


@pytest.mark.parametrize("name", [*sorted(HELD_ELSEWHERE), "no_such_number"])
def test_what_the_room_is_held_to_as_well_is_not_set_here(name: str, clinic: Clinic):
    with pytest.raises(RefusedError) as refused:
        keep(clinic, 1, name=name)
    assert [(one.field, one.code) for one in refused.value.problems] == [("name", "not-settable")]
    assert not OwnNumber.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 401])
def test_it_wants_a_reason(reason: str, clinic: Clinic):
    with pytest.raises(RefusedError) as refused:
        own_numbers.keep("event_within", 99, reason=reason, by=clinic.owner, at=timezone.now(), key=uuid4())
    assert [one.field for one in refused.value.problems] == ["reason"]
    assert own_numbers.limits() == load_eligibility()


@pytest.mark.parametrize("who", ["prescriber", "guide", "monitor", "patient_user"])
def test_only_the_owner_sets_one(who: str, clinic: Clinic):
    with pytest.raises(DeniedError):
        own_numbers.keep(
            "event_within", OURS + 1, reason="x", by=getattr(clinic, who), at=timezone.now(), key=uuid4()
        )
    assert not OwnNumber.objects.exists()


def test_a_button_pressed_twice_sets_it_once(clinic: Clinic):
    key = uuid4()
    for _ in range(2):
        keep(clinic, OURS + 1, key=key)
    assert OwnNumber.objects.count() == 1
    assert AuditEvent.objects.filter(kind="number-set", subject="event_within").count() == 1


def test_a_line_that_another_worker_commits_late_counts_too(clinic: Clinic):
    """Its number was drawn before that of a line which was read already."""
    said = {"at": timezone.now(), "by": clinic.owner, "by_name": "O", "reason": "R"}
    OwnNumber.objects.create(pk=1002, key=uuid4(), name="event_within", value=OURS + 1, **said)
    before = own_numbers.limits().numbers
    OwnNumber.objects.create(
        pk=1001, key=uuid4(), name="seizure_within", value=before.seizure_within.value + 1, **said
    )
    after = own_numbers.limits().numbers
    assert after.event_within.value == OURS + 1
    assert after.seizure_within.value == before.seizure_within.value + 1


def test_a_line_is_never_changed_nor_taken_away(live_clinic: Clinic):
    keep(live_clinic, OURS + 1)
    for attempt in (lambda: OwnNumber.objects.update(value=1), lambda: OwnNumber.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert OwnNumber.objects.get().value == OURS + 1


def test_another_number_is_another_rule_to_sign(clinic: Clinic):
    def stands() -> Standing:
        one = signing.find("E05", at=timezone.now())
        assert one is not None
        return one.standing

    def sign() -> None:
        one = signing.find("E05", at=timezone.now())
        assert one is not None
        read = [signing.ReadRule(rule="E05", digest=one.signable.digest)]
        signing.sign(read, by=clinic.owner, at=timezone.now(), key=uuid4())

    sign()
    assert (stands(), "E05" in signing.counting()) == (Standing.SIGNED, True)
    keep(clinic, OURS + 1)
    assert (stands(), "E05" in signing.counting()) == (Standing.LAPSED, False)
    sign()
    assert (stands(), "E05" in signing.counting()) == (Standing.SIGNED, True)
    keep(clinic, OURS)
    assert stands() is Standing.LAPSED
