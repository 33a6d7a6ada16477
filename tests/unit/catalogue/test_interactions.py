"""The tables of other medicines, row by row beside the evidence, and what is said of a wrong one."""

import csv
from importlib import resources
from pathlib import Path

import pytest

from slackwater.catalogue.interactions import (
    EVIDENCE_COLUMNS,
    INGREDIENTS_FILE,
    ROWS_FILE,
    load_interactions,
    parse_interactions,
)
from slackwater.catalogue.medicines import read_exposure_changes
from slackwater.rules.findings import Override
from slackwater.rules.interactions.grades import Grade
from slackwater.rules.interactions.table import Interaction, Way
from slackwater.terms.refusal import RefusedError

EVIDENCE = Path(__file__).parents[4] / "shared" / "evidence" / "interactions_clinical.csv"
TABLE = load_interactions()
ROWS = list(TABLE.rows.values())
# Examples that name a whole class, a plant's class or a form: what stands for each of them here.
STAND_FOR = {
    "beta-blockers": "propranolol", "ACE inhibitors": "lisinopril", "THC products": "THC",
    "clopidogrel (weaker)": "clopidogrel", "gamma-hydroxybutyrate": "ghb", "ethanol": "alcohol",
    "ayahuasca contains MAOI": "ayahuasca",
}  # fmt: skip


def _text(name: str) -> str:
    return resources.files("slackwater.catalogue").joinpath(name).read_text(encoding="utf-8")


ROWS_TEXT, INGREDIENTS_TEXT = _text(ROWS_FILE), _text(INGREDIENTS_FILE)
OURS = {row["id"]: row for row in csv.DictReader(ROWS_TEXT.splitlines())}


def _evidence() -> dict[str, dict[str, str]]:
    if not EVIDENCE.exists():
        pytest.skip(f"{EVIDENCE} is not here")
    return {row["id"]: row for row in csv.DictReader(EVIDENCE.read_text(encoding="utf-8").splitlines())}


def test_there_are_twenty_eight_rows_in_order() -> None:
    assert list(TABLE.rows) == [f"INT-D{number:02}" for number in range(1, 29)]


@pytest.mark.shared_data
def test_no_row_of_the_evidence_is_missing_or_added() -> None:
    assert set(_evidence()) == set(OURS)


@pytest.mark.shared_data
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_each_row_is_the_evidence_word_for_word(row: Interaction) -> None:
    told = _evidence()[row.rule.removeprefix("INT-")]
    assert {column: OURS[told["id"]][column] for column in EVIDENCE_COLUMNS} == told


@pytest.mark.shared_data
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_each_grade_is_one_that_the_evidence_names_or_is_marked_design(row: Interaction) -> None:
    stated = _evidence()[row.rule.removeprefix("INT-")]["severity"]
    heaviest = stated.split()[0].rstrip(",")
    assert row.grades[Way.SWALLOWED] == heaviest
    assert all(str(grade) in stated or row.is_design for grade in row.grades.values())
    if "(oral/SL)" not in stated:
        assert set(row.grades.values()) == {Grade(heaviest)}


