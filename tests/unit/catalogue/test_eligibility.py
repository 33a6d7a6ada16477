"""The tables of eligibility, row by row beside the evidence, and what is said of a table that is wrong."""

import csv
from dataclasses import fields
from importlib import resources
from pathlib import Path

import pytest

from slackwater.catalogue.eligibility import load_eligibility, parse_eligibility
from slackwater.catalogue.limits import load_limits
from slackwater.rules.eligibility.criteria import Criterion
from slackwater.rules.eligibility.limits import FIXED, HIGHER_IS_STRICTER, LOWER_IS_STRICTER, threshold_rows
from slackwater.rules.findings import Override
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

EVIDENCE = Path(__file__).parents[4] / "shared" / "evidence"
LIMITS = load_eligibility()
ROWS: list[Criterion] = [getattr(LIMITS.criteria, field.name) for field in fields(LIMITS.criteria)]
NUMBERS = threshold_rows(LIMITS)
# Each with the reason why the evidence row does not have the number in these figures.
DERIVED = {
    "screen_within": "clinical.md section 7: baseline is within 14 days before the first dose",
    "checked_within": "design",
    "pregnancy_test_within": "design",
    "audit_c_men": "measures.csv Q29",
    "audit_c_women": "measures.csv Q29",
    "dast_10": "measures.csv Q30",
    "asa_class": "E39: ASA >=IV",
    "mouth_food": "design: E40's nasal window",
    "mouth_liquid": "design: E40's nasal window",
    "teach_back_tries": "E35: fail twice",
}
OVERRIDES = {
    "none": Override.NONE,
    "prescriber_documented": Override.PRESCRIBER,
    "prescriber_plus_second_clinician": Override.PRESCRIBER_AND_SECOND,
}
DOUBTS = ("design", "memory", "judgement")
INJECTED = {Route.IV, Route.IM}


def _text(name: str) -> str:
    return resources.files("slackwater.catalogue").joinpath(name).read_text(encoding="utf-8")


CRITERIA_TEXT, NUMBERS_TEXT = _text("eligibility.csv"), _text("eligibility_numbers.csv")


def _evidence() -> dict[str, dict[str, str]]:
    if not EVIDENCE.exists():
        pytest.skip(f"{EVIDENCE} is not here")
    found = {}
    for name in ("eligibility.csv", "measures.csv", "monitoring.csv"):
        text = (EVIDENCE / name).read_text(encoding="utf-8")
        found |= {row["id"]: row for row in csv.DictReader(text.splitlines())}
    return found


def test_there_are_forty_three_criteria_in_order() -> None:
    assert [row.rule for row in ROWS] == [f"E{number:02}" for number in range(1, 44)]


@pytest.mark.shared_data
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_action_override_and_domain_are_those_of_the_evidence(row: Criterion) -> None:
    told = _evidence()[row.rule]
    assert row.action == told["action"]
    assert row.override is OVERRIDES[told["override"]]
    assert row.domain == told["domain"]


@pytest.mark.shared_data
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_a_row_that_the_evidence_doubts_is_doubted_here(row: Criterion) -> None:
    ours = " ".join([row.verified, *(one.verified for one in NUMBERS.values() if one.rule == row.rule)])
    for doubt in DOUBTS:
        if doubt in _evidence()[row.rule]["verified"]:
            assert doubt in ours, doubt


@pytest.mark.shared_data
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_routes_are_those_of_the_evidence(row: Criterion) -> None:
    scope = _evidence()[row.rule]["route_scope"]
    assert row.routes == (INJECTED if scope == "IM/IV" else set(Route))
    strict = scope in ("IM/IV", "all routes; strict for IM/IV", "IV, IM, SC; advised all")
    assert row.strict == (INJECTED if strict else set(Route))


@pytest.mark.shared_data
@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_every_number_stands_in_the_evidence_row_it_names(name: str) -> None:
    row = NUMBERS[name]
    assert str(row.value) in " ".join(_evidence()[row.rule].values()) or name in DERIVED


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "measure"), [("audit_c_men", "Q29"), ("audit_c_women", "Q29"), ("dast_10", "Q30")]
)
def test_a_screens_cut_off_stands_in_the_measures(name: str, measure: str) -> None:
    told = _evidence()[measure]["cutoffs"]
    expected = {"audit_c_men": ">=4 men", "audit_c_women": ">=3 women", "dast_10": "act at 3"}[name]
    assert expected in told
    assert str(NUMBERS[name].value) in expected


