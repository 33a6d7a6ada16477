"""What holds for any intake: what is not known bars, bad news only adds, and a stricter clinic only adds."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intakes import NOW, TODAY, ago, answer, changed, clear

from slackwater.catalogue.eligibility import load_eligibility
from slackwater.rules.eligibility import conditions
from slackwater.rules.eligibility.criteria import Action, Stage
from slackwater.rules.eligibility.dates import Answer, LastDay, LastTime
from slackwater.rules.eligibility.findings import criteria_asked, findings
from slackwater.rules.eligibility.intake import (
    AirwayCheck,
    Intake,
    Pressure,
    PrivateScreen,
    Screened,
    SuicideScreen,
)
from slackwater.rules.eligibility.limits import (
    FIXED,
    HIGHER_IS_STRICTER,
    EligibilityLimits,
    stricter,
    threshold_rows,
)
from slackwater.rules.eligibility.overrides import OverrideRecord, needs_word, standing
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex

LIMITS = load_eligibility()
STAGES, ROUTES = st.sampled_from(Stage), st.none() | st.sampled_from(Route)
MAYBE = st.none() | st.booleans()
DAYS = (
    st.none()
    | st.builds(
        lambda days: LastDay(has_happened=True, on=TODAY - timedelta(days=days)), st.integers(-3, 500)
    )
    | st.sampled_from([LastDay(has_happened=False), LastDay(has_happened=True)])
)
MOMENTS = st.builds(lambda minutes: ago(minutes=minutes), st.integers(-120, 60 * 24 * 20))
TIMES = (
    st.none()
    | st.builds(lambda at: LastTime(has_happened=True, at=at), MOMENTS)
    | st.sampled_from([LastTime(has_happened=False), LastTime(has_happened=True)])
)
ANSWERS = st.none() | st.builds(Answer, is_yes=st.booleans(), at=MOMENTS)


def some(kind) -> st.SearchStrategy:
    return st.frozensets(st.sampled_from(kind))


def maybe(kind, **given) -> st.SearchStrategy:
    return st.none() | st.builds(kind, **given)


# What each kind of fact may be; a fact of a kind of its own is named below.
OWN = {
    "age_years": st.none() | st.integers(0, 110),
    "sex": st.none() | st.sampled_from(Sex),
    "bmi_tenths": st.none() | st.integers(150, 500),
    "teach_back_fails": st.none() | st.integers(0, 4),
    "hazards": st.none() | some(conditions.PressureHazard),
    "conditions": st.none() | some(conditions.HeartOrLung),
    "psychosis": st.none() | some(conditions.Psychosis),
    "mood": st.none() | some(conditions.Mood),
    "bladder": st.none() | some(conditions.BladderSign),
    "eyes": st.none() | some(conditions.EyeProblem),
    "pressure": maybe(Pressure, sbp=st.integers(800, 2200), dbp=st.integers(400, 1300), at=MOMENTS),
    "suicide": maybe(SuicideScreen, at=MOMENTS, intent=MAYBE, plan=MAYBE, behaviour=DAYS),
    "urine_screen": maybe(Screened, result=st.sampled_from(conditions.UrineScreen), at=MOMENTS),
    "today": maybe(AirwayCheck, signs=some(conditions.AirwaySign), at=MOMENTS),
    "home": maybe(PrivateScreen, told=some(conditions.HomePressure), was_alone=st.booleans(), at=MOMENTS),
    "cadss_sober": st.none() | st.integers(0, 92),
    "audit_c": st.none() | st.integers(0, 12),
    "dast_10": st.none() | st.integers(0, 10),
    "bpic_ss": st.none() | st.integers(0, 38),
    "benzodiazepine_ug": st.none() | st.integers(0, 6000),
    "benzodiazepines": st.sampled_from([None, (), ("diazepam",), ("diazepam", "lorazepam")]),
    "asa": st.none() | st.integers(1, 6),
    "child_pugh": st.none() | st.sampled_from(conditions.ChildPugh),
    "sleep_apnoea": st.none() | st.sampled_from(conditions.SleepApnoea),
} | {name: st.none() | st.integers(0, 900) for name in ("alt", "ast", "alp", "ggt")}
KINDS = {
    "bool | None": MAYBE,
    "LastDay | None": DAYS,
    "LastTime | None": TIMES,
    "Answer | None": ANSWERS,
    "frozenset[BrainCondition] | None": st.none() | some(conditions.BrainCondition),
}


def strategy(field) -> st.SearchStrategy:
    kind = str(field.type).replace("slackwater.rules.eligibility.dates.", "")
    kind = kind.replace("slackwater.rules.eligibility.conditions.", "")
    return KINDS[kind] if kind in KINDS else OWN[field.name]


def subjects() -> dict[str, type]:
    return {
        field.name: type(getattr(Intake(), field.name))
        for field in fields(Intake)
        if is_dataclass(getattr(Intake(), field.name))
    }


INTAKES = st.builds(
    Intake,
    is_single_dose=MAYBE,
    **{
        name: st.builds(kind, **{field.name: strategy(field) for field in fields(kind)})
        for name, kind in subjects().items()
    },
)


def found(
    intake: Intake, stage: Stage, route: Route | None, limits: EligibilityLimits = LIMITS
) -> list[Finding]:
    return list(findings(intake, stage=stage, route=route, at=NOW, limits=limits))


def ids(some_findings) -> set[str]:
    return {one.id for one in some_findings}


@pytest.mark.parametrize("route", [None, *Route])
@pytest.mark.parametrize("stage", Stage)
def test_of_nothing_known_every_row_that_applies_makes_a_barrier(stage: Stage, route: Route | None) -> None:
    barred = ids(one for one in found(Intake(), stage, route) if one.severity is Severity.UNKNOWN)
    asked = criteria_asked(stage=stage, route=route, limits=LIMITS)
    # Tests on file are advice by the routes where the row is not strict.
    assert barred == {row.rule for row in asked if row.rule != "E43" or row.is_strict(route)}


@given(intake=INTAKES, stage=STAGES, route=ROUTES)
def test_every_reason_is_a_sentence_of_its_own_from_a_row_that_is_asked(intake, stage, route) -> None:
    reasons = found(intake, stage, route)
    rows = {row.rule: row for row in criteria_asked(stage=stage, route=route, limits=LIMITS)}
    assert ids(reasons) <= set(rows)
    assert len({one.sentence for one in reasons}) == len(reasons)
    for one in reasons:
        assert one.sentence[0].isupper()
        assert one.sentence.endswith(".")
        assert one.source
        if one.severity is Severity.WARN:
            assert rows[one.id].action is Action.CAUTION
        # No reason is easier to set aside than its row says.
        assert one.override in (rows[one.id].override, Override.NONE)


# One fact each that is bad news, with what it was before.
BAD = [
    ("heart", {"has_aneurysm": True}, "E01"),
    ("nerves", {"had_haemorrhage": True}, "E02"),
    ("medicines", {"is_hypersensitive": True}, "E03"),
    ("heart", {"hazards": frozenset({conditions.PressureHazard.STROKE})}, "E04"),
    ("heart", {"last_event": LastDay(has_happened=True, on=TODAY)}, "E05"),
    ("heart", {"conditions": frozenset({conditions.HeartOrLung.LUNG})}, "E06"),
    ("heart", {"pressure": Pressure(sbp=2000, dbp=1200, at=NOW)}, "E09"),
    ("mind", {"psychosis": frozenset({conditions.Psychosis.CURRENT})}, "E10"),
    ("mind", {"mood": frozenset({conditions.Mood.MANIA})}, "E11"),
    ("mind", {"relative_with_psychosis": True}, "E12"),
    ("mind", {"suicide": SuicideScreen(at=NOW, intent=True)}, "E13"),
    ("mind", {"untreated_dissociative_disorder": True}, "E14"),
    ("mind", {"cadss_sober": 60}, "E14"),
    ("substances", {"ketamine_disorder": True}, "E15"),
    ("substances", {"has_other_disorder": True}, "E16"),
    ("substances", {"intoxicated": answer(True)}, "E17"),
    ("substances", {"breath_alcohol": answer(True)}, "E17"),
    ("substances", {"stimulant": LastTime(has_happened=True, at=NOW)}, "E18"),
    ("substances", {"urine_screen": Screened(result=conditions.UrineScreen.POSITIVE, at=NOW)}, "E18"),
    ("substances", {"ghb": LastTime(has_happened=True, at=NOW)}, "E19"),
    ("reproduction", {"test": answer(True)}, "E20"),
    ("reproduction", {"is_breastfeeding": True}, "E21"),
    ("liver", {"child_pugh": conditions.ChildPugh.C}, "E22"),
    ("liver", {"child_pugh": conditions.ChildPugh.C}, "E23"),
    ("liver", {"alt": 900, "is_cholestatic": True}, "E24"),
    ("organs", {"bpic_ss": 38}, "E25"),
    ("organs", {"thyroid_uncontrolled": True}, "E26"),
    ("organs", {"eyes": frozenset({conditions.EyeProblem.GLAUCOMA})}, "E27"),
    ("breathing", {"sleep_apnoea": conditions.SleepApnoea.UNTREATED}, "E28"),
    ("breathing", {"today": AirwayCheck(signs=frozenset({conditions.AirwaySign.ASTHMA}), at=NOW)}, "E29"),
    ("nerves", {"last_seizure": LastDay(has_happened=True, on=TODAY)}, "E30"),
    ("nerves", {"conditions": frozenset({conditions.BrainCondition.DEMENTIA})}, "E31"),
    ("medicines", {"benzodiazepine_ug": 6000}, "E34"),
    ("person", {"has_capacity": False, "teach_back_fails": 2}, "E35"),
    ("safety", {"escort": answer(False)}, "E36"),
    (
        "safety",
        {"home": PrivateScreen(told=frozenset({conditions.HomePressure.VIOLENCE}), was_alone=True, at=NOW)},
        "E37",
    ),
    ("safety", {"harm_by_staff": True, "harm_by_partner": True}, "E38"),
    ("anaesthetic", {"asa": 5}, "E39"),
    ("anaesthetic", {"ate": LastTime(has_happened=True, at=NOW)}, "E40"),
    ("purpose", {"has_indication": False}, "E41"),
    ("purpose", {"has_sexual_problem": True, "sexual_review": LastDay(has_happened=False)}, "E42"),
    ("on_file", {"ecg": LastDay(has_happened=False)}, "E43"),
]


@given(intake=INTAKES, stage=STAGES, route=ROUTES, bad=st.sampled_from(BAD))
def test_bad_news_never_removes_a_reason(intake, stage, route, bad) -> None:
    """Whatever else is known, and whatever was believed before."""
    subject, changes, rule = bad
    # One dose alone is asked nothing of bladder and liver tests; that is told by the pages.
    several = replace(intake, is_single_dose=None)
    before, after = found(several, stage, route), found(changed(subject, changes, of=several), stage, route)
    assert ids(before) <= ids(after)
    asked = {row.rule for row in criteria_asked(stage=stage, route=route, limits=LIMITS)}
    assert rule in ids(after) or rule not in asked
    if rule in asked:
        assert any(one.id == rule and one.severity is not Severity.UNKNOWN for one in after)


@given(stage=STAGES, route=ROUTES, picked=st.sampled_from(sorted(subjects())), data=st.data())
def test_forgetting_a_fact_never_takes_a_barrier_away(stage, route, picked, data) -> None:
    """A fact that is not known any more is never better than the same fact known to be good."""
    kind = subjects()[picked]
    name = data.draw(st.sampled_from([field.name for field in fields(kind)]))
    intake = data.draw(INTAKES)
    good = replace(getattr(intake, picked), **{name: getattr(getattr(clear(), picked), name)})
    none = replace(good, **{name: None})
    known = found(replace(intake, **{picked: good}), stage, route)
    unknown = found(replace(intake, **{picked: none}), stage, route)
    assert ids(known) <= ids(unknown)


@st.composite
def stricter_values(draw) -> dict[str, int]:
    rows = threshold_rows(LIMITS)
    names = draw(st.sets(st.sampled_from(sorted(set(rows) - FIXED)), min_size=1))
    return {
        name: draw(
            st.integers(rows[name].value, rows[name].value * 20)
            if name in HIGHER_IS_STRICTER
            else st.integers(0, rows[name].value)
        )
        for name in names
    }


@given(intake=INTAKES, stage=STAGES, route=ROUTES, values=stricter_values())
def test_a_stricter_clinic_never_loses_a_reason(intake, stage, route, values) -> None:
    before = found(intake, stage, route)
    after = found(intake, stage, route, stricter(LIMITS, values))
    assert ids(before) <= ids(after)


@given(intake=INTAKES, stage=STAGES, route=ROUTES)
def test_a_route_that_nobody_has_chosen_hides_no_reason_of_any(intake, stage, route) -> None:
    """What bars by this route bars while none is chosen."""
    bars = {one.id for one in found(intake, stage, route) if one.severity.bars}
    assert bars <= {one.id for one in found(intake, stage, None) if one.severity.bars}


@given(intake=INTAKES, stage=STAGES, route=ROUTES, second=st.none() | st.just("ben"))
def test_no_word_clears_what_nobody_may_set_aside(intake, stage, route, second) -> None:
    reasons = found(intake, stage, route)
    allowed = {Override.PRESCRIBER} | ({Override.PRESCRIBER_AND_SECOND} if second else set())
    words = [
        OverrideRecord(finding=one, reason="Discussed.", prescriber="ada", second=second, at=NOW)
        for one in reasons
        if one.override in allowed
    ]
    left = standing(reasons, words, at=NOW)
    assert set(left) == {one for one in reasons if needs_word(one) and one.override not in allowed}


@given(intake=INTAKES, stage=STAGES, route=ROUTES, minutes=st.integers(1, 60 * 24 * 400))
def test_a_clock_that_runs_behind_clears_nobody_of_what_was_just_done(intake, stage, route, minutes) -> None:
    """Facts dated after now are not known, so a clock that is wrong makes barriers of them."""
    recent = changed(
        "substances",
        {"ghb": LastTime(has_happened=True, at=NOW), "intoxicated": answer(False, hours=0)},
        of=intake,
    )
    at = datetime(2026, 11, 26, 9, tzinfo=UTC) - timedelta(minutes=minutes)
    early = ids(findings(recent, stage=Stage.DAY, route=route, at=at, limits=LIMITS))
    assert {"E17", "E19"} <= early
