"""The worth of readings, on recorded vitals and in corners that the table in tests/spec leaves out."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tests.rooms import Room, minute, readings

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.artefacts import assess
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import Vitals, VitalSource
from slackwater.terms.vitals import Quality, Reading, VitalCode

LIMITS = load_limits().room.readings
RECORDED = Path(__file__).parents[4] / "shared" / "data" / "vitals"
COLUMNS = {"HR": "hr", "RESP": "rr", "SpO2": "spo2", "NBPSys": "sbp", "NBPDias": "dbp"}


def test_a_devices_own_mark_is_kept_where_it_is_worse() -> None:
    taken = readings(source=VitalSource.MONITOR, quality=Quality.ARTEFACT, spo2=97)
    assert assess(taken, RoomState(), at=minute(0), limits=LIMITS).readings[0].quality is Quality.ARTEFACT


def test_a_persons_reading_is_good_whatever_mark_was_sent_with_it() -> None:
    taken = readings(quality=Quality.ARTEFACT, spo2=97)
    assert assess(taken, RoomState(), at=minute(0), limits=LIMITS).readings[0].is_good


def test_the_value_is_kept_as_it_came() -> None:
    taken = readings(source=VitalSource.MONITOR, hr=277, spo2=0, sbp=40, dbp=10, rr=0.9)
    marked = assess(taken, RoomState(), at=minute(0), limits=LIMITS)
    assert [(one.code, one.tenths) for one in marked.readings] == [
        (one.code, one.tenths) for one in taken.readings
    ]
    assert not any(one.is_good for one in marked.readings)


def test_an_odd_pair_that_a_person_typed_bears_out_no_jump() -> None:
    state = Room().bp(0, 94, 80).state()
    taken = readings(source=VitalSource.MONITOR, sbp=180, dbp=100)
    marked = assess(taken, state, at=minute(2), limits=LIMITS)
    assert {one.quality for one in marked.readings} == {Quality.ARTEFACT}


def test_a_reading_is_a_whole_number_of_tenths() -> None:
    for value in (97.5, float("nan"), True, "97"):
        with pytest.raises(TypeError):
            Reading(code=VitalCode.SPO2, tenths=value)  # type: ignore[arg-type]  # the fault under test


def test_reading_as_written() -> None:
    assert Reading(code=VitalCode.SPO2, tenths=975).shown == "97.5 %"
    assert Reading(code=VitalCode.SBP, tenths=1220).shown == "122 mmHg"
    assert Reading(code=VitalCode.HR, tenths=-5).text == "-0.5"


@pytest.mark.shared_data
def test_a_recorded_collapse_shows_no_artefact_as_a_reading() -> None:
    """The sample with gross artefacts: pulse 277, cuff 40/10, leads off for half an hour."""
    state = _played("mimic-s25047.csv").state()
    for code, low, high in ((VitalCode.SBP, 60, 260), (VitalCode.DBP, 25, 160), (VitalCode.HR, 20, 250)):
        values = [one.said.tenths / 10 for one in state.good(code)]
        assert values
        assert low <= min(values) <= max(values) <= high
    marked = {(one.at, one.said.code.value): one.said for one in state.readings if not one.said.is_good}
    assert marked[minute(7), "sbp"].quality is Quality.ARTEFACT, "cuff 74/10"
    assert marked[minute(22), "sbp"].quality is Quality.ARTEFACT, "cuff 94/80"
    assert marked[minute(24), "sbp"].quality is Quality.ARTEFACT, "cuff 147/118, 84 above 63/41"
    assert marked[minute(45), "hr"].quality is Quality.DISCONNECTED
    # The fall in saturation is true, and every step of it stands.
    assert [one.said.tenths for one in state.good(VitalCode.SPO2) if minute(39) <= one.at <= minute(41)] == [
        919,
        711,
    ]


@pytest.mark.shared_data
def test_a_recorded_calm_day_is_almost_all_good() -> None:
    """The sample of 32 hours: leads off at first, then steady. No true reading is marked as an artefact."""
    state = _played("mimic-s00001.csv", most=400).state()
    counted = Counter((one.said.code.value, one.said.quality.value) for one in state.readings)
    assert counted["sbp", "artefact"] == 0
    assert counted["hr", "artefact"] <= 1
    assert counted["hr", "ok"] > 390
    assert counted["spo2", "disconnected"] > 30


def _played(name: str, *, most: int = 10**6) -> Room:
    path = RECORDED / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    room = Room()
    for row in list(csv.DictReader(path.read_text().splitlines()))[:most]:
        values = {code: float(row[column]) for column, code in COLUMNS.items() if row.get(column)}
        taken = readings(source=VitalSource.MONITOR, **values)
        # Only the last minutes can bear on a jump; folding them alone keeps this test short.
        recent = Room()
        recent.entries = [recent.entries[0], *(_renumbered(room, last=8))]
        at = minute(float(row["minute"]))
        room.says(float(row["minute"]), _assessed(taken, recent.state(), at=at))
    return room


def _assessed(taken: Vitals, state: RoomState, *, at: object) -> Vitals:
    return assess(taken, state, at=at, limits=LIMITS)  # type: ignore[arg-type]  # a datetime


def _renumbered(room: Room, *, last: int) -> list:
    return [replace(entry, sequence=n) for n, entry in enumerate(room.entries[1:][-last:], start=2)]
