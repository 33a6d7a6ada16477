"""How reasons read: every condition by name, the numbers, the day, and why a word on file does not count."""

import pytest
from tests.intakes import NOW, ago, answer, changed, days_ago, hours_ago

from slackwater.catalogue.eligibility import load_eligibility
from slackwater.rules.eligibility.conditions import HeartOrLung, PressureHazard
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.findings import findings
from slackwater.rules.eligibility.intake import Intake, Pressure
from slackwater.terms.route import Route

LIMITS = load_eligibility()


def said(subject: str, *, stage: Stage = Stage.ORDER, rule: str, **changes: object) -> list[str]:
    intake: Intake = changed(subject, changes)
    found = findings(intake, stage=stage, route=Route.IV, at=NOW, limits=LIMITS)
    return [one.sentence for one in found if one.id == rule]


def test_conditions_are_listed_in_one_order_whatever_order_they_came_in() -> None:
    pair = [HeartOrLung.CORONARY, HeartOrLung.ARRHYTHMIA]
    (one,) = said("heart", rule="E06", conditions=frozenset(pair))
    (other,) = said("heart", rule="E06", conditions=frozenset(reversed(pair)))
    assert one == other
    assert one.startswith("Of heart and lungs there is arrhythmia and coronary disease. Treat only where ")


def test_one_condition_is_told_alone() -> None:
    (sentence,) = said("heart", rule="E06", conditions=frozenset({HeartOrLung.ARRHYTHMIA}))
    assert sentence.startswith("Of heart and lungs there is arrhythmia. ")


def test_three_conditions_are_told_with_commas() -> None:
    three = frozenset({PressureHazard.STROKE, PressureHazard.VALVE, PressureHazard.UNSTABLE_ANGINA})
    (sentence,) = said("heart", rule="E04", hazards=three)
    assert sentence.startswith(
        "A rise in pressure is dangerous: a recent stroke, severe valve disease and unstable angina. "
    )


def test_an_event_is_told_with_its_day_and_the_limit() -> None:
    (sentence,) = said("heart", rule="E05", last_event=days_ago(42))
    assert sentence.startswith("The last cardiovascular event was on 15 October 2026, within 6 weeks. ")


def test_a_pressure_is_told_with_its_limit_and_its_time() -> None:
    read = Pressure(sbp=1420, dbp=915, at=ago(minutes=10))
    (sentence,) = said("heart", stage=Stage.DAY, rule="E07", pressure=read)
    assert sentence.startswith("Blood pressure was 142/91.5 on 26 November 2026, 08:50, over 140/90. ")


def test_a_meal_is_told_with_its_time_and_what_must_pass() -> None:
    (sentence,) = said("anaesthetic", stage=Stage.DAY, rule="E40", ate=hours_ago(5.5))
    assert sentence.startswith(
        "There was food or a drink that is not clear on 26 November 2026, 03:30, and 6 hours must pass "
    )


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        (7, "the last word on it is from 26 November 2026, 02:00, too long ago"),
        (-1, "what is written down is dated 26 November 2026, 10:00, which has not come yet"),
    ],
)
def test_a_word_that_does_not_count_is_told_with_why(hours: float, why: str) -> None:
    (sentence,) = said("substances", stage=Stage.DAY, rule="E17", intoxicated=answer(False, hours=hours))
    assert sentence.startswith("On 26 November 2026 nobody knows whether the patient is intoxicated ")
    assert why in sentence
    assert sentence.endswith(" A nurse or sitter finds out before the dose.")


def test_a_day_that_has_not_come_is_told() -> None:
    (sentence,) = said("nerves", rule="E30", last_seizure=days_ago(-1))
    assert "what is written down is dated 27 November 2026, which has not come yet" in sentence


def test_only_on_the_day_is_the_day_named() -> None:
    (at_order,) = said("nerves", rule="E30", last_seizure=None)
    (today,) = said("nerves", stage=Stage.DAY, rule="E30", last_seizure=None)
    assert at_order.startswith("Nobody knows whether there was a seizure within 3 months. ")
    assert today.startswith("On 26 November 2026 nobody knows whether there was a seizure within 3 months. ")