@pytest.mark.parametrize("name", ["screen_within", "checked_within", "pregnancy_test_within", "mouth_food"])
def test_a_number_of_our_own_is_marked_as_design(name: str) -> None:
    assert NUMBERS[name].is_design


def test_age_teach_back_and_pressure_are_the_rows_that_other_rules_are_held_to() -> None:
    shared = load_limits()
    assert LIMITS.numbers.adult_age is shared.orders.adult_age
    assert LIMITS.numbers.senior_age is shared.orders.senior_age
    assert LIMITS.numbers.teach_back_tries is shared.agreements.teach_back_tries
    assert LIMITS.numbers.baseline_within is shared.room.doses.baseline_within
    assert LIMITS.pressures is shared.room.doses.pressures


def test_every_number_has_one_stricter_side() -> None:
    sides = [*HIGHER_IS_STRICTER, *LOWER_IS_STRICTER, *FIXED]
    assert sorted(sides) == sorted(NUMBERS)


def test_the_criteria_are_loaded_once() -> None:
    assert load_eligibility() is load_eligibility()


def _with(old: str, new: str, text: str = CRITERIA_TEXT) -> str:
    assert old in text
    return text.replace(old, new, 1)


LAST = CRITERIA_TEXT.splitlines()[-1]
FAULTS = {
    "missing": ("\n".join(CRITERIA_TEXT.splitlines()[:-1]), "eligibility.csv"),
    "twice": (CRITERIA_TEXT + LAST + "\n", "baseline_tests"),
    "renamed": (_with("E01,aneurysm,", "E01,aneurism,"), "aneurysm"),
    "a rule twice": (_with("E02,brain_haemorrhage", "E01,brain_haemorrhage"), "eligibility.csv"),
    "no such action": (_with(",exclude,", ",forbid,"), "aneurysm"),
    "no such override": (_with(",exclude,none,", ",exclude,nobody,"), "aneurysm"),
    "no such route": (_with("iv im", "iv sc"), "sleep_apnoea"),
    "strict elsewhere": (_with(",none,iv im,,", ",none,iv im,nasal-device,"), "anaesthetic_class"),
    "no such stage": (_with("course order day", "course order night"), "aneurysm"),
    "no source": (_with("European KAT clinic exclusion list", " "), "eligibility.csv line"),
    "no sentence": (_with("Find another day.", "find another day"), "airway_today"),
    "short": (_with("E02,brain_haemorrhage,", "E02,"), "eligibility.csv line"),
    "header": (_with("rule,name", "name,rule"), "eligibility.csv: header"),
}
NUMBER_FAULTS = {
    "missing": (_with("event_within,", "event_in,", NUMBERS_TEXT), "event_within"),
    "half": (_with("E05,6,", "E05,6.5,", NUMBERS_TEXT), "event_within"),
    "negative": (_with("E05,6,", "E05,-6,", NUMBERS_TEXT), "event_within"),
    "no unit": (_with("E05,6,wk,", "E05,6,,", NUMBERS_TEXT), "eligibility_numbers.csv line"),
    "another unit": (_with("E05,6,wk,", "E05,6,fortnight,", NUMBERS_TEXT), "event_within"),
    "no such rule": (_with("E05,6,", "E50,6,", NUMBERS_TEXT), "event_within"),
    "shared": (NUMBERS_TEXT + "adult_age,E32,16,mo,x,x,x,x\n", "adult_age"),
}


@pytest.mark.parametrize(("text", "field"), FAULTS.values(), ids=list(FAULTS))
def test_a_table_that_is_wrong_is_refused_by_its_row(text: str, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_eligibility(criteria=text, numbers=NUMBERS_TEXT, shared=load_limits())
    assert refused.value.problems[0].field.startswith(field)


@pytest.mark.parametrize(("text", "field"), NUMBER_FAULTS.values(), ids=list(NUMBER_FAULTS))
def test_a_number_that_is_wrong_is_refused_by_its_row(text: str, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_eligibility(criteria=CRITERIA_TEXT, numbers=text, shared=load_limits())
    assert refused.value.problems[0].field.startswith(field)
