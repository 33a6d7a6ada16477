"""Every act by every role: who may, and that everybody else is refused with nothing changed."""

from itertools import product

import pytest
from django.utils import timezone
from tests.clinic import Clinic, vitals

from slackwater.actions.entries.command import Status
from slackwater.actions.entries.record import record_one
from slackwater.actions.policy import GRANTED, Permission, may
from slackwater.records.models import Entry, Role
from slackwater.rules.room.heard import Heard, NameAnswer
from slackwater.rules.room.log import (
    Alertness,
    Check,
    CheckItem,
    EntryKind,
    Left,
    Listening,
    NameCall,
    Note,
    Rating,
    Speed,
    Stop,
    Struck,
)

STAFF = {"prescriber", "monitor", "guide"}
WRITERS = {
    EntryKind.VITALS: STAFF,
    EntryKind.RATING: STAFF | {"patient"},
    EntryKind.ALERTNESS: STAFF,
    EntryKind.NAME_CALL: STAFF,
    EntryKind.LISTENING: {"prescriber", "monitor"},
    EntryKind.NOTE: STAFF,
    EntryKind.STOP: STAFF | {"patient"},
    EntryKind.CHECK: STAFF,
    EntryKind.STRUCK: STAFF,
    EntryKind.DOSE: {"prescriber", "monitor"},
    EntryKind.LEFT: {"prescriber", "monitor"},
    EntryKind.SPEED: set(),
}
PEOPLE = ["prescriber", "monitor", "guide", "patient", "owner", "stranger", "dismissed"]


def payload(kind: EntryKind, clinic: Clinic):
    made = {
        EntryKind.VITALS: vitals(sbp=1200, dbp=800),
        EntryKind.RATING: Rating(depth=1),
        EntryKind.ALERTNESS: Alertness(moaas=5),
        EntryKind.NAME_CALL: NameCall(answer=NameAnswer.AT_ONCE),
        EntryKind.LISTENING: Listening(sign=Heard.HEART_RATE, on=False, reason="Fear moves it."),
        EntryKind.NOTE: Note(text="Seen."),
        EntryKind.STOP: Stop(reason="Asked."),
        EntryKind.CHECK: Check(item=CheckItem.GAIT, passed=True),
        EntryKind.STRUCK: Struck(sequence=2, reason="Slip."),
        EntryKind.DOSE: clinic.dose(),
        EntryKind.LEFT: Left(),
        EntryKind.SPEED: Speed(factor=10),
    }
    return made[kind]


def somebody(clinic: Clinic, who: str):
    if who == "dismissed":
        clinic.monitor.is_active = False
        clinic.monitor.save()
        return clinic.monitor
    return {"patient": clinic.patient_user}.get(who) or getattr(clinic, who)


@pytest.mark.parametrize(("kind", "who"), list(product(WRITERS, PEOPLE)), ids=str)
def test_who_may_write_what_into_a_session(clinic: Clinic, kind: EntryKind, who: str):
    clinic.baseline()
    before = Entry.objects.count()
    outcome = record_one(clinic.command(payload(kind, clinic), by=somebody(clinic, who)), wall=timezone.now())
    if who in WRITERS[kind]:
        assert outcome.status is Status.SAVED, outcome.problems
    else:
        assert outcome.status is Status.REFUSED
        assert Entry.objects.count() == before


def test_the_table_names_every_role_and_grants_a_patient_nothing_but_their_own():
    assert set(GRANTED) == set(Role)
    assert all("own" in permission.value for permission in GRANTED[Role.PATIENT])
    assert GRANTED[Role.REVIEWER] == {Permission.REVIEW_REPORTS}
    assert GRANTED[Role.OWNER] == {
        Permission.KEEP_PEOPLE,
        Permission.SEE_RULES,
        Permission.SIGN_RULES,
        Permission.SEE_INSIGHT,
        Permission.DECIDE_SIGNS,
        Permission.SEE_STOCK,
        Permission.WITNESS_STOCK,
        Permission.RECEIVE_STOCK,
        Permission.CLOSE_STOCK_CASE,
    }


def test_nobody_may_sign_but_a_prescriber():
    for permission in (Permission.SIGN_ORDER, Permission.VOID_ORDER, Permission.SET_ASIDE_BARRIER):
        assert {role for role in Role if permission in GRANTED[role]} == {Role.PRESCRIBER}


def test_a_patient_watches_their_own_session_and_no_other(clinic: Clinic):
    assert may(clinic.patient_user, Permission.WATCH_SESSION, clinic.session)
    assert not may(clinic.stranger, Permission.WATCH_SESSION, clinic.session)
    assert not may(clinic.patient_user, Permission.WATCH_SESSION)


def test_whoever_is_no_longer_active_may_nothing(clinic: Clinic):
    clinic.prescriber.is_active = False
    assert not any(may(clinic.prescriber, permission, clinic.session) for permission in Permission)
