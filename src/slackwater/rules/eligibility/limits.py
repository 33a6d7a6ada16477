"""The numbers that criteria are held to, and how a clinic makes one stricter, never laxer."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from slackwater.rules.basis import Threshold
from slackwater.rules.eligibility.criteria import Criteria
from slackwater.rules.pressures import PressureLimits
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Every number but those of pressure. A field is the name of its row.

    adult_age, senior_age, teach_back_tries and baseline_within are the rows that orders, agreements and the
    room are held to as well.
    """

    event_within: Threshold
    behaviour_within: Threshold
    screen_within: Threshold
    cadss_most: Threshold
    audit_c_men: Threshold
    audit_c_women: Threshold
    dast_10: Threshold
    checked_within: Threshold
    stimulant_within: Threshold
    depressant_within: Threshold
    pregnancy_test_within: Threshold
    liver_most: Threshold
    bladder_score: Threshold
    bmi_high: Threshold
    seizure_within: Threshold
    benzodiazepine_most: Threshold
    asa_class: Threshold
    nasal_food: Threshold
    nasal_liquid: Threshold
    injected_food: Threshold
    injected_liquid: Threshold
    mouth_food: Threshold
    mouth_liquid: Threshold
    review_within: Threshold
    tests_within: Threshold
    adult_age: Threshold
    senior_age: Threshold
    teach_back_tries: Threshold
    baseline_within: Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityLimits:
    """All that an intake is held to."""

    criteria: Criteria
    numbers: Numbers
    pressures: PressureLimits


HIGHER_IS_STRICTER = frozenset(
    {
        "adult_age", "event_within", "behaviour_within", "stimulant_within", "depressant_within",
        "seizure_within", "nasal_food", "nasal_liquid", "injected_food", "injected_liquid", "mouth_food",
        "mouth_liquid",
    }
)  # fmt: skip
LOWER_IS_STRICTER = frozenset(
    {
        "screen_within", "cadss_most", "audit_c_men", "audit_c_women", "dast_10", "checked_within",
        "pregnancy_test_within", "liver_most", "bladder_score", "bmi_high", "benzodiazepine_most",
        "asa_class", "review_within", "tests_within", "senior_age", "teach_back_tries", "baseline_within",
        "raised_systolic", "raised_diastolic", "raised_systolic_older", "raised_diastolic_older",
        "ceiling_systolic", "ceiling_diastolic",
    }
)  # fmt: skip
# It moves people from one pair of limits to the other, so no change of it is stricter for everybody.
FIXED = frozenset({"older_age"})

# Orders, agreements and the room are held to these rows as well, as they stand in the catalogue.
HELD_ELSEWHERE = frozenset({"adult_age", "senior_age", "teach_back_tries", "baseline_within"}) | {
    field.name for field in fields(PressureLimits)
}
# The rows that a clinic can make stricter for screening alone.
SETTABLE = (HIGHER_IS_STRICTER | LOWER_IS_STRICTER) - HELD_ELSEWHERE

# Twenty times: far past any use, and far from where a date would run out of calendar.
_MOST_TIMES = 20


def stricter(limits: EligibilityLimits, values: Mapping[str, int]) -> EligibilityLimits:
    """The limits with a clinic's own values, each at least as strict as the one it replaces.

    Raises RefusedError naming every field that is unknown, laxer or not a number, and how to mend it.
    """
    rows = threshold_rows(limits)
    if problems := [
        problem for name, value in values.items() if (problem := _problem(name, value, rows.get(name)))
    ]:
        raise RefusedError(*problems)
    own = {name: _own(rows[name], value) for name, value in values.items() if value != rows[name].value}
    return with_rows(limits, own)


def still_stricter(limits: EligibilityLimits, values: Mapping[str, int]) -> dict[str, int]:
    """Those of a clinic's own values that are still ones it may set.

    A row that has since become stricter than the clinic's value for it is the one that holds.
    """
    rows = threshold_rows(limits)
    return {name: value for name, value in values.items() if _problem(name, value, rows.get(name)) is None}


def with_rows(limits: EligibilityLimits, rows: Mapping[str, Threshold]) -> EligibilityLimits:
    """The limits with these numbers in the place of those of the same names."""
    of_numbers, of_pressures = ({field.name for field in fields(kind)} for kind in (Numbers, PressureLimits))
    return replace(
        limits,
        numbers=replace(limits.numbers, **{name: rows[name] for name in rows if name in of_numbers}),
        pressures=replace(limits.pressures, **{name: rows[name] for name in rows if name in of_pressures}),
    )


def threshold_rows(limits: EligibilityLimits) -> dict[str, Threshold]:
    """Every number by the name of its row."""
    records = (limits.numbers, limits.pressures)
    return {field.name: getattr(record, field.name) for record in records for field in fields(record)}


def _own(row: Threshold, value: int) -> Threshold:
    return replace(row, value=value, source=f"set stricter by this clinic; {row.source}")


def _problem(name: str, value: int, row: Threshold | None) -> Problem | None:
    if row is None or name in FIXED:
        return Problem(
            field=name,
            code="not-settable",
            message="A clinic cannot set this number." if row else "There is no such number.",
            mend="Leave it out.",
        )
    # bool is an int in Python; a float would let NaN in.
    if type(value) is not int or not 0 <= value <= row.value * _MOST_TIMES:
        return Problem(
            field=name,
            code="not-a-number",
            message=f"{value!r} is not a number that can stand here.",
            mend=f"Write a whole number from 0 to {row.value * _MOST_TIMES}, in {row.unit}.",
        )
    is_laxer = value < row.value if name in HIGHER_IS_STRICTER else value > row.value
    if is_laxer:
        bound = "at least" if name in HIGHER_IS_STRICTER else "at most"
        return Problem(
            field=name,
            code="laxer",
            message=f"{value} is laxer than {row.value}, and a clinic may only be stricter.",
            mend=f"Write {bound} {row.value}, or leave it out.",
        )
    return None
