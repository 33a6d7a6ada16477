"""Telling it back: every question, whole numbers, and the clinic's own mark."""

import pytest

from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.rules.agreements.teach_back import scored
from slackwater.terms.refusal import RefusedError

TEXTS = load_agreement_texts()
NAMES = [one.name for one in TEXTS.questions]


def answers(points: int, **changed: object) -> dict[str, int]:
    return dict.fromkeys(NAMES, points) | changed  # type: ignore[operator]


def fields(**given: object) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        scored(**({"answers": answers(2), "texts": TEXTS, "pass_mark": 15} | given))  # type: ignore[arg-type]
    return [problem.field for problem in caught.value.problems]


@pytest.mark.parametrize(("missing", "passed"), [(4, True), (5, True), (6, False)])
def test_the_mark_itself_passes_and_a_point_less_does_not(missing: int, passed: bool):
    given = answers(2, **dict.fromkeys(NAMES[:missing], 1))
    found = scored(given, texts=TEXTS, pass_mark=15)
    assert found.points == 20 - missing
    assert found.is_passed is passed
    assert found.retell == tuple(NAMES[:missing])


def test_one_that_broke_off_is_no_low_score():
    given = answers(2)
    del given[NAMES[3]], given[NAMES[7]]
    assert fields(answers=given) == [f"answers.{NAMES[3]}", f"answers.{NAMES[7]}"]


@pytest.mark.parametrize("points", [-1, 3, 1.5, True, "2"])
def test_points_that_cannot_be_are_refused(points: object):
    assert fields(answers=answers(2, why=points)) == ["answers.why"]


def test_a_question_of_another_text_is_refused():
    assert fields(answers=answers(2, colour=2)) == ["answers.colour"]


@pytest.mark.parametrize("mark", [None, 0, 21])
def test_without_a_mark_of_the_clinics_own_nobody_passes(mark: int | None):
    assert fields(pass_mark=mark) == ["pass_mark"]