@pytest.mark.shared_data
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_a_row_that_the_evidence_doubts_is_doubted_here(row: Interaction) -> None:
    told = _evidence()[row.rule.removeprefix("INT-")]
    assert told["verified"] in row.verified
    if "design" in told["stop_before_dose"]:
        assert row.is_design


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_a_window_is_a_number_that_its_row_names(row: Interaction) -> None:
    if row.window is None:
        return
    days, rest = divmod(row.window.hours, 24)
    told = {
        f"{row.window.hours} h", f"{days} days" if not rest else "", f"{days // 7} week" if not rest else "",
    }  # fmt: skip
    # D17 counts in days, D18 in weeks, D01 gives a span; "day" is the day of the dose itself.
    assert any(one and one in row.stop_before for one in told) or (
        row.window.hours == 0 and "dosing" in row.stop_before
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_every_example_of_a_row_leads_back_to_it(row: Interaction) -> None:
    """Both directions: from the row to the medicine, and from the medicine to the row."""
    examples = [part.strip() for part in row.examples.replace(";", ",").replace("/", ",").split(",")]
    for example in examples:
        found = TABLE.named(STAND_FOR.get(example, example))
        assert found is not None, example
        assert row.rule in found.rows, example


def test_who_may_set_aside_never_gets_easier_with_the_grade() -> None:
    for row in ROWS:
        grade = row.grades[Way.SWALLOWED]
        allowed = {
            Grade.CONTRAINDICATED: Override.NONE,
            Grade.MAJOR: Override.PRESCRIBER_AND_SECOND,
            Grade.MODERATE: Override.PRESCRIBER,
        }.get(grade, Override.NONE)
        assert row.override is allowed, row.rule


def test_every_ingredient_leads_somewhere_and_has_one_code_of_its_own() -> None:
    codes = [one.rxcui for one in TABLE.ingredients.values() if one.rxcui]
    assert len(set(codes)) == len(codes)
    assert all(one.rows for one in TABLE.ingredients.values())
    assert len(codes) > 100
    assert TABLE.ingredients["sildenafil"].seen_code == "136411"
    assert not TABLE.ingredients["cocaine"].seen_code, "a number from memory is shown to nobody"


def test_what_changes_exposure_is_an_ingredient_by_the_same_name() -> None:
    """The engine is asked by the names on the patient's list."""
    for change in read_exposure_changes():
        assert TABLE.ingredients[change.medicine].exposure == change.medicine


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Sertraline", "sertraline"),
        ("  st john's   wort ", "st-johns-wort"),
        ("poppers", "amyl-nitrite"),
        ("paracetamol", None),
        ("sertraline 50 mg", None),
        ("", None),
    ],
)
def test_what_people_write_finds_its_ingredient_or_nothing(words: str, key: str | None) -> None:
    found = TABLE.named(words)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("rows", "ingredients", "words"),
    [
        (ROWS_TEXT.replace("agent", "agents", 1), INGREDIENTS_TEXT, "columns"),
        (ROWS_TEXT + ROWS_TEXT.splitlines()[1] + "\n", INGREDIENTS_TEXT, "given twice"),
        (ROWS_TEXT.replace("lamotrigine,minor", "lamotrigine,slight", 1), INGREDIENTS_TEXT, "not a grade"),
        (ROWS_TEXT.replace(",12 h,", ",12 min,", 1), INGREDIENTS_TEXT, "neither"),
        (ROWS_TEXT.replace("prescriber-and-second", "anybody", 1), INGREDIENTS_TEXT, "set it aside"),
        (ROWS_TEXT.replace("Lamotrigine,lamotrigine", ",lamotrigine", 1), INGREDIENTS_TEXT, "agent is empty"),
        (ROWS_TEXT, INGREDIENTS_TEXT.replace("cocaine", "coffee"), ""),
        (ROWS_TEXT, INGREDIENTS_TEXT.replace(",D05,", ",D99,"), "none such"),
        (ROWS_TEXT, INGREDIENTS_TEXT.replace(",2653,", ",26x3,"), "RxNorm"),
        (ROWS_TEXT, INGREDIENTS_TEXT.replace(",2653,from memory,", ",2653,,"), "how sure"),
        (ROWS_TEXT, INGREDIENTS_TEXT + "ecstasy,ecstasy,,,D06,,,\n", "Both"),
        (ROWS_TEXT, INGREDIENTS_TEXT + "cocaine,cocaine,,,D05,,,\n", "given twice"),
    ],
)  # fmt: skip
def test_a_table_that_is_wrong_is_refused_with_what_is_wrong(rows: str, ingredients: str, words: str) -> None:
    if not words:
        assert parse_interactions(rows=rows, ingredients=ingredients).named("coffee") is not None
        return
    with pytest.raises(RefusedError, match=words):
        parse_interactions(rows=rows, ingredients=ingredients)
