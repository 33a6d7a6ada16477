"""Recorded vital signs: a 0 is no reading, an empty cell is nothing, an artefact is kept and marked."""

import os
from collections import Counter
from pathlib import Path

import pytest

from slackwater.actions.recordings import read_recording
from slackwater.terms.refusal import RefusedError
from slackwater.terms.vitals import Quality, VitalCode

SHARED = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[3] / "shared/data")) / "vitals"

HEADER = "minute,HR,PULSE,RESP,SpO2,NBPSys,NBPDias\n"


def one(row: str) -> dict[str, tuple[int, str]]:
    (recorded,) = read_recording(HEADER + row)
    return {
        reading.code.value: (reading.tenths, reading.quality.value) for reading in recorded.vitals.readings
    }


def test_each_cell_becomes_a_reading_in_tenths():
    assert one("3,79.9,78,20.9,97.8,112,69") == {
        "hr": (799, "ok"), "rr": (209, "ok"), "spo2": (978, "ok"), "sbp": (1120, "ok"), "dbp": (690, "ok"),
    }  # fmt: skip


def test_zero_is_disconnected_and_empty_was_not_measured():
    assert one("0,0,,16.5,0,,") == {
        "hr": (0, "disconnected"), "rr": (165, "ok"), "spo2": (0, "disconnected"),
    }  # fmt: skip


def test_the_pulse_stands_in_only_where_no_heart_rate_was_measured():
    assert one("0,,70,,,,")["hr"] == (700, "ok")
    assert one("0,0,70,,,,")["hr"] == (0, "disconnected")


def test_a_rate_and_a_pulse_that_disagree_are_not_both_true():
    assert one("0,75.6,120.3,,,,")["hr"] == (756, "artefact")


@pytest.mark.parametrize("row", ["0,277,277,,,,", "0,,,,,40,10", "0,,,,,92,88", "0,,,1.8,,,"])
def test_a_gross_artefact_is_marked(row: str):
    assert {quality for _, quality in one(row).values()} == {"artefact"}


def test_a_row_without_a_reading_is_left_out():
    assert read_recording(HEADER + "0,,,,,,\n") == ()


@pytest.mark.parametrize("cell", ["NaN", "1e3", "-5", "63,5", "６３", "1_0", "+7", "inf", "about 70"])
def test_a_cell_that_is_no_number_is_refused_by_line_and_column(cell: str):
    with pytest.raises(RefusedError) as refused:
        read_recording(HEADER + f'0,70,,,,,\n1,"{cell}",,,,,\n')
    assert [problem.field for problem in refused.value.problems] == ["line 3, HR"]


@pytest.mark.parametrize("text", ["", "time,HR\n0,70\n", "minute,colour\n0,red\n"])
def test_a_table_without_vital_signs_is_refused(text: str):
    with pytest.raises(RefusedError) as refused:
        read_recording(text)
    assert refused.value.problems[0].code == "columns"


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["mimic-s00001.csv", "mimic-s25047.csv"])
def test_no_zero_and_no_impossible_number_of_a_real_recording_is_a_reading(name: str):
    if not (SHARED / name).exists():
        pytest.skip("the shared recordings are not here")
    rows = read_recording((SHARED / name).read_text(encoding="utf-8"))
    readings = [reading for row in rows for reading in row.vitals.readings]
    counted = Counter(reading.quality for reading in readings)
    assert counted[Quality.OK] > counted[Quality.ARTEFACT] > 0
    assert counted[Quality.DISCONNECTED] == sum(reading.tenths == 0 for reading in readings)
    for reading in readings:
        if reading.quality is Quality.OK and reading.code is VitalCode.HR:
            assert 200 <= reading.tenths <= 2500
