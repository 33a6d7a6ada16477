"""Every kind of entry in words, struck and late ones included."""

from datetime import UTC, datetime, timedelta

import pytest

from slackwater.reports.log_lines import log_lines, ratings
from slackwater.rules.room.agreed import AskedMore, NoSign, SaidNo, YesTo
from slackwater.rules.room.heard import Heard, NameAnswer
from slackwater.rules.room.log import (
    KIND_OF,
    Alertness,
    Check,
    CheckItem,
    DoseGiven,
    EntryKind,
    Left,
    Listening,
    LogEntry,
    NameCall,
    Note,
    Opened,
    Payload,
    Rating,
    SetAside,
    Speed,
    Stop,
    Struck,
    Vitals,
    VitalSource,
)
from slackwater.rules.room.presence import CameIn, Place, WentOut
from slackwater.rules.room.rescue import Outcome, RescueStep
from slackwater.rules.room.signals import AlarmScored, AlarmSeen, Condition
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex
from slackwater.terms.vitals import Quality, Reading, VitalCode

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def entry(payload: Payload, *, sequence: int = 1, minute: float = 0, late_min: float = 0) -> LogEntry:
    happened_at = NOON + timedelta(minutes=minute)
    return LogEntry(
        sequence=sequence,
        kind=KIND_OF[type(payload)],
        payload=payload,
        happened_at=happened_at,
        recorded_at=happened_at + timedelta(minutes=late_min),
        by_name="Robin Hale",
        by_role="monitor",
    )


OPENED = Opened(
    model="rk1", drug=Drug.RACEMIC, seed=1, subjects=4096, weight_g=70_500, age_years=34, sex=Sex.FEMALE,
    medicines=("clarithromycin",), order="8f2c",
)  # fmt: skip
DOSE = DoseGiven(number=1, drug=Drug.RACEMIC, route=Route.IV, amount_ug=35_000, duration_s=2400)
VITALS = Vitals(
    source=VitalSource.MONITOR,
    readings=(
        Reading(code=VitalCode.SBP, tenths=1440),
        Reading(code=VitalCode.DBP, tenths=885),
        Reading(code=VitalCode.HR, tenths=2770, quality=Quality.ARTEFACT),
        Reading(code=VitalCode.SPO2, tenths=0, quality=Quality.DISCONNECTED),
    ),
)

WORDS: tuple[tuple[Payload, str, str], ...] = (
    (OPENED, "Opened", "The room was opened: 34 years, female, 70.5 kg, taking clarithromycin"),
    (DOSE, "Dose 1", "racemic ketamine 35 mg into a vein (IV) over 40 min"),
    (VITALS, "Monitor", "144/88.5 mmHg, pulse 277 (not a true reading), SpO₂ not connected"),
    (Rating(depth=7), "Rating", "7 of 10"),
    (Alertness(moaas=4), "Alertness", "MOAA/S 4 of 5"),
    (
        NameCall(answer=NameAnswer.SLOWLY),
        "Name called",
        "Answers to the name: slowly, or called loudly or again",
    ),
    (
        Listening(sign=Heard.HEART_RATE, on=False, reason="fear"),
        "Crowd",
        "No longer listens to: Heart rate. fear",
    ),
    (Listening(sign=Heard.RATING, on=True), "Crowd", "Listens to: Ratings by the patient"),
    (Note(text="*warm*"), "Note", "*warm*"),
    (Stop(reason="asked to stop"), "Stopped", "asked to stop"),
    (
        Check(item=CheckItem.ESCORT, passed=True, detail="sister"),
        "Check",
        "A responsible adult is here to take them home: yes, sister",
    ),
    (Struck(sequence=3, reason="other room"), "Struck out", "Entry 3: other room"),
    (Left(), "Left", "Nothing set aside"),
    (Left(overrides=(SetAside(barrier="R03", reason="usual"),)), "Left", "Set aside: R03 (usual)"),
    (
        SaidNo(gone=(YesTo(item="touch", of="hands", person="user:7"),), sign=NoSign.WORD),
        "Said no",
        "touch (hands), from now on",
    ),
    (SaidNo(gone=(), sign=NoSign.TAP, everything=True), "Said no", "Everything, from now on"),
    (
        AskedMore(wishes=(YesTo(item="booster"),)),
        "Asked for more",
        "booster: kept for a sober day, and not agreed",
    ),
    (CameIn(place=Place.EARSHOT, who="7"), "Came in", "Within earshot"),
    (WentOut(who="7"), "Went out", "Somebody else stayed"),
    (WentOut(who="7", is_fact=True), "Went out", "Was out already"),
    (AlarmSeen(condition=Condition.ALONE), "Alarm seen", "Nobody signed in with the patient"),
    (
        AlarmScored(condition=Condition.PRESSURE, raised_at=NOON, useful=False),
        "Alarm",
        "Blood pressure: of no use",
    ),
    (RescueStep(run="a", checklist="airway", step="oxygen"), "Rescue", "Airway: oxygen"),
    (
        RescueStep(run="a", checklist="airway", step="ended", outcome=Outcome.WELL),
        "Rescue",
        "Airway: ended. It is over, and they are well",
    ),
    (Speed(factor=60), "Clock", "The demonstration runs at 60 times the pace"),
)


@pytest.mark.parametrize(("payload", "kind", "text"), WORDS)
def test_each_kind_has_its_words(payload: Payload, kind: str, text: str):
    (line,) = log_lines([entry(payload)])
    assert (line.kind, line.text, line.by) == (kind, text, "Robin Hale, monitor")


def test_no_kind_was_forgotten():
    assert {KIND_OF[type(payload)] for payload, _, _ in WORDS} == set(EntryKind)


def test_a_pressure_with_one_bad_half_is_never_shown_as_a_pair():
    bad = Vitals(
        source=VitalSource.HAND,
        readings=(
            Reading(code=VitalCode.SBP, tenths=1440),
            Reading(code=VitalCode.DBP, tenths=100, quality=Quality.ARTEFACT),
        ),
    )
    (line,) = log_lines([entry(bad)])
    assert line.text == "systolic 144 mmHg, diastolic 10 mmHg (not a true reading)"


def test_a_struck_entry_carries_who_and_why_and_the_first_strike_counts():
    log = [
        entry(Rating(depth=9), sequence=1),
        entry(Struck(sequence=1, reason="other room"), sequence=2, minute=1),
        entry(Struck(sequence=1, reason="again"), sequence=3, minute=2),
    ]
    first = log_lines(log)[0]
    assert first.struck is not None
    assert (first.text, first.struck.reason, first.struck.by) == (
        "9 of 10",
        "other room",
        "Robin Hale, monitor",
    )
    assert [rating.is_struck for rating in ratings(log)] == [True]


def test_a_dose_stays_whole_whatever_strikes_it():
    log = [entry(DOSE, sequence=1), entry(Struck(sequence=1, reason="no"), sequence=2)]
    assert log_lines(log)[0].struck is None


@pytest.mark.parametrize(("late_min", "is_late"), [(0.5, False), (2, False), (2.1, True)])
def test_late_is_what_the_room_calls_late(late_min: float, *, is_late: bool):
    assert log_lines([entry(Rating(depth=1), late_min=late_min)])[0].is_late is is_late


def test_ratings_come_in_the_order_in_which_they_were_given():
    log = [entry(Rating(depth=2), sequence=1, minute=9), entry(Rating(depth=5), sequence=2, minute=4)]
    assert [rating.depth for rating in ratings(log)] == [5, 2]
