"""Rescue steps through the one path, and the lists that they come from."""

from uuid import uuid4

import pytest
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import log
from slackwater.actions.entries.command import Outcome as Answer
from slackwater.actions.entries.command import Status
from slackwater.actions.entries.record import record_one
from slackwater.catalogue.rescue import load_checklists
from slackwater.records.models import User
from slackwater.rules.room.log import EntryKind
from slackwater.rules.room.rescue import Outcome, RescueStep, runs
from slackwater.rules.room.signals import Condition
from slackwater.rules.room.wire import parse_payload
from slackwater.terms.refusal import RefusedError

RUN = str(uuid4())


def says(clinic: Clinic, step: str, *, by: User | None = None, outcome: Outcome | None = None) -> Answer:
    made = RescueStep(run=RUN, checklist="airway", step=step, outcome=outcome)
    return record_one(clinic.command(made, by=by), wall=timezone.now())


def test_a_rescue_is_kept_step_by_step_with_who_did_it(clinic: Clinic):
    for step, by in (("begun", clinic.monitor), ("call", clinic.guide), ("oxygen", clinic.monitor)):
        assert says(clinic, step, by=by).status is Status.SAVED
    assert says(clinic, "ended", outcome=Outcome.HANDED_OVER).status is Status.SAVED
    (run,) = runs(log.state(log.rows(clinic.session)).rescues)
    assert [(one.step, one.by_name) for one in run.done] == [
        ("call", clinic.guide.shown_name), ("oxygen", clinic.monitor.shown_name),
    ]  # fmt: skip
    assert run.outcome is Outcome.HANDED_OVER


def test_a_step_that_is_in_no_list_is_refused(clinic: Clinic):
    assert {one.code for one in says(clinic, "dance").problems} == {"unknown"}


@pytest.mark.parametrize("who", ["patient_user", "owner", "stranger"])
def test_only_staff_keep_a_rescue(clinic: Clinic, who: str):
    assert says(clinic, "begun", by=getattr(clinic, who)).status is Status.REFUSED


@pytest.mark.parametrize("more", [{"step": "ended"}, {"step": "call", "outcome": "well"}, {"step": ""}])
def test_only_the_end_says_how_it_ended_and_always_does(more: dict[str, str]):
    with pytest.raises(RefusedError):
        parse_payload(EntryKind.RESCUE_STEP, {"run": RUN, "checklist": "airway"} | more)


def test_every_list_belongs_to_alarms_that_there_are_and_no_alarm_has_two():
    conditions = [name for one in load_checklists() for name in one.conditions]
    assert set(conditions) <= {one.value for one in Condition}
    assert len(set(conditions)) == len(conditions)


def test_no_list_names_an_amount_or_a_unit():
    words = " ".join(step.says for one in load_checklists() for step in one.steps).lower()
    assert not any(f" {unit}" in words for unit in ("mg", "mcg", "µg", "ml", "milligram", "joule"))
