"""Setting aside, signing off, a clinic's own numbers, and facts that cannot be."""

from dataclasses import replace

import pytest
from tests.intakes import NOW, ago, changed, clear, days_ago, hours_ago, screen

from slackwater.catalogue.eligibility import load_eligibility
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.findings import findings
from slackwater.rules.eligibility.intake import (
    Anaesthetic,
    Intake,
    Mind,
    Organs,
    Person,
    Pressure,
    Substances,
)
from slackwater.rules.eligibility.limits import EligibilityLimits, stricter
from slackwater.rules.eligibility.overrides import OverrideRecord, lapsed, standing
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

LIMITS = load_eligibility()


def found(intake: Intake, limits: EligibilityLimits = LIMITS, *, stage: Stage = Stage.ORDER) -> list[Finding]:
    return list(findings(intake, stage=stage, route=Route.IV, at=NOW, limits=limits))


(ONE,) = found(changed("mind", {"relative_with_psychosis": True}))
(TWO,) = found(changed("mind", {"is_dissociating": True}))
(NONE,) = found(changed("heart", {"has_aneurysm": True}))


def problems(finding: Finding, **given: object) -> list[tuple[str, str]]:
    fields: dict[str, object] = {"reason": "Discussed.", "prescriber": "ada", "at": NOW, **given}
    with pytest.raises(RefusedError) as refused:
        OverrideRecord(finding=finding, **fields)  # type: ignore[arg-type]  # fields of many types
    assert all(one.mend for one in refused.value.problems)
    return [(one.field, one.code) for one in refused.value.problems]


def test_nobody_sets_aside_what_nobody_may() -> None:
    assert problems(NONE, second="ben") == [("finding", "no-override")]


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_an_override_needs_its_reason(reason: str) -> None:
    assert problems(ONE, reason=reason) == [("reason", "missing")]


def test_an_override_needs_its_prescriber() -> None:
    assert problems(ONE, prescriber=" ") == [("prescriber", "missing")]


@pytest.mark.parametrize("second", [None, "", " "])
def test_two_are_two(second: str | None) -> None:
    assert problems(TWO, second=second) == [("second", "missing")]


@pytest.mark.parametrize("second", ["ada", " ada ", "ADA"])
def test_the_second_is_somebody_else(second: str) -> None:
    assert problems(TWO, second=second) == [("second", "same-person")]
    assert problems(ONE, second=second) == [("second", "same-person")]


def test_everything_wrong_is_named_at_once() -> None:
    assert problems(TWO, reason="", prescriber="") == [
        ("reason", "missing"),
        ("prescriber", "missing"),
        ("second", "missing"),
    ]


def record(finding: Finding, **given: object) -> OverrideRecord:
    fields: dict[str, object] = {
        "reason": "Discussed.", "prescriber": "ada", "second": "ben", "at": NOW, **given,
    }  # fmt: skip
    return OverrideRecord(finding=finding, **fields)  # type: ignore[arg-type]  # fields of many types


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "E13"},
        {"sentence": "Another sentence."},
        {"severity": Severity.STOP},
        {"override": Override.PRESCRIBER_AND_SECOND},
    ],
)
def test_a_finding_that_has_changed_stands_again(changes: dict[str, object]) -> None:
    now = replace(ONE, **changes)  # type: ignore[arg-type]  # fields of many types
    assert standing([now], [record(ONE)], at=NOW) == (now,)
    assert lapsed([now], [record(ONE)], at=NOW) == (record(ONE),)


def test_a_source_told_in_other_words_changes_nothing() -> None:
    now = replace(ONE, source="The same source.", verified="seen")
    assert standing([now], [record(ONE)], at=NOW) == ()
    assert lapsed([now], [record(ONE)], at=NOW) == ()


def test_one_word_answers_one_finding() -> None:
    assert standing([ONE, TWO, NONE], [record(ONE)], at=NOW) == (TWO, NONE)


def test_a_word_that_has_not_been_given_yet_does_not_count() -> None:
    assert standing([ONE], [record(ONE, at=ago(seconds=-1))], at=NOW) == (ONE,)


def test_what_is_not_known_today_is_asked_again_tomorrow() -> None:
    unknown = changed("breathing", {"today": None})
    (today,) = found(unknown, stage=Stage.DAY)
    tomorrow = [
        one
        for one in findings(unknown, stage=Stage.DAY, route=Route.IV, at=ago(hours=-24), limits=LIMITS)
        if one.id == "E29"
    ]
    assert standing([today], [record(today)], at=NOW) == ()
    assert standing(tomorrow, [record(today)], at=ago(hours=-24)) == tuple(tomorrow)


def test_a_caution_waits_for_a_word_only_where_somebody_may_give_it() -> None:
    plain = replace(ONE, severity=Severity.WARN, override=Override.NONE)
    told = replace(ONE, severity=Severity.NOTE, override=Override.PRESCRIBER)
    assert standing([ONE, plain, told], [], at=NOW) == (ONE,)


