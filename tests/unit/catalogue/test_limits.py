"""The tables of thresholds, row by row, and what is said of a table that is wrong."""

import csv
from importlib import resources
from pathlib import Path

import pytest

from slackwater.catalogue.limits import load_limits, parse_limits
from slackwater.rules.basis import Threshold, check_rising
from slackwater.terms.refusal import RefusedError

EVIDENCE = Path(__file__).parents[4] / "shared" / "evidence"
# One a line, so that two people who add theirs do not meet.
OWN = (
    "AGR",
    "ORD",
    "ROOM",
    "READ",
    "DUE",
    "CROWD",
    "PLAN",
    "CALL",
    "LEAVE",
    "STK",
    "CHK",
    "ALM",
    "INT",
    "INC",
    "LONG",
)


def _text(name: str) -> str:
    return resources.files("slackwater.catalogue").joinpath(name).read_text(encoding="utf-8")


MONITORING, DOSES = _text("monitoring.csv"), _text("dose_limits.csv")
ROWS = [*csv.DictReader(MONITORING.splitlines()), *csv.DictReader(DOSES.splitlines())]
CITED = [row for row in ROWS if row["rule"].split("-")[0] not in OWN]


def _ids(rows: list[dict[str, str]]) -> list[str]:
    return [f"{row['rule']} {row.get('name', row.get('route'))}" for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=_ids(ROWS))
def test_every_row_says_where_it_comes_from_and_how_sure_we_are(row: dict[str, str]) -> None:
    assert row["source"]
    assert row["reference"]
    assert row["verified"]


@pytest.mark.parametrize("row", ROWS, ids=_ids(ROWS))
def test_a_rule_of_our_own_is_marked_as_design(row: dict[str, str]) -> None:
    if row["rule"].split("-")[0] in OWN:
        assert "design" in row["verified"]


@pytest.mark.shared_data
@pytest.mark.parametrize("row", CITED, ids=_ids(CITED))
def test_every_number_stands_in_the_evidence_row_it_names(row: dict[str, str]) -> None:
    evidence = _evidence()
    told = evidence[row["rule"].split(".")[0]]
    numbers = [row.get("value", ""), row.get("low", ""), row.get("high", "")]
    missing = [number for number in numbers if number and number not in told]
    # What the evidence does not put in figures: each with the reason why the number is here all the same.
    derived = {
        "baseline_moaas": "P07 asks MOAA/S 5",
        "moaas_emergency": "M07: 0-1",
        "leaving_fresh": "design",
        "observation": "M11: 2 h",
        "oximeter_silence": "design",
        "booster_fresh": "design: the interval of M01 and M07",
        "nasal_esketamine_boosters": "D15: no redose",
        "repeat_apart": "P08",
        "course_interval": "D18: 48 h, in minutes",
        "course_review": "D17: about 4 weeks, in minutes",
        "window_hours": "clinical.md 6.3: 24 h, in minutes",
        "kit_signed": "M12: weekly, in days",
        "stock_weekly": "C02: weekly, in days",
        "stock_inventory": "C02: every 2 years, in days",
        "D15": "84 mg over three devices",
    }
    assert not missing or row.get("name", row["rule"]) in derived, missing


def _evidence() -> dict[str, str]:
    if not EVIDENCE.exists():
        pytest.skip(f"{EVIDENCE} is not here")
    found: dict[str, str] = {}
    for name in ("monitoring.csv", "eligibility.csv"):
        for row in csv.DictReader((EVIDENCE / name).read_text(encoding="utf-8").splitlines()):
            found[row["id"]] = " ".join(row.values())
    return found


def test_the_limits_are_loaded_once() -> None:
    assert load_limits() is load_limits()


def _changed(old: str, new: str) -> str:
    assert old in MONITORING
    return MONITORING.replace(old, new, 1)


FAULTS = {
    "missing": (_changed("spo2_alert,M03,", "spo2_alarm,M03,"), "spo2_alert"),
    "twice": (MONITORING + MONITORING.splitlines()[1] + "\n", "spo2_alert"),
    "unused": (MONITORING + "extra,M03,1,%,what,source,reference,design\n", "extra"),
    "not a number": (_changed("spo2_alert,M03,92", "spo2_alert,M03,92.5"), "spo2_alert"),
    "negative": (_changed("spo2_alert,M03,92", "spo2_alert,M03,-92"), "spo2_alert"),
    "no number": (_changed("spo2_alert,M03,92,%", "spo2_alert,M03,,"), "spo2_alert"),
    "no unit": (_changed("spo2_alert,M03,92,%", "spo2_alert,M03,92,"), "spo2_alert"),
    "no source": (_changed(",house rule (more cautious than the labels),", ",,"), "monitoring.csv line"),
    "short": (_changed(",M06,45,/min,", ",M06,45,"), "monitoring.csv line"),
    "slots": (_changed("mouth_slot_2,M02,40", "mouth_slot_2,M02,20"), "mouth_slot_"),
}


@pytest.mark.parametrize(("text", "field"), FAULTS.values(), ids=list(FAULTS))
def test_a_table_that_is_wrong_is_refused_by_its_row(text: str, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_limits(monitoring=text, doses=DOSES)
    assert refused.value.problems[0].field.startswith(field)


DOSE_FAULTS = {
    "no such kind": DOSES.replace("D01,usual,", "D01,usually,"),
    "upside down": DOSES.replace("0.1,0.75", "0.75,0.1"),
    "not a number": DOSES.replace("D03,usual,racemic,im,18,0.5,", "D03,usual,racemic,im,18,half,"),
    "NaN": DOSES.replace("D03,usual,racemic,im,18,0.5,", "D03,usual,racemic,im,18,NaN,"),
    "zero": DOSES.replace("D03,usual,racemic,im,18,0.5,", "D03,usual,racemic,im,18,0,"),
    "usual twice": DOSES + "D03,usual,racemic,im,18,0.5,0.5,mg/kg,what,source,reference,seen\n",
}


@pytest.mark.parametrize("text", DOSE_FAULTS.values(), ids=list(DOSE_FAULTS))
def test_a_dose_table_that_is_wrong_is_refused(text: str) -> None:
    assert text != DOSES
    with pytest.raises(RefusedError):
        parse_limits(monitoring=MONITORING, doses=text)


def test_limits_that_cross_are_refused() -> None:
    with pytest.raises(ValueError, match="spo2_emergency"):
        parse_limits(monitoring=_changed("spo2_emergency,M03,90", "spo2_emergency,M03,92"), doses=DOSES)


def _row(name: str, value: int, unit: str = "%") -> Threshold:
    return Threshold(name=name, rule="X", what="x", source="x", verified="design", value=value, unit=unit)


def test_rising_rows_have_one_unit() -> None:
    check_rising(_row("a", 1), _row("b", 2))
    with pytest.raises(ValueError, match="must be below"):
        check_rising(_row("a", 1), _row("b", 2, "min"))


def test_only_minutes_are_a_length_of_time() -> None:
    with pytest.raises(ValueError, match="not in minutes"):
        _ = _row("a", 1).minutes
