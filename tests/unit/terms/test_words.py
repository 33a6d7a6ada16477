"""The closed sets every layer shares, and the shape of a refusal."""

import copy

import pytest

from slackwater.terms.drug import Drug
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex


def test_every_route_drug_and_sex_has_plain_words():
    for member in (*Route, *Drug, *Sex):
        assert member.label
        assert "_" not in member.label


def test_a_refusal_names_every_problem_it_holds():
    first = Problem(field="dose", code="comma", message="0,5 has a comma in it.", mend="Write 0.5, not 0,5.")
    second = Problem(field="route", code="unknown", message="No such route.", mend="Write iv.")
    refused = RefusedError(first, second)
    assert refused.problems == (first, second)
    assert str(refused).splitlines() == [
        "dose: 0,5 has a comma in it. Write 0.5, not 0,5.",
        "route: No such route. Write iv.",
    ]


def test_a_refusal_keeps_its_problems_when_copied():
    refused = RefusedError.of(field="dose", code="comma", message="m.", mend="n.")
    assert copy.deepcopy(refused).problems == refused.problems


def test_a_refusal_without_a_problem_cannot_be_made():
    with pytest.raises(ValueError, match="at least one problem"):
        RefusedError()