def test_a_note_stands_in_nobodys_way() -> None:
    note = replace(ONE, severity=Severity.NOTE, override=Override.NONE)
    assert standing([note], [], at=NOW) == ()


def test_a_clinic_may_be_stricter_and_its_number_says_so() -> None:
    own = stricter(LIMITS, {"event_within": 12, "ceiling_systolic": 150})
    assert own.numbers.event_within.value == 12
    assert own.pressures.ceiling_systolic.value == 150
    assert own.numbers.event_within.source.startswith("set stricter by this clinic")
    assert own.criteria == LIMITS.criteria
    assert stricter(LIMITS, {"event_within": 6, "senior_age": 65}) == LIMITS


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("event_within", 5, "laxer"),
        ("ceiling_systolic", 161, "laxer"),
        ("raised_systolic", 141, "laxer"),
        ("adult_age", 16, "laxer"),
        ("senior_age", 66, "laxer"),
        ("tests_within", 13, "laxer"),
        ("nasal_liquid", 29, "laxer"),
        ("older_age", 70, "not-settable"),
        ("older_age", 60, "not-settable"),
        ("no_such", 1, "not-settable"),
        ("event_within", -1, "not-a-number"),
        ("event_within", 10**9, "not-a-number"),
        ("event_within", True, "not-a-number"),
        ("event_within", float("nan"), "not-a-number"),
    ],
)
def test_a_laxer_number_is_refused_by_name_with_how_to_mend_it(name: str, value: int, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        stricter(LIMITS, {"seizure_within": 6, name: value})
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == (name, code)
    assert problem.mend


@pytest.mark.parametrize(
    ("name", "value", "mend"), [("adult_age", 17, "at least 18"), ("senior_age", 66, "at most 65")]
)
def test_how_to_mend_it_names_the_side(name: str, value: int, mend: str) -> None:
    with pytest.raises(RefusedError) as refused:
        stricter(LIMITS, {name: value})
    assert refused.value.problems[0].mend == f"Write {mend}, or leave it out."


def test_every_laxer_number_is_named_at_once() -> None:
    with pytest.raises(RefusedError) as refused:
        stricter(LIMITS, {"event_within": 5, "bladder_score": 20})
    assert [one.field for one in refused.value.problems] == ["event_within", "bladder_score"]


def test_an_unsigned_hard_stop_still_stops_and_is_marked() -> None:
    (finding,) = found(changed("anaesthetic", {"asa": 4}))
    assert finding.severity.bars
    assert finding.override is Override.NONE
    assert finding.is_design


def test_a_number_that_was_chosen_here_marks_the_finding_that_rests_on_it() -> None:
    """The row of E13 was seen; that a screen counts for 14 days was chosen here."""
    (stale,) = found(changed("mind", {"suicide": screen(hours=337)}))
    (intent,) = found(changed("mind", {"suicide": screen(intent=True)}))
    assert stale.is_design
    assert not intent.is_design


def test_a_clinics_own_number_is_told_in_the_source() -> None:
    own = stricter(LIMITS, {"seizure_within": 6})
    (finding,) = found(changed("nerves", {"last_seizure": days_ago(120)}), own)
    assert finding.source.startswith("set stricter by this clinic")
    assert "6 months" in finding.sentence


def test_a_longer_fast_by_one_route_leaves_the_others_as_they_are() -> None:
    own = stricter(LIMITS, {"nasal_food": 4})
    ate = changed("anaesthetic", {"ate": hours_ago(3)})
    by = {
        route: [one.id for one in findings(ate, stage=Stage.DAY, route=route, at=NOW, limits=own)]
        for route in (Route.NASAL_DEVICE, Route.LOZENGE)
    }
    assert by == {Route.NASAL_DEVICE: ["E40"], Route.LOZENGE: []}


def test_what_is_from_memory_is_marked() -> None:
    assert [one.is_from_memory for one in found(changed("heart", {"conditions": None}))] == [True]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Person(age_years=-1), "age_years"),
        (lambda: Person(age_years=131), "age_years"),
        (lambda: Person(bmi_tenths=22.5), "bmi_tenths"),
        (lambda: Person(teach_back_fails=True), "teach_back_fails"),
        (lambda: Mind(cadss_sober=93), "cadss_sober"),
        (lambda: Substances(audit_c=13), "audit_c"),
        (lambda: Substances(dast_10=11), "dast_10"),
        (lambda: Organs(bpic_ss=39), "bpic_ss"),
        (lambda: Anaesthetic(asa=7), "asa"),
        (lambda: Pressure(sbp=float("nan"), dbp=800, at=NOW), "sbp"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_name(make, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        make()
    assert [(one.field, one.code) for one in refused.value.problems] == [(field, "out-of-range")]


def test_nothing_stands_against_the_clear_intake_at_any_stage() -> None:
    for stage in Stage:
        for route in (None, *Route):
            assert list(findings(clear(), stage=stage, route=route, at=NOW, limits=LIMITS)) == []
