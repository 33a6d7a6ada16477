"""response.toml is read strictly."""

from importlib import resources

import pytest

from slackwater.catalogue.response import parse_response, read_response
from slackwater.pharma.parameters import Grade
from slackwater.terms.refusal import RefusedError

TEXT = resources.files("slackwater.catalogue").joinpath("response.toml").read_text(encoding="utf-8")


def test_the_record_that_ships_is_read_in_model_units():
    response = read_response()
    # Olofsen 2022: 0.51 nmol/mL of ketamine, molar mass 237.73 g/mol, is 121 ng/mL.
    assert pytest.approx(0.51 * 237.73 / 1000, rel=0.01) == response.depth.EC50
    assert response.rating.spacing_h == pytest.approx(0.05)


def test_every_assumption_says_what_it_is_and_where_from():
    response = read_response()
    assert len(response.basis) >= 9
    for basis in response.basis:
        assert len(basis.what) > 20
        assert len(basis.source) > 20
        assert basis.source.startswith("Derived") == (basis.grade is Grade.DERIVED)
        assert basis.source.startswith("Judgement") == (basis.grade is Grade.JUDGEMENT)


def test_the_screen_is_told_that_it_is_a_judgement():
    assert "judgement" in read_response().on_screen


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("gamma = 6.0\n", "", "depth.gamma"),
        ("gamma = 6.0\n", "gamma = 6.0\nhill = 6.0\n", "depth.hill"),
        ("gamma = 6.0\n", 'gamma = "six"\n', "gamma"),
        ("gamma = 6.0\n", "gamma = true\n", "gamma"),
        ("gamma = 6.0\n", "gamma = nan\n", "depth.gamma"),
        ("EC50_ng_ml = 121.0\n", "EC50_ng_ml = -121.0\n", "depth.EC50"),
        ("schema_version = 2", "schema_version = 1", "schema_version"),
        ('version = "4"', 'version = " "', "version"),
        ("EC50_unknown_share = 0.13", "EC50_unknown_share = 0.76", "spread.EC50_unknown_share"),
        ("EC50_occasion_share = 0.25", "EC50_occasion_share = -0.1", "spread.EC50_occasion_share"),
        ("gamma_unknown_cv = 0.20", "gamma_unknown_cv = 1.01", "spread.gamma_unknown_cv"),
        ('grade = "published"', 'grade = "certain"', "EC50.grade"),
        ('what = "Steepness', 'whatever = "Steepness', "gamma.what"),
        ("[recovery]", "[recovering]", "response.recovering"),
    ],
)
def test_a_fault_is_refused_by_the_name_of_its_key(old: str, new: str, field: str):
    assert old in TEXT
    with pytest.raises(RefusedError) as refused:
        parse_response(TEXT.replace(old, new, 1))
    assert refused.value.problems[0].field == field
